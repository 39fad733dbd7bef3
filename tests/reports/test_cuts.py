"""Whatever the tickets: every cut adds up to the total, and the order in which they are read does not matter."""

import statistics
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.institution import Institution
from bot.domain.measures import Fact, FactKind
from bot.domain.ticket import TicketOrigin, TicketState
from bot.reports.counting.columns import make_columns
from bot.reports.counting.cuts import (
    Cuts,
    add_up,
    by_administrator,
    by_channel,
    by_day,
    by_group,
    by_institution,
    by_topic,
    count,
    total,
)
from bot.reports.counting.scales import Scale, exact_scale, logarithmic_scale
from bot.reports.counting.verdict import TIMES, judge
from bot.reports.period import Period
from storage.measured_row import Mark, MeasuredTicket, PlainRow, plain
from storage.statistics import TicketFacts
from tests.reports.archive import CALENDAR, KAZAN, at

PLACES = {
    code: Institution(code=code, name=f"Школа {code}", branch=branch, municipality=municipality)
    for code, branch, municipality in (("a", "1", "x"), ("b", "1", "y"), ("c", "2", "y"))
}
NOW = at("sun 12:00")
SUMS = (
    "questions",
    "answered",
    "answered_in_time",
    "unanswered",
    "overdue",
    "reopened",
    "comments",
    "no_answer_needed",
    "spam",
)


def moment(minutes: int) -> datetime:
    return at("mon 0:00") + timedelta(minutes=minutes)


@st.composite
def ticket(draw: st.DrawFn) -> TicketFacts:
    opened_at = moment(draw(st.integers(0, 6 * 1440)))
    later = st.builds(
        Fact,
        kind=st.sampled_from(FactKind),
        at=st.integers(0, 3000).map(lambda minutes: opened_at + timedelta(minutes=minutes)),
        administrator=st.sampled_from([None, 1, 2]),
    )
    return TicketFacts(
        number=draw(st.integers(1, 10_000)),
        institution=draw(st.sampled_from(sorted(PLACES))),
        channel=draw(st.sampled_from(["telegram", "vk"])),
        origin=draw(st.sampled_from(TicketOrigin)),
        state=draw(st.sampled_from(TicketState)),
        opened_at=opened_at,
        first_deadline_at=CALENDAR.add(opened_at, timedelta(hours=8)),
        topic=draw(st.sampled_from(["", "roads", "taken-away"])),
        grade=draw(st.sampled_from([None, 1, 3, 4, 5])),
        facts=(Fact(kind=FactKind.ASKED, at=opened_at), *draw(st.lists(later, max_size=6))),
    )


PERIOD = Period(first=at("mon 12:00").date(), last=at("sun 12:00").date())
TOPICS = {"roads": ("Дороги", "0003")}


def rows_of(tickets: list[TicketFacts]) -> list[PlainRow]:
    return [plain(judge(one, lambda _code, _moment: CALENDAR)) for one in tickets]


def counted(tickets: list[TicketFacts], *, scale: Scale | None = None) -> Cuts:
    columns = make_columns([rows_of(tickets)], period=PERIOD, zone=KAZAN, codes=None)
    return count(columns, scale=scale or exact_scale(columns), now=NOW.timestamp())


def lines(cuts: Cuts) -> dict[str, list[dict[str, Any]]]:
    return {
        "institution": by_institution(cuts, PLACES, NOW),
        "branch": by_group(cuts, "branch", PLACES, lambda place: place.branch, NOW),
        "municipality": by_group(cuts, "municipality", PLACES, lambda place: place.municipality, NOW),
        "channel": by_channel(cuts, NOW),
        "topic": by_topic(cuts, TOPICS, NOW),
        "day": by_day(cuts, (day.isoformat() for day in PERIOD.days()), NOW),
    }


@settings(max_examples=40)
@given(tickets=st.lists(ticket(), max_size=25))
def test_every_cut_adds_up_to_the_total(tickets: list[TicketFacts]) -> None:
    cuts = counted(tickets)
    all_of = total(cuts, NOW)
    for cut, rows in lines(cuts).items():
        for name in SUMS:
            assert sum(row[name] for row in rows) == all_of[name], (cut, name)
        for name in TIMES:
            assert sum(row[name]["n"] for row in rows) == all_of[name]["n"], (cut, name)
            longest = [row[name]["max_seconds"] for row in rows if row[name]["n"]]
            assert max(longest, default=None) == all_of[name]["max_seconds"], (cut, name)
        waiting = [row["oldest_waiting_seconds"] for row in rows if row["oldest_waiting_seconds"] is not None]
        assert max(waiting, default=None) == all_of["oldest_waiting_seconds"], cut
        assert sum(row["grades"]["n"] for row in rows) == all_of["grades"]["n"], cut


def test_grades_are_counted_with_their_mean_and_the_share_of_fours_and_fives() -> None:
    opened_at = at("mon 10:00")
    asked = [
        TicketFacts(
            number=number,
            institution="a",
            channel="vk",
            origin=TicketOrigin.PRIVATE,
            state=TicketState.OPEN,
            opened_at=opened_at,
            first_deadline_at=at("mon 18:00"),
            topic="roads",
            grade=grade,
            facts=(Fact(kind=FactKind.ASKED, at=opened_at),),
        )
        for number, grade in enumerate([5, 4, 2, None], start=1)
    ]
    cuts = counted(asked)
    assert total(cuts, NOW)["grades"] == {"n": 3, "mean": 3.67, "good_share": 0.667}
    [line] = by_topic(cuts, TOPICS, NOW)
    assert line["key"] == "roads"
    assert (line["topic"], line["code"], line["questions"], line["grades"]["n"]) == ("Дороги", "0003", 4, 3)
    assert total(counted([]), NOW)["grades"] == {"n": 0, "mean": None, "good_share": None}


def test_what_has_no_topic_stands_last_without_a_name() -> None:
    def one(number: int, topic: str) -> TicketFacts:
        opened_at = at("mon 10:00")
        return TicketFacts(
            number=number,
            institution="a",
            channel="vk",
            origin=TicketOrigin.PRIVATE,
            state=TicketState.OPEN,
            opened_at=opened_at,
            first_deadline_at=at("mon 18:00"),
            topic=topic,
            facts=(Fact(kind=FactKind.ASKED, at=opened_at),),
        )

    cuts = counted([one(1, ""), one(2, ""), one(3, "roads"), one(4, "gone"), one(5, "gone")])
    rows = by_topic(cuts, TOPICS, NOW)
    assert [row["topic"] for row in rows] == ["gone", "Дороги", None]


@settings(max_examples=40)
@given(tickets=st.lists(ticket(), max_size=25))
def test_administrators_share_the_answers_among_them(tickets: list[TicketFacts]) -> None:
    cuts = counted(tickets)
    all_of = total(cuts, NOW)
    people = by_administrator(cuts, {1: "Алсу", 2: "Булат"}, NOW)
    for name in ("answered", "answered_in_time"):
        assert sum(row[name] for row in people) == all_of[name]
    for name in ("first_response", "first_response_working", "next_response"):
        assert sum(row[name]["n"] for row in people) == all_of[name]["n"]
    assert all(row["questions"] == row["answered"] and row["unanswered"] == row["overdue"] == 0 for row in people)


@settings(max_examples=40)
@given(tickets=st.lists(ticket(), max_size=25), random=st.randoms(use_true_random=False))
def test_the_order_of_tickets_and_facts_does_not_matter(tickets: list[TicketFacts], random) -> None:
    mixed = [TicketFacts(**{**fields(one), "facts": shuffled(one.facts, random)}) for one in tickets]
    random.shuffle(mixed)
    assert lines(counted(mixed)) == lines(counted(tickets))
    assert total(counted(mixed), NOW) == total(counted(tickets), NOW)


@settings(max_examples=40)
@given(tickets=st.lists(ticket(), max_size=25))
def test_the_counts_of_a_line_agree_with_each_other(tickets: list[TicketFacts]) -> None:
    for row in [total(counted(tickets), NOW), *lines(counted(tickets))["institution"]]:
        assert row["answered_in_time"] <= row["answered"] == row["first_response"]["n"]
        assert row["overdue"] <= row["unanswered"] == row["questions"] - row["answered"]
        judged = row["answered"] + row["overdue"]
        assert (row["in_time_share"] is None) == (judged == 0)
        assert row["first_response"]["n"] == row["first_response_working"]["n"]


@settings(max_examples=40)
@given(first=st.lists(ticket(), max_size=10), second=st.lists(ticket(), max_size=10))
def test_counts_of_two_sets_of_tickets_add_up_to_the_counts_of_both(
    first: list[TicketFacts], second: list[TicketFacts]
) -> None:
    scale = logarithmic_scale()
    added = add_up([counted(first, scale=scale), counted(second, scale=scale)], scale=scale)
    together = counted(first + second, scale=scale)
    assert lines(added) == lines(together)
    assert total(added, NOW) == total(together, NOW)
    people = {1: "Алсу", 2: "Булат"}
    assert by_administrator(added, people, NOW) == by_administrator(together, people, NOW)


@settings(max_examples=40)
@given(tickets=st.lists(ticket(), min_size=1, max_size=25))
def test_many_tickets_have_percentiles_within_one_percent_and_everything_else_exact(tickets: list[TicketFacts]) -> None:
    near, exact = lines(counted(tickets, scale=logarithmic_scale())), lines(counted(tickets))
    for cut, rows in exact.items():
        for row, other in zip(rows, near[cut], strict=True):
            for name in TIMES:
                for percentile in ("median_seconds", "p90_seconds"):
                    expected, found = row[name].pop(percentile), other[name].pop(percentile)
                    assert (expected is None) == (found is None)
                    assert expected is None or abs(found - expected) <= 0.01 * expected + 0.001
            assert row == other


@given(seconds=st.lists(st.integers(0, 10**6) | st.floats(0, 10**6), min_size=1))
def test_percentiles_are_those_of_numpy_and_the_median_is_the_usual_one(seconds: list[float]) -> None:
    measured = times_of(seconds)
    assert measured["n"] == len(seconds)
    assert measured["median_seconds"] == pytest.approx(statistics.median(seconds), abs=0.001)
    assert measured["p90_seconds"] == pytest.approx(float(np.quantile(seconds, 0.9)), abs=0.001)
    assert measured["max_seconds"] == pytest.approx(max(seconds), abs=0.001)


@given(seconds=st.lists(st.floats(0, 10**9), min_size=1))
def test_every_place_of_the_logarithmic_scale_is_within_one_percent(seconds: list[float]) -> None:
    scale, values = logarithmic_scale(), np.array(seconds)
    assert (abs(scale.seconds[scale.places(values)] - values) <= 0.01 * values + 0.001).all()


def test_percentiles_are_interpolated() -> None:
    # percentile_cont(0.9) of 1 … 10 is 9.1; of 10 and 20 it is 19.
    assert times_of([float(number) for number in range(1, 11)])["p90_seconds"] == 9.1
    assert times_of([10.0, 20.0])["p90_seconds"] == 19
    assert times_of([0.25]) == {"n": 1, "median_seconds": 0.25, "p90_seconds": 0.25, "max_seconds": 0.25}


def times_of(seconds: list[float]) -> dict[str, Any]:
    """What a line says of first answers that took so long."""
    rows = [
        plain(
            MeasuredTicket(
                ticket=number,
                opened_at=at("mon 10:00"),
                institution="a",
                channel="vk",
                marks=Mark.QUESTION | Mark.ANSWERED,
                first_seconds=took,
            )
        )
        for number, took in enumerate(seconds)
    ]
    columns = make_columns([rows], period=PERIOD, zone=KAZAN, codes=None)
    return total(count(columns, scale=exact_scale(columns), now=NOW.timestamp()), NOW)["first_response"]


def fields(one: TicketFacts) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TicketFacts.__slots__}


def shuffled(facts: tuple[Fact, ...], random) -> tuple[Fact, ...]:
    mixed = list(facts)
    random.shuffle(mixed)
    return tuple(mixed)
