"""The summary: tiles, what waits, twelve weeks, the cuts, outages; the same page for a region and for one school."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.reports.lines import period_name
from bot.reports.report import Report
from bot.web.pages.asked import Asked
from bot.web.pages.figures import Figures, Shown, ShownRow, cuts_of, in_order, known
from bot.web.pages.kinds import COLUMNS, MORE, TILES, WAITING, Row
from bot.web.pages.sight import Sight
from bot.web.pages.weeks import Weeks, show_weeks
from bot.web.pages.wording import Words

SHOWN_LINES = 10
SHOWN_ON_PAGE = 50
_KEYS = {
    "branch": "by_branch",
    "municipality": "by_municipality",
    "institution": "by_institution",
    "administrator": "by_administrator",
    "topic": "by_topic",
    "channel": "by_channel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One cut."""

    cut: str
    title: str
    columns: tuple["Column", ...]
    rows: list[ShownRow]
    count: int
    """Of all lines, also of those that are not shown."""
    href: str
    """The page with all lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and the address that sorts by it."""

    name: str
    href: str
    order: str
    """`ascending`, `descending` or `none`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything that the summary's template shows."""

    tiles: list[Shown]
    waiting: list[Shown]
    more: list[Shown]
    compared: str
    """With which days the changes compare; empty without them."""
    weeks: Weeks | None
    tables: list[Table]
    outages: list[tuple[str, str]]
    incidents: list[str]
    is_exact: bool


def show_summary(report: Report, *, sight: Sight, asked: Asked, words: Words) -> Summary:
    """Dress a report."""
    figures = Figures(asked=asked, say=words.say, say_time=words.say_time)
    total = report["total"]
    before = report["previous"]["total"] if report.get("previous") else None

    def show(names: tuple[str, ...]) -> list[Shown]:
        return [figures.show(name, total, before=before) for name in known(names, total)]

    tiles, waiting, more = show(TILES), show(WAITING), show(MORE)
    return Summary(
        tiles=tiles,
        waiting=waiting,
        more=more,
        compared=_compared(report, words) if any(each.change for each in (*tiles, *waiting, *more)) else "",
        weeks=show_weeks(report["weeks"], figures, words.say) if report.get("weeks") else None,
        tables=[
            table
            for cut in cuts_of(sight.fixed)
            if (table := show_table(cut, report, asked=asked, words=words, shown=SHOWN_LINES)).rows
        ],
        outages=[
            (words.channel(each["channel"]), words.say_time(each["seconds"])) for each in report.get("outages", [])
        ],
        incidents=[
            words.say(
                "pages-incident",
                number=each["number"],
                matter=each["matter"],
                count=each["tickets"],
                unanswered=each["unanswered"],
            )
            for each in report.get("incidents", [])
        ],
        is_exact=report.get("percentiles", "exact") == "exact",
    )


def _compared(report: Report, words: Words) -> str:
    if not report.get("previous"):
        return ""
    period = period_name(report["previous"], texts=words.texts, language=words.language)
    return words.say("page-compared", period=period)


def show_table(cut: str, report: Report, *, asked: Asked, words: Words, shown: int, skipped: int = 0) -> Table:
    """Dress the lines of a cut, in the order that the address asks for."""
    figures = Figures(asked=asked, say=words.say, say_time=words.say_time)
    lines = in_order(report[_KEYS[cut]], asked.sort)
    return Table(
        cut=cut,
        title=words.say("report-table", cut=cut),
        columns=tuple(_column(name, asked) for name in COLUMNS),
        rows=figures.rows(cut, lines[skipped : skipped + shown], _namer(cut, words)),
        count=len(lines),
        href=asked.link(f"/lines/{cut}"),
    )


def _column(name: str, asked: Asked) -> Column:
    is_down, is_up = asked.sort == f"-{name}", asked.sort == name
    return Column(
        name=name,
        href=name if is_down else f"-{name}",
        order="descending" if is_down else "ascending" if is_up else "none",
    )


def _namer(cut: str, words: Words) -> Callable[[Row], str]:
    def name(row: Row) -> str:
        told: str | None = row.get("short_name") or row["name"] if cut == "institution" else row[cut]
        match cut:
            case "administrator":
                return told or words.say("report-administrator-unnamed")
            case "topic":
                return told or words.say("report-topic-unknown")
            case "channel":
                return words.channel(told or "")
        return told or ""

    return name
