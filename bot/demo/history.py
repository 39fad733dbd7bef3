"""The demo's history as a list of steps with times, ready to be played on the pretend messengers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.demo.conversations import CITIZENS, By, Conversation, Ending, read_conversations
from bot.demo.town import TEAM_OF
from bot.domain.message import Person
from bot.domain.work_calendar import WorkCalendar

ZONE = ZoneInfo("Europe/Moscow")
FIRST_CITIZEN = 3001
"""The pretend messengers' id of the first person in the history."""
_SECOND_THOUGHT = timedelta(minutes=70)
"""How long after an answer a citizen writes again."""
_AFTERWARDS = timedelta(minutes=4)
"""How long after the last words an administrator presses a button."""


class Deed(StrEnum):
    """What somebody does in a step."""

    ASK = "ask"
    ANSWER = "answer"
    TAKE = "take"
    CLOSE = "close"
    EXCUSE = "excuse"
    """Press "no answer needed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Somebody does something at some moment (UTC)."""

    at: datetime
    ticket: int
    """Which conversation of the history, from 0; the ticket's real number is the bot's business."""
    who: Person
    deed: Deed
    institution: str
    by: By
    words: str = ""
    is_first: bool = False
    """The first words of a conversation: by Telegram they come through the institution's link."""


def script(now: datetime, conversations: Sequence[Conversation] | None = None) -> list[Step]:
    """Return every step of the history before `now`, the earliest first."""
    calendar = WorkCalendar(zone=ZONE)
    steps = [
        step
        for ticket, conversation in enumerate(read_conversations() if conversations is None else conversations)
        for step in _steps(ticket, conversation, now, calendar)
    ]
    return sorted((step for step in steps if step.at < now), key=lambda step: (step.at, step.ticket))


def _steps(ticket: int, conversation: Conversation, now: datetime, calendar: WorkCalendar) -> Iterator[Step]:
    citizen = Person(
        channel="telegram" if conversation.by is By.TELEGRAM else "vk",
        user_id=str(FIRST_CITIZEN + ticket),
        name=CITIZENS[ticket % len(CITIZENS)],
    )
    team = TEAM_OF[conversation.institution]
    administrator = team.administrators[ticket % len(team.administrators)]

    def step(at: datetime, who: Person, deed: Deed, words: str = "", *, is_first: bool = False) -> Step:
        return Step(
            at=at,
            ticket=ticket,
            who=who,
            deed=deed,
            institution=conversation.institution,
            by=conversation.by,
            words=words,
            is_first=is_first,
        )

    at = _began_at(conversation, now)
    for number, turn in enumerate(conversation.turns):
        yield step(at, citizen, Deed.ASK, turn.question, is_first=number == 0)
        if turn.minutes is None:
            break
        taken_at = calendar.add(at, timedelta(minutes=turn.minutes * 0.6))
        if number == 0 and ticket % 6 == 0:
            yield step(taken_at, administrator, Deed.TAKE)
        at = calendar.add(at, timedelta(minutes=turn.minutes))
        yield step(at, administrator, Deed.ANSWER, turn.answer)
        at += _SECOND_THOUGHT
    match conversation.ending:
        case Ending.CLOSED:
            yield step(at, administrator, Deed.CLOSE)
        case Ending.THANKED:
            yield step(calendar.next_opening(at + _AFTERWARDS), administrator, Deed.EXCUSE)


def _began_at(conversation: Conversation, now: datetime) -> datetime:
    if conversation.minutes_ago is not None:
        return now - timedelta(minutes=conversation.minutes_ago)
    day = now.astimezone(ZONE).date()
    left = conversation.workday
    while left or day.weekday() > 4:
        left -= day.weekday() <= 4
        day -= timedelta(days=1)
    return datetime.combine(day, time.fromisoformat(conversation.at), tzinfo=ZONE).astimezone(UTC)
