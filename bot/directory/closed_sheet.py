"""The sheet of closed days: `scope;first;last;reason`, every fault of every row named at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.directory.delimited import read_delimited
from bot.domain.closed_days import LONGEST, LONGEST_REASON, read_date
from bot.domain.errors import SettingsError
from bot.domain.institution import Institution, Scope, ScopeKind, parse_scope

_COLUMNS = ("scope", "first", "last", "reason")
_REQUIRED = ("scope", "first", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedRow:
    """One announcement as a sheet or a command names it."""

    scope: str
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSheet:
    """What a file says."""

    rows: tuple[ClosedRow, ...]
    refused: tuple[tuple[int, str], ...]
    """Row of the sheet and reason."""


def read_closed_sheet(content: bytes, places: Iterable[Institution], *, name: str) -> ClosedSheet:
    """Read a CSV file; scopes must be in the directory. Raises SettingsError when it is no such table."""
    records = read_delimited(content, name=name)
    heading = [cell.strip().lower() for cell in next(records, [])]
    if missing := [column for column in _REQUIRED if column not in heading]:
        raise SettingsError(f"{name}: нет столбца {', '.join(missing)}; нужны scope;first;last;reason")
    known = known_scopes(places)
    rows, refused = list[ClosedRow](), list[tuple[int, str]]()
    for number, record in enumerate(records, start=2):
        if not any(cell.strip() for cell in record):
            continue
        cells = dict(zip(heading, (cell.strip() for cell in record), strict=False))
        try:
            rows.append(check_closed_row(*(cells.get(column, "") for column in _COLUMNS), known=known))
        except ValueError as error:
            refused.append((number, str(error)))
    return ClosedSheet(rows=tuple(rows), refused=tuple(refused))


def check_closed_row(scope: str, first: str, last: str, reason: str, *, known: frozenset[str]) -> ClosedRow:
    """Return one announcement; ValueError says in Russian what is wrong."""
    try:
        wanted = str(parse_scope(scope))
    except ValueError:
        raise ValueError(
            f"scope «{scope}» не подходит; нужно region, branch:НАЗВАНИЕ, municipality:НАЗВАНИЕ или institution:КОД"
        ) from None
    if wanted not in known:
        raise ValueError(f"scope «{wanted}»: такого в справочнике нет; проверьте название или код")
    since = read_date(first)
    until = read_date(last) if last else since
    if until < since:
        raise ValueError(f"last {last} раньше, чем first {first}; поменяйте их местами")
    if until - since >= LONGEST:
        raise ValueError("больше года подряд; проверьте дни")
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise ValueError(f"reason: назовите причину, не длиннее {LONGEST_REASON} знаков")
    return ClosedRow(scope=wanted, first=since, last=until, reason=reason)


def known_scopes(places: Iterable[Institution]) -> frozenset[str]:
    """Return every scope that the directory has."""
    found = {Scope(kind=ScopeKind.REGION)}
    for place in places:
        found.add(Scope(kind=ScopeKind.INSTITUTION, name=place.code))
        found.add(Scope(kind=ScopeKind.BRANCH, name=place.branch))
        found.add(Scope(kind=ScopeKind.MUNICIPALITY, name=place.municipality))
    return frozenset(map(str, found))
