"""Reactions under a post: days never fall below zero and always add up to what stands there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reaction import NegativeRule, Post, Sentiment, Sentiments, negative_of

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
EMPTY = Post(key="vk:wall-77_5", institution="school-12", channel="vk")
SENTIMENTS = Sentiments({"❤": Sentiment.POSITIVE, "👎": Sentiment.NEGATIVE})


def test_a_reaction_put_and_another_put_instead() -> None:
    post = EMPTY.changed(before=(), after=("❤",), day=MONDAY).changed(before=("❤",), after=("👎",), day=TUESDAY)
    assert post.totals() == {"👎": 1}
    assert post.counts == {(MONDAY, "❤"): 0, (TUESDAY, "👎"): 1}


def test_what_is_taken_away_goes_from_the_latest_day() -> None:
    post = EMPTY.counted([("❤", 2)], MONDAY).counted([("❤", 5)], TUESDAY).counted([("❤", 1)], TUESDAY)
    assert post.counts == {(MONDAY, "❤"): 1, (TUESDAY, "❤"): 0}


def test_what_was_put_before_we_listened_is_not_there_to_be_taken() -> None:
    assert EMPTY.changed(before=("❤",), after=(), day=MONDAY) == EMPTY


def test_two_spellings_of_one_reaction_are_one() -> None:
    assert EMPTY.counted([("❤\ufe0f", 2), ("❤", 1)], MONDAY).totals() == {"❤": 3}
    assert SENTIMENTS.of("❤\ufe0f") is Sentiment.POSITIVE


def test_nothing_new_touches_nothing() -> None:
    post = EMPTY.counted([("❤", 2)], MONDAY)
    loaded = Post(key=post.key, institution=post.institution, channel="vk", counts=post.counts)
    assert not loaded.counted([("❤", 2)], TUESDAY).touched
    assert not loaded.changed(before=("❤",), after=("❤",), day=TUESDAY).touched


@given(
    told=st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(["❤", "👎", "👍"]), st.integers(0, 50)),
            st.dates(MONDAY, MONDAY + timedelta(days=5)),
        ),
        min_size=1,
    )
)
def test_the_days_add_up_to_what_the_messenger_told_last(told: list[tuple[dict[str, int], date]]) -> None:
    post = EMPTY
    for totals, day in told:
        post = post.counted(totals.items(), day)
    assert post.totals() == {name: count for name, count in told[-1][0].items() if count}
    assert all(count >= 0 for count in post.counts.values())


@pytest.mark.parametrize(
    ("before", "after", "told_ago", "is_met"),
    [
        ({}, {"👎": 5}, None, True),
        ({}, {"👎": 4}, None, False),  # too few
        ({}, {"👎": 5, "❤": 4}, None, False),  # most people like it
        ({}, {"👎": 6, "❤": 4}, None, True),  # exactly the share
        ({"👎": 6}, {"👎": 5}, None, False),  # it gets better
        ({"👎": 5, "❤": 9}, {"👎": 5}, None, False),  # nobody new dislikes it
        ({"👎": 5}, {"👎": 6}, timedelta(hours=23), False),  # told already
        ({"👎": 5}, {"👎": 6}, timedelta(hours=24), True),
    ],
)
def test_when_a_post_has_turned_negative(
    before: dict[str, int], after: dict[str, int], told_ago: timedelta | None, is_met: bool
) -> None:
    told_at = NOW - told_ago if told_ago is not None else None
    known = Post(key="vk:wall-77_5", institution="school-12", channel="vk", told_at=told_at)
    first = known.counted(before.items(), MONDAY)
    second = first.counted(after.items(), TUESDAY)
    assert NegativeRule().is_met(first, second, SENTIMENTS, now=NOW) is is_met
    assert negative_of(second, SENTIMENTS) == (after.get("👎", 0), sum(after.values()))
