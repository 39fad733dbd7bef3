"""The key is made whole or not at all, and a failure leaves nothing behind."""

import errno
import os
from pathlib import Path

import pytest

from storage.vault import read_or_make_key


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret.key"
    key = read_or_make_key("", file)
    assert (len(key), read_or_make_key("", file)) == (32, key)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [file] == list(file.parent.iterdir())


def test_a_full_disk_leaves_no_half_of_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        read_or_make_key("", tmp_path / "secret.key")
    assert list(tmp_path.iterdir()) == []
