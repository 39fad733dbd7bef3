"""The workbook, opened again: its numbers are those of the report, and nothing in it acts by itself."""

import gc
import tracemalloc
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from bot.reports.report import Report
from bot.reports.workbook.workbook import SHEETS, write_workbook
from bot.texts import LANGUAGES, Texts
from tests.reports.sample import empty, sample

RUSSIAN = ["Свод", "Районы", "Отрасли", "Учреждения", "Администраторы", "Без ответа", "Темы", "Методика"]
FORMULAS = ["=1+1", "+7 843", "-школа", "@сад", '=HYPERLINK("http://x")', "＝cmd", "http://example.com", "\tcmd\x00"]


def opened(report: Report, texts: Texts, language: str = "ru") -> Workbook:
    return load_workbook(BytesIO(write_workbook(report, texts=texts, language=language)))


def table(book: Workbook, name: str) -> list[dict[str, Any]]:
    heads, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def days(seconds: float | None) -> Any:
    """A duration as openpyxl reads `[h]:mm`."""
    return None if seconds is None else pytest.approx(timedelta(seconds=seconds), abs=timedelta(milliseconds=1))


def test_every_cut_has_its_sheet_with_the_numbers_of_the_report(texts: Texts) -> None:
    report = sample()
    book = opened(report, texts)
    assert book.sheetnames == RUSSIAN
    for sheet, cut in (
        ("Районы", "by_municipality"),
        ("Отрасли", "by_branch"),
        ("Учреждения", "by_institution"),
        ("Администраторы", "by_administrator"),
        ("Темы", "by_topic"),
    ):
        lines = table(book, sheet)
        assert len(lines) == len(report[cut])
        for line, figures in zip(lines, report[cut], strict=True):
            assert line["Сообщений"] == figures["questions"]
            assert line["В срок, %"] == figures["in_time_share"]
            assert line["Первый ответ: число"] == figures["first_response"]["n"]
            assert line["Первый ответ: медиана"] == days(figures["first_response"]["median_seconds"])
            assert line["Своё время учреждения: 90 %"] == days(figures["held"]["p90_seconds"])
            assert line["Средняя оценка"] == figures["grades"]["mean"]
            assert line["Повторы"] == figures["duplicates"]


def test_the_summary_compares_every_figure_with_the_period_before(texts: Texts) -> None:
    report = sample()
    total, before = report["total"], report["previous"]["total"]
    rows = {row[0]: row[1:4] for row in opened(report, texts)["Свод"].iter_rows(min_row=6, values_only=True)}
    assert rows["Сообщений"] == (total["questions"], before["questions"], total["questions"] - before["questions"])
    share, earlier, difference = rows["В срок, %"]
    assert (share, earlier) == (total["in_time_share"], before["in_time_share"])
    assert difference == pytest.approx(total["in_time_share"] - before["in_time_share"])
    median, earlier, hours = rows["Первый ответ: медиана"]
    now, then = total["first_response"]["median_seconds"], before["first_response"]["median_seconds"]
    assert (median, earlier) == (days(now), days(then))
    assert hours == pytest.approx((now - then) / 3600)
    assert rows["ВКонтакте"][0] == report["by_channel"][1]["questions"]
    assert rows[datetime(2026, 8, 10)][1] == report["weeks"][0]["questions"]  # noqa: DTZ001 # a cell has no zone


def test_cells_look_as_russians_write(texts: Texts) -> None:
    book = opened(sample(), texts)
    heads = {cell.value: get_column_letter(cell.column or 0) for cell in book["Районы"][1]}
    formats = [
        book["Районы"][f"{heads[name]}2"].number_format
        for name in ("Сообщений", "В срок, %", "Первый ответ: медиана", "Дольше всех ждут")
    ]
    assert formats == ["#,##0", "0.0%", "[h]:mm", "[h]:mm"]
    assert book["Без ответа"]["D2"].number_format == "dd.mm.yyyy hh:mm"


def test_who_waits_stands_with_the_longest_first(texts: Texts) -> None:
    report = sample()
    lines = table(opened(report, texts), "Без ответа")
    assert [line["№ сообщения"] for line in lines] == [ticket["number"] for ticket in report["unanswered_tickets"]]
    assert lines[0]["Ждёт, ч:мин"] == timedelta(seconds=400_000)
    assert (lines[0]["Просрочено"], lines[-1]["Просрочено"]) == ("да", None)
    assert lines[0]["Открыто"] == datetime(2026, 10, 28, 9, 30)  # noqa: DTZ001


def test_what_was_closed_without_a_word_stands_with_who_has_no_answer(texts: Texts) -> None:
    report = sample()
    closed = {key: value for key, value in report["unanswered_tickets"][0].items() if key != "waiting_seconds"}
    told = {"closed_at": "2026-10-29T12:00:00+03:00", "closed_by": "closed", "reason": "by_phone", "number": 7}
    report["closed_unanswered"] = [{**closed, **told}, {**closed, **told, "reason": "", "closed_by": "spam"}]
    first, second = table(opened(report, texts), "Без ответа")[-2:]
    assert (first["№ сообщения"], first["Ждёт, ч:мин"], first["Причина"]) == (7, None, "Решено по телефону")
    assert first["Закрыто без ответа"] == datetime(2026, 10, 29, 12)  # noqa: DTZ001
    assert second["Причина"] == "отмечено как спам"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [sample(), sample(trend=False), empty()], ids=["full", "without a trend", "empty"])
def test_every_sheet_is_ready_for_reading_and_for_paper(report: Report, texts: Texts, language: str) -> None:
    book = opened(report, texts, language)
    assert book.sheetnames == [texts.say(language, f"workbook-sheet-{key}") for key in SHEETS]
    for sheet in book:
        assert len(sheet.title) <= 31
        assert sheet.freeze_panes is not None
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0), "one page wide, any height"
        assert sheet.print_title_rows is not None
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:-1])
    assert str(book.properties.title).startswith(texts.say(language, "report-title", scope="", period="")[:5])


@pytest.mark.parametrize("report", [sample(), empty()], ids=["full", "empty"])
def test_charts_are_native(report: Report, texts: Texts) -> None:
    written = write_workbook(report, texts=texts, language="ru")
    with zipfile.ZipFile(BytesIO(written)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    if not report["by_topic"]:
        assert len(charts) == 1
        return
    assert len(charts) == 3
    assert "Районы!$A$2:$A$44" in charts[1]
    assert "Темы!$C$2:$C$13" in charts[2]


@pytest.mark.parametrize("name", FORMULAS)
def test_words_from_people_are_words(texts: Texts, name: str) -> None:
    report = sample(municipalities=(name, "Казань"), institutions=2)
    report["by_institution"][0]["name"] = name
    report["by_administrator"][0]["administrator"] = name
    report["unanswered_tickets"][0].update(name=name, topic=name, link=name)
    report["by_topic"][0]["topic"] = name
    report["scope"], report["scope_name"] = f"branch:{name}", name
    written = write_workbook(report, texts=texts, language="ru")
    book = load_workbook(BytesIO(written))
    shown = name.replace("\x00", " ").strip()
    assert book["Районы"]["A2"].value == shown
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(BytesIO(written)) as parts:
        assert not [part for part in parts.namelist() if "externalLink" in part]
        assert "<f>" not in "".join(
            parts.read(part).decode() for part in parts.namelist() if "/worksheets/sheet" in part
        )
    if shown[0] in "=+-@＝":
        assert book["Районы"]["A2"].quotePrefix, "it would become a formula when somebody edits the cell"


def test_nothing_to_tell_is_an_empty_cell(texts: Texts) -> None:
    rows = {row[0]: row[1] for row in opened(empty(), texts)["Свод"].iter_rows(min_row=6, values_only=True)}
    assert rows["Сообщений"] == 0
    assert (rows["В срок, %"], rows["Первый ответ: медиана"], rows["Средняя оценка"]) == (None, None, None)


def test_the_method_says_how_exact_and_what_broke(texts: Texts) -> None:
    report = {**sample(), "percentiles": "within 1 %"}
    method = {row[0]: row[1] for row in opened(report, texts)["Методика"].iter_rows(values_only=True)}
    assert method["Точность"] == "Времена с точностью до 1 %."
    assert method["Перерывы мессенджеров"] == "Не работали: ВКонтакте – 1 ч 05 мин."
    assert "8 ч рабочего времени" in str(method["Срок ответа"])


@pytest.mark.long
def test_many_lines_do_not_fill_the_memory(texts: Texts) -> None:
    report = sample(institutions=20)
    report["by_institution"] *= 100
    gc.collect()
    tracemalloc.start()
    try:
        written = write_workbook(report, texts=texts, language="ru")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(written) * 4 + 5_000_000
    assert len(table(load_workbook(BytesIO(written), read_only=True), "Учреждения")) == 2_000
