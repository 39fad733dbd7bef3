"""aiosqlite with fewer changes of threads: one for each statement that reads aside, none for those of a writing unit.

SQLAlchemy's adapter changes threads four times a statement (cursor, execute, fetch, close), and while the loop is busy
each change waits for Python's lock, an `executemany` even row by row: under load that was more than half of all time. A
unit's statements go by key and meet pages in memory, so they run where they are called, in microseconds. What may wait
for the disk or for another program still runs in aiosqlite's thread: BEGIN IMMEDIATE, COMMIT, ROLLBACK, and every
statement of a reading connection, because reports may take long.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

BEGIN_WRITING = "BEGIN IMMEDIATE"


def driver(*, is_direct: bool, opened: set["Opened"]) -> AsyncAdapt_aiosqlite_dbapi:
    """Return what `create_async_engine` takes as `module`; the connections need `check_same_thread=False`.

    `opened` holds every connection from the moment its thread starts until `end` has ended it.
    """
    module = _Module(cast(Any, aiosqlite), cast(Any, sqlite3))
    module.connection_class = _DirectConnection if is_direct else _Connection
    module.opened = opened
    return module


class Opened(aiosqlite.Connection):
    """A connection that can be ended whatever was cancelled: also before anybody was told that it is open."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(self._open, iter_chunk_size=64)
        self._connect_now = connect
        self._opened: sqlite3.Connection | None = None
        self._thread.daemon = True

    def _open(self) -> sqlite3.Connection:
        self._opened = self._connect_now()
        return self._opened

    def stop(self) -> asyncio.Future[Any] | None:
        """Close the connection in its thread, after everything that waits there, and end the thread."""
        self._tx.put_nowait((None, self._shut))
        return super().stop()

    def _shut(self) -> None:
        if self._opened is not None:
            self._opened.close()

    @property
    def has_ended(self) -> bool:
        """Tell whether its thread has done all that it had to do."""
        return self._thread.ident is not None and not self._thread.is_alive()

    def end(self, patience_seconds: float) -> None:
        """Close it if nobody has, and wait until its thread has ended."""
        if self._thread.is_alive():
            self.stop()
            self._thread.join(patience_seconds)
        self._connection = None


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """A plain cursor whose statement and rows are one change of threads."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 - a cursor is its connection's other half
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()
        self._cursor = self._raw().cursor()

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        """Run one statement and fetch its rows."""
        return self._run(self._execute, operation, parameters if parameters is not None else ())

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        """Run one statement for each row of parameters."""
        return self._run(self._execute_many, operation, seq_of_parameters)

    def _run(self, work: Any, operation: str, parameters: Sequence[Any]) -> Any:
        driver_connection: Any = self._connection
        try:
            return await_(driver_connection._execute(work, operation, parameters))  # noqa: SLF001
        except ValueError as error:
            self._adapt_connection._handle_exception(error)  # noqa: SLF001

    def _execute(self, operation: str, parameters: Sequence[Any]) -> None:
        cursor: Any = self._cursor
        cursor.execute(operation, parameters)
        self._rows = deque(cursor.fetchall() if cursor.description else ())

    def _execute_many(self, operation: str, rows: Sequence[Sequence[Any]]) -> None:
        cursor: Any = self._cursor
        cursor.executemany(operation, rows)

    def _raw(self) -> Any:
        driver_connection: Any = self._connection
        try:
            return driver_connection._conn  # noqa: SLF001 - aiosqlite has no public way to the connection it wraps
        except ValueError as error:
            self._adapt_connection._handle_exception(error)  # noqa: SLF001


class _DirectCursor(_Cursor):
    __slots__ = ()

    def _run(self, work: Any, operation: str, parameters: Sequence[Any]) -> Any:
        if operation == BEGIN_WRITING:
            return super()._run(work, operation, parameters)
        await_(_at_once())
        return work(operation, parameters)


async def _at_once() -> None:
    """SQLAlchemy takes a statement that never awaited for a driver's fault."""


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls: type[AsyncAdapt_aiosqlite_cursor] = _Cursor

    def rollback(self) -> None:
        """Roll back; the pool asks for it after every unit, and then there is nothing to roll back."""
        driver_connection: Any = self._connection
        raw = driver_connection._connection  # noqa: SLF001
        if raw is None or raw.in_transaction:
            super().rollback()


class _DirectConnection(_Connection):
    __slots__ = ()
    _cursor_cls = _DirectCursor


class _Module(AsyncAdapt_aiosqlite_dbapi):
    connection_class: type[_Connection] = _Connection
    opened: set[Opened]

    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        """Connect as SQLAlchemy's adapter does, and put our own adapter around the connection."""
        connection = Opened(partial(sqlite3.connect, *arg, **kw))
        for ended in [each for each in self.opened if each.has_ended]:
            self.opened.discard(ended)
        self.opened.add(connection)
        return self.connection_class(self, cast(Any, await_(connection)))
