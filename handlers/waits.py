"""How long citizens wait: a wait begins with words, ends with an answer, and goes on when that is taken back."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.copying import replace
from bot.domain.measures import FACT_OF_EVENT, Due, Fact, FactKind, measure
from bot.domain.ticket import DeliveryState, MessageKind, Ticket, TicketState
from handlers.desk import Desk
from handlers.rings import with_next_ring


def begin_wait(desk: Desk, ticket: Ticket, since: datetime, *, goes_on: bool = False) -> Ticket:
    """Start the clock of a ticket in which nobody waited; of a wait that `goes_on` nothing is told a second time."""
    deadline = due_of(desk, ticket)(since)
    waiting = replace(
        ticket,
        state=TicketState.OPEN,
        left_since=None,
        left_at=None,
        waiting_since=since,
        deadline_at=deadline,
        warned=ticket.warned if goes_on else 0,
    )
    return with_next_ring(desk, waiting)


def due_of(desk: Desk, ticket: Ticket) -> Due:
    """Return until when words of a ticket are due, by the moment from which they wait."""

    def due(since: datetime) -> datetime:
        if since <= ticket.opened_at:
            return ticket.first_deadline_at
        return desk.policy_of(ticket).deadline(desk.calendar(desk.holder(ticket)), since)

    return due


def waits_since(desk: Desk, ticket: Ticket, said_at: datetime) -> datetime:
    """Return from when new words of a citizen wait: from earlier ones that were left without an answer not long ago."""
    is_lately = ticket.left_at is not None and (
        ticket.closed_at == ticket.left_at or said_at - ticket.left_at <= desk.policy_of(ticket).reopen_within
    )
    return ticket.left_since if is_lately and ticket.left_since is not None else said_at


def end_wait(desk: Desk, ticket: Ticket, at: datetime, *, is_interim: bool = False) -> Ticket:
    """Return the ticket as an answer at this moment leaves it; words that came after the answer go on waiting."""
    answered = replace(
        ticket, first_answered_at=ticket.first_answered_at or at, last_answer_at=at, left_since=None, left_at=None
    )
    if ticket.is_ended:
        return answered
    answered = replace(answered, interim_at=at if is_interim else None)
    if ticket.waiting_since is not None and ticket.last_citizen_at > at:
        return begin_wait(desk, answered, ticket.last_citizen_at)
    return _answered(desk, answered, at)


def recount(desk: Desk, ticket: Ticket) -> Ticket:
    """Return the ticket, shown whole here, as its facts leave it: an answer was taken back, or could not be."""
    facts = list(_facts(desk, ticket))
    answers = sorted((fact for fact in facts if fact.kind is FactKind.ANSWERED), key=lambda fact: fact.at)
    answered_at = [fact.at for fact in answers]
    counted = replace(
        ticket,
        first_answered_at=answered_at[0] if answered_at else None,
        last_answer_at=answered_at[-1] if answered_at else None,
    )
    if ticket.is_ended:
        return counted
    counted = replace(counted, interim_at=answered_at[-1] if answers and answers[-1].is_interim else None)
    waits = measure(facts, desk.calendar(desk.holder(ticket)), due=due_of(desk, ticket)).waits
    if waits and waits[-1].ended_at is None:
        return begin_wait(desk, counted, waits[-1].started_at, goes_on=True)
    return _answered(desk, counted, answered_at[-1] if answered_at else desk.now)


def _facts(desk: Desk, ticket: Ticket) -> Iterator[Fact]:
    for message in desk.time_line(ticket.number):
        if message.kind is MessageKind.QUESTION:
            since = message.said_at if message.moved_at is not None else None
            yield Fact(kind=FactKind.ASKED, at=message.moved_at or message.said_at, since=since)
        elif message.kind is MessageKind.ANSWER:
            fares = desk.answer(message.id) or message
            if fares.delivery is DeliveryState.DELIVERED and fares.delivered_at is not None:
                yield Fact(kind=FactKind.ANSWERED, at=fares.delivered_at, is_interim=fares.is_interim)
    for event in desk.happened(ticket.number):
        if event.kind in FACT_OF_EVENT:
            yield Fact(kind=FACT_OF_EVENT[event.kind], at=event.at)


def _answered(desk: Desk, answered: Ticket, at: datetime) -> Ticket:
    """Return a ticket in which nobody waits since this moment."""
    quiet = replace(answered, state=TicketState.ANSWERED, waiting_since=None, deadline_at=None)
    return with_next_ring(desk, quiet, quiet_since=at if at != answered.last_answer_at else None)
