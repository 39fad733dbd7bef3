"""A report as one list of lines, for whatever has rows: every cut, one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.reports.counting.figures import Figures
from bot.reports.report import Report
from bot.texts import Texts
from bot.texts.moments import say_date

CUTS = ("total", "branch", "municipality", "institution", "administrator", "channel", "topic", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of one thing."""

    cut: str
    """One of CUTS."""
    name: str
    """What people call it, in their language."""
    code: str = ""
    """The institution's code, where the line belongs to one."""
    branch: str = ""
    municipality: str = ""
    figures: Figures


def lines_of(report: Report, *, texts: Texts, language: str) -> Iterator[Line]:
    """Yield every line of a report in the order of CUTS."""
    yield Line(cut="total", name=scope_name(report, texts=texts, language=language), figures=report["total"])
    for row in report["by_branch"]:
        yield Line(cut="branch", name=row["branch"], branch=row["branch"], figures=row)
    for row in report["by_municipality"]:
        yield Line(cut="municipality", name=row["municipality"], municipality=row["municipality"], figures=row)
    for row in report["by_institution"]:
        yield Line(
            cut="institution",
            name=row["name"],
            code=row["code"],
            branch=row["branch"],
            municipality=row["municipality"],
            figures=row,
        )
    for row in report["by_administrator"]:
        name = row["administrator"] or texts.say(language, "report-administrator-unnamed")
        yield Line(cut="administrator", name=name, code=row["institution"], figures=row)
    for row in report["by_channel"]:
        name = texts.say(language, "report-channel", channel=row["channel"])
        yield Line(cut="channel", name=name, figures=row)
    for row in report["by_topic"]:
        yield Line(cut="topic", name=row["topic"] or texts.say(language, "report-topic-unknown"), figures=row)
    for row in report["by_day"]:
        yield Line(cut="day", name=say_date(date.fromisoformat(row["date"])), figures=row)


def scope_name(report: Report, *, texts: Texts, language: str) -> str:
    """Return the report's scope in words."""
    kind = report["scope"].partition(":")[0]
    narrowed = (scope.partition(":")[2] for scope in report.get("within", ()))
    return ", ".join([texts.say(language, f"report-scope-{kind}", name=report["scope_name"]), *narrowed])


def period_name(report: Report, *, texts: Texts, language: str) -> str:
    """Return the report's days in words."""
    first, last = (say_date(date.fromisoformat(report[end])) for end in ("from", "to"))
    days = first if first == last else texts.say(language, "report-period", first=first, last=last)
    if "until" not in report:
        return days
    return texts.say(
        language, "report-period-until", days=days, time=f"{datetime.fromisoformat(report['until']):%H:%M}"
    )
