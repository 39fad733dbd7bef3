"""What the pages say of the period before fits what they show."""

import pytest

from bot.web.pages.asked import Asked
from bot.web.pages.figures import Figures


def say(key: str, **arguments: str | int) -> str:
    return " ".join([key, *map(str, arguments.values())])


@pytest.mark.parametrize(
    ("now", "before", "shown", "change"),
    [
        (
            0.945,
            0.935,
            "95",
            "pages-more pages-points 1",
        ),  # a half goes up, in the figure and in its change
        (0.935, 0.945, "94", "pages-less pages-points 1"),
        (1.0, 0.996, "100", "pages-more pages-points 1"),  # what is not all is 99, and so the change
        (0.5, 0.5, "50", "pages-as-before"),
    ],
)
def test_a_share_changed_by_the_difference_of_what_is_shown(now: float, before: float, shown: str, change: str) -> None:
    figures = Figures(asked=Asked(), say=say, say_time=str)
    tile = figures.show(
        "in_time",
        {"in_time_share": now, "answered": 9, "overdue": 1},
        before={"in_time_share": before, "answered": 9, "overdue": 1},
    )
    assert tile.text == f"{shown}\N{NO-BREAK SPACE}%"
    assert tile.change is not None
    assert tile.change.text == change
