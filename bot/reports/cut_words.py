"""One cut of a report in a chat: ten lines, those that need a look first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.wilson import upper_bound
from bot.reports.fitting import fitting
from bot.reports.lines import Line, lines_of, period_name, scope_name
from bot.reports.numbers import percent
from bot.reports.report import Report
from bot.reports.words import LEAST_QUESTIONS
from bot.texts import Texts
from bot.texts.duration import say_duration

LINES = 10
_LONGEST_NAME = 50
_BY_SIZE = frozenset({"channel", "topic"})
"""Cuts in which nobody is good or bad: the largest come first."""
_BY_NAME = frozenset({"administrator"})
"""Cuts of people, whom a chat does not rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutWords:
    """A page of a cut."""

    text: str
    shown: int
    """How many lines it has."""
    left: int
    """How many come after it."""


def say_cut(report: Report, *, cut: str, skip: int, texts: Texts, language: str, limit: int) -> CutWords:
    """Return the lines of a cut after the first `skip`, at most ten and no more than `limit` UTF-16 units of text."""
    found = [line for line in lines_of(report, texts=texts, language=language) if line.cut == cut]
    key = _largest if cut in _BY_SIZE else _by_name if cut in _BY_NAME else _worst
    lines = sorted((line for line in found if line.figures["questions"]), key=key)
    title = texts.say(
        language,
        "report-title",
        scope=scope_name(report, texts=texts, language=language),
        period=period_name(report, texts=texts, language=language),
    )
    order = "report-cut-largest" if cut in _BY_SIZE else "report-cut-named" if cut in _BY_NAME else "report-cut-worst"
    head = [title, texts.say(language, order, cut=texts.say(language, "report-table", cut=cut))]
    if not lines:
        return CutWords(text="\n".join([title, texts.say(language, "report-nothing")]), shown=0, left=0)
    names = _names(report, lines, cut)
    page = zip(lines[skip : skip + LINES], names[skip : skip + LINES], strict=True)
    said = [_say(line, name, number, texts, language) for number, (line, name) in enumerate(page, start=skip + 1)]
    shown = fitting(head, said, limit=limit)
    return CutWords(text="\n".join([*head, *said[:shown]]), shown=shown, left=max(len(lines) - skip - shown, 0))


def _names(report: Report, lines: Sequence[Line], cut: str) -> list[str]:
    """Return what the lines are called; several administrators may have one name, so their institution is named too."""
    if cut != "administrator" or report["scope"].startswith("institution:"):
        return [line.figures.get("short_name") or line.name for line in lines]
    places = {row["code"]: row["short_name"] or row["name"] for row in report["by_institution"]}
    return [", ".join(filter(None, (line.name, places.get(line.code)))) for line in lines]


def _say(line: Line, name: str, number: int, texts: Texts, language: str) -> str:
    figures = line.figures
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
    share, median = figures["in_time_share"], figures["first_response"]["median_seconds"]
    return texts.say(
        language,
        "report-cut-line",
        position=number,
        name=name,
        questions=figures["questions"],
        percent="–" if share is None else f"{percent(share)} %",
        median="–" if median is None else say_duration(texts, language, timedelta(seconds=median)),
        unanswered=figures["unanswered"],
    )


def _worst(line: Line) -> tuple[bool, float, int, int, str]:
    """Order by how surely they answer late; of few questions nothing can be said, so they come last."""
    figures = line.figures
    judged = figures["answered"] + figures["overdue"]
    is_few = judged < LEAST_QUESTIONS
    share = upper_bound(figures["answered_in_time"], judged) or 0.0
    return is_few, 0.0 if is_few else share, -figures["unanswered"], -figures["questions"], line.name


def _by_name(line: Line) -> tuple[bool, str, str]:
    return line.figures["administrator"] is None, line.name.casefold(), line.code


def _largest(line: Line) -> tuple[int, str]:
    return -line.figures["questions"], line.name
