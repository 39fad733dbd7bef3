"""What was held goes on."""

from bot.domain.event import CommentReceived
from bot.domain.own_event import HeldDue
from handlers.albums import album_due, is_of_album
from handlers.citizen_comment import citizen_comment
from handlers.desk import Desk
from handlers.reception import message_received


def held_due(event: HeldDue, desk: Desk) -> None:
    """Handle what is held under a key."""
    album = album_due(event, desk) if is_of_album(event.key) else None
    if isinstance(album, CommentReceived):
        citizen_comment(album, desk)
    elif album is not None:
        desk.stands_in(album.place, album.message_id, album.thread)
        message_received(album, desk)
