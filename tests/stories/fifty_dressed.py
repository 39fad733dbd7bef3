"""The story's report in every form, opened again: its numbers are those of the JSON."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.reports.page.page import write_page
from bot.reports.sheet import write_sheet
from bot.reports.words import say_report
from bot.reports.workbook.workbook import write_workbook
from bot.texts import Texts

Report = dict[str, Any]
_CUTS = {
    "учреждение": "by_institution",
    "отрасль": "by_branch",
    "муниципалитет": "by_municipality",
    "администратор": "by_administrator",
    "канал": "by_channel",
    "тема": "by_topic",
    "день": "by_day",
}
_SHEETS = {
    "Районы": "by_municipality",
    "Отрасли": "by_branch",
    "Учреждения": "by_institution",
    "Администраторы": "by_administrator",
    "Темы": "by_topic",
}
_TIMES = {
    "Первый ответ": "first_response",
    "Первый ответ, рабочее время": "first_response_working",
    "Следующий ответ": "next_response",
    "До закрытия": "resolution",
}


def compare_forms(report: Report, texts: Texts) -> int:
    """Compare CSV, XLSX, the words in the chat and the PDF with the report; returns how many numbers."""
    compared = sum(1 for _ in (*_csv(report, texts), *_xlsx(report, texts)))
    said = say_report(report, texts=texts, language="ru").replace("\xa0", " ")
    pdf = PdfReader(BytesIO(write_page(report, texts=texts, language="ru", form="pdf")))
    page = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).replace("\xa0", " ").split())
    for text in (said, page):
        assert "51" in text, text
        assert "68" in text, text
        assert "5 ч" in text, text
    return compared


def _csv(report: Report, texts: Texts) -> Iterator[None]:
    written = write_sheet(report, texts=texts, language="ru").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(written), delimiter=";"))
    by_cut: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_cut.setdefault(next(iter(row.values())), []).append(row)
    for cut, key in _CUTS.items():
        assert len(by_cut[cut]) == len(report[key]), (cut, list(by_cut))
        for row, line in zip(by_cut[cut], report[key], strict=True):
            assert row["Сообщений"] == str(line["questions"])
            assert row["Ответ в срок"] == str(line["answered_in_time"])
            yield from (None, None)
            for name, time in _TIMES.items():
                expected = line[time]["median_seconds"]
                found = row[f"{name}: медиана, с"].replace(",", ".")
                assert float(found) == expected if found else expected is None, (cut, name, row)
                yield None


def _xlsx(report: Report, texts: Texts) -> Iterator[None]:
    book = load_workbook(BytesIO(write_workbook(report, texts=texts, language="ru")))
    for sheet, key in _SHEETS.items():
        heads, *rows = book[sheet].iter_rows(values_only=True)
        assert len(rows) == len(report[key])
        for row, line in zip(rows, report[key], strict=True):
            cells = dict(zip(map(str, heads), row, strict=True))
            assert cells["Сообщений"] == line["questions"]
            assert cells["В срок, %"] == line["in_time_share"]
            median = line["first_response"]["median_seconds"]
            expected = None if median is None else pytest.approx(timedelta(seconds=median), abs=timedelta(seconds=1))
            assert cells["Первый ответ: медиана"] == expected
            yield from (None, None, None)
    waiting = list(book["Без ответа"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in waiting] == [
        ticket["number"] for ticket in (*report["unanswered_tickets"], *report["closed_unanswered"])
    ]
