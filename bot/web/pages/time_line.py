"""One ticket: who held it how long, what was said and done; no citizen's name, no contacts, words with covers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.edits import without_notes
from bot.domain.institution import Institution
from bot.domain.ticket import Author, DeliveryState, MessageKind, TicketEvent, TicketEventKind, TicketMessage
from bot.safety.masks import mask
from bot.web.pages.wording import Words
from storage.listings import TimeLine
from storage.measured_row import Mark, MeasuredTicket

_WORDS_SHOWN = 4_000
FACTS = (
    "state",
    "opened",
    "channel",
    "origin",
    "topic",
    "first",
    "working",
    "norm",
    "waiting",
    "deadline",
    "resolution",
    "grade",
    "taken",
)
"""What may be told of a ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something said or done."""

    at: datetime
    moment: str
    who: str
    """`citizen`, `administrator` or `bot`: for the look only."""
    name: str
    what: str
    words: str
    files: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """One holder's time."""

    institution: str
    lasted: str
    gave_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    """Everything that the ticket's template shows."""

    number: int
    institution: str
    facts: list[tuple[str, str]]
    """What is known of it: a name and a value."""
    is_late: bool
    holders: list[HeldBy]
    steps: list[Step]
    link: str
    """The public comment, empty for a private dialogue."""


class TimeLineShown:
    """Dresses one ticket."""

    def __init__(
        self,
        line: TimeLine,
        measured: MeasuredTicket,
        *,
        words: Words,
        places: Mapping[str, Institution],
        may_see: Callable[[Institution], bool],
        now: datetime,
    ) -> None:
        self._line = line
        self._measured = measured
        self._words = words
        self._places = places
        self._may_see = may_see
        self._now = now

    def page(self) -> TicketPage:
        """Return what is shown."""
        ticket, measured = self._line.ticket, self._measured
        is_overdue = measured.deadline_at is not None and measured.deadline_at < self._now
        is_late = Mark.QUESTION in measured.marks and (
            is_overdue or (Mark.ANSWERED in measured.marks and Mark.IN_TIME not in measured.marks)
        )
        is_comment = ticket.origin.value == "comment"
        steps = [
            *(self._said(each) for each in without_notes(self._line.messages)),
            *(self._done(each) for each in self._line.events if each.kind not in _SEEN_BY_THE_WORDS),
        ]
        return TicketPage(
            number=ticket.number,
            institution=self._place(ticket.institution),
            facts=list(self._facts(is_late=is_late)),
            is_late=is_late,
            holders=[
                HeldBy(institution=self._place(code), lasted=self._words.say_time(seconds), gave_away=gave_away)
                for code, seconds, gave_away in measured.holders
            ],
            steps=sorted(steps, key=lambda step: step.at),
            link=ticket.link if is_comment and ticket.link.startswith("https://") else "",
        )

    def _facts(self, *, is_late: bool) -> list[tuple[str, str]]:
        ticket, measured, words = self._line.ticket, self._measured, self._words
        facts = [
            ("state", words.say(f"pages-state-{ticket.state.value}")),
            ("opened", words.moment(ticket.opened_at)),
            ("channel", words.channel(ticket.channel)),
            ("origin", words.say(f"pages-origin-{ticket.origin.value}")),
            ("topic", words.topic(ticket.topic)),
        ]
        if measured.first_seconds is not None:
            facts.append(("first", words.say_time(measured.first_seconds)))
            facts.append(("working", words.say_time(measured.working_seconds)))
            facts.append(("norm", words.say("pages-late" if is_late else "pages-in-time")))
        elif measured.waiting_since is not None:
            facts.append(("waiting", words.say_time((self._now - measured.waiting_since).total_seconds())))
        if measured.deadline_at is not None:
            facts.append(("deadline", words.moment(measured.deadline_at)))
        if measured.resolution_seconds is not None:
            facts.append(("resolution", words.say_time(measured.resolution_seconds)))
        if ticket.grade is not None:
            facts.append(("grade", str(ticket.grade)))
        taken_by = self._line.taken_by_id
        if taken_by is not None:
            facts.append(("taken", self._administrator(taken_by)))
        return [(words.say(f"pages-fact-{name}"), value) for name, value in facts]

    def _said(self, message: TicketMessage) -> Step:
        words, is_citizen = self._words, message.author is Author.CITIZEN
        covered = mask(message.text)
        note = ""
        if message.kind is MessageKind.ANSWER:
            state = message.delivery or DeliveryState.ON_THE_WAY
            at = words.moment(message.delivered_at or message.said_at)
            note = words.say(f"pages-fares-{state.value}", at=at)
        files = () if message.kind is MessageKind.EDIT else message.attachments
        return Step(
            at=message.said_at,
            moment=words.moment(message.said_at),
            who="citizen" if is_citizen else "administrator",
            name=words.say("pages-who-citizen") if is_citizen else self._administrator(message.administrator),
            what=words.say(f"pages-said-{message.kind.value}"),
            words=covered if len(covered) <= _WORDS_SHOWN else covered[: _WORDS_SHOWN - 1] + "…",
            files=tuple(words.say(f"attachment-{each.kind.value}") for each in files),
            note=note,
        )

    def _done(self, event: TicketEvent) -> Step:
        words, detail = self._words, event.detail
        if event.kind is TicketEventKind.TRANSFERRED:
            detail = self._place(event.detail)
        by_citizen = event.kind in _BY_CITIZEN
        person = self._administrator(event.administrator) if event.administrator is not None else ""
        return Step(
            at=event.at,
            moment=words.moment(event.at),
            who="administrator" if person else "citizen" if by_citizen else "bot",
            name=person or words.say("pages-who-citizen" if by_citizen else "pages-who-bot"),
            what=words.say(f"happened-{event.kind.value}", detail=detail),
            words="",
            files=(),
            note="",
        )

    def _administrator(self, number: int | None) -> str:
        """Return a name for the chain of whoever serves an institution, «администратор» for everybody else."""
        nobody = self._words.say("pages-who-administrator")
        place = self._places.get(self._line.served.get(number or 0, ""))
        if number is None or place is None or not self._may_see(place):
            return nobody
        return self._line.administrators.get(number) or nobody

    def _place(self, code: str) -> str:
        place = self._places.get(code)
        return place.title if place is not None else code


_SEEN_BY_THE_WORDS = (TicketEventKind.OPENED,)
_BY_CITIZEN = (TicketEventKind.GRADED, TicketEventKind.SOLVED, TicketEventKind.WITHDRAWN)
