"""Words that were put off open their ticket, with the time at which they were said."""

from bot.domain.copying import replace
from bot.domain.own_event import WordsDue
from bot.domain.ticket import MessageKind
from handlers.admission import due
from handlers.desk import Desk
from handlers.meant import current_ticket
from handlers.question import go_on, open_ticket


def words_due(event: WordsDue, desk: Desk) -> None:
    """Open the ticket, or go on with the one that was opened meanwhile; nothing when the words were erased."""
    citizen, institution = desk.known_citizen(event.sender), desk.institution(event.institution)
    waiting = due(desk, citizen, event) if citizen is not None else []
    if citizen is None or institution is None or not waiting:
        return
    words = [replace(each.message, kind=MessageKind.QUESTION) for each in waiting]
    ticket = current_ticket(desk, citizen, event.place, institution.code)
    if ticket is None:
        open_ticket(desk, citizen, institution, words, waiting[0].routed_by, kept=waiting)
    else:
        desk.take_up(citizen.id, waiting, ticket.number)
        go_on(desk, citizen, ticket, words)
