"""Fetching the bytes of what came through Telegram."""

import mimetypes
from pathlib import PurePosixPath

from bot.channels.telegram.api import BotApi
from bot.domain.channel import Account
from bot.domain.errors import ChannelRefusedError, FileUnavailableError
from bot.domain.message import Attachment, File
from bot.domain.spool import Spooling

_MIMES = {".webp": "image/webp", ".tgs": "application/x-tgsticker", ".webm": "video/webm", ".oga": "audio/ogg"}
"""What Telegram's stickers and voices are; Python does not know them all."""
LARGEST_DOWNLOAD = 20 << 20
"""What Telegram gives to bots (`MAX_DOWNLOAD_FILE_SIZE` of its Bot API server)."""


async def fetch(api: BotApi, attachment: Attachment, *, account: Account, spooling: Spooling) -> File:
    """Fetch an attachment of the bot `account`; raises FileUnavailableError, ChannelBusyError."""
    if not attachment.reference:
        raise FileUnavailableError("this kind of attachment has no bytes")
    if attachment.size is not None and attachment.size > LARGEST_DOWNLOAD:
        raise FileUnavailableError("the file is larger than Telegram gives to bots")
    try:
        described = await api.call(account, "getFile", {"file_id": attachment.reference})
    except ChannelRefusedError as error:
        raise FileUnavailableError(f"Telegram does not give the file: {error}") from error
    path = described.get("file_path") if isinstance(described, dict) else None
    if not isinstance(path, str) or not path:
        raise FileUnavailableError("Telegram names no place of the file")
    name = attachment.name or PurePosixPath(path).name
    mime = attachment.mime or _MIMES.get(PurePosixPath(path).suffix) or mimetypes.guess_type(name)[0]
    with spooling.open(limit=LARGEST_DOWNLOAD) as spool:
        await api.download(account, path, into=spool)
        return spool.file(name=name, mime=mime or "application/octet-stream")
