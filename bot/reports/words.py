"""The answer to /report in a chat: a dozen short lines that a phone shows at once."""

from collections.abc import Iterator
from datetime import timedelta

from bot.reports.figures import Figures
from bot.reports.lines import period_name, scope_name
from bot.reports.report import Report
from bot.texts import Texts
from bot.texts.duration import say_duration

LEAST_QUESTIONS = 5
"""An institution with fewer is not ranked: one question answered at once must not top the list."""
_SHOWN = 3
_LONGEST_NAME = 60


def say_report(report: Report, *, texts: Texts, language: str) -> str:
    """Return a report in words."""
    period = period_name(report, texts=texts, language=language)
    scope = scope_name(report, texts=texts, language=language)
    title = texts.say(language, "report-title", scope=scope, period=period)
    return "\n".join([title, *_body(report, texts, language)])


def _body(report: Report, texts: Texts, language: str) -> Iterator[str]:
    total = report["total"]
    if total["questions"]:
        yield from _questions(total, texts, language)
    else:
        yield texts.say(language, "report-nothing")
    if any(total["reactions"].values()):
        yield texts.say(language, "report-reactions", **total["reactions"])
    if total["transferred"]:
        yield texts.say(language, "report-transferred", transferred=total["transferred"])
    if total["reopened"] or total["no_answer_needed"] or total["spam"]:
        yield texts.say(
            language,
            "report-beside",
            reopened=total["reopened"],
            excused=total["no_answer_needed"],
            spam=total["spam"],
        )
    if not report["scope"].startswith("institution:"):
        yield from _most_waiting(report["by_institution"], texts, language)
        yield from _best(report["by_institution"], texts, language)


def _questions(total: Figures, texts: Texts, language: str) -> Iterator[str]:
    yield texts.say(language, "report-questions", questions=total["questions"], comments=total["comments"])
    yield texts.say(language, "report-answered", answered=total["answered"])
    if total["in_time_share"] is not None:
        yield texts.say(
            language,
            "report-in-time",
            percent=percent(total["in_time_share"]),
            in_time=total["answered_in_time"],
            judged=total["answered"] + total["overdue"],
        )
    for key, name in _TIMES:
        measured = total[name]
        if measured["n"]:
            yield texts.say(
                language,
                key,
                median=_duration(measured["median_seconds"], texts, language),
                p90=_duration(measured["p90_seconds"], texts, language),
                n=measured["n"],
            )
    if total["unanswered"]:
        yield texts.say(language, "report-unanswered", unanswered=total["unanswered"], overdue=total["overdue"])
    if total["oldest_waiting_seconds"] is not None:
        waiting = _duration(total["oldest_waiting_seconds"], texts, language)
        yield texts.say(language, "report-oldest", waiting=waiting)


def _most_waiting(rows: list[Figures], texts: Texts, language: str) -> Iterator[str]:
    waiting = [row for row in rows if row["unanswered"]]
    if waiting:
        yield ""
        yield texts.say(language, "report-most-waiting")
    waiting.sort(key=lambda row: (-row["overdue"], -row["unanswered"], row["name"], row["code"]))
    for row in waiting[:_SHOWN]:
        yield texts.say(
            language,
            "report-most-waiting-line",
            place=_place(row),
            unanswered=row["unanswered"],
            overdue=row["overdue"],
            questions=row["questions"],
        )


def _best(rows: list[Figures], texts: Texts, language: str) -> Iterator[str]:
    ranked = [row for row in rows if row["questions"] >= LEAST_QUESTIONS and row["answered_in_time"]]
    if ranked:
        yield ""
        yield texts.say(language, "report-best", least=LEAST_QUESTIONS)
    ranked.sort(
        key=lambda row: (-row["in_time_share"], row["first_response"]["median_seconds"], row["name"], row["code"])
    )
    for row in ranked[:_SHOWN]:
        yield texts.say(
            language,
            "report-best-line",
            place=_place(row),
            percent=percent(row["in_time_share"]),
            median=_duration(row["first_response"]["median_seconds"], texts, language),
            n=row["first_response"]["n"],
        )


def percent(share: float) -> int:
    """Return a share as whole percents; only all is 100 and only nothing is 0."""
    whole = int(share * 100 + 0.5)
    return min(max(whole, 1), 99) if 0 < share < 1 else whole


def _duration(seconds: float, texts: Texts, language: str) -> str:
    return say_duration(texts, language, timedelta(seconds=seconds))


def _place(row: Figures) -> str:
    name: str = row["short_name"] or row["name"]
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


_TIMES = (
    ("report-first-response", "first_response"),
    ("report-first-response-working", "first_response_working"),
    ("report-next-response", "next_response"),
)
