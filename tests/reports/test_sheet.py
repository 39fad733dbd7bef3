"""The CSV that opens in a spreadsheet."""

import csv
from io import StringIO

import pytest

from bot.reports.report import Report
from bot.reports.sheet import write_sheet
from bot.texts import LANGUAGES, Texts
from tests.reports.archive import Archive
from tests.reports.conftest import ReportOf
from tests.reports.sample import sample
from tests.reports.week import week


def read(report: Report, texts: Texts, language: str = "ru") -> list[dict[str, str]]:
    written = write_sheet(report, texts=texts, language=language).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(written), delimiter=";"))


async def test_every_cut_stands_in_one_table(report_of: ReportOf, texts: Texts) -> None:
    rows = read(await report_of(week()), texts)
    assert [(row["Разрез"], row["Название"], row["Сообщений"]) for row in rows] == [
        ("всего", "весь регион", "9"),
        ("отрасль", "Здравоохранение", "3"),
        ("отрасль", "Культура", "1"),
        ("отрасль", "Образование", "5"),
        ("муниципалитет", "Казань", "8"),
        ("муниципалитет", "Нижнекамский район", "1"),
        ("учреждение", "Дом культуры", "1"),
        ("учреждение", "Поликлиника № 6", "3"),
        ("учреждение", "Школа № 12", "5"),
        ("администратор", "Алсу", "2"),
        ("администратор", "Булат", "2"),
        ("администратор", "Гүзәл", "1"),
        ("администратор", "без имени", "1"),
        ("канал", "Telegram", "2"),
        ("канал", "ВКонтакте", "7"),
        ("тема", "Тема не определена", "9"),
        ("день", "23.11.2026", "4"),
        ("день", "24.11.2026", "1"),
        ("день", "25.11.2026", "2"),
        ("день", "26.11.2026", "1"),
        ("день", "27.11.2026", "1"),
    ]


async def test_numbers_are_written_for_a_russian_spreadsheet(report_of: ReportOf, texts: Texts) -> None:
    total = read(await report_of(week()), texts)[0]
    columns = ("В срок, %", "Первый ответ: медиана, с", "Первый ответ: медиана, ч:мин", "Дольше всех ждут, ч:мин")
    assert [total[column] for column in columns] == ["62,5", "17400", "4:50", "26:00"]


async def test_nothing_to_tell_is_an_empty_cell(report_of: ReportOf, texts: Texts) -> None:
    rows = read(await report_of(week()), texts)
    friday = rows[-1]
    columns = ("В срок, %", "Первый ответ: число", "Первый ответ: медиана, с", "Первый ответ: медиана, ч:мин")
    assert [friday[column] for column in columns] == ["", "0", "", ""]


async def test_institutions_carry_code_branch_and_municipality(report_of: ReportOf, texts: Texts) -> None:
    school = next(row for row in read(await report_of(week()), texts) if row["Название"] == "Школа № 12")
    columns = ("Код учреждения", "Отрасль", "Муниципалитет")
    assert [school[column] for column in columns] == ["school-12", "Образование", "Казань"]


@pytest.mark.parametrize("name", ["=1+1", "+7 843", "-школа", "@сад", "\tcmd", "＝HYPERLINK"])
async def test_a_name_never_becomes_a_formula(report_of: ReportOf, texts: Texts, name: str) -> None:
    archive = Archive()
    archive.asked(archive.institution("bad", name, "=cmd|' /C calc'!A0", "Казань"), "mon 10:00")
    cells = [cell for row in read(await report_of(archive), texts) for cell in row.values()]
    assert f"'{name}" in cells
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]


async def test_a_semicolon_in_a_name_stays_in_its_cell(report_of: ReportOf, texts: Texts) -> None:
    archive = Archive()
    archive.asked(archive.institution("odd", 'Дом; "культуры"', "Культура", "Казань"), "mon 10:00")
    assert 'Дом; "культуры"' in [row["Название"] for row in read(await report_of(archive), texts)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_headings_differ_from_each_other(report_of: ReportOf, texts: Texts, language: str) -> None:
    written = write_sheet(await report_of(week()), texts=texts, language=language)
    assert written.startswith(b"\xef\xbb\xbf")
    headings = written.decode("utf-8-sig").splitlines()[0].split(";")
    assert len(headings) == len(set(headings))


def test_what_came_later_stands_at_the_end(texts: Texts) -> None:
    report = sample()
    [total, *_] = read(report, texts)
    assert list(total)[-7:] == [
        "Повторы",
        "Ответ не позже предельного срока",
        "Есть промежуточный ответ, ждём окончательного",
        "Решено в срок",
        "Решено в срок, %",
        "Отозвано жителем",
        "Заглушено",
    ]
    share = f"{report['total']['resolution_share'] * 100:.1f}".replace(".", ",")
    assert (total["Повторы"], total["Решено в срок, %"]) == (str(report["total"]["duplicates"]), share)


def test_what_was_replayed_says_so_in_a_last_column(texts: Texts) -> None:
    assert "Пересчёт" not in read(sample(), texts)[0]
    rows = read({**sample(), "replayed": True}, texts)
    assert {list(row.items())[-1] for row in rows} == {("Пересчёт", "Пересчитано по нынешним календарям и срокам.")}
