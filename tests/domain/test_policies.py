"""Which policy holds: topic before no topic, then the narrower scope, then the later date; never a later change."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.directory.topics import Topics
from bot.domain.institution import Institution, parse_scope
from bot.domain.policies import HOUSING_TOPICS, Policies, PolicyRule
from bot.domain.policy_terms import Terms, apply_terms, normalised, show_terms
from bot.domain.sla import SlaPolicy

SCHOOL = Institution(code="school-12", name="Школа № 12", branch="Образование", municipality="Казань")
CLINIC = Institution(code="clinic-6", name="Поликлиника № 6", branch="Здравоохранение", municipality="Казань")
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def rule(number: int, scope: str, terms: Terms, *, topic: str = "", day: int = -60, recorded: int = -60) -> PolicyRule:
    return PolicyRule(
        id=number,
        scope=parse_scope(scope),
        topic=topic,
        effective_at=JUNE + day * DAY,
        terms=terms,
        recorded_at=JUNE + recorded * DAY,
    )


def answer(*rules: PolicyRule, topic: str = "roads", institution: Institution = SCHOOL, day: int = 0) -> float:
    policy = Policies(rules).of(institution, topic, at=JUNE + day * DAY)
    return policy.answer / timedelta(hours=1)


REGION = rule(1, "region", {"answer": "7h"})
BRANCH = rule(2, "branch:Образование", {"answer": "6h"})
TOWN = rule(3, "municipality:Казань", {"answer": "5h"})
OWN = rule(4, "institution:school-12", {"answer": "4h"})
TOPIC = rule(5, "region", {"answer": "3h"}, topic="roads")
BRANCH_TOPIC = rule(6, "branch:Образование", {"answer": "2h"}, topic="roads")


@pytest.mark.parametrize(
    ("rules", "hours"),
    [
        ((), 8),
        ((REGION,), 7),
        ((BRANCH, REGION), 6),  # whatever the order in which they were recorded
        ((TOWN, BRANCH, REGION), 5),
        ((OWN, TOWN, BRANCH, REGION), 4),
        ((TOPIC, OWN), 3),  # a rule for the topic beats every rule without one
        ((BRANCH_TOPIC, TOPIC, OWN), 2),
    ],
)
def test_topic_comes_first_then_the_narrower_scope(rules: tuple[PolicyRule, ...], hours: float) -> None:
    assert answer(*rules) == hours


def test_a_rule_for_others_changes_nothing() -> None:
    assert answer(OWN, institution=CLINIC) == 8
    assert answer(TOPIC, topic="health") == 8
    assert answer(TOPIC, topic="") == 8


def test_each_rule_states_only_what_differs() -> None:
    limit = rule(7, "institution:school-12", {"hard_limit": "off"})
    policy = Policies((REGION, limit)).of(SCHOOL, "", at=JUNE)
    assert (policy.answer, policy.hard_limit, policy.warn_at) == (timedelta(hours=7), None, (0.5, 0.8))


def test_the_later_effective_date_wins_and_only_from_its_day_on() -> None:
    new = rule(8, "region", {"answer": "4h"}, day=10)
    assert [answer(REGION, new, day=day) for day in (9, 10)] == [7, 4]
    assert answer(new, REGION, day=10) == 4


def test_a_rule_never_concerns_tickets_that_opened_before_it_was_recorded() -> None:
    backdated = rule(9, "region", {"answer": "1h"}, day=-30, recorded=5)
    assert [answer(backdated, day=day) for day in (4, 5)] == [8, 1]
    replayed = Policies((backdated,)).of(SCHOOL, "", at=JUNE, known_at=JUNE + 6 * DAY)
    assert replayed.answer == timedelta(hours=1)


def test_a_term_can_be_taken_back() -> None:
    back = rule(10, "branch:Образование", {"answer": None}, day=3, recorded=3)
    assert [answer(REGION, BRANCH, back, day=day) for day in (2, 3)] == [6, 7]
    assert Policies((REGION, BRANCH, back)).sources(SCHOOL, "", at=JUNE + 3 * DAY) == {"answer": REGION}


def test_housing_is_solved_in_three_days_and_everything_else_in_ten() -> None:
    known = {key: Policies().of(SCHOOL, key, at=JUNE).resolution for key in Topics.load().names_and_codes("ru")}
    assert {key for key, length in known.items() if length == 3 * DAY} == set(HOUSING_TOPICS)
    assert {length for key, length in known.items() if key not in HOUSING_TOPICS} == {10 * DAY}


def test_what_the_settings_say_holds_below_every_rule() -> None:
    base = SlaPolicy(grade_after=timedelta(0), answer=timedelta(hours=1))
    policy = Policies((REGION,)).of(SCHOOL, "", at=JUNE, base=base)
    assert (policy.grade_after, policy.answer) == (timedelta(0), timedelta(hours=7))


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("answer", "480m", "8h"),
        ("answer", "90m", "90m"),
        ("warn", "50%, 80%", "50,80"),
        ("warn", "off", "off"),
        ("hard_limit", "24H", "24h"),
        ("hard_limit", "off", "off"),
        ("resolution", "240h", "10d"),
        ("resolution", "10d", "10d"),
        ("grade", "off", "off"),
        ("reopen", "3d", "72h"),
    ],
)
def test_terms_are_kept_in_one_spelling(name: str, typed: str, kept: str) -> None:
    assert normalised(name, typed) == kept
    assert show_terms(apply_terms(SlaPolicy(), {name: kept}))[name] == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("answer", "8"),
        ("answer", "1d"),  # whose day?
        ("answer", "0h"),
        ("answer", "-8h"),
        ("answer", "off"),
        ("warn", "80,50"),
        ("warn", "50,50"),
        ("warn", "100"),
        ("warn", "0"),
        ("warn", "half"),
        ("warn", "10,20,30,40,50,60"),
        ("hard_limit", "9999d"),
        ("resolution", "десять"),
    ],
)
def test_what_is_no_term_is_refused(name: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        normalised(name, typed)
