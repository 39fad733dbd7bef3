"""The rating: worked out by hand once, and what no numbers whatever may change."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.rating.peers import kind_of, size_classes
from bot.reports.rating.rating import RatedBy, Rating, rate
from bot.reports.rating.score import PartName
from tests.reports.rated import figures, line, report_of


def order(rating: Rating) -> list[tuple[int | None, str]]:
    return [(each.rank, each.code) for peers in rating.groups for each in peers.ranked]


def test_a_score_as_a_person_works_it_out() -> None:
    """Three schools; of the second one every step is written out (docs/for-supervisors.md shows the same)."""
    rating = rate(
        report_of(
            line("1", questions=100, in_time=95, grades=(40, 50), median=3600),
            line("2", questions=48, answered=46, in_time=45, overdue=2, reopened=2, grades=(12, 14), median=1500),
            line("3", questions=20, in_time=10, median=7200),
        )
    )
    peers, second = rating.find("2") or pytest.fail("nobody")
    assert second.score is not None
    parts = second.score.parts
    # 45 of 48: share 0.9375; (0.9375 + 1.96²/96 − 1.96·√((0.9375·0.0625 + 1.96²/192)/48)) / (1 + 1.96²/48) = 0.8316
    assert (parts[PartName.IN_TIME].value, parts[PartName.IN_TIME].points) == (0.8316, 33.26)
    # Both others are slower: 2 of 2.
    assert (parts[PartName.SPEED].value, parts[PartName.SPEED].points) == (1.0, 20.0)
    # 12 of 14: share 0.8571 → 0.6006
    assert (parts[PartName.GRADES].value, parts[PartName.GRADES].points) == (0.6006, 15.02)
    # 48 − 2 unanswered − 2 reopened = 44 of 48: share 0.9167 → 0.8045
    assert (parts[PartName.SETTLED].value, parts[PartName.SETTLED].points) == (0.8045, 12.07)
    assert second.score.total == 80.35
    # The third one has no grades: 0.2993·40 + 0·20 + 0.8389·15 = 11.97 + 12.58 = 24.55; 24.55 × 100 / 75 = 32.73
    third = rating.find("3")
    assert third is not None
    assert third[1].score is not None
    assert third[1].score.total == 32.73
    assert third[1].score.parts[PartName.GRADES].points is None
    assert [each.code for each in peers.ranked] == ["2", "1", "3"]


def test_equal_ones_share_a_rank_and_the_next_one_is_counted_on() -> None:
    rating = rate(
        report_of(
            line("b", questions=10, in_time=9),
            line("c", questions=10, in_time=9),
            line("a", questions=20),
            line("d", questions=10, in_time=2),
        )
    )
    assert order(rating) == [(1, "a"), (2, "b"), (2, "c"), (4, "d")]


def test_the_same_score_goes_to_whoever_was_asked_more_and_then_to_the_faster_nine_of_ten() -> None:
    nothing: dict[str, Any] = {"in_time": 0, "answered": 0, "median": None, "p90": None}
    # Nobody answered anything: all scores are 0.
    rating = rate(report_of(line("few", questions=8, **nothing), line("many", questions=9, **nothing)))
    assert order(rating) == [(1, "many"), (2, "few")]
    rating = rate(report_of(line("slow", p90=9000), line("fast", p90=8000)))
    assert order(rating) == [(1, "fast"), (2, "slow")]


def test_who_was_asked_too_little_is_listed_without_a_rank() -> None:
    rating = rate(
        report_of(
            line("one", questions=1, median=60), line("many", questions=50, in_time=30), line("none", questions=0)
        )
    )
    [peers] = rating.groups
    assert [each.code for each in peers.ranked] == ["many"]
    assert [(each.code, each.rank, each.score) for each in peers.outside] == [("one", None, None)]
    assert order(rate(report_of(line("one", questions=1)), least=1)) == [(1, "one")]


def test_who_takes_no_part_is_listed_with_the_reason_and_is_nobodys_peer() -> None:
    lines = [line("fast", median=60), line("middle", median=600), line("slow", median=6000)]
    rating = rate(report_of(*lines), excluded={"fast": "проверка"})
    [peers] = rating.groups
    assert [(each.code, each.reason) for each in peers.outside] == [("fast", "проверка")]
    assert peers.ranked[0].score is not None
    assert (peers.ranked[0].score.parts[PartName.SPEED].good, peers.ranked[0].score.parts[PartName.SPEED].n) == (1, 1)


def test_like_is_compared_with_like() -> None:
    rating = rate(
        report_of(
            line("s", "Школа № 12"),
            line("g", "Детский сад № 5"),
            line("l", "Лицей № 1"),
            line("m", "Музыкальная школа № 3", branch="Культура"),
            line("mz", "Министерство здравоохранения", branch="Здравоохранение"),
            line("mo", "Министерство образования"),
        )
    )
    assert {
        (peers.within, peers.kind, "".join(sorted(each.code for each in peers.ranked))) for peers in rating.groups
    } == {
        ("Образование", "school", "ls"),
        ("Образование", "kindergarten", "g"),
        ("Культура", "arts-school", "m"),
        ("", "ministry", "momz"),
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("МБОУ «Средняя общеобразовательная школа № 512» г. Казани", "school"),
        ("12 нче урта мәктәп", "school"),
        ("Начальная школа – детский сад № 5", "school"),
        ("МАДОУ «Балалар бакчасы № 3»", "kindergarten"),
        ("МБУ ДО «ДМШ № 5»", "arts-school"),
        ("ДЮСШ «Юность»", "sports-school"),
        ("Управление образования исполнительного комитета г. Казани", "office"),
        ("Исполнительный комитет Альметьевского района", "administration"),
        ("Министерство здравоохранения Республики Татарстан", "ministry"),
        ("Управление ЗАГС", "civil-registry"),
        ("Отдел социальной защиты", "social"),
        ("ГАУЗ «Детская поликлиника № 6»", "polyclinic"),
        ("ЦРБ Арского района", "hospital"),
        ("СДК с. Шапши", "culture-house"),
        ("Парк Победы", "other"),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_municipalities_are_compared_within_three_classes_of_size() -> None:
    assert size_classes(dict.fromkeys("abcdefgh", 5)) == {}
    questions = {str(count): count for count in range(10, 100, 10)}
    assert [size_classes(questions)[str(count)] for count in (90, 70, 60, 40, 30, 10)] == [
        *("large", "large", "medium", "medium", "small", "small")
    ]
    # Equal numbers are never parted.
    assert set(size_classes(dict.fromkeys("abcdefghij", 7)).values()) == {"large"}
    rows = [{"municipality": name, **figures(count)} for name, count in questions.items()]
    rating = rate(report_of(by_municipality=[*rows, {"municipality": "1", **figures(1)}]), by=RatedBy.MUNICIPALITY)
    assert [(peers.kind, len(peers.ranked), len(peers.outside)) for peers in rating.groups] == [
        ("large", 3, 0),
        ("medium", 3, 0),
        ("small", 3, 1),
    ]


def test_administrators_are_compared_only_within_their_institution() -> None:
    people = [("Алсу", "school-12"), ("Булат", "school-12"), ("Гүзәл", "clinic-6")]
    rows = [{"administrator": name, "institution": place, **figures()} for name, place in people]
    rating = rate(report_of(by_administrator=rows), by=RatedBy.ADMINISTRATOR)
    assert [(peers.within, [each.name for each in peers.ranked]) for peers in rating.groups] == [
        ("clinic-6", ["Гүзәл"]),
        ("school-12", ["Алсу", "Булат"]),
    ]


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 8))):
        questions = draw(st.integers(1, 60))
        answered = draw(st.integers(0, questions))
        grades = draw(st.integers(0, answered))
        made.append(
            line(
                str(number),
                questions=questions,
                answered=answered,
                in_time=draw(st.integers(0, answered)),
                overdue=draw(st.integers(0, questions - answered)),
                reopened=draw(st.integers(0, questions)),
                grades=(draw(st.integers(0, grades)), grades),
                median=draw(st.sampled_from([60, 600, 3600, 7200])) if answered else None,
                p90=draw(st.sampled_from([7200, 9000])) if answered else None,
            )
        )
    return made


def ranks(made: Sequence[dict[str, Any]]) -> dict[str, int | None]:
    return {code: rank for rank, code in order(rate(report_of(*made)))}


@given(lines(), st.integers(0, 7))
def test_one_more_answer_in_time_never_lowers_the_rank(made: list[dict[str, Any]], which: int) -> None:
    which %= len(made)
    better = {**made[which], "answered_in_time": min(made[which]["answered_in_time"] + 1, made[which]["answered"])}
    before, after = ranks(made), ranks([*made[:which], better, *made[which + 1 :]])
    if str(which) in before:
        assert (after[str(which)] or 0) <= (before[str(which)] or 0)


@given(lines(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(made: list[dict[str, Any]], random: Random) -> None:
    mixed = list(made)
    random.shuffle(mixed)
    assert rate(report_of(*mixed)) == rate(report_of(*made))


@given(lines())
def test_a_tiny_sample_is_never_ranked_and_scores_stay_within_bounds(made: list[dict[str, Any]]) -> None:
    rating = rate(report_of(*made))
    for peers in rating.groups:
        assert all(each.figures["questions"] >= 5 for each in peers.ranked)
        totals = [each.score.total for each in peers.ranked if each.score]
        assert totals == sorted(totals, reverse=True)
        assert all(0 <= total <= 100 for total in totals)


def test_five_of_five_do_not_beat_ninety_five_of_a_hundred_at_the_same_speed() -> None:
    assert order(rate(report_of(line("small", questions=5), line("large", questions=100, in_time=95))))[0] == (
        1,
        "large",
    )
