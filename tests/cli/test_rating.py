"""The rating as an operator asks for it."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Otklik, refusal
from tests.cli.rated_region import filled_file

SEPTEMBER = ("--scope", "region", "--from", "2026-09-01", "--to", "2026-09-30")


@pytest.fixture(scope="session")
def rated_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("rated") / "rated.db"
    filled_file(sqlite_template, file)
    return file


@pytest.fixture(autouse=True)
def rated(folder: Path, rated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(rated_file, folder / "rated.db")
    monkeypatch.setenv("OTKLIK_DATABASE_URL", f"sqlite:///{folder / 'rated.db'}")


def rating(otklik: Otklik, *more: object) -> Any:
    return otklik("rating", *SEPTEMBER, "--format", "json", *more).json


def test_every_group_has_its_places_and_every_line_its_numbers(otklik: Otklik) -> None:
    told = rating(otklik)
    assert (told["scope"], told["by"], told["least"]) == ("region", "institution", 5)
    assert told["method"]["weights"] == {"in_time": 40, "speed": 20, "grades": 25, "settled": 15}
    by_kind = {(group["within"], group["kind"]): group for group in told["groups"]}
    assert set(by_kind) == {
        ("Образование", "school"),
        ("Образование", "kindergarten"),
        ("Здравоохранение", "polyclinic"),
    }
    schools = by_kind["Образование", "school"]
    assert sorted(line["code"] for line in schools["ranked"] + schools["outside"]) == [
        f"school-{n}" for n in range(1, 7)
    ]
    for line in schools["ranked"]:
        points = sum(part["points"] for part in line["parts"].values() if part["points"] is not None)
        weights = sum(part["weight"] for part in line["parts"].values() if part["points"] is not None)
        assert line["score"] == pytest.approx(points * 100 / weights, abs=0.0051)


def test_municipalities_and_branches_are_rated_too(otklik: Otklik) -> None:
    [group] = rating(otklik, "--by", "municipality")["groups"]
    assert (group["kind"], sorted(line["name"] for line in group["ranked"])) == (
        "municipality",
        ["Арский район", "Казань"],
    )
    [group] = rating(otklik, "--by", "branch")["groups"]
    assert sorted(line["name"] for line in group["ranked"]) == ["Здравоохранение", "Образование"]


def test_the_least_number_of_questions_is_chosen(otklik: Otklik) -> None:
    told = rating(otklik, "--least", "10000")
    assert all(not group["ranked"] for group in told["groups"])
    # A narrow terminal breaks the line anywhere.
    assert "меньше 10 000 сообщений" in " ".join(otklik("rating", *SEPTEMBER, "--least", "10000").out.split())


def test_the_table_fits_and_says_how_it_is_worked_out(otklik: Otklik) -> None:
    shown = otklik("rating", *SEPTEMBER).out
    assert shown.startswith("Рейтинг: весь регион, 01.09.2026 – 30.09.2026\n")
    assert "Образование: школы" in shown
    assert "Из 100 баллов: 40 – ответы в срок" in shown
    assert max(map(len, shown.splitlines())) <= 120


def test_a_sheet_and_a_workbook_say_the_same_as_the_json(otklik: Otklik, folder: Path) -> None:
    lines = [line for group in rating(otklik)["groups"] for line in (*group["ranked"], *group["outside"])]
    sheet = otklik("rating", *SEPTEMBER, "--format", "csv").out.splitlines()
    assert sheet[0].startswith("Группа;Место;Название;Код;")
    assert [row.split(";")[1] for row in sheet[1:]] == [str(line["rank"] or "") for line in lines]
    assert "'=Детский сад № 1" in otklik("rating", *SEPTEMBER, "--format", "csv").out

    assert otklik("rating", *SEPTEMBER, "--format", "xlsx", "--output", "rating.xlsx").status == 0
    book = load_workbook(BytesIO((folder / "rating.xlsx").read_bytes()))
    cells = book.worksheets[0]
    assert cells.freeze_panes == "D2"
    assert cells.auto_filter.ref
    heads = [cell.value for cell in cells[1]]
    assert heads[:4] == ["Группа", "Место", "Название", "Код"]
    for row, line in zip(cells.iter_rows(min_row=2), lines, strict=True):
        told = dict(zip(heads, row, strict=True))
        assert (told["Место"].value, told["Код"].value, told["Баллы"].value) == (
            line["rank"],
            line["code"],
            line["score"],
        )
        assert all(cell.data_type != "f" for cell in row)
        median = told["Медиана первого ответа, рабочее время"]
        assert median.number_format == "[h]:mm"
        if line["parts"]:
            assert told["В срок: баллы"].value == line["parts"]["in_time"]["points"]
    assert "Как считается рейтинг" in [row[0].value for row in book.worksheets[1].iter_rows()]


def test_a_file_is_written_whole(otklik: Otklik, folder: Path) -> None:
    written = otklik("rating", *SEPTEMBER, "--format", "json", "--output", "rating.json")
    assert (written.status, written.out) == (0, "")
    assert json.loads((folder / "rating.json").read_text(encoding="utf-8"))["by"] == "institution"


def test_nobody_was_asked_anything(otklik: Otklik) -> None:
    shown = otklik("rating", "--scope", "region", "--from", "2020-01-01", "--to", "2020-01-02")
    assert (shown.status, "Сравнивать пока некого" in shown.out) == (0, True)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--by", "administrator"), "--by: «administrator» не подходит"),
        (("--format", "pdf"), "--format: «pdf» не подходит"),
        (("--least", "0"), "--least"),
        (("--scope", "branch:Рыбалка"), "нет отрасли «Рыбалка»"),
        (("--from", "2026-10-01"), "раньше"),
    ],
)
def test_wrong_wishes_are_told_in_one_line(otklik: Otklik, more: tuple[str, ...], says: str) -> None:
    assert says in refusal(otklik("rating", *SEPTEMBER, *more))


def test_no_administrator_is_named_anywhere(otklik: Otklik, folder: Path) -> None:
    for form in ("table", "json", "csv"):
        assert "secret" not in otklik("rating", *SEPTEMBER, "--format", form).out
