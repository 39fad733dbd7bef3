"""Whether the database is whole: its pages, its references, its numbers and its seals."""

from collections.abc import AsyncIterator

from sqlalchemy import Column, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.channel import Finding, Severity
from bot.domain.errors import StorageError
from storage.database import Database
from storage.migrate import RevisionState, read_revision, revision_state
from storage.sealed import check_key
from storage.tables import administrators, citizens, counters, messages, outbox, ticket_events, tickets

_SAMPLES = 200
_SHOWN = 3
_COUNTED: dict[str, Column[int]] = {
    "administrator": administrators.c.id,
    "citizen": citizens.c.id,
    "message": messages.c.id,
    "outbox": outbox.c.id,
    "ticket": tickets.c.number,
    "ticket_event": ticket_events.c.id,
}
"""Which ids each counter gives out."""


async def check_database(database: Database) -> list[Finding]:
    """Look at everything and return a finding for each; nothing is changed. Raises StorageError."""
    found = [await _revision(database)]
    if found[0].severity is Severity.ERROR:
        return found
    async with database.reading() as connection:
        if database.is_sqlite:
            found += [finding async for finding in _pages_and_references(connection)]
        found.append(await _numbers(connection))
        found.append(await _seals(connection, database))
    return found


async def _revision(database: Database) -> Finding:
    revision = await read_revision(database)
    match await revision_state(database):
        case RevisionState.CURRENT:
            return _fine("ревизия", f"{revision}, последняя")
        case RevisionState.BEHIND:
            return _wrong("ревизия", f"{revision}, база старее программы", "выполните: otklik database upgrade")
        case RevisionState.NEWER:
            return _wrong("ревизия", f"{revision}, база новее программы", "обновите программу")
        case RevisionState.ABSENT:
            return _wrong("ревизия", "база пуста", "выполните: otklik database upgrade")


async def _pages_and_references(connection: AsyncConnection) -> AsyncIterator[Finding]:
    said = [row[0] for row in await connection.execute(text("PRAGMA integrity_check(10)"))]
    if said == ["ok"]:
        yield _fine("файл", "цел")
    else:
        yield _wrong("файл", f"повреждён: {'; '.join(said[:_SHOWN])}", "восстановите копию: otklik database restore")
    lost = [row[0] for row in await connection.execute(text("PRAGMA foreign_key_check"))]
    if lost:
        yield _wrong("ссылки", f"{len(lost)} строк ссылаются в никуда ({lost[0]})", "восстановите копию")
    else:
        yield _fine("ссылки", "на месте")


async def _numbers(connection: AsyncConnection) -> Finding:
    given = {row.name: row.value for row in await connection.execute(select(counters.c.name, counters.c.value))}
    for name, column in _COUNTED.items():
        highest: int | None = (await connection.execute(select(func.max(column)))).scalar_one()
        if highest is not None and highest > given.get(name, 0):
            return _wrong("номера", f"счётчик {name} отстал от записей", "восстановите копию: otklik database restore")
    return _fine("номера", "идут по порядку")


async def _seals(connection: AsyncConnection, database: Database) -> Finding:
    try:
        opened = await check_key(connection, database.vault, at_most=_SAMPLES)
    except StorageError as error:
        return _wrong("ключ", str(error), "верните прежний OTKLIK_SECRET_KEY или файл secret.key")
    return _fine("ключ", f"открывает всё, что проверено ({opened})")


def _fine(subject: str, says: str) -> Finding:
    return Finding(subject=subject, severity=Severity.OK, says=says)


def _wrong(subject: str, says: str, remedy: str) -> Finding:
    return Finding(subject=subject, severity=Severity.ERROR, says=says, remedy=remedy)
