"""The answer to /report in a chat: a dozen short lines that a phone shows at once."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.wilson import lower_bound
from bot.reports.change import Change, are_enough, count_change, share_change, time_change
from bot.reports.counting.figures import Figures
from bot.reports.lines import period_name, scope_name
from bot.reports.method import say_outages
from bot.reports.numbers import percent, say_decimal, say_share
from bot.reports.report import Report
from bot.reports.tiles import UNKNOWN, judged_of
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
    """Yield a sentence and three lines, and after a free line what there is besides."""
    total = report["total"]
    before = report["previous"]["total"] if report.get("previous") else UNKNOWN
    if total["questions"]:
        yield _sentence(total, texts, language)
        yield from _three_lines(total, before, texts, language)
    else:
        yield texts.say(language, "report-nothing")
    more = list(_more(report, before, texts, language))
    if more:
        yield ""
        yield from more
    if not report["scope"].startswith("institution:"):
        yield from _most_waiting(report["by_institution"], texts, language)
        yield from _best(report["by_institution"], texts, language)


def _sentence(total: Figures, texts: Texts, language: str) -> str:
    """Say what needs a look: who has no answer, or that nobody is left without one."""
    waiting = total["oldest_waiting_seconds"]
    if not total["unanswered"]:
        return texts.say(language, "report-all-answered", late=total["answered"] - total["answered_in_time"])
    return texts.say(
        language,
        "report-some-unanswered",
        questions=total["questions"],
        unanswered=total["unanswered"],
        overdue=total["overdue"],
        oldest="no" if waiting is None else _duration(waiting, texts, language),
    )


def _three_lines(total: Figures, before: Figures, texts: Texts, language: str) -> Iterator[str]:
    asked = texts.say(language, "report-questions", questions=total["questions"], comments=total["comments"])
    yield _with(asked, count_change(total["questions"], before["questions"], texts=texts, language=language))
    judged, share = judged_of(total), total["in_time_share"]
    answered = texts.say(
        language,
        "report-answered",
        answered=total["answered"],
        percent="" if share is None else percent(share),
        in_time=total["answered_in_time"],
        judged=judged or 0,
    )
    change = share_change(
        share, before["in_time_share"], cases=(judged, judged_of(before)), texts=texts, language=language
    )
    yield _with(answered, change)
    first, earlier = total["first_response"], before["first_response"]
    if first["n"]:
        took = _took("report-first-response", first, texts, language)
        yield _with(
            took,
            time_change(
                first["median_seconds"],
                earlier["median_seconds"],
                cases=(first["n"], earlier["n"]),
                texts=texts,
                language=language,
            ),
        )


def _more(report: Report, before: Figures, texts: Texts, language: str) -> Iterator[str]:
    total = report["total"]
    for key, name in _OTHER_TIMES:
        if total[name]["n"]:
            yield _took(key, total[name], texts, language)
    grades = total["grades"]
    if grades["n"]:
        good, mean = say_share(grades["good_share"]), say_decimal(grades["mean"])
        said = texts.say(language, "report-grades", good=good, mean=mean, n=grades["n"])
        earlier = before["grades"]
        cases = (grades["n"], earlier["n"])
        yield _with(
            said,
            share_change(grades["good_share"], earlier["good_share"], cases=cases, texts=texts, language=language),
        )
    if any(total["reactions"].values()):
        yield texts.say(language, "report-reactions", **total["reactions"])
    if total["transferred"]:
        yield texts.say(language, "report-transferred", transferred=total["transferred"])
    beside = {name: total.get(name, 0) for name in ("spam", "duplicates", "withdrawn", "silenced")}
    if total["reopened"] or total["no_answer_needed"] or any(beside.values()):
        yield texts.say(
            language,
            "report-beside",
            reopened=total["reopened"],
            excused=total["no_answer_needed"],
            **beside,
        )
    if any(outage["seconds"] for outage in report.get("outages", ())):
        yield say_outages(report, texts=texts, language=language)
    if report.get("replayed"):
        yield texts.say(language, "page-method-replayed")
    if are_enough(total["questions"], before["questions"]):
        period = period_name(report["previous"], texts=texts, language=language)
        yield texts.say(language, "page-compared", period=period)


def _took(key: str, measured: Figures, texts: Texts, language: str) -> str:
    return texts.say(
        language,
        key,
        median=_duration(measured["median_seconds"], texts, language),
        p90=_duration(measured["p90_seconds"], texts, language),
        n=measured["n"],
    )


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
        key=lambda row: (
            -(lower_bound(row["answered_in_time"], row["answered"] + row["overdue"]) or 0.0),
            row["first_response"]["median_seconds"],
            row["name"],
            row["code"],
        )
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


def _with(words: str, change: Change | None) -> str:
    return words if change is None else f"{words} – {change.arrow} {change.words}".replace("–  ", "– ")


def _duration(seconds: float, texts: Texts, language: str) -> str:
    return say_duration(texts, language, timedelta(seconds=seconds))


def _place(row: Figures) -> str:
    name: str = row["short_name"] or row["name"]
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


_OTHER_TIMES = (
    ("report-first-response-working", "first_response_working"),
    ("report-next-response", "next_response"),
)
