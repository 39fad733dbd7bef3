"""The institutions nearest to a place that a citizen has sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from math import asin, cos, hypot, radians, sin

from bot.domain.institution import Institution

_EARTH_KILOMETRES = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An institution and how far away it is."""

    institution: Institution
    kilometres: float


class NearestInstitutions:
    """The institutions of a directory whose coordinates are known."""

    def __init__(self, institutions: Iterable[Institution]) -> None:
        """Keep those with coordinates; the others are near to nothing."""
        self._places = [
            (institution.latitude, institution.longitude, institution)
            for institution in institutions
            if institution.latitude is not None and institution.longitude is not None
        ]

    @property
    def knows_places(self) -> bool:
        """Tell whether anything can be near at all."""
        return bool(self._places)

    def neighbours(self, latitude: float, longitude: float, limit: int = 5) -> list[Neighbour]:
        """Return what `nearest` returns, with the distances."""
        return [
            Neighbour(
                institution=found,
                kilometres=kilometres_between(latitude, longitude, found.latitude or 0.0, found.longitude or 0.0),
            )
            for found in self.nearest(latitude, longitude, limit)
        ]

    def nearest(self, latitude: float, longitude: float, limit: int = 5) -> list[Institution]:
        """Return at most `limit` institutions, the nearest first; degrees, north and east positive.

        Of equally near ones (several in one house) the first by title, so that the same place gives the same answer.
        """
        found = nsmallest(
            max(limit, 0),
            self._places,
            key=lambda place: (
                kilometres_between(latitude, longitude, place[0], place[1]),
                place[2].title,
                place[2].code,
            ),
        )
        return [institution for _, _, institution in found]


def kilometres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance over a round earth by the haversine formula, right within half a percent."""
    half_north = radians(other_latitude - latitude) / 2
    half_east = radians(other_longitude - longitude) / 2
    shrink = cos(radians(latitude)) * cos(radians(other_latitude))
    chord = hypot(sin(half_north), sin(half_east) * shrink**0.5)
    return 2 * _EARTH_KILOMETRES * asin(min(1.0, chord))
