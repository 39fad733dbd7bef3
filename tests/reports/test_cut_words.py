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
