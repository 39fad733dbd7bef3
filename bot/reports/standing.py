"""Who answers in time more often than others and who less often: a report's places in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from bot.domain.wilson import lower_bound
from bot.reports.figures import Figures
from bot.reports.report import Report

LEAST_JUDGED = 5
"""A place with fewer judged questions is not ranked: one answered at once must not top the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One place."""

    name: str
    in_time: int
    judged: int
    """Answers and unanswered questions whose deadline has passed."""
    median_seconds: float | None

    @classmethod
    def of(cls, figures: Figures, name: str) -> Self:
        """Read a line of a report."""
        return cls(
            name=name,
            in_time=figures["answered_in_time"],
            judged=figures["answered"] + figures["overdue"],
            median_seconds=figures["first_response"]["median_seconds"],
        )

    @property
    def share(self) -> float:
        """What part was answered in time."""
        return self.in_time / self.judged if self.judged else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Both ends of the order; nobody stands in both."""

    kind: str
    """What is compared: `municipality` or `institution`; empty when there is nothing to compare."""
    best: tuple[Standing, ...]
    """The best first."""
    worst: tuple[Standing, ...]
    """The worst first. Who answered everything in time is never among them."""


def standings_of(report: Report, *, most: int = 5, least: int = LEAST_JUDGED) -> Standings:
    """Order the municipalities of a report, or its institutions where it has only one municipality.

    By the lower end of Wilson's interval of the share in time, then by how many were not in time, then by name.
    """
    kind, ranked = _ranked(report, least)
    if len(ranked) < 2:
        return Standings(kind="", best=(), worst=())
    half = min(most, (len(ranked) + 1) // 2)
    best = [place for place in ranked[:half] if place.in_time]
    rest = [place for place in reversed(ranked) if place not in best][:most]
    worst = [place for place in rest if place.in_time < place.judged]
    return Standings(kind=kind, best=tuple(best), worst=tuple(worst))


def _ranked(report: Report, least: int) -> tuple[str, Sequence[Standing]]:
    municipalities = [Standing.of(row, row["municipality"]) for row in report["by_municipality"]]
    if len(municipalities) > 1 and not report["scope"].startswith("municipality:"):
        return "municipality", _ordered(municipalities, least)
    institutions = [
        Standing.of(row, row.get("short_name") or row["name"])
        for row in report["by_institution"]
        if report["scope"] != f"institution:{row['code']}"
    ]
    return "institution", _ordered(institutions, least)


def _ordered(places: Iterable[Standing], least: int) -> list[Standing]:
    enough = (place for place in places if place.judged >= least)
    return sorted(
        enough,
        key=lambda place: (
            -(lower_bound(place.in_time, place.judged) or 0.0),
            place.judged - place.in_time,
            place.name,
        ),
    )
