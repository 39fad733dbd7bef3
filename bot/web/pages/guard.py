"""What keeps strangers out: forms of other sites, and somebody who tries keys."""

import hmac
import time
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

MOST_WRONG = 10
WRONG_SECONDS = 600.0
_MOST_ADDRESSES = 10_000


class WrongKeys:
    """Counts wrong keys by the address from which they came; after ten in ten minutes nothing is looked up."""

    def __init__(self, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._wrong: dict[str, deque[float]] = {}

    def is_blocked(self, address: str) -> bool:
        """Tell whether this address has tried too often lately."""
        return len(self._recent(address)) >= MOST_WRONG

    def count(self, address: str) -> None:
        """Note a wrong key."""
        if len(self._wrong) >= _MOST_ADDRESSES:
            self._wrong.pop(next(iter(self._wrong)))
        self._wrong.setdefault(address, deque(maxlen=MOST_WRONG)).append(self._seconds())

    def _recent(self, address: str) -> deque[float]:
        wrong = self._wrong.get(address, deque())
        while wrong and wrong[0] < self._seconds() - WRONG_SECONDS:
            wrong.popleft()
        return wrong


def address_of(request: web.Request) -> str:
    """Return from where a request came; behind a proxy of this machine, what that says last."""
    remote = request.remote or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if told and _is_this_machine(remote) else remote


def is_from_elsewhere(request: web.Request, public_url: str) -> bool:
    """Tell whether another site sent this form: browsers say so themselves."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc not in (request.host, urlsplit(public_url).netloc)


def is_same(told: str, expected: str) -> bool:
    """Compare secrets in a time that tells nothing of them."""
    return hmac.compare_digest(told.encode(), expected.encode())


def _is_this_machine(remote: str) -> bool:
    try:
        return ip_address(remote).is_loopback
    except ValueError:
        return False
