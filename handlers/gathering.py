"""A rush: a group takes few messages a minute, so cards come in their turn and one message says how many wait."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.domain.institution import WorkChat
from bot.domain.message import Place
from bot.domain.own_event import CardsDue
from bot.domain.ticket import Ticket
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_PAUSE = timedelta(seconds=5)
"""How often we look whether the group takes more."""
_TURNS_BETWEEN = 4
"""The message that says how many wait is changed once in so many looks."""
_NOT_TOLD_YET = 0
"""Cards wait for their turn, but perhaps not long enough to be told of."""
_NUMBERS_SHOWN = 20
"""Numbers, or rows of numbers without a gap, that the message lists."""


def is_crowded(desk: Desk, place: Place) -> bool:
    """Tell whether a card must wait for its turn: others do, or as many are on their way as a group takes at once."""
    return desk.waiting_cards(place) >= desk.rules.crowd(place) or _telling(desk, place) is not None


def gather(desk: Desk, ticket: Ticket, place: Place) -> Ticket:
    """Let a ticket wait for its turn to be shown; nothing goes out for it yet."""
    if _telling(desk, place) is None:
        desk.keep_work_chat(replace(_chats(desk, place)[0], gathered=_NOT_TOLD_YET))
    come_back(desk, place)
    return desk.keep_ticket(replace(ticket, card=None, work_place=place, work_thread="", thread_shows=""))


def come_back(desk: Desk, place: Place) -> None:
    """Look soon whether the next cards can be shown; however often this is asked for, it is done once."""
    turn = _turn(desk) + 1
    at = datetime.fromtimestamp(turn * _PAUSE.total_seconds(), UTC)
    desk.do_aside(CardsDue(place=place), key=f"cards:{place.lane}:{turn}", not_before=at)


def tell_gathered(desk: Desk, place: Place, numbers: Sequence[int]) -> None:
    """Say how many cards are still to come, in one message that is changed in its place and goes when all have come."""
    chat = _telling(desk, place) or _chats(desk, place)[0]
    if not numbers:
        if chat.gathered:
            desk.delete(place, OutboxKind.GATHERED, row=chat.gathered)
        if chat.gathered is not None:
            desk.keep_work_chat(replace(chat, gathered=None))
        return
    text = desk.say(desk.rules.language, "cards-gathered", count=len(numbers), numbers=_in_rows(numbers))
    if chat.gathered:
        desk.edit(place, OutboxKind.GATHERED, text, buttons=(), row=chat.gathered)
    else:
        desk.keep_work_chat(replace(chat, gathered=desk.send(place, OutboxKind.GATHERED, text)))


def is_time_to_tell(desk: Desk, place: Place) -> bool:
    """Tell whether the numbers should be told anew; a change counts like a message, so it is not made each time."""
    chat = _telling(desk, place)
    return _turn(desk) % _TURNS_BETWEEN == 0 or chat is None or chat.gathered == _NOT_TOLD_YET


def _chats(desk: Desk, place: Place) -> list[WorkChat]:
    """Return the work chat as each institution has it that it serves."""
    chats = (desk.work_chat(code) for code in desk.registry.served_by(place))
    return [chat for chat in chats if chat is not None]


def _telling(desk: Desk, place: Place) -> WorkChat | None:
    for code in desk.registry.served_by(place):
        chat = desk.work_chat(code)
        if chat is not None and chat.gathered is not None:
            return chat
    return None


def _turn(desk: Desk) -> int:
    return int(desk.now.timestamp() // _PAUSE.total_seconds())


def _in_rows(numbers: Sequence[int]) -> str:
    """Return «№ 5, № 8–19, № 24»."""
    rows: list[tuple[int, int]] = [(numbers[0], numbers[0])]
    for before, number in pairwise(numbers):
        if number == before + 1:
            rows[-1] = (rows[-1][0], number)
        else:
            rows.append((number, number))
    shown = [f"№ {first}" if first == last else f"№ {first}–{last}" for first, last in rows[:_NUMBERS_SHOWN]]
    return ", ".join([*shown, *(["…"] if len(rows) > _NUMBERS_SHOWN else [])])
