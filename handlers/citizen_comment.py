"""A citizen comments on a post of an institution: the comment is a question like any other, answered under it."""

from bot.domain.event import CommentReceived
from bot.domain.names import is_only_command
from bot.domain.ticket import RoutedBy
from handlers.comment_deleted import comment_restored
from handlers.courtesies import hear_courtesy
from handlers.desk import Desk
from handlers.language import hear_language
from handlers.legal import unheard
from handlers.question import add_words, answer_own_ticket, own_ticket_replied_to
from handlers.succession import acting
from handlers.urgent import answer_emergency


def citizen_comment(event: CommentReceived, desk: Desk) -> None:
    """Handle a comment in a community; one whose institution is not known to us is nobody's."""
    if event.is_restored and comment_restored(event, desk):
        return
    institution = desk.registry.addressed(event.place, event.sources)
    if event.for_another_bot and is_only_command(event.text):
        return
    if institution is None or unheard(event, desk, institution):
        return
    if not hear_courtesy(event, desk, institution):
        citizen = hear_language(desk, desk.citizen(event.sender, event.place), event)
        answer_emergency(desk, event, citizen)
        if own_ticket_replied_to(desk, event, citizen) is not None:
            answer_own_ticket(desk, event, citizen)
        elif (heir := acting(desk, institution)) is not None:
            add_words(desk, event, citizen, heir, RoutedBy.COMMUNITY)
