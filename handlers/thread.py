"""A ticket's thread in a work chat with topics: it is made, it cannot be made, it is gone."""

from dataclasses import replace

from bot.domain.errors import RefusalReason
from bot.domain.event import MessageReceived
from bot.domain.own_event import DeliveryFailed, TopicMade
from handlers.card import is_coming, show_card, show_in
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_CHANGES_ONLY = {OutboxKind.CARD_EDIT, OutboxKind.TOPIC_EDIT}


def thread_made(event: TopicMade, desk: Desk) -> None:
    """Show the card in its thread, with everything said so far."""
    ticket = desk.ticket(event.ticket)
    if ticket is None or not ticket.thread_shows or ticket.work_place != event.place or not is_coming(desk, ticket):
        return
    show_in(desk, ticket, desk.time_line(ticket.number), event.place, thread=event.thread)


def thread_not_made(event: DeliveryFailed, desk: Desk) -> None:
    """Go on as in a plain group; if only a right is missing, say which."""
    is_told = False
    for code in list(desk.registry.served_by(event.place)):
        chat = desk.registry.work_chats[code]
        if chat.is_forum:
            is_forbidden = event.reason is RefusalReason.FORBIDDEN
            desk.keep_work_chat(replace(chat, is_forum=False, may_not_make_topics=is_forbidden))
            if is_forbidden and not is_told:
                desk.send(event.place, OutboxKind.NOTICE, desk.say(desk.rules.language, "topics-forbidden"))
                is_told = True
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    if ticket is not None and is_coming(desk, ticket):
        show_card(desk, ticket, desk.time_line(ticket.number))


def thread_gone(event: DeliveryFailed, desk: Desk) -> None:
    """Make a new thread with the card and everything said; who needs none any more gets none."""
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    if ticket is None or ticket.work_place != event.place or not ticket.work_thread:
        return  # the new one is on its way already
    gone = desk.keep_ticket(replace(ticket, card=None, work_place=None, work_thread="", thread_shows=""))
    if event.kind in _CHANGES_ONLY and ticket.waiting_since is None:
        return  # somebody tidied up what was done; new words will open a new thread
    said = desk.time_line(ticket.number)
    if event.kind == OutboxKind.CARD:
        # The very first words did not fit in: whatever the reason, another thread would fare no better.
        show_in(desk, gone, said, event.place, thread="")
    else:
        show_card(desk, gone, said)


def follow_forum(event: MessageReceived, desk: Desk) -> None:
    """Notice that a work chat got topics, or has none any more."""
    for code in list(desk.registry.served_by(event.place)):
        chat = desk.registry.work_chats[code]
        has_topics = chat.is_forum or chat.may_not_make_topics
        if has_topics is not event.is_forum:
            desk.keep_work_chat(replace(chat, is_forum=event.is_forum, may_not_make_topics=False))


def try_threads(event: MessageReceived, desk: Desk) -> None:
    """Make threads again: somebody says that the bot has the right by now."""
    language = desk.rules.language
    for code in list(desk.registry.served_by(event.place)):
        if event.is_forum:
            chat = desk.registry.work_chats[code]
            desk.keep_work_chat(replace(chat, is_forum=True, may_not_make_topics=False))
    text = desk.say(language, "topics-on" if event.is_forum else "topics-none")
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)
