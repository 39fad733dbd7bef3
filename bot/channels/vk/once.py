"""The keys by which VK knows a repeated message: the same on every try of one outbox row, different for every row."""

import hashlib
from typing import Final

_LARGEST: Final = 2**31 - 1
"""VK keeps `random_id` as a signed 32-bit number; 0 means "do not compare"."""


class OnceKeys:
    """Makes `random_id` and `guid` from the row.

    VK may remember a `random_id` for good, and a new installation counts its rows from 1 again. So `salt`, a word of
    the installation's own, moves the whole row of numbers. Within one installation no two rows share a number (until
    two thousand million of them), which a hash in 31 bits could not promise.
    """

    def __init__(self, salt: str = "") -> None:
        self._salt = salt
        self._shift = int.from_bytes(hashlib.sha256(salt.encode()).digest()[:8]) if salt else 0

    def random_id(self, row: int) -> int:
        """Return a number between 1 and 2³¹−1."""
        return (row + self._shift) % _LARGEST + 1

    def guid(self, row: int, *, chat: str, text: str) -> str:
        """Return a word for `wall.createComment`; long enough to hold the place and the words too."""
        return hashlib.sha256("\n".join((self._salt, str(row), chat, text)).encode()).hexdigest()[:32]
