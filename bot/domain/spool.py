"""Bytes on their way between two messengers: a few in memory, more on the disk, never more than the operator allows.

The file on the disk has no name: whatever happens to the program, nothing stays behind.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from bot.domain.errors import FileUnavailableError
from bot.domain.message import File

IN_MEMORY = 1 << 20
"""Bytes of one file that are kept in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooling:
    """How large files may be, and where they lie meanwhile."""

    limit: int = 50 << 20
    """Bytes."""
    folder: Path | None = None
    """None: where the system puts temporary files."""

    def open(self, *, limit: int | None = None) -> "Spool":
        """Begin a file; `limit` is the messenger's own, if it is the smaller one."""
        return Spool(limit=min(self.limit, limit) if limit is not None else self.limit, folder=self.folder)


class Spool:
    """One file while its bytes come in; to be used with `with`, which lets go of them when they do not all come."""

    def __init__(self, *, limit: int, folder: Path | None) -> None:
        self.limit = limit
        self._folder = folder
        self._start = bytearray()
        self._stream: BinaryIO | None = None
        self._length = 0
        self._is_handed_over = False

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None and not self._is_handed_over:
            self._stream.close()

    def expect(self, length: int | None) -> None:
        """Refuse a file that is told to be too large before it comes. Raises FileUnavailableError."""
        if length is not None and length > self.limit:
            raise FileUnavailableError(f"the file is larger than {self.limit >> 20} MB")

    def write(self, piece: bytes) -> None:
        """Take some more. Raises FileUnavailableError when it is too much."""
        self._length += len(piece)
        self.expect(self._length)
        if self._stream is None and self._length > IN_MEMORY:
            self._stream = self._make()
        if self._stream is None:
            self._start += piece
        else:
            self._stream.write(piece)

    def file(self, *, name: str, mime: str) -> File:
        """Return everything that came; whoever gets it closes it."""
        self._is_handed_over = True
        if self._stream is None:
            return File(name=name, mime=mime, content=bytes(self._start))
        self._stream.flush()
        return File(name=name, mime=mime, stream=self._stream, length=self._length)

    def _make(self) -> BinaryIO:
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        stream: BinaryIO = TemporaryFile(dir=self._folder)  # noqa: SIM115 - it lives as long as the file does
        stream.write(self._start)
        self._start = bytearray()
        return stream
