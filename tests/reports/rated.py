"""A builder of reports for ratings: each line shows only what matters."""

from typing import Any

from bot.reports.report import Report


def line(
    code: str, name: str = "", *, branch: str = "Образование", municipality: str = "Казань", **told: Any
) -> dict[str, Any]:
    """A school; by default ten questions, all answered in time within an hour of work, without grades."""
    return {
        "code": code,
        "name": name or f"Школа {code}",
        "short_name": "",
        "branch": branch,
        "municipality": municipality,
        **figures(**told),
    }


def figures(
    questions: int = 10,
    *,
    answered: int | None = None,
    in_time: int | None = None,
    overdue: int | None = None,
    reopened: int = 0,
    grades: tuple[int, int] = (0, 0),
    median: float | None = 3600,
    p90: float | None = 7200,
) -> dict[str, Any]:
    answered = questions if answered is None else answered
    in_time = answered if in_time is None else in_time
    unanswered = questions - answered
    overdue = unanswered if overdue is None else overdue
    good, n = grades
    judged = answered + overdue
    measured = {"n": answered, "median_seconds": median, "p90_seconds": p90, "max_seconds": p90}
    return {
        "questions": questions,
        "answered": answered,
        "answered_in_time": in_time,
        "in_time_share": in_time / judged if judged else None,
        "unanswered": unanswered,
        "overdue": overdue,
        "reopened": reopened,
        "first_response": measured,
        "first_response_working": measured,
        "grades": {"n": n, "mean": None, "good_share": round(good / n, 3) if n else None},
    }


def report_of(*lines: dict[str, Any], scope: str = "region", **cuts: list[dict[str, Any]]) -> Report:
    return {
        "scope": scope,
        "scope_name": scope.partition(":")[2],
        "from": "2026-10-01",
        "to": "2026-10-31",
        "generated_at": "2026-11-02T09:00:00+03:00",
        "by_institution": list(lines),
        "by_municipality": [],
        "by_branch": [],
        "by_administrator": [],
        **cuts,
    }
