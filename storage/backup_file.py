"""The file of a backup: gzip of JSON lines, so that it fits both databases and a person can look into it.

A head (format, revision, key mark, moment); for every table a heading with its columns, then its rows as arrays; an end
with the number of rows, so that a cut file is noticed. Sealed values stay sealed: without the key the file tells no
words and no names, and the key is not in it.
"""

import base64
import binascii
import gzip
import os
import secrets
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from bot.domain.errors import SettingsError

FORMAT = "otklik backup 1"
_LINE_LIMIT = 64_000_000


class Kind(StrEnum):
    """How the values of a column are written."""

    PLAIN = "plain"
    BYTES = "bytes"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The first line of the file."""

    format: str = FORMAT
    revision: str
    key_mark: str
    """A keyed hash of a fixed word: tells whether a key is the right one, and nothing else."""
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHeading:
    """What stands before the rows of a table."""

    name: str
    columns: tuple[tuple[str, Kind], ...]


Page = list[dict[str, Any]]


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Write a file that appears whole or not at all, readable only by its owner. Raises SettingsError."""
    if path.is_dir():
        raise SettingsError(f"{path}: это папка, а нужен файл")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=5, filename="", mtime=0) as packed:
                    yield packed  # type: ignore[misc]  # GzipFile is a binary file in all but name
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{path}: копия не записана ({error.strerror}); проверьте место на диске и права"
        ) from error


def encode_head(head: Head) -> bytes:
    """Write the first line."""
    return _line(asdict(head))


def encode_heading(heading: TableHeading) -> bytes:
    """Write the line before a table's rows."""
    return _line({"table": heading.name, "columns": heading.columns})


def encode_rows(heading: TableHeading, rows: Sequence[Sequence[Any]]) -> bytes:
    """Write rows, a line each."""
    kinds = [kind for _, kind in heading.columns]
    return b"".join(_line([_encode(kind, value) for kind, value in zip(kinds, row, strict=True)]) for row in rows)


def encode_end(rows: int) -> bytes:
    """Write the last line."""
    return _line({"rows": rows})


def read_head(path: Path) -> Head:
    """Read the whole file once and return its head; raises SettingsError if anything about it is wrong."""
    for _ in read_pages(path, size=5_000):
        pass
    return next(head for head in _lines(path) if isinstance(head, Head))


def read_pages(path: Path, *, size: int) -> Iterator[tuple[TableHeading, Page]]:
    """Return the rows of every table in the order of the file, `size` at a time. Raises SettingsError."""
    heading: TableHeading | None = None
    page: Page = []
    seen, is_ended = 0, False
    for line in _lines(path):
        if is_ended:
            raise _broken(path)
        match line:
            case Head():
                continue
            case list() if heading is not None:
                page.append(_decode_row(path, heading, line))
                seen += 1
                if len(page) >= size:
                    yield heading, page
                    page = []
            case {"table": str(name), "columns": list(columns)}:
                if heading is not None and page:
                    yield heading, page
                heading, page = _decode_heading(path, name, columns), []
            case {"rows": int(rows)}:
                if rows != seen:
                    raise _broken(path)
                is_ended = True
            case _:
                raise _broken(path)
    if not is_ended:
        raise _broken(path)
    if heading is not None and page:
        yield heading, page


def _lines(path: Path) -> Iterator[Any]:
    try:
        with gzip.open(path, "rb") as file:
            yield _decode_head(path, file.readline(_LINE_LIMIT))
            while line := file.readline(_LINE_LIMIT):
                yield orjson.loads(line)
    except FileNotFoundError:
        raise SettingsError(f"{path}: такого файла нет") from None
    except IsADirectoryError:
        raise SettingsError(f"{path}: это папка, а нужен файл") from None
    except (gzip.BadGzipFile, orjson.JSONDecodeError, EOFError, zlib.error):
        raise _broken(path) from None
    except OSError as error:
        raise SettingsError(f"{path}: файл не читается ({error.strerror})") from error


def _decode_head(path: Path, line: bytes) -> Head:
    value = orjson.loads(line)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise _broken(path)
    try:
        return Head(**value)
    except TypeError:
        raise _broken(path) from None


def _decode_heading(path: Path, name: str, columns: list[Any]) -> TableHeading:
    try:
        return TableHeading(name=name, columns=tuple((str(column), Kind(kind)) for column, kind in columns))
    except (TypeError, ValueError):
        raise _broken(path) from None


def _decode_row(path: Path, heading: TableHeading, row: list[Any]) -> dict[str, Any]:
    try:
        return {
            name: None if value is None else _decode(kind, value)
            for (name, kind), value in zip(heading.columns, row, strict=True)
        }
    except (TypeError, ValueError, AttributeError, binascii.Error):
        raise _broken(path) from None


def _encode(kind: Kind, value: Any) -> Any:
    if value is None or kind is Kind.PLAIN:
        return value
    if kind is Kind.BYTES:
        return base64.b64encode(value).decode()
    return value.astimezone(UTC).isoformat()


def _decode(kind: Kind, value: Any) -> Any:
    if kind is Kind.PLAIN:
        return value
    return base64.b64decode(value, validate=True) if kind is Kind.BYTES else datetime.fromisoformat(value)


def _line(value: Any) -> bytes:
    return orjson.dumps(value) + b"\n"


def _broken(path: Path) -> SettingsError:
    return SettingsError(f"{path}: это не копия «Отклика» или она повреждена; возьмите другую")
