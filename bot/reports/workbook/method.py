"""The last sheet of a workbook: how every figure is counted, in words that need no other page."""

from collections.abc import Iterator
from datetime import timedelta
from math import ceil

from bot.domain.sla import SlaPolicy
from bot.reports.lines import period_name, scope_name
from bot.reports.method import is_exact, say_made, say_outages
from bot.reports.report import Report
from bot.reports.standing import LEAST_JUDGED
from bot.reports.workbook.cells import Pen
from bot.texts import Texts

_HOUR = timedelta(hours=1)
_FIRST_LETTERS, _LETTERS = 30, 100
"""So many surely stand on one line of the two columns."""
_LINE_HEIGHT = 15
HEADS = ("scope", "period", "made", "definitions", "policy", "calendar", "percentiles", "order", "outages", "replayed")
EXPLAINED = (
    "ticket",
    "questions",
    "answered",
    "in_time",
    "unanswered",
    "oldest",
    "first_response",
    "working",
    "next_response",
    "resolution",
    "held",
    "median",
    "interim",
    "transferred",
    "reopened",
    "grades",
    "reactions",
    "beside",
    "administrators",
    "nothing",
)
"""The ends of `method-…`, and of `method-head-…` beside it."""


def write_method(pen: Pen, report: Report, *, texts: Texts, language: str) -> None:
    """Write two columns: what, and how it is counted."""
    pen.sheet.set_column(0, 0, _FIRST_LETTERS + 4)
    pen.sheet.set_column(1, 1, _LETTERS + 10)
    heads = [texts.say(language, f"workbook-head-{head}") for head in ("figure", "counted")]
    pen.headings(0, heads)
    pen.sheet.freeze_panes(1, 0)
    pen.sheet.repeat_rows(0)
    for row, (what, how) in enumerate(_lines(report, texts, language), start=1):
        # Said beforehand: not every program makes room for what is wrapped.
        pen.sheet.set_row(row, _LINE_HEIGHT * max(ceil(len(how) / _LETTERS), ceil(len(what) / _FIRST_LETTERS)))
        pen.words(row, 0, what, pen.formats.wrapped)
        pen.words(row, 1, how, pen.formats.wrapped)


def _lines(report: Report, texts: Texts, language: str) -> Iterator[tuple[str, str]]:
    def head(key: str) -> str:
        return texts.say(language, f"method-head-{key}")

    policy = SlaPolicy()
    norm = report.get("norm_seconds") or policy.answer.total_seconds()
    yield head("scope"), scope_name(report, texts=texts, language=language)
    yield head("period"), period_name(report, texts=texts, language=language)
    yield head("made"), say_made(report, texts=texts, language=language)
    yield head("definitions"), texts.say(language, "method-definitions", version=report["definitions"])
    yield (
        head("policy"),
        texts.say(language, "method-policy", hours=f"{norm / _HOUR.total_seconds():g}".replace(".", ",")),
    )
    yield head("calendar"), texts.say(language, "method-calendar")
    exactness = "exact" if is_exact(report) else "estimated"
    yield head("percentiles"), texts.say(language, "page-method-percentiles", percentiles=exactness)
    yield head("order"), texts.say(language, "page-method-order", least=LEAST_JUDGED)
    outages = say_outages(report, texts=texts, language=language)
    yield head("outages"), outages or texts.say(language, "method-outages-unknown")
    if report.get("replayed"):
        yield head("replayed"), texts.say(language, "page-method-replayed")
    for key in EXPLAINED:
        yield head(key), texts.say(language, f"method-{key}")
    for incident in report.get("incidents", []):
        number = texts.say(language, "method-head-incident", number=incident["number"])
        yield (
            number,
            texts.say(
                language,
                "method-incident",
                matter=incident["matter"],
                tickets=incident["tickets"],
                unanswered=incident["unanswered"],
            ),
        )
