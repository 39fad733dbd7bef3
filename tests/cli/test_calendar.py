"""`otklik calendar …`: working time, an institution's year, closed days, and the operator's own calendars."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Otklik, refusal

SHEET = """code;name;branch;municipality;work_hours;time_zone;calendar
school-12;Школа № 12;Образование;Казань;"Mo-Fr 08:00-14:00; Sa 08:00-12:00";;
duty;ЕДДС;Безопасность;Казань;24/7;;
east;Школа востока;Образование;Тигиль;;Asia/Kamchatka;ru
"""
OVER_BAYRAM = ("2026-03-19T12:00+03:00", "2026-03-23T09:00+03:00")


@pytest.fixture
def region(folder: Path, otklik: Otklik) -> Otklik:
    """Three institutions, and no program has run yet."""
    (folder / "sheet.csv").write_text(SHEET, encoding="utf-8")
    assert otklik("institutions", "import", "sheet.csv").status == 0
    return otklik


@pytest.mark.parametrize(
    ("code", "working_hours"),
    [
        # The short Thursday until 13, Saturday 8–12, Monday 8–9.
        ("school-12", 6),
        ("duty", 93),
        # In Kamchatka it is 21 on Thursday and 18 on Monday, and Friday is a working day there: 9 and 9 hours.
        ("east", 18),
    ],
)
def test_working_time_between_two_moments(region: Otklik, code: str, working_hours: int) -> None:
    result = region("calendar", "between", *OVER_BAYRAM, "--institution", code, "--json")
    assert result.json == {"wall_seconds": 93 * 3600, "working_seconds": working_hours * 3600}


def test_it_is_told_in_words_too(region: Otklik) -> None:
    result = region("calendar", "between", *OVER_BAYRAM, "--institution", "school-12")
    assert result.out == "Всего: 93 ч 00 мин, рабочего времени: 6 ч 00 мин\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("2026-03-19T12:00", OVER_BAYRAM[1], "--institution", "duty"), "нет часового пояса"),
        (("вчера", OVER_BAYRAM[1], "--institution", "duty"), "не момент"),
        ((OVER_BAYRAM[0], "3026-03-19T12:00Z", "--institution", "duty"), "годы – с 2000 по 2100"),
        ((OVER_BAYRAM[0], "9999-12-31T23:59-12:00", "--institution", "duty"), "годы – с 2000 по 2100"),
        ((OVER_BAYRAM[1], OVER_BAYRAM[0], "--institution", "duty"), "поменяйте их местами"),
        ((*OVER_BAYRAM, "--institution", "nobody"), "учреждения «nobody» нет"),
        (OVER_BAYRAM, "--institution"),
    ],
)
def test_wrong_questions_are_refused_in_one_line(region: Otklik, arguments: tuple[str, ...], says: str) -> None:
    assert says in refusal(region("calendar", "between", *arguments, "--json"))


def test_a_year_of_an_institution(region: Otklik) -> None:
    year = region("calendar", "show", "--institution", "east", "--year", "2026", "--json").json
    assert (year["working_days"], year["working_hours"], year["calendar"]) == (247, 2219, "ru")
    school = region("calendar", "show", "--institution", "school-12", "--year", "2027", "--json").json
    assert school["gaps"] == ["календарь ru-ta: в 2027 году не назначены Ураза-байрам, Курбан-байрам"]
    table = region("calendar", "show", "--institution", "school-12", "--year", "2026").out
    assert "2026-03-20  Ураза-байрам" in table
    assert "2026-03-19  короче на час" in table
    assert "2026-05-11  выходной, перенесён с 09.05" in table


def test_closed_days_are_announced_listed_and_withdrawn(region: Otklik) -> None:
    def monday_to_friday() -> float:
        moments = ("2026-12-07T00:00+03:00", "2026-12-12T00:00+03:00")
        result = region("calendar", "between", *moments, "--institution", "school-12", "--json")
        return float(result.json["working_seconds"]) / 3600

    assert monday_to_friday() == 30
    added = region(
        "calendar", "closed", "add", "branch:Образование", "2026-12-10", "2026-12-11", "--reason", "карантин", "--json"
    )
    [number] = added.json["added"]
    assert monday_to_friday() == 18
    assert region("calendar", "closed", "list", "--json").json[0]["reason"] == "карантин"
    year = region("calendar", "show", "--institution", "school-12", "--year", "2026", "--json").json
    assert year["closed"] == [
        {
            "id": number,
            "scope": "branch:Образование",
            "first": "2026-12-10",
            "last": "2026-12-11",
            "reason": "карантин",
        }
    ]
    assert region("calendar", "closed", "withdraw", number).status == 0
    assert monday_to_friday() == 30
    assert region("calendar", "closed", "list", "--json").json == []
    assert region("calendar", "closed", "list", "--all", "--json").json[0]["withdrawn_at"]
    assert "уже отменены" in refusal(region("calendar", "closed", "withdraw", number))


def test_closed_days_come_from_a_file_once_or_not_at_all(region: Otklik, folder: Path) -> None:
    good = (
        "scope;first;last;reason\nregion;2026-12-10;;санитарный день\ninstitution:duty;10.12.2026;12.12.2026;ремонт\n"
    )
    (folder / "closed.csv").write_text(good, encoding="cp1251")
    assert region("calendar", "closed", "import", "closed.csv", "--dry-run").status == 0
    assert region("calendar", "closed", "list", "--all", "--json").json == []
    assert region("calendar", "closed", "import", "closed.csv", "--json").json["added"] == [1, 2]
    assert region("calendar", "closed", "import", "closed.csv", "--json").json["added"] == []
    bad = good + "branch:Космос;2026-12-10;;ремонт\nregion;2026-12-10;2026-12-01;ремонт\nregion;31.11.2026;;ремонт\n"
    (folder / "closed.csv").write_text(bad.replace("12-10;;сан", "12-20;;сан"), encoding="utf-8")
    result = region("calendar", "closed", "import", "closed.csv", "--json")
    assert result.status == 2
    assert [refused["row"] for refused in result.json["refused"]] == [4, 5, 6]
    assert len(region("calendar", "closed", "list", "--all", "--json").json) == 2


def test_the_operators_own_calendar_lies_over_another_one(region: Otklik, folder: Path) -> None:
    own = folder / "var" / "calendars"
    own.mkdir()
    days = {"base": "ru", "title": "Город", "years": {"2026": {"holidays": {"08-28": "День города"}}}}
    (own / "city.json").write_text(json.dumps(days), encoding="utf-8")
    (folder / "sheet.csv").write_text(SHEET.replace(";ru\n", ";city\n"), encoding="utf-8")
    assert region("institutions", "import", "sheet.csv").status == 0
    year = region("calendar", "show", "--institution", "east", "--year", "2026", "--json").json
    assert (year["working_days"], year["calendar"]) == (246, "city")


def test_a_calendar_that_nobody_has_is_refused_in_the_sheet_and_in_the_settings(
    region: Otklik, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sheet.csv").write_text(SHEET.replace(";ru\n", ";mars\n"), encoding="utf-8")
    result = region("institutions", "import", "sheet.csv")
    assert result.status == 2
    assert "календаря «mars» нет; есть ru, ru-ta" in result.err
    monkeypatch.setenv("OTKLIK_CALENDAR", "mars")
    assert "OTKLIK_CALENDAR: календаря «mars» нет" in refusal(
        region("calendar", "between", *OVER_BAYRAM, "--institution", "duty")
    )
    [wrong] = [each for each in region("check", "--json").json if each["subject"] == "календарь"]
    assert wrong["level"] == "error"
    assert "OTKLIK_CALENDAR" in wrong["says"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "строка 1: это не JSON"),
        ('{"base": "mars"}', "base «mars»: такого календаря нет"),
        ('{"years": {"2026": {"holidays": {"02-30": "x"}}}}', "дня «02-30» в 2026 году нет"),
        ("[" * 100_000, "city.json: "),
    ],
)
def test_a_wrong_calendar_file_is_named_with_its_fault(region: Otklik, folder: Path, text: str, says: str) -> None:
    own = folder / "var" / "calendars"
    own.mkdir()
    (own / "city.json").write_text(text, encoding="utf-8")
    line = refusal(region("calendar", "show", "--institution", "duty"))
    assert "city.json" in line
    assert says in line


def test_a_changed_calendar_leaves_what_was_known_before(region: Otklik, folder: Path) -> None:
    own = folder / "var" / "calendars"
    own.mkdir()
    question = (
        "calendar",
        "between",
        "2026-08-28T00:00+12:00",
        "2026-08-29T00:00+12:00",
        "--institution",
        "east",
        "--json",
    )
    assert region(*question).json["working_seconds"] == 9 * 3600
    federal = {"every_year": {"08-28": "Новый праздник"}}
    (own / "ru.json").write_text(json.dumps(federal), encoding="utf-8")
    assert region(*question).json["working_seconds"] == 0
    assert region(*question, "--known-at", "2026-09-01T00:00Z").json["working_seconds"] == 9 * 3600


def test_check_says_what_is_not_known_of_the_years(region: Otklik) -> None:
    says = [finding["says"] for finding in region("check", "--json").json if finding["subject"] == "календарь"]
    assert says
    assert all("календарь" in each or "годы известны" in each for each in says)
