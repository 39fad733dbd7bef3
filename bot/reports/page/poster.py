"""The supervisor's one page before it is drawn: what stands on it, in words and numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.sla import SlaPolicy
from bot.reports.change import Mood
from bot.reports.counting.figures import Figures
from bot.reports.lines import period_name, scope_name
from bot.reports.method import method_of
from bot.reports.numbers import say_count, say_share
from bot.reports.report import Report
from bot.reports.standing import Standing, standings_of
from bot.reports.tiles import Tile, tiles_of
from bot.reports.workbook.columns import Kind
from bot.texts import Texts
from bot.texts.duration import say_duration

_MOST = 5
_MOST_TOPICS = 10
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line with a bar."""

    name: str
    value: str
    """What stands at the bar's end."""
    number: float
    """The same as a number: a share, a count, days."""
    filled: float
    """How long the bar is, 0 to 1."""
    n: int | None = None
    """How many cases were counted, where that is not the value itself."""
    note: str
    """`n` and what else belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A list of lines under a heading."""

    heading: str
    mood: Mood
    kind: Kind
    """Of the rows' numbers."""
    rows: tuple[Row, ...]
    nobody: str
    """What is said when there are no lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One of the last twelve."""

    label: str
    """Its Monday: «05.10»."""
    questions: int
    share: float | None
    """In time."""
    hours: float | None
    """The median of the first answer in working hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """The whole page."""

    title: str
    scope: str
    period: str
    compared: str
    """With what the changes compare; empty when there is nothing."""
    made: str
    tiles: tuple[Tile, ...]
    left: Panel
    """The best, or who waits longest where nobody is compared."""
    right: Panel
    """The worst, or the channels."""
    topics: Panel
    weeks: tuple[Week, ...]
    """Empty when the report was made without them, or when nobody asked anything."""
    weeks_nobody: str
    weeks_headings: tuple[str, str, str]
    norm_hours: float
    norm: str
    foot: tuple[str, ...]
    short_foot: tuple[str, ...]


def make_poster(report: Report, *, texts: Texts, language: str, most: int = _MOST) -> Poster:
    """Lay out a report's page; `most` places stand at each end of the order."""
    standings = standings_of(report, most=most)
    if standings.kind:
        left = Panel(
            heading=texts.say(language, "page-best"),
            mood=Mood.GOOD,
            kind=Kind.SHARE,
            rows=_places(standings.best, texts, language),
            nobody=texts.say(language, "page-best-nobody"),
        )
        right = Panel(
            heading=texts.say(language, "page-worst"),
            mood=Mood.BAD,
            kind=Kind.SHARE,
            rows=_places(standings.worst, texts, language),
            nobody=texts.say(language, "page-worst-nobody"),
        )
    else:
        left, right = _waiting(report, most, texts, language), _channels(report, texts, language)
    scope = scope_name(report, texts=texts, language=language)
    norm = report.get("norm_seconds") or SlaPolicy().answer.total_seconds()
    previous = report.get("previous")
    tiles = tiles_of(report, texts=texts, language=language)
    weeks = tuple(_weeks(report))
    method = method_of(report, is_ranked=bool(standings.kind), texts=texts, language=language)
    return Poster(
        title=texts.say(language, "page-title"),
        scope=scope[:1].upper() + scope[1:],
        period=period_name(report, texts=texts, language=language),
        compared=""
        if previous is None or not any(tile.change for tile in tiles)
        else texts.say(language, "page-compared", period=period_name(previous, texts=texts, language=language)),
        made=method.made,
        tiles=tiles,
        left=left,
        right=right,
        topics=_topics(report, texts, language),
        weeks=weeks if any(week.questions for week in weeks) else (),
        weeks_nobody=texts.say(language, "page-weeks-nobody") if weeks else "",
        weeks_headings=(
            texts.say(language, "page-weeks-questions"),
            texts.say(language, "page-weeks-share"),
            texts.say(language, "page-weeks-hours"),
        ),
        norm_hours=norm / _HOUR.total_seconds(),
        norm=texts.say(language, "page-weeks-norm", hours=f"{norm / _HOUR.total_seconds():g}".replace(".", ",")),
        foot=method.lines,
        short_foot=method.short,
    )


def _places(places: Sequence[Standing], texts: Texts, language: str) -> tuple[Row, ...]:
    rows = []
    for place in places:
        note = f"n = {say_count(place.judged)}"
        if place.median_seconds is not None:
            median = say_duration(texts, language, timedelta(seconds=place.median_seconds))
            note += f" · {texts.say(language, 'page-median', median=median)}"
        share = place.share
        row = Row(name=place.name, value=say_share(share), number=share, filled=share, n=place.judged, note=note)
        rows.append(row)
    return tuple(rows)


def _waiting(report: Report, most: int, texts: Texts, language: str) -> Panel:
    tickets = report.get("unanswered_tickets", [])[:most]
    longest = max((ticket["waiting_seconds"] for ticket in tickets), default=0)
    rows = []
    for ticket in tickets:
        about = (ticket["topic"] or "") if report["scope"].startswith("institution:") else ticket["name"]
        overdue = texts.say(language, "page-waiting-overdue") if ticket["is_overdue"] else ""
        rows.append(
            Row(
                name=texts.say(language, "page-waiting-line", number=ticket["number"]),
                value=say_duration(texts, language, timedelta(seconds=ticket["waiting_seconds"])),
                number=ticket["waiting_seconds"] / _DAY.total_seconds(),
                filled=ticket["waiting_seconds"] / longest if longest else 0.0,
                note=" · ".join(filter(None, [overdue, about])),
            )
        )
    nobody = texts.say(language, "page-waiting-nobody")
    if report["total"]["unanswered"] and not rows:
        unanswered, overdue = report["total"]["unanswered"], report["total"]["overdue"]
        nobody = texts.say(language, "page-note-questions", unanswered=unanswered, overdue=overdue)
    return Panel(
        heading=texts.say(language, "page-waiting"), mood=Mood.BAD, kind=Kind.DURATION, rows=tuple(rows), nobody=nobody
    )


def _channels(report: Report, texts: Texts, language: str) -> Panel:
    named = [(texts.say(language, "report-channel", channel=row["channel"]), row) for row in report["by_channel"]]
    named.sort(key=lambda line: -line[1]["questions"])
    return _counted(texts.say(language, "page-channels"), named[:_MOST], texts, language)


def _topics(report: Report, texts: Texts, language: str) -> Panel:
    unknown = texts.say(language, "report-topic-unknown")
    named = [(row["topic"] or unknown, row) for row in report["by_topic"] if row["questions"]]
    named.sort(key=lambda line: (-line[1]["questions"], line[0]))
    return _counted(texts.say(language, "page-topics"), named[:_MOST_TOPICS], texts, language)


def _counted(heading: str, named: Sequence[tuple[str, Figures]], texts: Texts, language: str) -> Panel:
    most = max((row["questions"] for _, row in named), default=0)
    in_time = texts.say(language, "page-topics-share")
    rows = [
        Row(
            name=name,
            value=say_count(row["questions"]),
            number=row["questions"],
            filled=row["questions"] / most if most else 0.0,
            note="" if row["in_time_share"] is None else f"{in_time} {say_share(row['in_time_share'])}",
        )
        for name, row in named
    ]
    nobody = texts.say(language, "page-topics-nobody")
    return Panel(heading=heading, mood=Mood.PLAIN, kind=Kind.COUNT, rows=tuple(rows), nobody=nobody)


def _weeks(report: Report) -> Iterator[Week]:
    for week in report.get("weeks", []):
        median = week["first_response_working"]["median_seconds"]
        yield Week(
            label=f"{date.fromisoformat(week['from']):%d.%m}",
            questions=week["questions"],
            share=week["in_time_share"],
            hours=None if median is None else median / _HOUR.total_seconds(),
        )
