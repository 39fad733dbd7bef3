"""Who stands at the ends of the order."""

from bot.reports.counting.figures import Figures
from bot.reports.standing import standings_of
from tests.reports.sample import empty, nothing


def place(name: str, in_time: int, answered: int, overdue: int = 0) -> Figures:
    figures = {**nothing(), "answered_in_time": in_time, "answered": answered, "overdue": overdue}
    return {"municipality": name, "questions": answered + overdue, **figures}


def order(*places: Figures) -> tuple[str, str]:
    standings = standings_of({**empty(), "by_municipality": list(places)}, most=2)
    return "".join(each.name for each in standings.best), "".join(each.name for each in standings.worst)


def test_all_of_many_come_before_all_of_few() -> None:
    assert order(place("A", 5, 5), place("B", 99, 100), place("C", 10, 20), place("D", 1, 20)) == ("BA", "DC")


def test_fewer_than_five_judged_are_not_ranked() -> None:
    assert order(place("A", 4, 4), place("B", 3, 4, 1), place("C", 1, 6)) == ("B", "C")


def test_unanswered_and_overdue_count_against_a_place() -> None:
    assert order(place("A", 10, 10, 10), place("B", 9, 10)) == ("B", "A")


def test_who_answered_everything_in_time_is_not_among_the_worst() -> None:
    assert order(place("A", 50, 50), place("B", 20, 20)) == ("AB", "")


def test_small_numbers_alone_make_nobody_bad() -> None:
    # 11 of 12 is more than 900 of 1,000, though less sure.
    assert order(place("A", 900, 1_000), place("B", 11, 12), place("C", 20, 40)) == ("AB", "C")


def test_who_answered_nothing_in_time_is_not_among_the_best() -> None:
    assert order(place("A", 0, 50), place("B", 0, 20)) == ("", "AB")


def test_the_worst_are_those_who_surely_answer_late() -> None:
    # 2 of 5 may be chance, 45 of 100 is none.
    assert order(place("A", 95, 100), place("B", 2, 5), place("C", 45, 100)) == ("A", "CB")


def test_one_alone_is_not_compared() -> None:
    assert order(place("A", 0, 50)) == ("", "")
    assert standings_of({**empty(), "by_municipality": [place("A", 0, 50)]}).kind == ""


def test_nobody_stands_at_both_ends() -> None:
    best, worst = order(place("A", 9, 10), place("B", 8, 10), place("C", 7, 10))
    assert (best, worst) == ("AB", "C")


def test_within_one_municipality_its_institutions_are_compared() -> None:
    schools = [
        {**place("", number, 10), "code": f"s{number}", "name": f"S{number}", "short_name": ""} for number in (3, 9)
    ]
    report = {**empty(), "scope": "municipality:Казань", "by_institution": schools}
    standings = standings_of(report)
    assert [standings.kind, standings.best[0].name, standings.worst[0].name] == ["institution", "S9", "S3"]
