"""What the address asks for: period, filters, order; read kindly, since anybody can type an address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Self
from urllib.parse import urlencode

from bot.domain.errors import RuleError
from bot.reports.period import Period, read_period

PRESETS = ("today", "week", "last-week", "month", "last-month", "quarter", "year")
DEFAULT_PRESET = "month"
_LONGEST = 200
_MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One address' questions; what is empty is not asked for."""

    scope: str = ""
    """Which of the visitor's own scopes."""
    period: str = ""
    since: str = ""
    until: str = ""
    """`YYYY-MM-DD`, both included; together they count more than `period`."""
    branch: str = ""
    municipality: str = ""
    institution: str = ""
    channel: str = ""
    topic: str = ""
    """The topic's key, `-` for none."""
    administrator: str = ""
    """Our own number of an administrator, `0` for one whom the messenger did not tell."""
    state: str = ""
    figure: str = ""
    """Which figure's tickets are listed."""
    sort: str = ""
    """A column; with `-` before it from the greatest down."""
    page: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read an address; what it does not know, or what is too long, is passed over."""
        names = {field.name: _IN_ADDRESS.get(field.name, field.name) for field in fields(cls)}
        told = {name: query.get(shown, "").strip() for name, shown in names.items()}
        return cls(**{name: text for name, text in told.items() if len(text) <= _LONGEST and text.isprintable()})

    def link(self, path: str, **changes: str) -> str:
        """Return an address that asks the same, but for the changes."""
        asked = replace(self, **changes)
        told = [(_IN_ADDRESS.get(field.name, field.name), getattr(asked, field.name)) for field in fields(asked)]
        query = urlencode([(name, text) for name, text in told if text])
        return f"{path}?{query}" if query else path

    def kept(self, *left_out: str) -> list[tuple[str, str]]:
        """Return names and values as they stand in the address, for a form that asks for something else besides."""
        told = [(field.name, getattr(self, field.name)) for field in fields(self) if field.name not in left_out]
        return [(_IN_ADDRESS.get(name, name), text) for name, text in told if text]

    def on_page(self) -> int:
        """Return the number of the page, from 1."""
        return int(self.page) if self.page.isdecimal() and 1 <= int(self.page) <= _MOST_PAGES else 1

    def days(self, *, now: datetime, zone: tzinfo) -> Period:
        """Return from when to when; raises RuleError with words for whoever typed the address."""
        today = now.astimezone(zone).date()
        if self.since or self.until:
            first, last = _read_date(self.since or self.until), _read_date(self.until or self.since)
            if last < first:
                raise RuleError("report-period-upside-down")
            period = Period(first=first, last=last)
            if not period.is_possible:
                raise RuleError("report-period-too-long")
            return period
        match self.period:
            case "last-week":
                monday = today - timedelta(days=today.weekday() + 7)
                return Period(first=monday, last=monday + timedelta(days=6))
            case "last-month":
                last = today.replace(day=1) - timedelta(days=1)
                return Period(first=last.replace(day=1), last=last)
            case preset if preset in PRESETS:
                return read_period(preset, now=now, zone=zone)
            case "":
                return read_period(DEFAULT_PRESET, now=now, zone=zone)
        raise RuleError("report-period-unknown")

    @property
    def preset(self) -> str:
        """The name of the period, empty for dates."""
        return "" if self.since or self.until else self.period or DEFAULT_PRESET


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleError("report-period-unknown") from None


_IN_ADDRESS = {"since": "from", "until": "to"}
"""Names that an address may have and Python may not."""
