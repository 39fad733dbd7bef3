"""Many rows of one statement: compiled once, its values brought to the driver's form in one pass.

SQLAlchemy looks at every parameter of every row anew, which took more time than SQLite's own work on them.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase

Row = Mapping[str, Any]
_Bring = Callable[[Any], Any]


class Bulk:
    """One INSERT or UPDATE for many rows, which all have the same keys."""

    def __init__(self, make: Callable[[AsyncConnection], UpdateBase]) -> None:
        """`make` builds the statement in the connection's dialect; it is asked once for each dialect."""
        self._make = make
        self._compiled: dict[tuple[str, tuple[str, ...]], _Compiled] = {}

    async def write(self, connection: AsyncConnection, rows: Sequence[Row]) -> None:
        """Write the rows in their order; no rows are no statement."""
        if not rows:
            return
        names = tuple(rows[0])
        key = connection.dialect.name, names
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = _Compiled(self._make(connection), names, connection.dialect)
        await connection.exec_driver_sql(compiled.text, [compiled.bring(row) for row in rows])


class _Compiled:
    """The statement's text for one dialect, and how a row becomes its positional parameters."""

    def __init__(self, statement: UpdateBase, names: Sequence[str], dialect: Dialect) -> None:
        keys = list(names) if statement.is_insert else None
        compiled = statement.compile(dialect=dialect, column_keys=keys, for_executemany=True)
        if compiled.positiontup is None:
            raise TypeError(f"{dialect.name} does not number its parameters")
        self.text = str(compiled)
        self._pick = itemgetter(*compiled.positiontup)
        self._constants = {name: compiled.params[name] for name in compiled.positiontup if name not in names}
        self._is_single = len(compiled.positiontup) == 1
        self._brought: list[tuple[int, _Bring]] = []
        for index, name in enumerate(compiled.positiontup):
            kind = compiled.binds[name].type
            # Both drivers take bytes as they are.
            processor = None if isinstance(kind, LargeBinary) else kind.dialect_impl(dialect).bind_processor(dialect)
            if processor is not None:
                self._brought.append((index, processor))

    def bring(self, row: Row) -> tuple[Any, ...]:
        """Return the row's values in the statement's order and in the driver's form."""
        if self._constants:
            row = {**self._constants, **row}
        values = [self._pick(row)] if self._is_single else list(self._pick(row))
        for index, processor in self._brought:
            values[index] = processor(values[index])
        return tuple(values)
