"""Nominations, badges and the operator's file."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.domain.institution import Institution
from bot.reports.rating.badges import Badge, badges_of, bilingual_codes
from bot.reports.rating.nominations import Nomination, Plan, award
from bot.reports.rating.plan import natural_nominations, read_plan
from bot.reports.rating.rating import RatedBy, rate
from bot.reports.rating.result import ratings_of
from bot.texts import Texts
from tests.reports.rated import figures, line, report_of

PLACES = [
    Institution(code="school-1", name="Школа № 1", branch="Образование", municipality="Казань"),
    Institution(code="library", name="Библиотека", branch="Культура", municipality="Арский район"),
]


def codes(lines: tuple) -> list[tuple[int | None, str]]:
    return [(each.rank, each.code) for each in lines]


def test_without_a_file_every_group_of_three_is_a_nomination(texts: Texts) -> None:
    report = report_of(
        *(line(str(number), questions=40, in_time=40 - number) for number in range(7)),
        line("m1", "Музей А", branch="Культура"),
        line("m2", "Музей Б", branch="Культура"),
        by_municipality=[{"municipality": name, **figures(20)} for name in ("Арча", "Казань", "Чаллы")],
    )
    ratings = ratings_of(report, excluded={})
    nominations = natural_nominations(ratings, texts=texts, language="ru")
    assert [each.title for each in nominations] == ["Образование: школы", "Муниципалитеты"]
    schools, municipalities = award(Plan(), nominations, ratings)
    assert codes(schools.winners) == [(1, "0"), (2, "1"), (3, "2")]
    assert codes(schools.finalists) == [(4, "3"), (5, "4")]
    # Equal in everything: all three are first, and nobody is left to be second.
    assert codes(municipalities.winners) == [(1, "Арча"), (1, "Казань"), (1, "Чаллы")]


def test_a_nomination_may_put_several_kinds_together_and_scores_them_anew() -> None:
    report = report_of(
        line("l", "Библиотека", branch="Культура", median=60),
        line("m", "Музей", branch="Культура", median=600),
        line("c", "Дом культуры", branch="Культура", median=6000),
        line("s", "Школа"),
    )
    ratings = ratings_of(report, excluded={})
    [decided] = award(Plan(), [Nomination(title="Культура", branch="Культура")], ratings)
    assert codes(decided.winners) == [(1, "l"), (2, "m"), (3, "c")]


def test_two_are_too_few_to_award_anybody_and_nothing_earns_nothing() -> None:
    ratings = ratings_of(report_of(line("1"), line("2")), excluded={})
    [decided] = award(Plan(), [Nomination(title="Школы")], ratings)
    assert (decided.is_given, decided.winners, decided.finalists) == (False, (), ())
    silent = [line(str(number), answered=0, in_time=0, median=None, p90=None) for number in range(3)]
    [decided] = award(Plan(), [Nomination(title="Школы")], ratings_of(report_of(*silent), excluded={}))
    assert (decided.is_given, decided.winners) == (True, ())


def test_badges_mention_what_a_place_does_not() -> None:
    rating = rate(
        report_of(
            line("perfect", median=600, grades=(8, 10)),
            line("fast", median=60, in_time=9, grades=(5, 10)),
            line("thanked", median=6000, in_time=5, grades=(10, 10)),
            line("silent", answered=9, overdue=0, median=7000),
        )
    )
    [peers] = rating.groups
    told = {each.code: badges_of(each, peers, bilingual={"fast"}) for each in peers.ranked}
    assert told == {
        "perfect": (Badge.ALL_IN_TIME,),
        "fast": (Badge.FASTEST, Badge.BILINGUAL),
        "thanked": (Badge.THANKS,),
        "silent": (),
    }


def test_the_best_of_two_is_no_champion() -> None:
    [peers] = rate(report_of(line("fast", median=60, in_time=9), line("slow"))).groups
    assert {each.code: badges_of(each, peers) for each in peers.ranked}["fast"] == ()


def test_bilingual_is_who_answers_tatar_in_tatar() -> None:
    answers = {"all": (10, 10), "most": (10, 8), "few": (10, 7), "tiny": (4, 4)}
    assert bilingual_codes(answers, least=5) == {"all", "most"}


def test_the_operators_file_says_everything() -> None:
    plan = read_plan(
        """
        appeal_until = 2027-01-31
        [[nominations]]
        title = " Лучшая школа "
        branch = "образование"
        kinds = ["school"]
        least = 20
        places = 7
        [[nominations]]
        title = "Районы"
        by = "municipality"
        kinds = ["small"]
        [[excluded]]
        code = "school-1"
        reason = "отказались"
        """.encode(),
        PLACES,
    )
    assert plan.nominations == (
        Nomination(title="Лучшая школа", branch="Образование", kinds=("school",), least=20, places=7, finalists=7),
        Nomination(title="Районы", by=RatedBy.MUNICIPALITY, kinds=("small",)),
    )
    assert (plan.appeal_until, plan.excluded) == (date(2027, 1, 31), {"school-1": "отказались"})


def test_the_example_of_the_docs_is_understood() -> None:
    content = Path("docs/nominations-example.toml").read_bytes()
    plan = read_plan(content, PLACES)
    assert [each.title for each in plan.nominations] == ["Лучшая школа", "Культура рядом", "Муниципалитет года: малые"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("title = ", "не читается как TOML"),
        ("prize = 1", "«prize» здесь не понимается"),
        ("appeal_until = 'завтра'", "appeal_until – это дата"),
        ("nominations = 5", "[[nominations]]"),
        ("[[nominations]]", "номинация 1: нет названия"),
        ("[[nominations]]\ntitle = 'А'\nbranch = 'Рыбалка'", "нет отрасли «Рыбалка»"),
        ("[[nominations]]\ntitle = 'А'\nkinds = ['fishing']", "вид «fishing» неизвестен"),
        ("[[nominations]]\ntitle = 'А'\nkinds = 'school'", "kinds – это список"),
        ("[[nominations]]\ntitle = 'А'\nby = 'administrator'", "by «administrator» не подходит"),
        ("[[nominations]]\ntitle = 'А'\nby = 'municipality'\nbranch = 'Культура'", "у муниципалитетов отрасли нет"),
        ("[[nominations]]\ntitle = 'А'\nleast = 0", "least – это целое число от 1"),
        ("[[excluded]]\ncode = 'nosuch'\nreason = 'так'", "«nosuch»"),
        ("[[excluded]]\ncode = 'school-1'", "нет причины"),
    ],
)
def test_a_mistake_in_the_file_is_named(content: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_plan(content.encode(), PLACES)
    assert says in str(refused.value)
