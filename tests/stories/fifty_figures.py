"""The figures of the story of fifty tickets, counted from the table alone with plain lists."""

from collections.abc import Callable, Iterable
from statistics import mean, median, quantiles
from typing import Any

from tests.stories.fifty_people import moment
from tests.stories.fifty_tickets import END, Told

Figures = dict[str, Any]


def seconds(duration: str) -> int:
    """Read `64:40`, hours and minutes."""
    hours, minutes = duration.split(":")
    return int(hours) * 3_600 + int(minutes) * 60


def holder(told: Told) -> str:
    """Return the institution that has the ticket at the end."""
    return told.held[-1][0] if told.held else told.place


def channel(told: Told) -> str:
    """Return the messenger."""
    return "telegram" if told.way == "tg" else "vk"


def day(told: Told) -> str:
    """Return the day on which it opened."""
    return moment(" ".join(told.course.split()[:2])).date().isoformat()


def figures(
    tickets: Iterable[Told],
    *,
    held: Callable[[str], bool] = lambda _: True,
    later_of: str | None = None,
    elsewhere: Iterable[Told] = (),
    reactions: Iterable[str] = (),
) -> Figures:
    """Count a line of the report.

    `held` says which holders' own times belong to it, among these tickets and those of `elsewhere`, which only have
    been here. An administrator's line has the later answers of this person (`later_of`) in tickets of `elsewhere` too.
    """
    tickets, elsewhere, reactions = list(tickets), list(elsewhere), list(reactions)
    questions = [told for told in tickets if told.counts == "question"]
    answered = [told for told in questions if told.first]
    in_time = [told for told in answered if told.in_time]
    overdue = [told for told in questions if told.overdue]
    waiting = [moment(told.waiting_since) for told in questions if told.waiting_since]
    grades = [told.grade for told in questions if told.grade]
    resolved = [told for told in questions if told.resolution]
    everything = questions + [told for told in elsewhere if told.counts == "question"]
    holdings = [
        holding
        for told in everything
        for holding in (told.held or ((told.place, told.first, False),))
        if held(holding[0])
    ]
    later = [
        each for told in (everything if later_of else questions) for each in told.later if later_of in (None, each[0])
    ]
    return {
        "questions": len(questions),
        "answered": len(answered),
        "answered_in_time": len(in_time),
        "in_time_share": _share(len(in_time), len(answered) + len(overdue)),
        "unanswered": len(questions) - len(answered),
        "overdue": len(overdue),
        "oldest_waiting_seconds": int((moment(END) - min(waiting)).total_seconds()) if waiting else None,
        "first_response": times(told.first for told in answered),
        "first_response_working": times(told.working for told in answered),
        "next_response": times(duration for _, duration in later),
        "resolution": times(told.resolution for told in resolved),
        "held": times(duration for _, duration, _ in holdings if duration),
        "transferred": sum(is_given for _, _, is_given in holdings),
        "reopened": sum(told.reopened for told in questions),
        "grades": {
            "n": len(grades),
            "mean": round(mean(grades), 2) if grades else None,
            "good_share": _share(sum(grade >= 4 for grade in grades), len(grades)),
        },
        "reactions": {kind: reactions.count(kind) for kind in ("positive", "negative", "neutral")},
        "comments": sum(told.way == "wall" for told in questions),
        "no_answer_needed": 0 if later_of else sum(told.excused for told in tickets),
        "spam": 0 if later_of else sum(told.counts == "spam" or told.is_spam for told in tickets),
        "withdrawn": sum(told.counts == "withdrawn" for told in tickets),
        "duplicates": sum(told.counts == "duplicate" for told in tickets),
        "within_hard_limit": sum(told.within_limit for told in answered),
        "interim": sum(told.interim for told in questions),
        "resolved_in_time": sum(told.resolved_in_time for told in resolved),
        "resolution_share": _share(
            sum(told.resolved_in_time for told in resolved),
            len(resolved) + sum(told.is_unresolved for told in questions),
        ),
    }


def times(durations: Iterable[str]) -> Figures:
    """Return T."""
    values = sorted(map(seconds, durations))
    if not values:
        return {"n": 0, "median_seconds": None, "p90_seconds": None, "max_seconds": None}
    p90 = quantiles(values, n=10, method="inclusive")[8] if len(values) > 1 else values[0]
    return {
        "n": len(values),
        "median_seconds": _plain(median(values)),
        "p90_seconds": _plain(p90),
        "max_seconds": values[-1],
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _plain(value: float) -> int | float:
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded
