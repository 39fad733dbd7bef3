"""Words and files of tickets that ended long ago are cleared, a portion at a time; the measured times stay for ever."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.message import Attachment
from bot.domain.ticket import MessageKind
from storage.codec import decode_body, encode_body
from storage.tables import links, messages, tickets
from storage.vault import Vault

FILES_CLEARED, WORDS_CLEARED = 1, 2
"""How far a ticket has been cleared; a ticket that is written anew begins at 0 again."""
_AT_ONCE = 200


async def clear_old_words(
    connection: AsyncConnection, vault: Vault, *, now: datetime, keep_words: timedelta, keep_files: timedelta
) -> int:
    """Clear the words and files whose time is over; returns how many tickets that were."""
    old = await _ended_before(connection, now - keep_words, WORDS_CLEARED)
    if old:
        said = update(messages).where(messages.c.ticket.in_(old)).values(body=None, link="", message_id="")
        await connection.execute(said)
        await connection.execute(delete(links).where(links.c.ticket.in_(old)))
        cleared = update(tickets).where(tickets.c.number.in_(old))
        await connection.execute(cleared.values(first_words=None, post=None, link="", cleared=WORDS_CLEARED))
    silenced = messages.c.kind == MessageKind.SILENCED.value
    await connection.execute(delete(messages).where(silenced, messages.c.said_at < now - keep_words))
    older = await _ended_before(connection, now - keep_files, FILES_CLEARED)
    if older:
        await _clear_files(connection, vault, older)
        await connection.execute(update(tickets).where(tickets.c.number.in_(older)).values(cleared=FILES_CLEARED))
    return len(old) + len(older)


async def _ended_before(connection: AsyncConnection, moment: datetime, cleared: int) -> list[int]:
    query = (
        select(tickets.c.number)
        .where(tickets.c.closed_at.is_not(None), tickets.c.closed_at < moment, tickets.c.cleared < cleared)
        .order_by(tickets.c.closed_at)
        .limit(_AT_ONCE)
    )
    return list((await connection.execute(query)).scalars())


async def _clear_files(connection: AsyncConnection, vault: Vault, numbers: list[int]) -> None:
    """Leave what a file was, take away where it is."""
    query = select(messages.c.id, messages.c.body).where(messages.c.ticket.in_(numbers), messages.c.body.is_not(None))
    changed = []
    for row in await connection.execute(query):
        body = decode_body(vault.open(row.body))
        if body.attachments:
            bare = body._replace(attachments=tuple(_bare(attachment) for attachment in body.attachments))
            changed.append({"row": row.id, "content": vault.seal(encode_body(bare))})
    if changed:
        await connection.execute(_SET_BODY, changed)


def _bare(attachment: Attachment) -> Attachment:
    return replace(attachment, reference="", url="", name="", title="")


_SET_BODY = update(messages).where(messages.c.id == bindparam("row")).values(body=bindparam("content"))
