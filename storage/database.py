"""The one door to the database: units that write, readers that do not disturb them, on SQLite and PostgreSQL alike."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from weakref import WeakSet

from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import Table

from bot.domain.errors import DatabaseAwayError, SettingsError, StorageError, UnstorableError
from storage.sqlite_driver import BEGIN_WRITING, Opened, driver
from storage.vault import Vault

Connection = AsyncConnection
"""What a unit or a reading yields; other rooms only pass it back into this one."""
READERS = 4
_FAILURES = (DBAPIError, PoolTimeoutError, OSError)
"""What a database that cannot be reached or written raises; asyncpg lets the network's own errors through."""
_BUSY_MILLISECONDS = 10_000
_CONNECT_SECONDS = 10.0
_GOODBYE_SECONDS = 2.0
_THREAD_PATIENCE_SECONDS = 5.0


class Database:
    """A database and the key to it; connections are made when they are needed. End with `close`."""

    def __init__(self, *, url: URL, vault: Vault) -> None:
        self.url = url
        self.vault = vault
        self.watch: Callable[[StorageError | None], None] | None = None
        """Called after every transaction: with what kept the database from answering, or None when it answered."""
        self._opened: set[Opened] = set()
        self._connections: WeakSet[Any] = WeakSet()
        self._is_cut_off = False
        self._writer = self._engine(writes=True)
        self._readers = self._engine(writes=False)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that writes: everything in it lasts, or nothing. Raises StorageError."""
        with self._watched():
            try:
                async with self._writer.begin() as connection:
                    yield connection
            except (OverflowError, UnicodeError) as error:
                # What a driver says before it asks the database: a number or a text that no column takes.
                raise UnstorableError(f"значение не помещается в базу данных: {type(error).__name__}") from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view for reading; never holds the writer. Raises StorageError."""
        with self._watched():
            async with self._readers.begin() as connection:
                yield connection

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Say in our own words what the database failed of, and tell the watch."""
        try:
            yield
        except _FAILURES as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                # Drivers turn a cancellation into their own error when the server hangs: whoever waits must end.
                raise asyncio.CancelledError from error
            failure = _storage_error(error)
            if self.watch is not None:
                self.watch(failure)
            raise failure from error
        if self.watch is not None:
            self.watch(None)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """The same, where all statements see one moment: otherwise each sees the newest rows in PostgreSQL."""
        async with self.reading() as connection:
            if not self.is_sqlite:
                await connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    async def close(self) -> None:
        """Close every connection (an open SQLite connection would keep the process alive)."""
        for engine in (self._writer, self._readers):
            # A server that hangs does not say goodbye.
            with suppress(*_FAILURES):
                async with asyncio.timeout(None if self.is_sqlite else _GOODBYE_SECONDS):
                    await engine.dispose()
        # The pool forgets a connection whose opening was cancelled; its thread tells the loop when it has ended.
        for connection in list(self._opened):
            await asyncio.to_thread(connection.end, _THREAD_PATIENCE_SECONDS)
        self._opened.clear()

    def cut_off(self) -> None:
        """Break every connection to a server that hangs; whoever waits for it gets a StorageError at once."""
        self._is_cut_off = True
        for connection in list(self._connections):
            connection.terminate()

    def _engine(self, *, writes: bool) -> AsyncEngine:
        return self._sqlite_engine(writes=writes) if self.is_sqlite else self._postgresql_engine(writes=writes)

    def _postgresql_engine(self, *, writes: bool) -> AsyncEngine:
        connect = _asyncpg_connect(self.url)

        async def make() -> Any:
            if self._is_cut_off:
                raise ConnectionError("the program is ending")
            connection = await connect()
            self._connections.add(connection)
            return connection

        return create_async_engine(
            self.url,
            async_creator=make,
            pool_size=8 if writes else READERS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
        )

    def _sqlite_engine(self, *, writes: bool) -> AsyncEngine:
        Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(
            self.url,
            pool_size=1 if writes else READERS,
            max_overflow=0,
            pool_timeout=300,
            hide_parameters=True,
            module=driver(is_direct=writes, opened=self._opened),
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
            # With a deferred BEGIN, a unit that reads first and writes later works on what others changed meanwhile.
            connection.exec_driver_sql(BEGIN_WRITING if writes else "BEGIN")

        return engine


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


def _asyncpg_connect(url: URL) -> Callable[[], Awaitable[Any]]:
    """Return what opens a connection. asyncpg reads the address itself, and so knows `sslmode` and its like."""
    try:
        asyncpg: Any = import_module("asyncpg")
    except ImportError:
        raise SettingsError(
            "OTKLIK_DATABASE_URL: для PostgreSQL нужен пакет asyncpg: pip install otklik[postgresql]"
        ) from None
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)

    def connect() -> Awaitable[Any]:
        connection: Awaitable[Any] = asyncpg.connect(address, timeout=_CONNECT_SECONDS, command_timeout=120)
        return connection

    return connect


_UNREACHABLE = "проверьте, работает ли её сервер и верен ли OTKLIK_DATABASE_URL"
_NOT_LET_IN = ("28", "3D000", "42501")
"""PostgreSQL's states (SQLSTATE): who connects, or where to, is wrong."""
_PASSES = ("08", "40", "53", "55P03", "57P")
"""No connection, a collision, too many clients, a lock, being shut down or started: waiting helps."""
_REASONS: tuple[tuple[tuple[str, ...], type[StorageError], str], ...] = (
    (
        ("disk is full", "No space left", "disk I/O error"),
        StorageError,
        "база данных не может писать: на диске нет места или диск неисправен ({said})",
    ),
    (("locked",), DatabaseAwayError, "база данных занята другой программой; закройте её и повторите"),
    (
        ("not a database", "malformed"),
        StorageError,
        "файл базы данных повреждён или это не база «Отклика»; восстановите копию: otklik database restore",
    ),
    (
        ("readonly", "unable to open"),
        StorageError,
        "файл базы данных нельзя открыть для записи: проверьте OTKLIK_DATA_DIR и права ({said})",
    ),
    (("no such table",), StorageError, "в базе нет таблиц «Отклика»; выполните: otklik database upgrade"),
    (
        ("sslmode", "SSL", "certificate", "configuration parameter"),
        StorageError,
        "OTKLIK_DATABASE_URL: параметр не подходит ({said})",
    ),
)
"""What a driver says, and what an operator reads."""


def _storage_error(error: Exception) -> StorageError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = "нет ответа" if isinstance(cause, TimeoutError) else str(cause).partition("\n")[0] or type(cause).__name__
    # asyncpg's dialect knows the state only of the errors that it translates; of others it is the cause's.
    state = str(getattr(cause, "sqlstate", None) or getattr(cause and cause.__cause__, "sqlstate", None) or "")
    if isinstance(error, IntegrityError | DataError) or state.startswith("22"):
        # The driver's words may quote the row: only the kind of fault is told.
        return UnstorableError(f"значение не помещается в базу данных: {type(cause).__name__}")
    if state.startswith(_NOT_LET_IN):
        return StorageError(f"база данных не пускает: {said}; проверьте OTKLIK_DATABASE_URL")
    if state == "42P01":
        said = "no such table"
    for signs, kind, words in _REASONS:
        if any(sign in said for sign in signs):
            return kind(words.format(said=said))
    is_cut_off = isinstance(error, DBAPIError) and error.connection_invalidated
    if (
        not isinstance(error, DBAPIError)
        or isinstance(error, OperationalError)
        or is_cut_off
        or state.startswith(_PASSES)
    ):
        return DatabaseAwayError(f"нет связи с базой данных ({said}); {_UNREACHABLE}")
    return StorageError(f"ошибка базы данных: {said}")
