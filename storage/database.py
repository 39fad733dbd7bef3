"""The one door to the database: units that write, readers that do not disturb them, on SQLite and PostgreSQL alike."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import Table

from bot.domain.errors import SettingsError, StorageError, UnstorableError
from storage.sqlite_driver import BEGIN_WRITING, Opened, driver
from storage.vault import Vault

Connection = AsyncConnection
"""What a unit or a reading yields; other rooms only pass it back into this one."""
READERS = 4
_FAILURES = (DBAPIError, PoolTimeoutError, OSError)
"""What a database that cannot be reached or written raises; asyncpg lets the network's own errors through."""
_BUSY_MILLISECONDS = 15_000
_THREAD_PATIENCE_SECONDS = 5.0


class Database:
    """A database and the key to it; connections are made when they are needed. End with `close`."""

    def __init__(self, *, url: URL, vault: Vault) -> None:
        self.url = url
        self.vault = vault
        self._opened: set[Opened] = set()
        self._writer = _engine(url, self._opened, writes=True)
        self._readers = _engine(url, self._opened, writes=False)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that writes: everything in it lasts, or nothing. Raises StorageError."""
        try:
            async with self._writer.begin() as connection:
                yield connection
        except _FAILURES as error:
            raise _storage_error(error) from error
        except (OverflowError, UnicodeError) as error:
            # What a driver says before it asks the database: a number or a text that no column takes.
            raise UnstorableError(f"значение не помещается в базу данных: {type(error).__name__}") from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view for reading; never holds the writer. Raises StorageError."""
        try:
            async with self._readers.begin() as connection:
                yield connection
        except _FAILURES as error:
            raise _storage_error(error) from error

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """The same, where all statements see one moment: otherwise each sees the newest rows in PostgreSQL."""
        async with self.reading() as connection:
            if not self.is_sqlite:
                await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    async def close(self) -> None:
        """Close every connection (an open SQLite connection would keep the process alive)."""
        await self._writer.dispose()
        await self._readers.dispose()
        # The pool forgets a connection whose opening was cancelled; its thread tells the loop when it has ended.
        for connection in list(self._opened):
            await asyncio.to_thread(connection.end, _THREAD_PATIENCE_SECONDS)
        self._opened.clear()


def parse_database_url(setting: str, data_dir: Path) -> URL:
    """Read `sqlite:///PATH` or `postgresql://…`; empty means `otklik.db` in the data folder. Raises SettingsError."""
    if not setting:
        return URL.create("sqlite+aiosqlite", database=str(data_dir / "otklik.db"))
    try:
        url = make_url(setting)
    except ArgumentError:
        raise SettingsError(
            "OTKLIK_DATABASE_URL: адрес не понят; нужен sqlite:///ПУТЬ или postgresql://ПОЛЬЗОВАТЕЛЬ@УЗЕЛ/БАЗА"
        ) from None
    match url.get_backend_name():
        case "sqlite":
            if not url.database:
                raise SettingsError("OTKLIK_DATABASE_URL: после sqlite:/// нужен путь к файлу")
            return URL.create("sqlite+aiosqlite", database=unquote(url.database))
        case "postgresql":
            return url.set(drivername="postgresql+asyncpg")
        case _:
            raise SettingsError("OTKLIK_DATABASE_URL: подходят только sqlite:///ПУТЬ и postgresql://…")


def insert_new(table: Table, connection: AsyncConnection) -> Any:
    """Return an INSERT that leaves rows alone whose unique key is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


def upsert(table: Table, connection: AsyncConnection) -> Any:
    """Return an INSERT that replaces every other column of a row whose primary key is there already."""
    keys = {column.name for column in table.primary_key}
    return upsert_columns(table, connection, [column.name for column in table.columns if column.name not in keys])


def upsert_columns(table: Table, connection: AsyncConnection, names: Sequence[str]) -> Any:
    """Return an INSERT that replaces only the named columns of a row whose primary key is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key],
        set_={name: statement.excluded[name] for name in names},
    )


def _engine(url: URL, opened: set[Opened], *, writes: bool) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        _require_asyncpg()
        return create_async_engine(
            url,
            pool_size=8 if writes else READERS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": 10, "command_timeout": 120},
        )
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=300,
        hide_parameters=True,
        module=driver(is_direct=writes, opened=opened),
        connect_args={"timeout": _BUSY_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA cache_size=-16000")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        # With a deferred BEGIN, a unit that reads first and writes later works on what others have changed meanwhile.
        connection.exec_driver_sql(BEGIN_WRITING if writes else "BEGIN")

    return engine


def _require_asyncpg() -> None:
    try:
        import_module("asyncpg")
    except ImportError:
        raise SettingsError(
            "OTKLIK_DATABASE_URL: для PostgreSQL нужен пакет asyncpg: pip install otklik[postgresql]"
        ) from None


def _is_about_a_value(error: DBAPIError) -> bool:
    """Tell whether PostgreSQL refuses a value (class 22, "data exception"), which asyncpg's dialect does not tell."""
    return str(getattr(error.orig, "sqlstate", None) or "").startswith("22")


_UNREACHABLE = "проверьте, работает ли её сервер и верен ли OTKLIK_DATABASE_URL"


def _storage_error(error: Exception) -> StorageError:
    if not isinstance(error, DBAPIError):
        return StorageError(f"нет связи с базой данных ({error}); {_UNREACHABLE}")
    if isinstance(error, IntegrityError | DataError) or _is_about_a_value(error):
        # The driver's words may quote the row: only the kind of fault is told.
        return UnstorableError(f"значение не помещается в базу данных: {type(error.orig).__name__}")
    said = str(error.orig).splitlines()[0] if str(error.orig) else type(error.orig).__name__
    if "disk is full" in said or "No space left" in said or "disk I/O error" in said:
        return StorageError(f"база данных не может писать: на диске нет места или диск неисправен ({said})")
    if "locked" in said:
        return StorageError("база данных занята другой программой; закройте её и повторите")
    if "not a database" in said or "malformed" in said:
        return StorageError(
            "файл базы данных повреждён или это не база «Отклика»; восстановите копию: otklik database restore"
        )
    if "readonly" in said or "unable to open" in said:
        return StorageError(f"файл базы данных нельзя открыть для записи: проверьте OTKLIK_DATA_DIR и права ({said})")
    if "no such table" in said or ('relation "' in said and "does not exist" in said):
        return StorageError("в базе нет таблиц «Отклика»; выполните: otklik database upgrade")
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return StorageError(f"нет связи с базой данных ({said}); {_UNREACHABLE}")
    return StorageError(f"ошибка базы данных: {said}")
