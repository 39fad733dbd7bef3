"""The four figures that a supervisor looks at first, each with its change to the period before."""

from dataclasses import dataclass
from datetime import timedelta

from bot.reports.change import Change, count_change, share_change, time_change
from bot.reports.counting.figures import Figures
from bot.reports.numbers import say_count, say_decimal, say_share
from bot.reports.report import Report
from bot.texts import Texts
from bot.texts.duration import say_duration

NOTHING = "—"
"""Stands where there is nothing to tell; it is never a nought."""
UNKNOWN: Figures = {
    "questions": None,
    "answered": None,
    "overdue": None,
    "in_time_share": None,
    "first_response": {"median_seconds": None, "n": None},
    "grades": {"good_share": None, "n": None},
}
"""The figures of a period before that nobody asked for: every change is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One big figure."""

    label: str
    value: str
    note: str
    """From how many cases it comes."""
    change: Change | None
    """None without a period before, or without cases in one of the two."""


def tiles_of(report: Report, *, texts: Texts, language: str) -> tuple[Tile, ...]:
    """Return questions, share in time, median of the first answer, share of good grades."""
    now: Figures = report["total"]
    # Without a period before there is nothing to compare with: each figure of it is None.
    before: Figures = report["previous"]["total"] if report.get("previous") else UNKNOWN
    nothing = texts.say(language, "page-note-nothing")
    judged = judged_of(now)
    first, working, grades = now["first_response"], now["first_response_working"], now["grades"]
    questions = Tile(
        label=texts.say(language, "page-tile-questions"),
        value=say_count(now["questions"]),
        note=texts.say(language, "page-note-questions", unanswered=now["unanswered"], overdue=now["overdue"]),
        change=count_change(now["questions"], before["questions"], texts=texts, language=language),
    )
    in_time = Tile(
        label=texts.say(language, "page-tile-in-time"),
        value=_share(now["in_time_share"]),
        note=texts.say(language, "page-note-in-time", in_time=now["answered_in_time"], judged=judged)
        if judged
        else nothing,
        change=share_change(
            now["in_time_share"],
            before["in_time_share"],
            cases=(judged, judged_of(before)),
            texts=texts,
            language=language,
        ),
    )
    median = Tile(
        label=texts.say(language, "page-tile-median"),
        value=_duration(first["median_seconds"], texts, language),
        note=texts.say(
            language, "page-note-median", working=_duration(working["median_seconds"], texts, language), n=first["n"]
        )
        if first["n"]
        else nothing,
        change=time_change(
            first["median_seconds"],
            before["first_response"]["median_seconds"],
            cases=(first["n"], before["first_response"]["n"]),
            texts=texts,
            language=language,
        ),
    )
    good = Tile(
        label=texts.say(language, "page-tile-grades"),
        value=_share(grades["good_share"]),
        note=texts.say(language, "page-note-grades", mean=say_decimal(grades["mean"]), n=grades["n"])
        if grades["n"]
        else nothing,
        change=share_change(
            grades["good_share"],
            before["grades"]["good_share"],
            cases=(grades["n"], before["grades"]["n"]),
            texts=texts,
            language=language,
        ),
    )
    return questions, in_time, median, good


def judged_of(figures: Figures) -> int | None:
    """Return of how many cases the share in time is; None where it is unknown."""
    answered, overdue = figures["answered"], figures["overdue"]
    return None if answered is None or overdue is None else answered + overdue


def _share(share: float | None) -> str:
    return NOTHING if share is None else say_share(share)


def _duration(seconds: float | None, texts: Texts, language: str) -> str:
    return NOTHING if seconds is None else say_duration(texts, language, timedelta(seconds=seconds), is_narrow=True)
