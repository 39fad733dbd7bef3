"""A place on the map, sent while the citizen chooses: the institutions around it are offered."""

from collections.abc import Sequence

from bot.domain.citizen import Citizen
from bot.domain.event import MessageReceived
from bot.domain.message import AttachmentKind, Button, Place
from handlers.buttons import Press
from handlers.choosing import Rows, branch_row, label_of
from handlers.desk import Desk
from handlers.meant import show_question
from handlers.rules import Near
from storage.outbox_row import OutboxKind

_OFFERED = 5


def is_only_a_place(event: MessageReceived) -> bool:
    """Tell whether a message is a place on the map and nothing else: no question yet, like a bare name."""
    return (
        not event.text and bool(event.attachments) and all(a.kind is AttachmentKind.LOCATION for a in event.attachments)
    )


def neighbours_of(desk: Desk, event: MessageReceived) -> Sequence[Near]:
    """Return what lies around the place in a message; nothing when there is none or the directory knows no places."""
    for attachment in event.attachments:
        if attachment.latitude is not None and attachment.longitude is not None:
            return desk.search.nearest(attachment.latitude, attachment.longitude, limit=_OFFERED)
    return ()


def offer_nearest(desk: Desk, citizen: Citizen, place: Place, found: Sequence[Near], *, is_kept: bool) -> None:
    """Show the institutions around a place; the citizen is told whether the place itself goes to the institution."""
    show_question(desk, citizen.id, place)
    language = desk.language_of(citizen)
    rows: Rows = [
        [
            Button(
                text=label_of(near.institution.title, _distance(desk, language, near.kilometres)),
                action=Press.CHOICE.of("i", near.institution.code),
            )
        ]
        for near in found
    ]
    text = desk.say(language, "choose-nearest-kept" if is_kept else "choose-nearest")
    desk.send(place, OutboxKind.NOTICE, text, buttons=[*rows, branch_row(desk, language)])


def _distance(desk: Desk, language: str, kilometres: float) -> str:
    if kilometres < 1:
        return desk.say(language, "distance-metres", metres=max(round(kilometres * 20) * 50, 50))
    digits = f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"
    return desk.say(language, "distance-kilometres", kilometres=digits.replace(".", ","))
