"""A frozen rating: what was awarded, when and by whom. It never changes; only its being public does."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One frozen rating as it is kept."""

    id: int
    title: str
    scope: str
    first: str
    """YYYY-MM-DD, as the one below."""
    last: str
    hash: str
    """SHA-256 of `shown`, as hexadecimal digits."""
    frozen_at: datetime
    frozen_by: str
    published_at: datetime | None = None
    shown: bytes = b""
    """Canonical JSON: method, places, nominations of institutions; empty in a list."""
    people: bytes = b""
    """Canonical JSON: the administrators of these institutions; for their chain only. `shown` holds its hash."""
