"""Which ticket a citizen's words belong to: the one shown to them last, told where several could be meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.citizen import Citizen, CitizenStage, Shown
from bot.domain.institution import Institution
from bot.domain.message import Button, Place
from bot.domain.ticket import RoutedBy, Ticket, TicketState
from handlers.buttons import Press
from handlers.desk import Desk

_HOLDER_KEEPS = timedelta(hours=24)
"""So long after its answer words in a community still belong to the institution to which a ticket was given."""
_CONFIRMED_FOR = timedelta(minutes=10)
_LABEL = 40
"""Characters of a button that phones show and VK takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What tells a citizen to which ticket their words go, with the ways to another one."""

    place: Place
    text: str
    buttons: Sequence[Sequence[Button]]


def is_open(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether words can go on with a ticket: it is open or answered, or was closed within the reopening time."""
    if ticket.state is TicketState.SPAM or ticket.withdrawn_at is not None:
        return False
    if not ticket.is_ended:
        return True
    return ticket.closed_at is not None and desk.now - ticket.closed_at <= desk.policy_of(ticket).reopen_within


def open_here(desk: Desk, citizen: Citizen, place: Place) -> list[Ticket]:
    """Return a citizen's tickets in one conversation that are open in this sense, the newest first."""
    return [each for each in _here(desk, citizen, place) if is_open(desk, each)]


def dialogue_ticket(desk: Desk, citizen: Citizen, place: Place, own: Institution | None) -> Ticket | None:
    """Return the ticket to which words in a private dialogue or under a post belong without any reply.

    `own` is the institution whose community it is. None: they begin a new ticket, or answer our question.
    """
    opened = opened_elsewhere(desk, citizen, place)
    if opened is not None:
        return opened
    institution = own or institution_in_view(desk, citizen, place)
    if own is None and citizen.stage is CitizenStage.CHOOSING:
        # What was shown after our question comes before it.
        return None if is_question_last(citizen, place) else last_shown(desk, citizen, place)
    if institution is not None:
        return current_ticket(desk, citizen, place, institution.code)
    return last_shown(desk, citizen, place)


def current_ticket(desk: Desk, citizen: Citizen, place: Place, institution: str) -> Ticket | None:
    """Return the ticket to which words for an institution belong: the open one of this conversation there.

    One that the institution has given away counts until the new holder's first answer, and for a day after each of
    its answers. Of several it is the one shown last, else the newest.
    """
    own = desk.registry.institution_of(place)
    is_own = place.is_comments or (own is not None and own.code == institution)
    shown = citizen.shown_in(place)
    fitting = [
        ticket
        for ticket in _here(desk, citizen, place)
        if (ticket.institution == institution and is_open(desk, ticket))
        or (
            ticket.institution != institution
            and (is_own or ticket.came_to == institution)
            and _is_with_new_holder(desk, ticket, shown)
        )
    ]
    return _shown_or_newest(fitting, shown)


def last_shown(desk: Desk, citizen: Citizen, place: Place) -> Ticket | None:
    """Return the open ticket that was last shown in a private dialogue of many institutions, or the only one there.

    None when nothing is open, or when the citizen has started anew since.
    """
    shown = citizen.shown_in(place)
    if shown is None:
        return next(iter(open_here(desk, citizen, place)), None)
    if shown.ticket is None:
        return None
    ticket = desk.ticket(shown.ticket)
    if ticket is not None and ticket.citizen == citizen.id and is_open(desk, ticket):
        return ticket
    return next(iter(open_here(desk, citizen, place)), None)


def opened_elsewhere(desk: Desk, citizen: Citizen, place: Place) -> Ticket | None:
    """Return a ticket of another private dialogue that the citizen has opened here, while nothing else is shown."""
    shown = citizen.shown_in(place)
    if shown is None or shown.ticket is None or shown.looked_at is None or shown.is_asked:
        return None
    ticket = desk.ticket(shown.ticket)
    if ticket is None or ticket.citizen != citizen.id or ticket.place == place or not is_open(desk, ticket):
        return None
    return ticket if desk.now - shown.looked_at <= _HOLDER_KEEPS else None


def institution_in_view(desk: Desk, citizen: Citizen, place: Place) -> Institution | None:
    """Return the institution whose link or choice counts here, None once another one's ticket was shown."""
    shown = citizen.shown_in(place)
    return desk.institution(shown.institution) if shown is not None and shown.institution else None


def own_institution(desk: Desk, citizen: Citizen, place: Place, ticket: Ticket) -> Institution | None:
    """Return whose conversation this is, of which `ticket` is one: the community's, or that of the link that counts."""
    own = desk.registry.institution_of(place)
    if own is not None:
        return own
    if place.is_mailbox and ticket.routed_by is RoutedBy.COMMUNITY:
        # A channel is known by what its messages carry, which a press does not.
        return desk.institution(ticket.came_to or ticket.institution)
    shown = citizen.shown_in(place)
    return desk.institution(shown.institution) if shown is not None and shown.is_linked else None


def is_question_last(citizen: Citizen, place: Place) -> bool:
    """Tell whether our question about the institution is what was shown last."""
    shown = citizen.shown_in(place)
    return shown is None or shown.is_asked


def show_ticket(
    desk: Desk, citizen: int, place: Place, ticket: Ticket, *, is_looked_at: bool = False, is_confirmed: bool = False
) -> None:
    """Remember that a ticket was shown in a private conversation: further words there belong to it."""
    known = desk.citizen_by_id(citizen)
    if place.is_comments or place.is_group or known.is_erased:
        return
    before = known.shown_in(place)
    now = before or Shown(lane=place.lane)
    is_of_link = now.is_linked and now.institution in (ticket.institution, ticket.came_to)
    now = replace(
        now,
        ticket=ticket.number,
        looked_at=desk.now if is_looked_at else now.looked_at if now.ticket == ticket.number else None,
        is_asked=False,
        institution=now.institution if is_of_link else "",
        is_linked=is_of_link,
    )
    if is_confirmed:
        now = replace(now, confirmed=ticket.number, confirmed_at=desk.now)
    if now != before:
        desk.keep_citizen(known.having_seen(now))


def show_question(desk: Desk, citizen: int, place: Place) -> None:
    """Remember that the citizen was asked for which institution their words are."""
    known = desk.citizen_by_id(citizen)
    before = known.shown_in(place) or Shown(lane=place.lane)
    desk.keep_citizen(known.having_seen(replace(before, is_asked=True)))


def show_start(desk: Desk, citizen: int, place: Place, institution: str = "", *, is_linked: bool = False) -> None:
    """Remember that the citizen starts anew here, for an institution if a link or a choice names one."""
    known = desk.citizen_by_id(citizen)
    desk.keep_citizen(
        known.having_seen(Shown(lane=place.lane, institution=institution, is_linked=bool(institution) and is_linked))
    )


def confirm(desk: Desk, citizen: int, ticket: Ticket, place: Place, *, since: int) -> Confirmation | None:
    """Return what says to which ticket words go, where several could be meant and it was not said just now.

    `since` is our id of the first words that it is about. Under a post nothing is asked.
    """
    known = desk.citizen_by_id(citizen)
    if place.is_comments:
        return None
    others = [each for each in open_here(desk, known, place) if each.number != ticket.number]
    own = own_institution(desk, known, place, ticket)
    is_elsewhere = ticket.place != place
    is_given = own is not None and ticket.institution != own.code
    if not (others or is_given or is_elsewhere or known.stage is CitizenStage.CHOOSING):
        return None
    shown = known.shown_in(place)
    if (
        shown is not None
        and shown.confirmed == ticket.number
        and shown.confirmed_at is not None
        and desk.now - shown.confirmed_at <= _CONFIRMED_FOR
    ):
        show_ticket(desk, citizen, place, ticket)
        return None
    show_ticket(desk, citizen, place, ticket, is_confirmed=True)
    return confirmation(desk, known, ticket, place, since=since)


def confirmation(desk: Desk, citizen: Citizen, ticket: Ticket, place: Place, *, since: int) -> Confirmation:
    """Return the words and buttons of a confirmation."""
    language = desk.language_of(citizen)
    own = own_institution(desk, citizen, place, ticket)
    rows = []
    is_given = own is not None and ticket.institution != own.code
    if not is_given or any(each.number != ticket.number for each in open_here(desk, citizen, place)):
        text = desk.say(language, "button-elsewhere")
        rows.append([Button(text=text, action=Press.ELSEWHERE.of(ticket.number, since))])
    if own is not None and is_given:
        text = new_question(desk, language, own)
        rows.append([Button(text=text, action=Press.ELSEWHERE.of(ticket.number, since, "new"))])
    text = desk.say(language, "words-go-to", number=ticket.number, institution=desk.holder(ticket).title)
    if ticket.place != place:
        text = f"{text}\n{desk.say(language, 'words-go-elsewhere')}"
    return Confirmation(place=place, text=text, buttons=rows)


def new_question(desk: Desk, language: str, own: Institution | None) -> str:
    """Return the words of the button that begins a new ticket."""
    if own is None:
        return desk.say(language, "button-new-question")
    text = desk.say(language, "button-new-question-to", institution=own.title)
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


def _here(desk: Desk, citizen: Citizen, place: Place) -> list[Ticket]:
    return [each for each in desk.tickets_of(citizen) if each.place == place and not _goes_on_elsewhere(desk, each)]


def _shown_or_newest(fitting: Sequence[Ticket], shown: Shown | None) -> Ticket | None:
    if shown is not None:
        for ticket in fitting:
            if ticket.number == shown.ticket:
                return ticket
    return next(iter(fitting), None)


def _is_with_new_holder(desk: Desk, ticket: Ticket, shown: Shown | None) -> bool:
    """Tell whether words still belong to the institution that got a ticket; its answer counts more than its end."""
    answered_at = ticket.last_answer_at
    if ticket.state is TicketState.SPAM or ticket.withdrawn_at is not None:
        return False
    if answered_at is None or (ticket.given_at is not None and answered_at < ticket.given_at):
        return is_open(desk, ticket)
    if desk.now - answered_at <= _HOLDER_KEEPS:
        return True
    is_looked_at = shown is not None and shown.ticket == ticket.number and shown.looked_at is not None
    return (
        is_looked_at
        and shown is not None
        and shown.looked_at is not None
        and (desk.now - shown.looked_at <= _HOLDER_KEEPS)
        and is_open(desk, ticket)
    )


def _goes_on_elsewhere(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether a ticket repeats one of the same conversation that goes on: further words belong there."""
    other = desk.ticket(ticket.duplicate_of) if ticket.duplicate_of is not None else None
    is_same = other is not None and other.citizen == ticket.citizen and other.place == ticket.place
    return is_same and other is not None and not other.is_ended
