"""The directory at rest: institutions with sealed tokens, and the number by which running desks notice a change."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.clock import SystemClock
from bot.domain.institution import Institution
from storage.database import insert_new, upsert_columns
from storage.hours_versions import record_hours
from storage.tables import counters, institutions
from storage.vault import Vault

DIRECTORY_COUNTER = "directory"
"""The row of `counters` that grows with every change; whoever keeps the directory in memory reads it anew then."""

SECRETS = ("vk_token", "vk_secret", "telegram_token", "max_token")

_COLUMNS = tuple(field.name for field in fields(Institution))
_BATCH = 1_000


async def read_institutions(
    connection: AsyncConnection, vault: Vault, *, with_secrets: bool = True
) -> list[Institution]:
    """Return every institution in the order of the sheet; without secrets the four tokens are empty."""
    names = [name for name in _COLUMNS if with_secrets or name not in SECRETS]
    query = select(*(institutions.c[name] for name in names)).order_by(institutions.c.position, institutions.c.code)
    return [_read(row, vault) for row in (await connection.execute(query)).mappings()]


async def write_institutions(
    connection: AsyncConnection, vault: Vault, changed: Sequence[Institution], *, now: datetime | None = None
) -> None:
    """Write new and changed institutions whole, tokens included; every other one stays as it is.

    New ones are placed after all others in the given order; known ones keep their place. Hours that change are recorded
    as known from `now` on.
    """
    if not changed:
        return
    await record_hours(connection, changed, now=now or SystemClock().now())
    last = (await connection.execute(select(func.coalesce(func.max(institutions.c.position), 0)))).scalar_one()
    rows = [
        {**_write(institution, vault), "position": position}
        for position, institution in enumerate(changed, start=last + 1)
    ]
    statement = upsert_columns(institutions, connection, [name for name in _COLUMNS if name != "code"])
    for start in range(0, len(rows), _BATCH):
        await connection.execute(statement, rows[start : start + _BATCH])
    await tell_desks(connection)


async def read_directory_version(connection: AsyncConnection) -> int:
    """Return the number that grows with every change of the directory."""
    query = select(counters.c.value).where(counters.c.name == DIRECTORY_COUNTER)
    return (await connection.execute(query)).scalar_one_or_none() or 0


async def tell_desks(connection: AsyncConnection) -> None:
    """Let running desks read the directory anew."""
    await connection.execute(insert_new(counters, connection), {"name": DIRECTORY_COUNTER, "value": 0})
    await connection.execute(
        update(counters).where(counters.c.name == DIRECTORY_COUNTER).values(value=counters.c.value + 1)
    )


def _read(row: Any, vault: Vault) -> Institution:
    values = dict(row)
    for name in SECRETS:
        if name in values:
            values[name] = vault.open_text(values[name])
    return Institution(**{**values, "aliases": tuple(filter(None, values["aliases"].split("|")))})


def _write(institution: Institution, vault: Vault) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(institution, name) for name in _COLUMNS}
    values |= {name: vault.seal_text(values[name]) for name in SECRETS}
    values["aliases"] = "|".join(institution.aliases)
    values["kind"] = str(institution.kind)
    return values
