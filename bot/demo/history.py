"""The demo's history as a list of steps with times, ready to be played on the pretend messengers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.demo.conversations import CITIZENS, LIKES, MASS_EVENT, By, Conversation, Ending, read_conversations
from bot.demo.town import TEAM_OF
from bot.domain.message import Person
from bot.domain.work_calendar import WorkCalendar

ZONE = ZoneInfo("Europe/Moscow")
FIRST_CITIZEN = 3001
"""The pretend messengers' id of the first person in the history."""
FIRST_OF_EVENT = 500
"""The number, in the history, of the first question of the mass event."""
_FIRST_PASSER_BY = 5001
"""The id of the first person who only reacts to posts."""
_NO_TICKET = -1
_SLIP = timedelta(minutes=2)
"""How long after their words people notice a slip, or react to what they read."""
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
    EDIT = "edit"
    """A citizen changes the question."""
    TRANSFER = "transfer"
    """Give the question to another institution; `words` is its code."""
    GRADE = "grade"
    """A citizen says that it is solved, and how well; `words` is the grade."""
    REACT = "react"
    """A citizen reacts to the answer."""
    LIKE = "like"
    """Somebody reacts to an institution's post."""
    GATHER = "gather"
    """Make one mass event of many questions; `words` is the matter."""
    ANSWER_ALL = "answer-all"


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
    about: str = ""
    """REACT: the answer's words."""
    asked_at: str = ""
    """The institution to which the citizen wrote; `institution` is the one that has the question by now."""
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
    if conversations is None:
        steps += _likes(now)
        steps += _mass_event(now)
    return sorted((step for step in steps if step.at < now), key=lambda step: (step.at, step.ticket))


def _steps(ticket: int, conversation: Conversation, now: datetime, calendar: WorkCalendar) -> Iterator[Step]:
    citizen = Person(
        channel="telegram" if conversation.by is By.TELEGRAM else "vk",
        user_id=str(FIRST_CITIZEN + ticket),
        name=CITIZENS[ticket % len(CITIZENS)],
    )
    holder = conversation.institution
    administrator = _administrator(holder, ticket)

    def step(
        at: datetime, who: Person, deed: Deed, words: str = "", *, is_first: bool = False, about: str = ""
    ) -> Step:
        return Step(
            at=at,
            ticket=ticket,
            who=who,
            deed=deed,
            institution=holder,
            by=conversation.by,
            words=words,
            about=about,
            asked_at=conversation.institution,
            is_first=is_first,
        )

    at = _began_at(conversation, now)
    for number, turn in enumerate(conversation.turns):
        yield step(at, citizen, Deed.ASK, turn.question, is_first=number == 0)
        if number == 0 and conversation.edited:
            yield step(at + _SLIP, citizen, Deed.EDIT, conversation.edited)
        if turn.minutes is None:
            break
        taken_at = calendar.add(at, timedelta(minutes=turn.minutes * 0.6))
        if number == 0 and conversation.given_to:
            yield step(
                calendar.add(at, timedelta(minutes=turn.minutes * 0.3)),
                administrator,
                Deed.TRANSFER,
                conversation.given_to,
            )
            holder = conversation.given_to
            administrator = _administrator(holder, ticket)
        if number == 0 and ticket % 6 == 0:
            yield step(taken_at, administrator, Deed.TAKE)
        at = calendar.add(at, timedelta(minutes=turn.minutes))
        yield step(at, administrator, Deed.ANSWER, turn.answer)
        if conversation.reaction:
            yield step(at + _SLIP, citizen, Deed.REACT, conversation.reaction, about=turn.answer)
        at += _SECOND_THOUGHT
    if conversation.grade:
        yield step(calendar.add(at, _SECOND_THOUGHT), citizen, Deed.GRADE, str(conversation.grade))
    match conversation.ending:
        case Ending.CLOSED:
            yield step(at, administrator, Deed.CLOSE)
        case Ending.THANKED:
            yield step(calendar.next_opening(at + _AFTERWARDS), administrator, Deed.EXCUSE)


def _likes(now: datetime) -> Iterator[Step]:
    """Reactions under the posts, spread over the last days."""
    for number, (institution, sign) in enumerate((code, sign) for code, signs in LIKES.items() for sign in signs):
        yield Step(
            at=_moment(number % 7 + 1, "12:00", now) + timedelta(minutes=7 * number),
            ticket=_NO_TICKET,
            who=Person(channel="vk", user_id=str(_FIRST_PASSER_BY + number)),
            deed=Deed.LIKE,
            institution=institution,
            by=By.WALL,
            words=sign,
        )


def _mass_event(now: datetime) -> Iterator[Step]:
    """Many write of one matter: they are gathered, and read one answer."""
    code, began = MASS_EVENT.institution, _moment(MASS_EVENT.workday, MASS_EVENT.at, now)
    administrator = TEAM_OF[code].administrators[0]

    def step(at: datetime, ticket: int, who: Person, deed: Deed, words: str) -> Step:
        return Step(
            at=at,
            ticket=ticket,
            who=who,
            deed=deed,
            institution=code,
            by=By.VK,
            words=words,
            asked_at=code,
            is_first=deed is Deed.ASK,
        )

    for number, question in enumerate(MASS_EVENT.questions):
        ticket = FIRST_OF_EVENT + number
        citizen = Person(channel="vk", user_id=str(FIRST_CITIZEN + ticket), name=CITIZENS[ticket % len(CITIZENS)])
        yield step(began + timedelta(minutes=3 * number), ticket, citizen, Deed.ASK, question)
    asked = began + timedelta(minutes=3 * len(MASS_EVENT.questions))
    yield step(asked, _NO_TICKET, administrator, Deed.GATHER, MASS_EVENT.matter)
    answered = asked + timedelta(minutes=MASS_EVENT.minutes)
    yield step(answered, _NO_TICKET, administrator, Deed.ANSWER_ALL, MASS_EVENT.answer)


def _administrator(institution: str, ticket: int) -> Person:
    administrators = TEAM_OF[institution].administrators
    return administrators[ticket % len(administrators)]


def _began_at(conversation: Conversation, now: datetime) -> datetime:
    if conversation.minutes_ago is not None:
        return now - timedelta(minutes=conversation.minutes_ago)
    return _moment(conversation.workday, conversation.at, now)


def _moment(workday: int, at: str, now: datetime) -> datetime:
    day = now.astimezone(ZONE).date()
    left = workday
    while left or day.weekday() > 4:
        left -= day.weekday() <= 4
        day -= timedelta(days=1)
    return datetime.combine(day, time.fromisoformat(at), tzinfo=ZONE).astimezone(UTC)
