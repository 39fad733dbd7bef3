"""A citizen writes in private: the words go to the institution that is known, or the citizen is asked which one."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.citizen import Citizen, CitizenStage
from bot.domain.event import MessageReceived
from bot.domain.institution import Institution
from bot.domain.ticket import RoutedBy
from handlers.choosing import ask_institution, cancel_choice, choose, offer_found, says_cancel
from handlers.courtesies import hear_courtesy
from handlers.desk import Desk
from handlers.duty import tell_of_draft
from handlers.language import hear_language
from handlers.meant import dialogue_ticket, institution_in_view
from handlers.nearest import is_only_a_place, neighbours_of, offer_nearest
from handlers.question import (
    add_words,
    answer_own_ticket,
    append_words,
    as_message,
    own_ticket_replied_to,
)
from handlers.succession import acting, tell_ended
from handlers.urgent import answer_emergency
from storage.outbox_row import OutboxKind

NAME_SHARE = 0.6
"""Words of which this share belongs to an institution's name say whom the question is for."""
_QUIET = timedelta(seconds=30)
"""Words that follow each other this quickly are not asked about again."""


def citizen_message(event: MessageReceived, desk: Desk) -> None:
    """Handle a citizen's private message that is no command."""
    if hear_courtesy(event, desk, desk.registry.addressed(event.place, event.sources)):
        return
    citizen = hear_language(desk, desk.citizen(event.sender, event.place), event)
    answer_emergency(desk, event, citizen)
    if says_cancel(desk, citizen, event):
        desk.send(event.place, OutboxKind.NOTICE, cancel_choice(desk, citizen, event.place))
        return
    own = desk.registry.addressed(event.place, event.sources)
    if own is not None and acting(desk, own) is None and (citizen.institution or desk.pending(citizen.id)):
        own = None  # it has ended, and the citizen says or has said who else is meant
    is_choice = own is None and citizen.stage is CitizenStage.CHOOSING and _name_share(desk, event) == 1
    ticket = None if is_choice else dialogue_ticket(desk, citizen, event.place, own)
    if own_ticket_replied_to(desk, event, citizen) is not None:
        answer_own_ticket(desk, event, citizen)
    elif citizen.moving is not None and _name_share(desk, event) == 1:
        _take_name(desk, event, citizen)
    elif ticket is not None:
        append_words(desk, event, citizen, ticket)
    elif own is not None:
        _write_to(desk, event, citizen, own, RoutedBy.COMMUNITY)
    elif citizen.stage is CitizenStage.CHOOSING:
        _hear_while_choosing(desk, event, citizen)
    elif (known := institution_in_view(desk, citizen, event.place) or _known(desk, citizen)) is not None:
        _write_to(desk, event, citizen, known, RoutedBy.EARLIER)
    elif _name_share(desk, event) == 1:
        # Nothing but a name is no question yet.
        _take_name(desk, event, citizen)
    elif not _take_place(desk, event, citizen):
        _keep_waiting(desk, event, citizen)
        ask_institution(desk, citizen, event.place, about=event.text)


def _write_to(
    desk: Desk, event: MessageReceived, citizen: Citizen, institution: Institution, routed_by: RoutedBy
) -> None:
    """Open a ticket there, or with who answers in its place since it has ended."""
    heir = acting(desk, institution)
    if heir is None:
        _keep_waiting(desk, event, citizen)
    if heir is None or heir.code != institution.code:
        tell_ended(desk, citizen, event.place, institution, heir)
    if heir is not None:
        add_words(desk, event, citizen, heir, routed_by)
    else:
        ask_institution(desk, citizen, event.place, about=event.text)


def _take_place(desk: Desk, event: MessageReceived, citizen: Citizen) -> bool:
    """Offer what lies around a place; sent alone it is an answer to «where», together with words a part of them."""
    found = neighbours_of(desk, event)
    if not found:
        return False
    is_kept = not is_only_a_place(event)
    if is_kept:
        _keep_waiting(desk, event, citizen)
    offer_nearest(desk, citizen, event.place, found, is_kept=is_kept)
    return True


def _hear_while_choosing(desk: Desk, event: MessageReceived, citizen: Citizen) -> None:
    """Take a typed name as the choice; anything else belongs to the question."""
    share = _name_share(desk, event)
    before = desk.pending(citizen.id)
    if share >= NAME_SHARE:
        if share < 1:
            # «Школа 12 не отапливается» names the school, but the rest is part of the question.
            _keep_waiting(desk, event, citizen)
        _take_name(desk, event, citizen)
        return
    if _take_place(desk, event, citizen):
        return
    if not event.attachments and desk.search.reads_as_name(event.text):
        # «Школа 99» where there is none: whoever was asked for a name hears at once that nobody has it.
        if before:
            _keep_waiting(desk, event, citizen)
        offer_found(desk, citizen, event.place, [])
        return
    _keep_waiting(desk, event, citizen)
    if not before or desk.now - before[-1].received_at > _QUIET:
        ask_institution(desk, citizen, event.place, about=event.text)


def _name_share(desk: Desk, event: MessageReceived) -> float:
    """Return which share of a message is an institution's name, 0 to 1."""
    return desk.search.covers(event.text) if event.text and not event.attachments else 0.0


def _take_name(desk: Desk, event: MessageReceived, citizen: Citizen) -> None:
    offers = desk.search.find(event.text, limit=5)
    if offers and offers[0].is_sure:
        choose(desk, citizen, offers[0].institution, event.place, RoutedBy.CHOICE)
    else:
        offer_found(desk, citizen, event.place, [offer.institution for offer in offers])


def _keep_waiting(desk: Desk, event: MessageReceived, citizen: Citizen) -> None:
    tell_of_draft(desk, event, [message.text for message in desk.pending(citizen.id)])
    desk.keep_message(as_message(desk, event, citizen, None))
    known = desk.citizen_by_id(citizen.id)
    desk.keep_citizen(replace(known, stage=CitizenStage.CHOOSING, place=event.place, moving=None))


def _known(desk: Desk, citizen: Citizen) -> Institution | None:
    return desk.institution(citizen.institution) if citizen.institution else None
