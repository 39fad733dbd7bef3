"""What changed in a text, shown with a little of what stands around it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.edits import changed_part

LONG = "слово " * 40


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        # short texts are shown whole
        ("Где каток?", "Где бассейн?", ("Где каток?", "Где бассейн?")),
        ("", "Где?", ("", "Где?")),
        ("Где?", "", ("Где?", "")),
        # a word in the middle of a long text
        (f"{LONG}11 {LONG}", f"{LONG}12 {LONG}", ("… {0}11 {0}…", "… {0}12 {0}…")),
        # words added at the end: what was before is not repeated
        (LONG.strip(), f"{LONG}ещё", ("… {0}", "… {0}ещё")),
    ],
)
def test_the_changed_part(before: str, after: str, shown: tuple[str, str]) -> None:
    was, became = changed_part(before, after)
    assert _collapsed(was, became) == tuple(part.strip() for part in shown)


def _collapsed(*texts: str) -> tuple[str, ...]:
    """Write any number of the same word as `{0}`."""

    return tuple(re.sub(r"(слово ?)+", "{0}", text).strip() for text in texts)


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_both_parts_differ_where_the_texts_differ(start: str, one: str, other: str) -> None:
    was, became = changed_part(start + one, start + other)
    if (start + one).split() != (start + other).split():
        assert was.split() != became.split()
