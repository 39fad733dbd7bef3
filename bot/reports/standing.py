"""Who answers in time more often than others and who less often: a report's places in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from bot.domain.wilson import lower_bound, upper_bound
from bot.reports.counting.figures import Figures
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
    """The worst first."""


def standings_of(report: Report, *, most: int = 5, least: int = LEAST_JUDGED) -> Standings:
    """Order the municipalities of a report, or its institutions where it has only one municipality.

    The best by the lower end of Wilson's interval of the share in time, the worst by its upper end, so that few cases
    make nobody good or bad; then by how many were not in time, then by name. The best are at or above the average share
    of all, the worst below it.
    """
    kind, places = _places(report)
    ranked = _ordered(places, least)
    if len(ranked) < 2:
        return Standings(kind="", best=(), worst=())
    in_time, judged = sum(place.in_time for place in places), sum(place.judged for place in places)
    best = [place for place in ranked if place.in_time and place.in_time * judged >= in_time * place.judged]
    worst = sorted((place for place in ranked if place not in best), key=_surely_bad)
    return Standings(kind=kind, best=tuple(best[:most]), worst=tuple(worst[:most]))


def _places(report: Report) -> tuple[str, Sequence[Standing]]:
    municipalities = [Standing.of(row, row["municipality"]) for row in report["by_municipality"]]
    if len(municipalities) > 1 and not report["scope"].startswith("municipality:"):
        return "municipality", municipalities
    institutions = [
        Standing.of(row, row.get("short_name") or row["name"])
        for row in report["by_institution"]
        if report["scope"] != f"institution:{row['code']}"
    ]
    return "institution", institutions


def _surely_bad(place: Standing) -> tuple[float, int, str]:
    return upper_bound(place.in_time, place.judged) or 0.0, place.in_time - place.judged, place.name


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
