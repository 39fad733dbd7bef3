"""A year passes, its rating is frozen, and life goes on: the award stays what it was."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.tables import audit, results, tickets
from storage.vault import Vault
from tests import present
from tests.cli.conftest import Otklik, refusal
from tests.cli.rated_region import fill
from tests.conftest import run

YEAR = ("--scope", "region", "--from", "2025-01-01", "--to", "2025-12-31")
Change = Callable[[Callable[[AsyncConnection], Awaitable[Any]]], Any]


@pytest.fixture
def change(folder: Path, database_url: URL, monkeypatch: pytest.MonkeyPatch) -> Change:
    """A region with a year of history; returns what changes the database as life would."""
    address = database_url.set(drivername=database_url.get_backend_name())
    monkeypatch.setenv("OTKLIK_DATABASE_URL", address.render_as_string(hide_password=False))

    def work(does: Callable[[AsyncConnection], Awaitable[Any]] | None) -> Any:
        async def inside() -> Any:
            database = Database(url=database_url, vault=Vault(bytes(range(32))))
            try:
                if does is None:
                    await fill(database, first=date(2025, 1, 1), last=date(2025, 12, 31), per_day=2)
                    return None
                async with database.unit() as connection:
                    return await does(connection)
            finally:
                await database.close()

        return run(inside())

    work(None)
    return work


def freeze(otklik: Otklik, *more: object) -> Any:
    return otklik("awards", "freeze", "--title", "Лучшие за 2025 год", *YEAR, "--json", *more).json


async def grades_go_down(connection: AsyncConnection) -> None:
    changed = {"grade": 1, "is_measured": False}
    await connection.execute(update(tickets).where(tickets.c.institution == "school-1").values(changed))


def test_later_facts_alter_nothing_and_are_told_where_they_differ(otklik: Otklik, change: Change) -> None:
    frozen = freeze(otklik)
    assert (frozen["id"], frozen["from"], frozen["to"], frozen["published_at"]) == (1, "2025-01-01", "2025-12-31", None)
    before = otklik("awards", "show", 1, "--json").json
    # Whoever has the list can work out its hash.
    canonical = json.dumps(before["result"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == frozen["sha256"] == before["sha256"]
    assert otklik("awards", "verify", 1, "--json").json == {
        "id": 1,
        "sha256": frozen["sha256"],
        "intact": True,
        "equal": True,
        "differences": [],
    }

    change(grades_go_down)

    assert otklik("awards", "show", 1, "--json").json == before
    verified = otklik("awards", "verify", 1, "--json")
    assert (verified.status, verified.json["intact"], verified.json["equal"]) == (0, True, False)
    schools = [each for each in verified.json["differences"] if each["code"] == "school-1"]
    assert {each["what"] for each in schools} >= {"score", "parts"}
    [parts] = [each for each in schools if each["what"] == "parts"]
    assert parts["facts"]["grades"]["good"] == 0 < parts["frozen"]["grades"]["good"]
    untouched = {each["code"] for each in verified.json["differences"]} & {"clinic-6", "clinic-7", "garden-1"}
    assert untouched == set()
    assert "итог остаётся, каким был" in otklik("awards", "verify", 1).out


def test_a_result_that_somebody_altered_is_found_out(otklik: Otklik, change: Change) -> None:
    freeze(otklik)
    vault = Vault(bytes(range(32)))

    async def first_place_for_a_friend(connection: AsyncConnection) -> None:
        content = vault.open((await connection.execute(select(results.c.content))).scalar_one())
        altered = content.replace("Школа № 5".encode(), "Школа № 3".encode())
        assert altered != content
        await connection.execute(update(results).values(content=vault.seal(altered)))

    change(first_place_for_a_friend)
    verified = otklik("awards", "verify", 1)
    assert (verified.status, "ХЭШ НЕ СОВПАЛ" in verified.out) == (1, True)
    assert otklik("awards", "verify", 1, "--json").json["intact"] is False


@pytest.mark.both_databases
def test_an_altered_list_of_people_is_found_out_too(otklik: Otklik, change: Change) -> None:
    freeze(otklik)
    vault = Vault(bytes(range(32)))

    async def another_name(connection: AsyncConnection) -> None:
        content = vault.open((await connection.execute(select(results.c.content))).scalar_one())
        await connection.execute(update(results).values(content=vault.seal(content.replace(b"secret-0", b"secret-X"))))

    change(another_name)
    assert otklik("awards", "verify", 1).status == 1


def test_nominations_come_from_a_file_with_exclusions_and_a_last_day_for_objections(
    otklik: Otklik, change: Change, folder: Path
) -> None:
    (folder / "nominations.toml").write_text(
        'appeal_until = 2026-02-15\n[[nominations]]\ntitle = "Лучшая школа"\nkinds = ["school"]\nplaces = 1\n'
        '[[excluded]]\ncode = "school-1"\nreason = "идёт проверка"\n',
        encoding="utf-8",
    )
    freeze(otklik, "--nominations", "nominations.toml")
    shown = otklik("awards", "show", 1, "--json").json["result"]
    assert shown["appeal_until"] == "2026-02-15"
    assert shown["excluded"] == [{"code": "school-1", "reason": "идёт проверка"}]
    [nomination] = shown["nominations"]
    assert (nomination["title"], len(nomination["winners"])) == ("Лучшая школа", 1)
    assert "school-1" not in [line["code"] for line in (*nomination["winners"], *nomination["others"])]
    people_read = otklik("awards", "show", 1).out
    assert "Возражения принимаются до 15.02.2026" in people_read
    assert "Лучшая школа (участников:" in people_read
    assert otklik("awards", "verify", 1, "--json").json["equal"] is True


def test_diplomas_name_institutions_and_people_in_three_cases(otklik: Otklik, change: Change, folder: Path) -> None:
    freeze(otklik)
    winner = otklik("awards", "show", 1, "--json").json["result"]["nominations"][0]["winners"][0]
    (folder / "people.csv").write_text(
        "ФИО;должность;учреждение;code\n"
        f"Хабибуллин Ильдар Фаритович;=директор;{winner['short_name']};\n"
        f"Алсу;администратор;;{winner['code']}\n",
        encoding="utf-8-sig",
    )
    assert otklik("awards", "diplomas", 1, "--people", "people.csv", "--output", "diplomas.xlsx").status == 0
    places, people = load_workbook(folder / "diplomas.xlsx").worksheets
    heads = [cell.value for cell in places[1]]
    first = dict(zip(heads, next(places.iter_rows(min_row=2, values_only=True)), strict=True))
    assert (first["Место"], first["Учреждение"], first["Краткое название"]) == (
        "1 место",
        winner["name"],
        winner["short_name"],
    )
    assert (first["Баллы"], first["Период"]) == (winner["score"], "01.01.2025 – 31.12.2025")
    heads = [cell.value for cell in people[1]]
    ildar, alsu = (dict(zip(heads, row, strict=True)) for row in people.iter_rows(min_row=2, values_only=True))
    assert (ildar["ФИО, кого"], ildar["ФИО, кому"]) == (
        "Хабибуллина Ильдара Фаритовича",
        "Хабибуллину Ильдару Фаритовичу",
    )
    assert (ildar["Должность"], ildar["Проверить"]) == ("=директор", None)
    assert (alsu["ФИО, кому"], alsu["Проверить"]) == ("Алсу", "не склоняется, проверьте")
    assert all(cell.data_type != "f" for sheet in (places, people) for row in sheet for cell in row)
    # Without a file there are only the names that messengers showed, and each says so.
    assert "--people" in otklik("awards", "diplomas", 1, "--output", "diplomas.xlsx").err
    rows = list(load_workbook(folder / "diplomas.xlsx").worksheets[1].iter_rows(min_row=2, values_only=True))
    assert rows
    assert all("имя из мессенджера" in str(row[heads.index("Проверить")]) for row in rows)


def test_results_are_listed_published_and_hidden_and_every_step_is_logged(otklik: Otklik, change: Change) -> None:
    assert "Итогов нет" in otklik("awards", "list").out
    freeze(otklik)
    assert otklik("awards", "publish", 1).status == 0
    [listed] = otklik("awards", "list", "--json").json
    assert datetime.fromisoformat(listed["published_at"]) <= present.now()
    assert otklik("awards", "unpublish", 1).status == 0
    assert [each["published_at"] for each in otklik("awards", "list", "--json").json] == [None]
    assert "Лучшие за 2025 год" in otklik("awards", "list").out

    async def actions(connection: AsyncConnection) -> list[str]:
        return list((await connection.execute(select(audit.c.action).order_by(audit.c.id))).scalars())

    assert change(actions)[-3:] == ["result-frozen", "result-published", "result-hidden"]


def test_wrong_wishes_are_told_in_one_line(otklik: Otklik, change: Change, folder: Path) -> None:
    for command in ("show", "verify", "publish", "unpublish"):
        assert "итога № 7 нет" in refusal(otklik("awards", command, 7))
    assert "итога № 7 нет" in refusal(otklik("awards", "diplomas", 7, "--output", "d.xlsx"))
    assert "--title" in refusal(otklik("awards", "freeze", "--title", " ", *YEAR))
    assert "nosuch.toml" in refusal(otklik("awards", "freeze", "--title", "А", *YEAR, "--nominations", "nosuch.toml"))
    freeze(otklik)
    (folder / "people.csv").write_text("ФИО;code\nАлсу;nosuch\n", encoding="utf-8")
    assert "люди, строка 2" in refusal(otklik("awards", "diplomas", 1, "--people", "people.csv", "--output", "d.xlsx"))
    (folder / "people.csv").write_text("имя\nАлсу\n", encoding="utf-8")
    assert "нужны столбцы" in refusal(otklik("awards", "diplomas", 1, "--people", "people.csv", "--output", "d.xlsx"))


def test_a_period_that_goes_on_is_frozen_with_a_warning(otklik: Otklik, change: Change) -> None:
    frozen = otklik(
        "awards", "freeze", "--title", "А", "--scope", "region", "--from", "2025-01-01", "--to", "2030-01-01"
    )
    assert (frozen.status, "ещё не закончился" in frozen.err) == (0, True)


def test_administrators_stay_out_of_what_everybody_may_see(otklik: Otklik, change: Change) -> None:
    freeze(otklik)
    assert "secret" not in otklik("awards", "show", 1, "--json").out
    assert "secret" not in otklik("awards", "show", 1).out
    assert "secret" not in otklik("awards", "verify", 1, "--json").out
