"""A report's figures as a page shows them: each with its words, its change and the address of its tickets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.institution import ScopeKind
from bot.reports.change import are_enough
from bot.reports.numbers import percent, say_count
from bot.web.pages.asked import Asked
from bot.web.pages.kinds import COLUMNS, KINDS, Kind, Row, figure_at
from bot.web.pages.wording import NOTHING, say_mean, say_share

TICKETS = "/tickets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure against the period before."""

    text: str
    is_good: bool | None
    """None: neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure in words."""

    name: str
    text: str
    href: str
    """Empty where there are no tickets to open."""
    n: str = ""
    change: Change | None = None
    share: float | None = None
    """For a bar, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A line of a table."""

    name: str
    note: str
    href: str
    """Where the line leads."""
    cells: tuple[Shown, ...]


class Figures:
    """Shows figures of one page."""

    def __init__(self, *, asked: Asked, say: Callable[..., str], say_time: Callable[[float | None], str]) -> None:
        self._asked = asked
        self._say = say
        self._say_time = say_time

    def show(self, name: str, row: Row, *, before: Row | None = None, **filters: str) -> Shown:
        """Show a figure of a line; `filters` say whose tickets it counts, beside what the page is about."""
        return self._show(KINDS[name], row, filters, before=before)

    def _show(self, kind: Kind, row: Row, filters: Mapping[str, str], *, before: Row | None = None) -> Shown:
        value = kind.of(row)
        n = sum(figure_at(row, path) for path in kind.n) if kind.n else None
        is_empty = value is None or (kind.shown in ("count", "share") and not value)
        asked = {"figure": kind.tickets, "sort": kind.sort, "page": "", **filters}
        return Shown(
            name=kind.name,
            text=self._text(kind, value),
            href="" if is_empty or not kind.tickets else self._asked.link(TICKETS, **asked),
            n="" if n is None or value is None else say_count(n),
            change=self._change(kind, value, row, before),
            share=value if kind.shown == "share" else None,
        )

    def rows(self, cut: str, lines: Sequence[Row], name_of: Callable[[Row], str]) -> list[ShownRow]:
        """Show the lines of a cut."""
        return [self._row(cut, line, name_of(line)) for line in lines]

    def _row(self, cut: str, line: Row, name: str) -> ShownRow:
        filters = filters_of(cut, line)
        href = "" if cut in _LEAVES else self._asked.link("/", **{"sort": "", "page": "", "figure": "", **filters})
        cells = tuple(self._show(KINDS[column], line, filters) for column in COLUMNS)
        note = line["municipality"] if cut == "institution" else ""
        return ShownRow(name=name, note=note, href=href or cells[0].href, cells=cells)

    def _text(self, kind: Kind, value: float | None) -> str:
        match kind.shown:
            case "count":
                return NOTHING if value is None else say_count(int(value))
            case "share":
                return say_share(value)
            case "mean":
                return say_mean(value)
        return self._say_time(value)

    def _change(self, kind: Kind, value: float | None, row: Row, before: Row | None) -> Change | None:
        was = kind.of(before) if before is not None else None
        if value is None or was is None or before is None:
            return None
        earlier = sum(figure_at(before, path) or 0 for path in kind.n) if kind.n else round(was)
        if not are_enough(sum(figure_at(row, path) or 0 for path in kind.n) if kind.n else round(value), earlier):
            return None
        if kind.shown == "share":
            points = percent(value) - percent(was)
            return self._told(kind, points, self._say("pages-points", points=abs(points)))
        if kind.shown == "mean":
            return self._told(kind, round(value - was, 1), say_mean(abs(value - was)))
        if not was:
            return None
        percents = round((value - was) * 100 / was)
        return self._told(kind, percents, f"{say_count(abs(percents))}\N{NO-BREAK SPACE}%")

    def _told(self, kind: Kind, change: float, text: str) -> Change:
        if not change:
            return Change(text=self._say("pages-as-before"), is_good=None)
        key = "pages-more" if change > 0 else "pages-less"
        is_good = (change > 0) == (kind.is_better > 0) if kind.is_better else None
        return Change(text=self._say(key, change=text), is_good=is_good)


_LEAVES = ("channel", "topic", "administrator")
"""Cuts that have no page of their own: their lines lead to their tickets."""


def filters_of(cut: str, line: Row) -> dict[str, str]:
    """Return what narrows an address to a line."""
    match cut:
        case "institution":
            return {"institution": line["code"]}
        case "administrator":
            return {"institution": line["institution"], "administrator": str(line["id"])}
        case "topic":
            return {"topic": line["key"] or "-"}
    return {cut: line[cut]}


def known(names: Sequence[str], row: Row) -> Iterator[str]:
    """Yield the figures that a report has."""
    for name in names:
        if KINDS[name].path[0] in row:
            yield name


def cuts_of(fixed: frozenset[ScopeKind]) -> list[str]:
    """Return the cuts that say something about a scope, the widest first."""
    cuts = [kind.value for kind in (ScopeKind.BRANCH, ScopeKind.MUNICIPALITY) if kind not in fixed]
    if ScopeKind.INSTITUTION in fixed:
        return ["administrator", "topic", "channel"]
    return [*cuts, "institution", "topic", "channel"]


def in_order(lines: Sequence[Row], sort: str) -> list[Row]:
    """Return lines in the order that the address asks for: by a column, without cases last."""
    name = sort.removeprefix("-")
    if name not in COLUMNS:
        name, sort = "questions", "-questions"
    kind = KINDS[name]
    told = [line for line in lines if kind.of(line) is not None]
    untold = [line for line in lines if kind.of(line) is None]
    return [*sorted(told, key=lambda line: kind.of(line) or 0, reverse=sort.startswith("-")), *untold]
