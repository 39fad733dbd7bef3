"""In which language citizens who write Tatar were answered: for who answers in both."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.language import spoken_language
from bot.domain.ticket import DeliveryState, MessageKind
from storage.codec import decode_body
from storage.tables import messages, tickets
from storage.vault import Vault

TATAR = "tt"
_CHUNK = 500


async def count_tatar_answers(
    connection: AsyncConnection, vault: Vault, *, start: datetime, end: datetime
) -> dict[str, tuple[int, int]]:
    """Return by institution how many delivered answers went to whoever asked in Tatar, and how many were in Tatar.

    Words that were erased or cleared count nowhere.
    """
    query = (
        select(messages.c.id, messages.c.body, tickets.c.institution)
        .join(tickets, tickets.c.number == messages.c.ticket)
        .where(
            tickets.c.language == TATAR,
            tickets.c.opened_at >= start,
            tickets.c.opened_at < end,
            messages.c.kind == MessageKind.ANSWER.value,
            messages.c.delivery == DeliveryState.DELIVERED.value,
            messages.c.body.is_not(None),
        )
        .order_by(messages.c.id)
        .limit(_CHUNK)
    )
    answered, in_tatar = Counter[str](), Counter[str]()
    last = 0
    while found := (await connection.execute(query.where(messages.c.id > last))).all():
        for row in found:
            answered[row.institution] += 1
            in_tatar[row.institution] += spoken_language(decode_body(vault.open(row.body)).text) == TATAR
        last = found[-1].id
    return {code: (answered[code], in_tatar[code]) for code in answered}
