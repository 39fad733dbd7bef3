"""The terms of a policy as people write them: `8h`, `50,80`, `24h`, `off`, `10d`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.sla import SlaPolicy

OFF = "off"
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_DURATION = re.compile(r"(\d{1,4})([mhd])")
_LONGEST = timedelta(days=366)
_MOST_WARNINGS = 5

Terms = Mapping[str, str | None]
"""What a rule states, by the names of TERMS; None takes back what an earlier rule of the same place stated."""


def apply_terms(policy: SlaPolicy, terms: Terms) -> SlaPolicy:
    """Return a policy with these terms instead of its own. ValueError names the term that cannot be read."""
    changes: dict[str, Any] = {}
    for name, text in terms.items():
        if text is None:
            continue
        if name not in TERMS:
            raise ValueError(name)
        field, read, _ = TERMS[name]
        try:
            changes[field] = read(text)
        except ValueError:
            raise ValueError(name) from None
    return replace(policy, **changes)


def show_terms(policy: SlaPolicy) -> dict[str, str]:
    """Return every term of a policy as people write it."""
    return {name: show(getattr(policy, field)) for name, (field, _, show) in TERMS.items()}


def normalised(name: str, text: str) -> str:
    """Return a term in the spelling in which it is kept. ValueError when it cannot be read."""
    _, read, show = TERMS[name]
    return show(read(text.strip().lower()))


def _duration(text: str, *, units: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if found is None or found[2] not in units:
        raise ValueError(text)
    length = int(found[1]) * _UNITS[found[2]]
    if not timedelta(0) < length <= _LONGEST:
        raise ValueError(text)
    return length


def _working(text: str) -> timedelta:
    # A day of work has a different length in every institution: only hours and minutes say what is meant.
    return _duration(text, units="mh")


def _wall(text: str) -> timedelta:
    return _duration(text, units="mhd")


def _wall_or_off(text: str) -> timedelta | None:
    return None if text == OFF else _wall(text)


def _wall_or_never(text: str) -> timedelta:
    return timedelta(0) if text == OFF else _wall(text)


def _shares(text: str) -> tuple[float, ...]:
    if text == OFF:
        return ()
    percents = [int(part) for part in text.replace("%", "").replace(" ", "").split(",")]
    if percents != sorted(set(percents)) or not all(0 < percent < 100 for percent in percents):
        raise ValueError(text)
    if len(percents) > _MOST_WARNINGS:
        raise ValueError(text)
    return tuple(percent / 100 for percent in percents)


def _show_shares(shares: tuple[float, ...]) -> str:
    return ",".join(str(round(share * 100)) for share in shares) or OFF


def _show(length: timedelta | None) -> str:
    return _show_working(length) if length else OFF


def _show_days(length: timedelta | None) -> str:
    days = length // _UNITS["d"] if length and not length % _UNITS["d"] else 0
    return f"{days}d" if days else _show(length)


def _show_working(length: timedelta) -> str:
    unit = "m" if length % _UNITS["h"] else "h"
    return f"{length // _UNITS[unit]}{unit}"


TERMS: dict[str, tuple[str, Callable[[str], Any], Callable[[Any], str]]] = {
    "answer": ("answer", _working, _show_working),
    "warn": ("warn_at", _shares, _show_shares),
    "hard_limit": ("hard_limit", _wall_or_off, _show),
    "resolution": ("resolution", _wall_or_off, _show_days),
    "escalation": ("escalation", _working, _show_working),
    "silence": ("silence", _working, _show_working),
    "grade": ("grade_after", _wall_or_never, _show),
    "reopen": ("reopen_within", _wall, _show),
}
"""By the name in a rule: the policy's field, how it is read, how it is written."""
