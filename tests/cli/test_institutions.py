"""The sheet goes in whole or not at all, comes out again, and shows what a citizen would be offered."""

from pathlib import Path

import pytest

from tests.cli.conftest import SHEET, Otklik, refusal


def test_a_newcomer_imports_without_any_other_step(otklik: Otklik, sheet: Path, folder: Path) -> None:
    first = otklik("institutions", "import", sheet)
    assert (first.status, first.err) == (0, "")
    assert "Новых: 2" in first.out
    assert (folder / "var" / "otklik.db").exists()


def test_the_same_sheet_twice_changes_nothing(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)
    assert otklik("institutions", "import", sheet, "--json").json == {
        "added": [],
        "changed": [],
        "unchanged": ["school-12", "clinic-6"],
        "refused": [],
        "unknown_columns": [],
        "sheet": "",
        "hidden_rows": [],
        "closed": [],
        "not_closed_because": "",
        "alike": [],
        "unresolved": [],
        "written": True,
    }


def test_changes_are_named_by_column(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)
    sheet.write_text(SHEET.replace("Школа № 12", "Лицей № 12"), encoding="utf-8")
    told = otklik("institutions", "import", sheet, "--json").json
    assert told["changed"] == [
        {
            "code": "school-12",
            "columns": ["name"],
            "values": {"name": {"old": "Школа № 12", "new": "Лицей № 12"}},
        }
    ]


def test_a_dry_run_shows_old_and_new_values_and_no_token(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)
    changed = SHEET.replace("Школа № 12", "Лицей № 12").replace("vk1.a.secret", "vk1.a.another")
    sheet.write_text(changed + "pool;Бассейн;Спорт;Казань;;\n", encoding="utf-8")
    told = otklik("institutions", "import", sheet, "--dry-run").out
    assert "school-12: name «Школа № 12» → «Лицей № 12»; vk_token изменён" in told
    assert "pool: Бассейн, Казань" in told
    assert "vk1.a" not in told


def test_a_dry_run_writes_nothing_not_even_a_database(otklik: Otklik, sheet: Path, folder: Path) -> None:
    told = otklik("institutions", "import", sheet, "--dry-run", "--json").json
    assert (told["added"], told["written"]) == (["school-12", "clinic-6"], False)
    assert not (folder / "var").exists()


def test_a_registry_of_a_region_goes_in_as_it_is_and_is_found(otklik: Otklik, folder: Path) -> None:
    heading = "Уровень;Учредитель;Наименование подведомственной организации;ОГРН;Сфера 1;Сфера 2;ID госпаблика"
    name = 'МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ КУЛЬТУРЫ ""ГОРОДСКОЙ ДОМ КУЛЬТУРЫ""'
    row = f'МО;Тында;"{name}";1021602824055;Культура;Дома культуры;77'
    (folder / "registry.csv").write_text(f"{heading}\n{row}\n", encoding="cp1251")
    assert "1021602824055: Городской дом культуры, Тында" in otklik("institutions", "import", "registry.csv").out
    assert otklik("institutions", "import", "registry.csv", "--json").json["unchanged"] == ["1021602824055"]
    [found] = otklik("institutions", "search", "дк тында", "--json").json
    assert (found["code"], found["sure"]) == ("1021602824055", True)


def test_one_bad_row_keeps_the_whole_sheet_out(otklik: Otklik, sheet: Path) -> None:
    sheet.write_text(SHEET + "Плохой код;Бассейн;Спорт;Казань;;\n", encoding="utf-8")
    result = otklik("institutions", "import", sheet)
    assert result.status == 2
    assert "строка 4" in result.out
    [line] = result.err.splitlines()
    assert "строка 4" in line
    assert "ничего не записано" in line
    assert otklik("institutions", "search", "школа", "--json").json == []


def test_a_bad_row_is_skipped_when_told(otklik: Otklik, sheet: Path) -> None:
    sheet.write_text(SHEET + "Плохой код;Бассейн;Спорт;Казань;;\n", encoding="utf-8")
    result = otklik("institutions", "import", sheet, "--skip-bad", "--json")
    assert result.status == 0
    assert result.json["written"]
    assert [(row["row"], row["code"]) for row in result.json["refused"]] == [(4, "Плохой код")]
    assert otklik("institutions", "search", "школа 12", "--json").json[0]["code"] == "school-12"


def test_refused_rows_in_json_are_told_with_status_two(otklik: Otklik, sheet: Path) -> None:
    sheet.write_text(SHEET + "school-12;Ещё одна;Образование;Казань;;\n", encoding="utf-8")
    result = otklik("institutions", "import", sheet, "--json")
    assert result.status == 2
    assert not result.json["written"]
    assert "school-12" in result.json["refused"][0]["reason"]
    assert len(result.err.splitlines()) == 1


def test_many_bad_rows_are_listed_in_the_result_and_told_in_one_line(otklik: Otklik, sheet: Path) -> None:
    sheet.write_text(SHEET + "А;Б;В;Г;;\nД;Е;Ж;З;;\nИ;К;Л;М;;\n", encoding="utf-8")
    result = otklik("institutions", "import", sheet)
    assert [f"строка {row}" in result.out for row in (4, 5, 6)] == [True, True, True]
    [line] = result.err.splitlines()
    assert "ещё строк с ошибками: 2" in line


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "пуст"),
        (b"\x00\x01\x02\xff\xfe" * 50, ""),  # rubbish
        (b"name;branch\nx;y\n", "code"),  # columns are missing
        (b"code;name;branch;municipality\n", "ни одного учреждения"),
    ],
)
def test_a_sheet_that_is_none_is_told_and_makes_no_database(
    otklik: Otklik, folder: Path, content: bytes, says: str
) -> None:
    (folder / "bad.csv").write_bytes(content)
    line = refusal(otklik("institutions", "import", folder / "bad.csv"))
    assert says in line
    assert "bad.csv" in line
    assert not (folder / "var").exists()


@pytest.mark.parametrize("cell", ["work_hours;25:00", "work_hours;Mo-Fr 09:00-08:00", "time_zone;Mars/Base"])
def test_wrong_hours_and_zones_are_refused_with_their_row(otklik: Otklik, folder: Path, cell: str) -> None:
    column, _, value = cell.partition(";")
    content = f"code;name;branch;municipality;{column}\nx;X;B;M;{value}\n"
    (folder / "bad.csv").write_text(content, encoding="utf-8")
    result = otklik("institutions", "import", folder / "bad.csv")
    assert result.status == 2
    assert f"строка 2 (x): {column}" in result.err


def test_a_file_that_is_not_there_and_a_folder_are_told(otklik: Otklik, folder: Path) -> None:
    assert "no-such.csv" in refusal(otklik("institutions", "import", "no-such.csv"))
    assert str(folder) in refusal(otklik("institutions", "import", folder))


def test_an_export_comes_in_again_as_it_was_and_without_tokens(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    assert otklik("institutions", "export", "out.csv").status == 0
    assert "vk1.a.secret" not in (folder / "out.csv").read_text(encoding="utf-8")
    assert otklik("institutions", "import", "out.csv", "--json").json["unchanged"] == ["school-12", "clinic-6"]
    assert otklik("institutions", "export", "out.xlsx", "--with-secrets").status == 0
    assert otklik("institutions", "import", "out.xlsx", "--json").json["unchanged"] == ["school-12", "clinic-6"]


def test_tokens_are_exported_when_told(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    assert "пароль" in otklik("institutions", "export", "out.csv", "--with-secrets").err
    assert "vk1.a.secret" in (folder / "out.csv").read_text(encoding="utf-8")


def test_an_export_onto_a_folder_is_refused(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    (folder / "folder.csv").mkdir()
    assert "folder.csv" in refusal(otklik("institutions", "export", "folder.csv"))


def test_a_search_shows_what_the_citizen_would_be_offered(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)
    [found] = otklik("institutions", "search", "школа 12 казань", "--json").json
    assert found.pop("score") > 50
    assert found == {
        "code": "school-12",
        "name": "Школа № 12",
        "municipality": "Казань",
        "branch": "Образование",
        "sure": True,
    }
    assert "school-12" in otklik("institutions", "search", "школа 12").out
    assert otklik("institutions", "search", "школа 13").out == "Ничего похожего нет.\n"


def test_a_search_keeps_to_a_municipality(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)
    assert otklik("institutions", "search", "поликлиника", "--municipality", "Казань", "--json").json == []


def test_a_file_of_names_gives_a_list_of_lists(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    (folder / "names.txt").write_text("школа 12\nнет такого\nполиклиника 6\n", encoding="utf-8")
    answers = otklik("institutions", "search", "--from", "names.txt").json
    assert [[match["code"] for match in answer] for answer in answers] == [["school-12"], [], ["clinic-6"]]
    assert "names.txt" in refusal(otklik("institutions", "search", "--from", "no-names.txt"))


def test_a_file_with_expected_codes_is_judged_beside_the_answers(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    lines = [
        "школа 12\tschool-12",
        "поликлиника 6 челны\tclinic-6",
        "школа 12 казань\tclinic-6",
        "школа 13\tschool-13",
        "поликлиника",
    ]
    (folder / "names.txt").write_text("\n".join(lines), encoding="utf-8")
    result = otklik("institutions", "search", "--from", "names.txt", "--limit", "1")
    assert [len(answer) for answer in result.json] == [1, 1, 1, 0, 1]
    assert result.err.splitlines() == [
        "Вопросов с ответом: 4; верное первым: 50,0 %, среди пяти: 50,0 %, уверенно, но неверно: 1",
        "Этих кодов нет в базе: school-13",
        "  уверенно неверно: «школа 12 казань» – clinic-6, а первым school-12",
        "  не найдено: «школа 13» – school-13, а первым ничего",
    ]


def lines(*added: str) -> str:
    return "code;name;branch;municipality\n" + "".join(f"{line}\n" for line in added)


TEN = [f"school-{number};Школа № {number};Образование;Казань" for number in range(1, 11)]


def test_a_foreign_sheet_is_taken_with_what_the_operator_says_of_it(otklik: Otklik, folder: Path) -> None:
    (folder / "theirs.csv").write_text("code;Кто\na-1;Школа № 1\n", encoding="utf-8")
    assert "в файле есть «code», «Кто»" in refusal(otklik("institutions", "import", folder / "theirs.csv"))
    asked = ("--map", "Кто=name", "--branch", "Образование", "--municipality", "Казань")
    assert otklik("institutions", "import", folder / "theirs.csv", *asked, "--json").json["added"] == ["a-1"]
    assert "--map" in refusal(otklik("institutions", "import", folder / "theirs.csv", "--map", "Кто=имя"))


def test_institutions_that_nobody_could_tell_apart_are_told(otklik: Otklik, folder: Path) -> None:
    (folder / "s.csv").write_text(lines(*TEN[:1], "twin;Школа № 1;Спорт;Казань"), encoding="utf-8")
    told = otklik("institutions", "import", folder / "s.csv")
    assert "не различит" in told.out
    assert "school-1, twin: Школа № 1, Казань" in told.out
    assert otklik("institutions", "import", folder / "s.csv", "--json").json["alike"] == [["school-1", "twin"]]


def test_what_a_whole_list_leaves_out_is_closed_within_its_branches_and_places(otklik: Otklik, folder: Path) -> None:
    sheet = folder / "s.csv"
    sheet.write_text(lines(*TEN, "club;ДК;Культура;Казань", "far;Школа № 9;Образование;Лаишево"), encoding="utf-8")
    otklik("institutions", "import", sheet)
    sheet.write_text(lines(*TEN[1:]), encoding="utf-8")
    dry = otklik("institutions", "import", sheet, "--close-missing", "--dry-run", "--json").json
    assert (dry["closed"], dry["written"]) == (["school-1"], False)
    assert otklik("institutions", "import", sheet, "--close-missing", "--json").json["closed"] == ["school-1"]
    again = otklik("institutions", "import", sheet, "--close-missing", "--json").json
    assert again["closed"] == []
    sheet.write_text(lines(*TEN[3:]), encoding="utf-8")
    assert "--yes" in refusal(otklik("institutions", "import", sheet, "--close-missing"))
    assert otklik("institutions", "import", sheet, "--close-missing", "--yes", "--json").json["closed"] == [
        "school-2",
        "school-3",
    ]


def test_a_refused_row_never_closes_a_living_school(otklik: Otklik, folder: Path) -> None:
    sheet = folder / "s.csv"
    sheet.write_text(lines(*TEN), encoding="utf-8")
    otklik("institutions", "import", sheet)
    sheet.write_text(lines("school-1;;Образование;Казань", *TEN[1:]), encoding="utf-8")
    skipped = otklik("institutions", "import", sheet, "--close-missing", "--skip-bad", "--json").json
    assert (skipped["closed"], skipped["not_closed_because"]) == ([], "")
    sheet.write_text(lines(";Школа;Образование;Казань", *TEN[1:]), encoding="utf-8")
    unreadable = otklik("institutions", "import", sheet, "--close-missing", "--skip-bad", "--json").json
    assert unreadable["closed"] == []
    assert "строке 2" in unreadable["not_closed_because"]


def test_an_institution_is_closed_and_opened_again(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)
    closed = otklik("institutions", "close", "school-12", "--on", "2026-08-31", "--successor", "clinic-6", "--json")
    assert closed.json == {
        "code": "school-12",
        "closed_on": "2026-08-31",
        "successor": "clinic-6",
        "open_tickets": [],
        "moved": [],
    }
    assert otklik("institutions", "search", "школа 12", "--json").json == []
    assert "по кругу" in refusal(otklik("institutions", "close", "clinic-6", "--successor", "school-12"))
    assert "нет" in refusal(otklik("institutions", "close", "nobody"))
    assert "дата" in refusal(otklik("institutions", "close", "clinic-6", "--on", "вчера"))
    assert "кому" in refusal(otklik("institutions", "close", "clinic-6", "--move-open"))
    otklik("institutions", "open", "school-12")
    assert otklik("institutions", "search", "школа 12", "--json").json[0]["code"] == "school-12"


def test_a_link_with_a_name_is_kept_and_told_until_its_number_is_known(otklik: Otklik, folder: Path) -> None:
    sheet = folder / "s.csv"
    sheet.write_text(
        "code;name;branch;municipality;vk_group_id\na;Больница;Здоровье;Орск;https://vk.com/gkb1orenburg\n",
        encoding="utf-8",
    )
    assert otklik("institutions", "import", sheet, "--json").json["unresolved"] == [
        {"code": "a", "vk_name": "gkb1orenburg"}
    ]
    left = otklik("institutions", "resolve", "--json").json["left"]
    assert (left[0]["vk_name"], "vk_token" in left[0]["reason"]) == ("gkb1orenburg", True)
