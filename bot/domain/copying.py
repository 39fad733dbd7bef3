"""Copies of frozen records with a few other values, thrice as quick as the library's: each message makes several."""

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # The library's own function, so that types are checked as they are there.
    from dataclasses import replace
else:

    def replace(record: Any, /, **changes: Any) -> Any:
        """Return a copy of a slotted dataclass without `__post_init__`, as `dataclasses.replace` would make it."""
        kind = type(record)
        read, setters = _slots(kind)
        copy = kind.__new__(kind)
        for write, value in zip(setters.values(), read(record), strict=True):
            write(copy, value)
        for name, value in changes.items():
            if name not in setters:
                raise TypeError(f"{kind.__name__} has no {name}")
            setters[name](copy, value)
        return copy


@cache
def _slots(kind: Any) -> tuple[Any, dict[str, Any]]:
    """Return how to read all values of a record, and how to write each."""
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} must be made anew")
    names = [field.name for field in fields(kind)]
    if len(names) < 2:
        raise TypeError(f"{kind.__name__} has too few values")
    return attrgetter(*names), {name: getattr(kind, name).__set__ for name in names}


__all__ = ["replace"]
