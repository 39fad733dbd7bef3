"""A cut of a report in a chat."""

from bot.reports.cut_words import say_cut
from bot.texts import Texts
from tests.reports.sample import sample


def test_administrators_of_one_name_are_told_apart_by_their_institution(texts: Texts) -> None:
    report = sample()
    school = next(row for row in report["by_institution"] if row["code"] == "school-1")

    def lines(scope: str) -> list[str]:
        told = {**report, "scope": scope, "scope_name": "Лицей"}
        said = say_cut(told, cut="administrator", skip=1, texts=texts, language="ru", limit=4000)
        assert said.shown == 2
        return said.text.splitlines()[2:]

    assert [line.split(":")[0].rpartition(", ")[2] for line in lines("region")] == [school["short_name"]] * 2
    assert all(line.startswith(("2. ", "3. ")) for line in lines("region"))
    assert not any(school["short_name"] in line for line in lines("institution:school-1"))


def test_administrators_stand_in_the_order_of_their_names(texts: Texts) -> None:
    report = sample()
    said = say_cut(report, cut="administrator", skip=0, texts=texts, language="ru", limit=4000).text.splitlines()
    names = sorted(
        (row["administrator"] for row in report["by_administrator"] if row["administrator"]), key=str.casefold
    )
    assert said[1] == "Администраторы, по имени:"
    assert [line.split(". ", 1)[1].split(":")[0].partition(", ")[0] for line in said[2:]][: len(names)] == names[:10]


def test_who_answered_all_of_few_in_time_is_not_told_before_who_is_surely_late(texts: Texts) -> None:
    report = sample(institutions=2)
    few, many = report["by_institution"]
    few.update(name="A", short_name="A", questions=7, answered=7, answered_in_time=7, overdue=0, in_time_share=1.0)
    many.update(name="B", short_name="B", questions=99, answered=99, answered_in_time=80, overdue=0, in_time_share=0.81)
    said = say_cut(report, cut="institution", skip=0, texts=texts, language="ru", limit=4000).text.splitlines()
    assert [line[:4] for line in said[2:]] == ["1. B", "2. A"]
