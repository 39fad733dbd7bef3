"""A ticket's thread in a work chat with topics: its title and icon show at a glance how the ticket stands."""

from dataclasses import replace

from bot.domain.ladder import SUPERVISORS_TOLD
from bot.domain.message import Place
from bot.domain.ticket import Ticket, TicketState
from bot.safety.links import defang
from bot.safety.masks import mask
from handlers.desk import Desk

LATE = "late"
VERY_LATE = "very-late"
"""The supervisors have been told."""
INTERIM = "interim"
"""Answered, but a final answer is owed."""
LONGEST_TITLE = 128
"""Characters of a thread's title (core.telegram.org/bots/api#createforumtopic)."""
_WORDS_SHOWN = 60
_ICONS = {
    TicketState.OPEN.value: "❓",
    LATE: "‼️",
    VERY_LATE: "‼️",
    TicketState.ANSWERED.value: "✅",
    INTERIM: "📆",
    TicketState.WAITING.value: "💬",
    TicketState.CLOSED.value: "🏁",
    TicketState.SPAM.value: "📁",
}
"""Each is among the icons that Telegram offers for its topics."""


def ask_thread(desk: Desk, ticket: Ticket, place: Place) -> Ticket:
    """Ask for a thread for the ticket; its card comes when the thread is there."""
    state = shown_state(desk, ticket)
    asked = desk.keep_ticket(replace(ticket, card=None, work_place=place, work_thread="", thread_shows=state))
    desk.make_topic(place, _title(desk, asked, state), icon=_ICONS[state], ticket=asked)
    return asked


def refresh_threads(desk: Desk) -> None:
    """Show the state of every ticket that the event in hand has changed in the title of its thread.

    Telegram counts every change of a title: there is one for each new state, and the waiting time is told with it.
    """
    for ticket in desk.changed_tickets():
        if ticket.work_thread and ticket.work_place is not None and _is_forum(desk, ticket):
            state = shown_state(desk, ticket)
            if state != ticket.thread_shows:
                title = _title(desk, ticket, state)
                desk.edit_topic(ticket.work_place, title, icon=_ICONS[state], thread=ticket.work_thread, ticket=ticket)
                desk.keep_ticket(replace(ticket, thread_shows=state))


def shown_state(desk: Desk, ticket: Ticket) -> str:
    """Return the state that the title shows: the ticket's own, or that it is late, or even later."""
    if ticket.interim_at is not None and ticket.state is TicketState.ANSWERED:
        return INTERIM
    if ticket.deadline_at is None or ticket.is_ended or ticket.deadline_at > desk.now:
        return ticket.state.value
    return VERY_LATE if ticket.warned >= SUPERVISORS_TOLD else LATE


def _is_forum(desk: Desk, ticket: Ticket) -> bool:
    chat = desk.work_chat(ticket.institution)
    return chat is not None and chat.is_forum and chat.place == ticket.work_place


def _title(desk: Desk, ticket: Ticket, state: str) -> str:
    language = desk.rules.language
    name = mask(defang(desk.citizen_by_id(ticket.citizen).name)) or desk.say(language, "citizen-unnamed")
    words = mask(" ".join(ticket.first_words.split()))
    parts = [f"{desk.say(language, f'topic-mark-{state}')} № {ticket.number}"]
    if state in (LATE, VERY_LATE):
        waits = desk.how_long(language, ticket.waiting_since or desk.now)
        parts.append(desk.say(language, "topic-waits", waits=waits))
    parts.append(name)
    if words:
        parts.append(words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1].rstrip() + "…")
    title = " · ".join(parts)
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
