"""Whether anything has changed since a report was made: a few numbers that stay the same only while nothing happens."""

from sqlalchemy import func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.codec import REPORTS
from storage.outbox_row import OutboxKind
from storage.tables import counters, inbox, outbox

_PRIVATE = "outbox"
"""The counter that grows with every answer of ours, also with this very report."""


async def read_data_version(connection: AsyncConnection) -> tuple[int, ...]:
    """Return numbers by which two pictures of the data are known to be the same.

    Everything said or done counts up; an answer on its way and an event not yet handled will change figures without.
    """
    query = select(counters.c.value).where(counters.c.name != _PRIVATE).order_by(counters.c.name)
    counted = (await connection.execute(query)).scalars().all()
    is_todo = inbox.c.state == literal_column("'todo'")
    waiting = select(func.count()).select_from(inbox).where(is_todo, inbox.c.community != REPORTS)
    is_unsent = outbox.c.state.in_([literal_column("'todo'"), literal_column("'sending'")])
    unsent = select(func.count()).select_from(outbox).where(is_unsent, outbox.c.kind == OutboxKind.ANSWER.value)
    coming = [(await connection.execute(each)).scalar_one() for each in (waiting, unsent)]
    return (*counted, *coming)
