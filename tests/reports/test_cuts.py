"""Whatever the tickets: every cut adds up to the total, and the order in which they are read does not matter."""

import statistics
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.institution import Institution
from bot.domain.measures import Fact, FactKind
from bot.domain.ticket import TicketOrigin, TicketState
from bot.reports.cuts import Cuts
from bot.reports.figures import Tally, percentile, times
from bot.reports.period import Period
from bot.reports.verdict import TIMES, judge
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


def counted(tickets: list[TicketFacts]) -> Cuts:
    cuts = Cuts()
    for one in tickets:
        cuts.add(judge(one, calendar=CALENDAR, zone=KAZAN, now=NOW))
    return cuts


def lines(cuts: Cuts) -> dict[str, list[dict[str, Any]]]:
    days = Period(first=at("mon 12:00").date(), last=at("sun 12:00").date()).days()
    return {
        "institution": cuts.by_institution(PLACES, NOW),
        "branch": cuts.by_group("branch", lambda place: place.branch, PLACES, NOW),
        "municipality": cuts.by_group("municipality", lambda place: place.municipality, PLACES, NOW),
        "channel": cuts.by_channel(NOW),
        "topic": cuts.by_topic({"roads": ("Дороги", "0003")}, NOW),
        "day": cuts.by_day(days, NOW),
    }


@given(tickets=st.lists(ticket(), max_size=25))
def test_every_cut_adds_up_to_the_total(tickets: list[TicketFacts]) -> None:
    cuts = counted(tickets)
    total = cuts.total(NOW)
    for cut, rows in lines(cuts).items():
        for name in SUMS:
            assert sum(row[name] for row in rows) == total[name], (cut, name)
        for name in TIMES:
            assert sum(row[name]["n"] for row in rows) == total[name]["n"], (cut, name)
            longest = [row[name]["max_seconds"] for row in rows if row[name]["n"]]
            assert max(longest, default=None) == total[name]["max_seconds"], (cut, name)
        waiting = [row["oldest_waiting_seconds"] for row in rows if row["oldest_waiting_seconds"] is not None]
        assert max(waiting, default=None) == total["oldest_waiting_seconds"], cut
        assert sum(row["grades"]["n"] for row in rows) == total["grades"]["n"], cut


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
    assert cuts.total(NOW)["grades"] == {"n": 3, "mean": 3.67, "good_share": 0.667}
    [line] = cuts.by_topic({"roads": ("Дороги", "0003")}, NOW)
    assert (line["topic"], line["code"], line["questions"], line["grades"]["n"]) == ("Дороги", "0003", 4, 3)
    assert counted([]).total(NOW)["grades"] == {"n": 0, "mean": None, "good_share": None}


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
    rows = cuts.by_topic({"roads": ("Дороги", "0003")}, NOW)
    assert [row["topic"] for row in rows] == ["gone", "Дороги", None]


@given(tickets=st.lists(ticket(), max_size=25))
def test_administrators_share_the_answers_among_them(tickets: list[TicketFacts]) -> None:
    cuts = counted(tickets)
    total = cuts.total(NOW)
    people = cuts.by_administrator({1: "Алсу", 2: "Булат"}, NOW)
    for name in ("answered", "answered_in_time"):
        assert sum(row[name] for row in people) == total[name]
    for name in ("first_response", "first_response_working", "next_response"):
        assert sum(row[name]["n"] for row in people) == total[name]["n"]
    assert all(row["questions"] == row["answered"] and row["unanswered"] == row["overdue"] == 0 for row in people)


@given(tickets=st.lists(ticket(), max_size=25), random=st.randoms(use_true_random=False))
def test_the_order_of_tickets_and_facts_does_not_matter(tickets: list[TicketFacts], random) -> None:
    mixed = [TicketFacts(**{**fields(one), "facts": shuffled(one.facts, random)}) for one in tickets]
    random.shuffle(mixed)
    assert lines(counted(mixed)) == lines(counted(tickets))
    assert counted(mixed).total(NOW) == counted(tickets).total(NOW)


@given(tickets=st.lists(ticket(), max_size=25))
def test_the_counts_of_a_line_agree_with_each_other(tickets: list[TicketFacts]) -> None:
    for row in [counted(tickets).total(NOW), *lines(counted(tickets))["institution"]]:
        assert row["answered_in_time"] <= row["answered"] == row["first_response"]["n"]
        assert row["overdue"] <= row["unanswered"] == row["questions"] - row["answered"]
        judged = row["answered"] + row["overdue"]
        assert (row["in_time_share"] is None) == (judged == 0)
        assert row["first_response"]["n"] == row["first_response_working"]["n"]


@given(first=st.lists(ticket(), max_size=10), second=st.lists(ticket(), max_size=10))
def test_two_tallies_join_into_the_tally_of_both(first: list[TicketFacts], second: list[TicketFacts]) -> None:
    def tally(tickets: list[TicketFacts]) -> Tally:
        counts = Tally()
        for one in tickets:
            counts.add(judge(one, calendar=CALENDAR, zone=KAZAN, now=NOW))
        return counts

    joined = Tally.joined([tally(first), tally(second)])
    assert joined.figures(NOW) == tally(first + second).figures(NOW)


@given(seconds=st.lists(st.integers(0, 10**6), min_size=1))
def test_half_of_the_times_lie_below_the_median(seconds: list[int]) -> None:
    measured = times(seconds)
    assert measured["median_seconds"] == statistics.median(seconds)
    assert measured["median_seconds"] <= measured["p90_seconds"] <= measured["max_seconds"] == max(seconds)
    below = Counter(second <= measured["p90_seconds"] for second in seconds)
    assert below[True] >= 0.9 * (len(seconds) - 1)


def test_percentiles_are_those_of_sql_and_numpy() -> None:
    # percentile_cont(0.9) of 1 … 10 is 9.1; of 10 and 20 it is 19.
    assert percentile([float(number) for number in range(1, 11)], 0.9) == 9.1
    assert percentile([10.0, 20.0], 0.9) == 19
    assert times([0.25]) == {"n": 1, "median_seconds": 0.25, "p90_seconds": 0.25, "max_seconds": 0.25}


def fields(one: TicketFacts) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TicketFacts.__slots__}


def shuffled(facts: tuple[Fact, ...], random) -> tuple[Fact, ...]:
    mixed = list(facts)
    random.shuffle(mixed)
    return tuple(mixed)
