"""A citizen's comment is deleted or comes back: the work chat is told, the ticket stays as it is."""

from bot.domain.event import CommentReceived, MessageDeleted
from bot.domain.ticket import Author, Ticket, TicketEventKind, TicketState
from bot.safety.links import defang
from handlers.card import tell_work_chat
from handlers.desk import Desk


def comment_deleted(event: MessageDeleted, desk: Desk) -> None:
    """Handle a message that is gone; whether an answer is still needed, an administrator decides."""
    said, ticket = desk.said(event.place, event.message_id), desk.linked_ticket(event.place, event.message_id)
    if said is None or ticket is None or said.author is not Author.CITIZEN:
        return
    desk.note_event(ticket, TicketEventKind.DELETED, detail=str(said.id))
    _tell(desk, ticket, "comment-deleted" if ticket.waiting_since is not None else "comment-deleted-answered")


def comment_restored(event: CommentReceived, desk: Desk) -> bool:
    """Tell of a comment that has come back; False when we never knew it, then it is a new one."""
    ticket = desk.linked_ticket(event.place, event.message_id)
    if ticket is None:
        return False
    _tell(desk, ticket, "comment-restored")
    return True


def _tell(desk: Desk, ticket: Ticket, key: str) -> None:
    if ticket.state is TicketState.SPAM:
        return
    language = desk.rules.language
    name = defang(desk.citizen_by_id(ticket.citizen).name) or desk.say(language, "citizen-unnamed")
    tell_work_chat(desk, ticket, desk.say(language, key, number=ticket.number, name=name))
