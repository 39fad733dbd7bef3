"""Bytes on their way: few in memory, more in a file without a name, too many not at all."""

from pathlib import Path

import pytest

from bot.domain.errors import FileUnavailableError
from bot.domain.spool import IN_MEMORY, Spooling


def test_a_small_file_stays_in_memory(tmp_path: Path) -> None:
    with Spooling(folder=tmp_path).open() as spool:
        spool.write(b"one")
        spool.write(b"two")
        file = spool.file(name="a.txt", mime="text/plain")
    assert (file.stream, file.size, file.whole()) == (None, 6, b"onetwo")


def test_a_large_file_lies_on_the_disk_can_be_read_twice_and_is_gone_after_closing(tmp_path: Path) -> None:
    content = bytes(range(256)) * (IN_MEMORY // 128)
    with Spooling(folder=tmp_path / "new").open() as spool:
        for start in range(0, len(content), 65_536):
            spool.write(content[start : start + 65_536])
        file = spool.file(name="a.bin", mime="")
    assert file.stream is not None
    assert (file.size, file.content) == (len(content), b"")
    assert file.whole() == content
    with file.opened() as reader:
        assert reader.read(3) == content[:3]
    assert file.whole() == content, "closing a reader leaves the file"
    assert list((tmp_path / "new").iterdir()) == [], "the file has no name"
    file.close()
    with pytest.raises(ValueError, match="closed"):
        file.opened()


@pytest.mark.parametrize(("own", "messengers", "allowed"), [(3, None, 3), (5, 3, 3), (3, 5, 3)])
def test_the_smaller_limit_holds(own: int, messengers: int | None, allowed: int) -> None:
    with Spooling(limit=own).open(limit=messengers) as spool:
        spool.write(b"x" * allowed)
        with pytest.raises(FileUnavailableError):
            spool.write(b"x")
        with pytest.raises(FileUnavailableError):
            spool.expect(allowed + 1)


def test_what_broke_off_is_let_go_of(tmp_path: Path) -> None:
    with Spooling(folder=tmp_path).open() as spool:
        spool.write(b"x" * (IN_MEMORY + 1))
        stream = spool._stream
    assert stream is not None
    assert stream.closed
