"""The topic of a ticket in a work chat with topics: its title and icon show at a glance how the ticket stands."""

from dataclasses import replace

from bot.domain.message import Place
from bot.domain.ticket import Ticket, TicketState
from bot.safety.links import defang
from bot.safety.masks import mask
from handlers.desk import Desk

LATE = "late"
LONGEST_TITLE = 128
"""Characters of a topic's title (core.telegram.org/bots/api#createforumtopic)."""
_WORDS_SHOWN = 60
_ICONS = {
    TicketState.OPEN.value: "❓",
    LATE: "‼️",
    TicketState.ANSWERED.value: "✅",
    TicketState.WAITING.value: "💬",
    TicketState.CLOSED.value: "🏁",
    TicketState.SPAM.value: "📁",
}
"""Each is among the icons that Telegram offers for topics."""


def ask_topic(desk: Desk, ticket: Ticket, place: Place) -> Ticket:
    """Ask for a topic for the ticket; its card comes when the topic is there."""
    state = shown_state(desk, ticket)
    asked = desk.keep_ticket(replace(ticket, card=None, work_place=place, work_thread="", thread_shows=state))
    desk.make_topic(place, _title(desk, asked, state), icon=_ICONS[state], ticket=asked)
    return asked


def refresh_topic(desk: Desk, ticket: Ticket, *, is_step: bool = False) -> Ticket:
    """Show the ticket's present state in its topic's title, if another one stands there.

    Telegram counts every change, so the waiting time is told anew only at a step: when somebody is reminded.
    """
    state = shown_state(desk, ticket)
    is_same = state == ticket.thread_shows and not is_step
    if is_same or not ticket.work_thread or ticket.work_place is None or not _is_forum(desk, ticket):
        return ticket
    title = _title(desk, ticket, state)
    desk.edit_topic(ticket.work_place, title, icon=_ICONS[state], thread=ticket.work_thread, ticket=ticket)
    return desk.keep_ticket(replace(ticket, thread_shows=state))


def shown_state(desk: Desk, ticket: Ticket) -> str:
    """Return the state that the title shows: the ticket's own, or that it is late."""
    is_late = ticket.deadline_at is not None and not ticket.is_ended and ticket.deadline_at <= desk.now
    return LATE if is_late else ticket.state.value


def _is_forum(desk: Desk, ticket: Ticket) -> bool:
    chat = desk.work_chat(ticket.institution)
    return chat is not None and chat.is_forum and chat.place == ticket.work_place


def _title(desk: Desk, ticket: Ticket, state: str) -> str:
    language = desk.rules.language
    name = mask(defang(desk.citizen_by_id(ticket.citizen).name)) or desk.say(language, "citizen-unnamed")
    words = mask(" ".join(ticket.first_words.split()))
    parts = [f"{desk.say(language, f'topic-mark-{state}')} № {ticket.number}"]
    if state == LATE:
        waits = desk.how_long(language, ticket.waiting_since or desk.now)
        parts.append(desk.say(language, "topic-waits", waits=waits))
    parts.append(name)
    if words:
        parts.append(words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1].rstrip() + "…")
    title = " · ".join(parts)
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
