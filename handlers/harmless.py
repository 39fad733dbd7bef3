"""A citizen's words as administrators see them: nothing in them can be clicked."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.message import Attachment, AttachmentKind
from bot.safety.links import defang


def harmless(attachments: Iterable[Attachment]) -> list[Attachment]:
    """Return a citizen's attachments with the links that they chose unclickable; a photo's own address stays."""
    return [
        replace(
            attachment,
            title=defang(" ".join(attachment.title.split())),
            name=" ".join(attachment.name.split()),
            url=defang(attachment.url) if attachment.kind is AttachmentKind.LINK else attachment.url,
        )
        for attachment in attachments
    ]
