"""The operator sets how long an answer may take, for whom and from when, and sees which rule decides."""

from pathlib import Path

import pytest

from tests.cli.conftest import SHEET, Otklik, refusal


@pytest.fixture
def region(otklik: Otklik) -> Otklik:
    Path("sheet.csv").write_text(SHEET, encoding="utf-8")
    assert otklik("institutions", "import", "sheet.csv").status == 0
    return otklik


def terms(region: Otklik, *arguments: str) -> dict[str, str]:
    shown = region("policy", "show", "--institution", "school-12", *arguments, "--json").json
    return {name: term["value"] for name, term in shown["terms"].items()}


def test_what_is_shipped_holds_at_first(region: Otklik) -> None:
    assert terms(region) == {
        "answer": "8h",
        "warn": "50,80",
        "hard_limit": "24h",
        "resolution": "10d",
        "escalation": "1h",
        "silence": "27h",
        "grade": "10m",
        "reopen": "72h",
    }
    assert terms(region, "--topic", "housing")["resolution"] == "3d"
    assert [line["topic"] for line in region("policy", "list", "--json").json] == ["housing", "waste"]


def test_a_rule_says_what_differs_and_show_says_where_it_comes_from(region: Otklik) -> None:
    assert region("policy", "set", "region", "--answer", "6h", "--warn", "60").status == 0
    assert region("policy", "set", "branch:Образование", "--hard-limit", "off").status == 0
    set_now = region("policy", "set", "institution:school-12", "--topic", "roads", "--answer", "90m", "--json").json
    assert (set_now["scope"], set_now["topic"], set_now["terms"]) == (
        "institution:school-12",
        "roads",
        {"answer": "90m"},
    )

    shown = region("policy", "show", "--institution", "school-12", "--topic", "roads", "--json").json["terms"]
    assert (shown["answer"]["value"], shown["answer"]["rule"]["id"]) == ("90m", set_now["id"])
    assert (shown["warn"]["value"], shown["warn"]["rule"]["scope"]) == ("60", "region")
    assert (shown["hard_limit"]["value"], shown["hard_limit"]["rule"]["scope"]) == ("off", "branch:Образование")
    assert (shown["silence"]["value"], shown["silence"]["rule"]) == ("27h", None)
    assert terms(region)["answer"] == "6h"
    assert "branch:Образование" in region("policy", "show", "--institution", "school-12").out


def test_a_term_can_be_taken_back(region: Otklik) -> None:
    region("policy", "set", "region", "--answer", "6h")
    assert region("policy", "set", "region", "--answer", "default").status == 0
    assert terms(region)["answer"] == "8h"
    assert [line["terms"] for line in region("policy", "list", "--json").json][-2:] == [
        {"answer": "6h"},
        {"answer": None},
    ]


def test_a_rule_of_a_later_day_does_not_hold_yet(region: Otklik) -> None:
    result = region("policy", "set", "region", "--answer", "6h", "--from", "2099-01-01")
    assert result.out.startswith("region: answer 6h – с 01.01.2099 00:00")
    assert terms(region)["answer"] == "8h"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("set region", "укажите, что задать"),
        ("set region --answer 1d", "--answer: «1d» не подходит"),
        ("set region --answer soon", "--answer: «soon» не подходит"),
        ("set region --warn 80,50", "--warn: «80,50» не подходит"),
        ("set region --hard-limit never", "--hard-limit: «never» не подходит"),
        ("set everywhere --answer 8h", "«everywhere» не подходит"),
        ("set branch:Нет --answer 8h", "таких учреждений нет"),
        ("set institution:nobody --answer 8h", "таких учреждений нет"),
        ("set region --topic magic --answer 8h", "темы «magic» нет; есть roads"),
        ("set region --answer 8h --from 01.02.2027", "не дата"),
        ("show --institution nobody", "учреждения с кодом «nobody» нет"),
        ("show", "не указано: --institution"),
        ("set", "не указано: ОБЛАСТЬ"),
    ],
)
def test_wrong_wishes_are_refused_with_one_line(region: Otklik, typed: str, says: str) -> None:
    assert says in refusal(region("policy", *typed.split()))
