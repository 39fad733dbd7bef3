"""The report in a terminal."""

import pytest

from bot.reports.table import write_table
from bot.texts import LANGUAGES, Texts
from tests.reports.archive import Archive
from tests.reports.conftest import ReportOf
from tests.reports.sample import sample
from tests.reports.week import week


def row(table: str, begins: str) -> list[str]:
    """The cells of the first line that begins with these words."""
    line = next(line for line in table.splitlines() if line.startswith(begins))
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


async def test_a_wide_terminal_shows_every_column(report_of: ReportOf, texts: Texts) -> None:
    table = write_table(await report_of(week()), texts=texts, language="ru", width=140)
    assert row(table, "весь регион") == [
        "весь регион",
        "9",
        "6",
        "63",
        "4 ч 50 мин",
        "20 ч 45 мин",
        "6",
        "25 мин",
        "3",
        "2",
        "1 дн 2 ч",
    ]
    assert row(table, "Школа № 12 (school-12)")[1:4] == ["5", "4", "60"]


async def test_nothing_to_tell_is_a_dash(report_of: ReportOf, texts: Texts) -> None:
    table = write_table(await report_of(week()), texts=texts, language="ru", width=140)
    assert row(table, "27.11.2026") == ["27.11.2026", "1", "0", "—", "—", "—", "0", "—", "1", "0", "1 ч 00 мин"]


async def test_days_without_messages_are_left_out(report_of: ReportOf, texts: Texts) -> None:
    archive = Archive()
    archive.asked(archive.institution("school", "Школа", "Образование", "Казань"), "tue 10:00")
    table = write_table(await report_of(archive), texts=texts, language="ru", width=140)
    assert "24.11.2026" in table
    assert "25.11.2026" not in table


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100, 120, 200])
async def test_a_narrow_terminal_shows_fewer_columns_and_cuts_no_number(
    report_of: ReportOf, texts: Texts, language: str, width: int
) -> None:
    table = write_table(await report_of(week()), texts=texts, language=language, width=width)
    assert max(len(line) for line in table.splitlines()) <= width
    assert "…" not in table
    heading = texts.say(language, "report-short-overdue")
    # One table a cut, each with the column that matters most.
    assert table.count(heading) == 8


async def test_a_name_is_shown_as_it_is(report_of: ReportOf, texts: Texts) -> None:
    archive = Archive()
    archive.asked(archive.institution("odd", "[red]Школа[/red] :smile:", "Образование", "Казань"), "mon 10:00")
    table = write_table(await report_of(archive), texts=texts, language="ru", width=140)
    assert "[red]Школа[/red] :smile:" in table


def test_what_a_reader_must_know_stands_below(texts: Texts) -> None:
    told = write_table(sample(), texts=texts, language="ru", width=140)
    assert told.splitlines()[-1] == "Не работали: ВКонтакте – 1 ч 05 мин."
    assert "1 %" not in told
    report = {**sample(), "percentiles": "within 1 %", "replayed": True}
    told = write_table(report, texts=texts, language="ru", width=140)
    assert "Времена с точностью до 1 %." in told
    assert "Пересчитано по нынешним календарям и срокам." in told
