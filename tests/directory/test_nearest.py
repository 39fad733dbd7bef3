"""A sent place finds the institutions around it."""

import pytest

from bot.directory.nearest import NearestInstitutions, kilometres_between
from bot.domain.institution import Institution


def place(code: str, latitude: float | None, longitude: float | None) -> Institution:
    return Institution(
        code=code, name=code, branch="Культура", municipality="Казань", latitude=latitude, longitude=longitude
    )


KREMLIN = place("kazan-kremlin", 55.7996, 49.1058)
STATION = place("kazan-station", 55.7877, 49.1005)
CHELNY = place("chelny", 55.7436, 52.3958)
NOWHERE = place("nowhere", None, None)
SEARCH = NearestInstitutions([CHELNY, NOWHERE, STATION, KREMLIN])


def test_the_nearest_comes_first_and_who_is_nowhere_never():
    assert SEARCH.nearest(55.7990, 49.1060, 5) == [KREMLIN, STATION, CHELNY]
    assert SEARCH.nearest(55.7400, 52.4000, 2) == [CHELNY, KREMLIN]


@pytest.mark.parametrize("limit", [0, -1])
def test_no_more_than_the_limit(limit):
    assert SEARCH.nearest(55.8, 49.1, limit) == []
    assert NearestInstitutions([NOWHERE]).nearest(55.8, 49.1) == []


def test_several_in_one_house_keep_their_order():
    twins = [place(code, 55.0, 49.0) for code in ("b", "a")]
    assert [one.code for one in NearestInstitutions(twins).nearest(55.0, 49.0)] == ["a", "b"]


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((55.7558, 37.6173), (59.9343, 30.3351), 634),  # Moscow, Saint Petersburg
        ((66.0, 179.5), (66.0, -179.5), 45),  # over the date line
        ((90.0, 0.0), (90.0, 120.0), 0),  # one pole
        ((0.0, 0.0), (0.0, 180.0), 20015),  # the other side of the earth
    ],
)
def test_distances_are_those_of_the_earth(one, other, kilometres):
    assert kilometres_between(*one, *other) == pytest.approx(kilometres, abs=2)
