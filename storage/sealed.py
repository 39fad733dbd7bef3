"""Whether this key opens what the database holds: a wrong key is noticed before anything is sealed with it."""

from sqlalchemy import Column, LargeBinary, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from storage.tables import metadata
from storage.vault import Vault


async def has_sealed(connection: AsyncConnection) -> bool:
    """Tell whether the database holds anything that is sealed."""
    for column in sealed_columns():
        if await _sample(connection, column, at_most=1):
            return True
    return False


async def check_key(connection: AsyncConnection, vault: Vault, *, at_most: int = 1) -> int:
    """Open up to `at_most` values of every sealed column and return how many; raises StorageError for a wrong key."""
    opened = 0
    for column in sealed_columns():
        for value in await _sample(connection, column, at_most=at_most):
            try:
                vault.open(value)
            except StorageError as error:
                raise StorageError(f"{column.table.name}.{column.name}: {error}") from error
            opened += 1
    return opened


def sealed_columns() -> list[Column[bytes]]:
    """Return every column whose values are sealed: all of bytes but those that say otherwise."""
    tables: list[Table] = metadata.sorted_tables
    return [
        column
        for table in tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column.info.get("is_sealed", True)
    ]


async def _sample(connection: AsyncConnection, column: Column[bytes], *, at_most: int) -> list[bytes]:
    # What was wiped at a person's wish stays as nothing at all.
    query = select(column).where(column.is_not(None), column != b"").limit(at_most)
    return [bytes(value) for value in (await connection.execute(query)).scalars()]
