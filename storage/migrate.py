"""The schema's revision: which one a database has, and bringing it to the newest (Alembic, only when it is needed)."""

from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = table("alembic_version", column("version_num"))


class RevisionState(StrEnum):
    """How a database stands to this program."""

    ABSENT = "absent"
    """There is none, or an empty one."""
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"
    """A newer program made it: this one must not touch it."""


class NewerDatabaseError(StorageError):
    """The database was made by a newer version of the program."""


def known_revisions() -> list[str]:
    """Return every revision that this program knows, in order; a revision is the number that its file begins with."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def read_revision(database: Database) -> str | None:
    """Return the database's revision, None when there is no database or it is empty.

    An absent SQLite file is not made. Raises StorageError when there is a database but not one of ours, or no answer.
    """
    if database.is_sqlite and not _has_content(Path(str(database.url.database))):
        return None
    async with database.reading() as connection:
        return await revision_within(connection)


async def revision_within(connection: AsyncConnection) -> str | None:
    """Return the revision that the caller's transaction sees, None for an empty database."""
    return await connection.run_sync(_read_revision)


async def revision_state(database: Database) -> RevisionState:
    """Tell how the database stands to this program. Raises StorageError."""
    revision = await read_revision(database)
    if revision is None:
        return RevisionState.ABSENT
    known = known_revisions()
    if revision == known[-1]:
        return RevisionState.CURRENT
    return RevisionState.BEHIND if revision in known else RevisionState.NEWER


async def upgrade(database: Database) -> RevisionState:
    """Bring the database to the newest revision, making it if it is absent, in one transaction; returns what it was.

    Two programs may do so at once: in SQLite the second waits for the first; in PostgreSQL its transaction fails and
    it then sees that nothing is left to do. Raises StorageError; NewerDatabaseError leaves the database untouched.
    """
    before = await revision_state(database)
    if before is RevisionState.NEWER:
        raise NewerDatabaseError(
            f"база данных новее программы (ревизия {await read_revision(database)}, программа знает до "
            f"{known_revisions()[-1]}); обновите программу"
        )
    if before is RevisionState.CURRENT:
        return before
    try:
        async with database.unit() as connection:
            await upgrade_within(connection)
    except StorageError:
        if await revision_state(database) is not RevisionState.CURRENT:
            raise
    return before


async def upgrade_within(connection: AsyncConnection, revision: str = "head") -> None:
    """Bring the schema to `revision` inside the caller's unit. Raises StorageError."""
    # Half a second of import: only commands that really change the schema pay it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    def run(sync_connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = sync_connection
        command.upgrade(config, revision)

    try:
        await connection.run_sync(run)
    except CommandError as error:
        raise StorageError(f"базу данных не удалось обновить: {error}") from error


def _has_content(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(f"файл базы данных {file} не читается ({error.strerror}); проверьте права") from error


def _read_revision(connection: Connection) -> str | None:
    known = inspect(connection)
    if known.has_table(VERSION_TABLE.name):
        return connection.execute(select(VERSION_TABLE.c.version_num)).scalar_one_or_none()
    if connection.dialect.name == "sqlite" and known.get_table_names():
        raise StorageError("в файле лежит база другой программы; проверьте OTKLIK_DATABASE_URL")
    return None
