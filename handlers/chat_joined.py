"""Our bot was added to a group, removed from one, or a group became a supergroup."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.event import ChatJoined, ChatLeft, ChatMigrated
from bot.domain.message import Place
from bot.domain.own_event import WorkChatBound
from bot.domain.ticket import MessageKind, TicketMessage
from handlers.card import is_coming, is_shown, show_card
from handlers.desk import Desk
from handlers.gathering import come_back
from handlers.incident import is_gathered
from handlers.lost import lose_work_chat
from handlers.subscribing import end_subscriptions, move_subscriptions
from storage.outbox_row import OutboxKind


def chat_joined(event: ChatJoined, desk: Desk) -> None:
    """Say how a group becomes a work chat; one that was lost serves again."""
    codes = desk.registry.served_by(event.place)
    if not codes:
        desk.send(event.place, OutboxKind.NOTICE, desk.say(desk.rules.language, "chat-joined"))
    revive(desk, event.place, event.happened_at.isoformat(), is_back=True)


def revive(desk: Desk, place: Place, event: str, *, is_back: bool = False) -> None:
    """Let a work chat that was lost serve again, with everything that waits there: somebody spoke in it."""
    for code in list(desk.registry.served_by(place)):
        chat = desk.registry.work_chats[code]
        if chat.is_lost and desk.work_chat(code) is None:
            desk.keep_work_chat(replace(chat, is_lost=False, lost_at=None if is_back else chat.lost_at))
            key = f"bound:{code}:{place.lane}:{event}:{desk.now.isoformat()}"
            desk.do_aside(WorkChatBound(institution=code), key=key)


def chat_left(event: ChatLeft, desk: Desk) -> None:
    """A work chat without the bot is lost: the supervisors are told."""
    end_subscriptions(desk, event.place)
    for code in list(desk.registry.served_by(event.place)):
        lose_work_chat(desk, code)


def chat_migrated(event: ChatMigrated, desk: Desk) -> None:
    """Follow a group to its new id: its institutions, what waits for it, and later replies."""
    moved = replace(event.place, chat=event.new_chat)
    for code in list(desk.registry.served_by(event.place)):
        chat = desk.registry.work_chats[code]
        desk.keep_work_chat(replace(chat, place=moved))
        # The old cards stay behind: their message ids mean nothing in the new chat.
        desk.do_aside(WorkChatBound(institution=code), key=f"bound:{code}:{moved.lane}:{desk.now.isoformat()}")
    move_subscriptions(desk, event.place, moved)
    desk.move_chat(event.place, event.new_chat)


def work_chat_bound(event: WorkChatBound, desk: Desk) -> None:
    """Show in a new work chat what waits there; cards that lie elsewhere are shown anew."""
    chat = desk.work_chat(event.institution)
    if chat is None:
        return
    for ticket in desk.waiting_in(event.institution):
        if is_coming(desk, ticket) and not ticket.thread_shows:
            come_back(desk, chat.place)
        if is_shown(desk, ticket) or is_coming(desk, ticket):
            continue
        said = desk.time_line(ticket.number)
        if not (is_gathered(desk, ticket) and _said_once(said)):
            show_card(desk, ticket, said)


def _said_once(said: Sequence[TicketMessage]) -> bool:
    """Tell whether a citizen of a mass event has written nothing more: who does gets a card of their own."""
    return sum(message.kind is MessageKind.QUESTION for message in said) <= 1
