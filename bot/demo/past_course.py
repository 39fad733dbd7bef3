"""How one ticket of the invented past went: asked, perhaps given on, answered or not, graded, closed."""

import math
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo import habits
from bot.demo.habits import Skill
from bot.domain.institution import Institution
from bot.domain.past import PastAnswer, PastEvent, PastTicket
from bot.domain.policies import Policies
from bot.domain.sla import SlaPolicy
from bot.domain.ticket import TicketEventKind, TicketOrigin, TicketState
from bot.domain.work_calendar import WorkCalendar


class Promise:
    """What a citizen was promised when the ticket opened, by the rules that come with the program."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._policies = Policies()

    def first_deadline(self, opened_at: datetime) -> datetime:
        """Return until when the first answer was promised."""
        return SlaPolicy().deadline(self._calendar, opened_at)

    def resolve_by(self, place: Institution, topic: str, opened_at: datetime) -> datetime:
        """Return until when the matter should have been settled."""
        policy = self._policies.of(place, topic, at=opened_at)
        return policy.resolve_by_at(opened_at) or opened_at

    def hard_limit(self, opened_at: datetime) -> datetime:
        """Return the limit in wall time."""
        return SlaPolicy().hard_limit_at(opened_at) or opened_at


@dataclass(slots=True)
class _Told:
    """A ticket while it is being told."""

    holder: str
    questions: list[datetime]
    answers: list[PastAnswer] = field(default_factory=list)
    events: list[PastEvent] = field(default_factory=list)
    came_to: str = ""
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    state: TicketState = TicketState.OPEN
    grade: int | None = None
    repeats: int | None = None

    def add(self, kind: TicketEventKind, at: datetime, detail: str = "") -> None:
        self.events.append(PastEvent(kind=kind, at=at, detail=detail))

    def end(self, kind: TicketEventKind, at: datetime, state: TicketState = TicketState.CLOSED) -> None:
        self.add(kind, at)
        self.state, self.closed_at, self.waiting_since = state, at, None


class Course:
    """Tells tickets one after another; nothing is told that lies after `now`."""

    def __init__(
        self, chance: random.Random, *, calendar: WorkCalendar, promise: Promise, now: datetime, is_settled: bool
    ) -> None:
        self._chance = chance
        self._calendar = calendar
        self._promise = promise
        self._now = now
        self._is_settled = is_settled
        self._topics = {branch: habits.topic_weights(branch) for branch in ("",)}

    def of(
        self,
        place: Institution,
        skill: Skill,
        *,
        opened_at: datetime,
        citizen: int,
        told: int,
        elsewhere: Institution | None,
        is_event: bool,
    ) -> PastTicket:
        """Tell one ticket that came to `place`; `elsewhere` may get it, `told` tickets were told before."""
        chance = self._chance
        topic = self._topic(place)
        is_comment = not is_event and chance.random() < habits.COMMENTS
        is_telegram = not is_comment and chance.random() < habits.TELEGRAM
        ticket = _Told(holder=place.code, questions=[opened_at], waiting_since=opened_at)
        ticket.add(TicketEventKind.OPENED, opened_at, place.code)
        self._happen(ticket, skill, elsewhere=elsewhere, told=told, is_event=is_event)
        if self._is_settled and ticket.waiting_since is not None:
            ticket.end(TicketEventKind.CLOSED, self._calendar.add(ticket.waiting_since, timedelta(hours=30)))
        return PastTicket(
            institution=ticket.holder,
            came_to=ticket.came_to,
            citizen=citizen,
            channel="telegram" if is_telegram else "vk",
            origin=TicketOrigin.COMMENT if is_comment else TicketOrigin.PRIVATE,
            topic=topic,
            opened_at=opened_at,
            first_deadline_at=self._promise.first_deadline(opened_at),
            hard_limit_at=self._promise.hard_limit(opened_at),
            resolve_by_at=self._promise.resolve_by(place, topic, opened_at),
            questions=tuple(ticket.questions),
            answers=tuple(ticket.answers),
            events=tuple(ticket.events),
            state=ticket.state,
            waiting_since=ticket.waiting_since,
            closed_at=ticket.closed_at,
            grade=ticket.grade,
            repeats=ticket.repeats,
        )

    def _happen(self, ticket: _Told, skill: Skill, *, elsewhere: Institution | None, told: int, is_event: bool) -> None:
        chance, opened_at = self._chance, ticket.questions[0]
        seen_at = self._calendar.add(opened_at, timedelta(minutes=chance.expovariate(1 / 40)))
        if seen_at >= self._now:
            return
        luck = chance.random()
        if luck < habits.SPAM:
            ticket.end(TicketEventKind.SPAM, seen_at, TicketState.SPAM)
            return
        luck -= habits.SPAM
        if luck < habits.THANKS_ONLY:
            ticket.add(TicketEventKind.NO_ANSWER_NEEDED, seen_at)
            ticket.waiting_since = None
            ticket.end(TicketEventKind.CLOSED, seen_at + timedelta(minutes=1))
            return
        luck -= habits.THANKS_ONLY
        if luck < habits.DUPLICATES and told > 20:
            ticket.repeats = chance.randrange(1, 20)
            ticket.end(TicketEventKind.DUPLICATE, seen_at)
            return
        if elsewhere is not None and chance.random() < habits.TRANSFERS:
            ticket.came_to, ticket.holder = ticket.holder, elsewhere.code
            ticket.add(TicketEventKind.TRANSFERRED, seen_at, elsewhere.code)
        asked_at = opened_at if is_event else max(seen_at if ticket.came_to else opened_at, opened_at)
        answered_at = self._answer(ticket, skill, asked_at=asked_at, patience=skill.answers)
        if answered_at is None:
            return
        if chance.random() < habits.NEXT_QUESTION:
            answered_at = self._ask_again(ticket, skill, answered_at) or answered_at
        if ticket.waiting_since is None:
            self._finish(ticket, skill, answered_at)

    def _answer(self, ticket: _Told, skill: Skill, *, asked_at: datetime, patience: float) -> datetime | None:
        """Let the holder answer, if it ever does, before now; returns when."""
        chance = self._chance
        if chance.random() > patience:
            return None
        minutes = math.exp(chance.gauss(math.log(skill.median_minutes), skill.spread))
        if chance.random() < habits.OFF_HOURS:
            answered_at = asked_at + timedelta(minutes=2 + minutes * 0.3)
        else:
            answered_at = self._calendar.add(asked_at, timedelta(minutes=2 + minutes))
        answered_at = answered_at.replace(microsecond=0)
        if answered_at >= self._now:
            return None
        ticket.answers.append(
            PastAnswer(
                at=answered_at,
                institution=ticket.holder,
                administrator=chance.randrange(skill.administrators),
            )
        )
        ticket.waiting_since, ticket.state = None, TicketState.ANSWERED
        return answered_at

    def _ask_again(self, ticket: _Told, skill: Skill, answered_at: datetime) -> datetime | None:
        asked_at = answered_at + timedelta(minutes=round(2 + self._chance.expovariate(1 / 90)))
        if asked_at >= self._now:
            return None
        ticket.questions.append(asked_at)
        ticket.waiting_since, ticket.state = asked_at, TicketState.OPEN
        return self._answer(ticket, skill, asked_at=asked_at, patience=min(1, skill.answers + 0.04))

    def _finish(self, ticket: _Told, skill: Skill, answered_at: datetime) -> None:
        """Grade, thank, close; now and then the citizen writes again after all."""
        chance = self._chance
        graded_at = answered_at + timedelta(minutes=11 + round(chance.expovariate(1 / 200)))
        if chance.random() < habits.GRADED and graded_at < self._now:
            ticket.grade = min(5, max(1, round(chance.gauss(skill.kindness, 0.9))))
            ticket.add(TicketEventKind.GRADED, graded_at, str(ticket.grade))
        thanked_at = answered_at + timedelta(minutes=5 + round(chance.expovariate(1 / 60)))
        if chance.random() < habits.THANKS_AFTERWARDS and thanked_at < self._now:
            excused_at = self._calendar.add(thanked_at, timedelta(minutes=20))
            ticket.questions.append(thanked_at)
            ticket.waiting_since = thanked_at
            if excused_at >= self._now:
                return
            ticket.add(TicketEventKind.NO_ANSWER_NEEDED, excused_at)
            ticket.waiting_since, answered_at = None, excused_at
        by_person = chance.random() < habits.CLOSED_BY_PERSON
        wait = timedelta(minutes=3 + chance.expovariate(1 / 30)) if by_person else SlaPolicy().silence
        closed_at = self._calendar.add(answered_at, wait).replace(microsecond=0)
        if closed_at >= self._now:
            return
        ticket.end(TicketEventKind.CLOSED if by_person else TicketEventKind.CLOSED_BY_SILENCE, closed_at)
        if chance.random() < habits.REOPENED:
            self._reopen(ticket, skill, closed_at)

    def _reopen(self, ticket: _Told, skill: Skill, closed_at: datetime) -> None:
        again_at = closed_at + timedelta(minutes=round(30 + self._chance.expovariate(1 / 600)))
        if again_at >= self._now or again_at - closed_at > timedelta(hours=72):
            return
        ticket.questions.append(again_at)
        ticket.add(TicketEventKind.REOPENED, again_at)
        ticket.state, ticket.closed_at, ticket.waiting_since = TicketState.OPEN, None, again_at
        answered_at = self._answer(ticket, skill, asked_at=again_at, patience=skill.answers)
        if answered_at is None:
            return
        ended_at = self._calendar.add(answered_at, timedelta(minutes=15))
        if ended_at < self._now:
            ticket.end(TicketEventKind.CLOSED, ended_at)

    def _topic(self, place: Institution) -> str:
        weights = self._topics.get(place.branch)
        if weights is None:
            weights = self._topics[place.branch] = habits.topic_weights(place.branch)
        return self._chance.choices(habits.TOPICS, weights)[0]
