"""Administrators are named to themselves and their chain only: every way out of a report and a rating is tried."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from bot.domain.result import Result
from bot.reports.forms import FORMS
from bot.reports.page.poster import make_poster
from bot.reports.rating.lines import write_rating_sheet
from bot.reports.rating.nominations import Plan
from bot.reports.rating.plan import natural_nominations
from bot.reports.rating.rating import RatedBy, Rating, rate
from bot.reports.rating.result import digest, freeze, ratings_of
from bot.reports.rating.table import write_rating_table
from bot.reports.rating.values import rating_values
from bot.reports.rating.words import say_method, say_rating
from bot.reports.rating.workbook import write_rating_workbook
from bot.reports.report import Report
from bot.reports.table import write_table
from bot.reports.words import say_report
from bot.texts import Texts
from bot.web.pages.published import show
from tests.reports.archive import Archive, at
from tests.reports.conftest import ReportOf

ALSU, GUZEL, DAMIR = "Алсу-секрет", "Гүзәл-секрет", "Дамир-секрет"
PERSON_OF = {"school-1": ALSU, "school-2": GUZEL, "clinic-6": DAMIR}


def region() -> Archive:
    """Three institutions with one administrator each; everybody is asked six times and answers."""
    archive = Archive()
    archive.institution("school-1", "Школа № 1", "Образование", "Казань")
    archive.institution("school-2", "Школа № 2", "Образование", "Арский район")
    archive.institution("clinic-6", "Поликлиника № 6", "Здравоохранение", "Казань")
    for code, name in PERSON_OF.items():
        person = archive.administrator(name, code)
        for hour in range(10, 16):
            archive.asked(code, f"mon {hour}:00").answered(f"mon {hour}:30", by=person)
    return archive


def opened(content: bytes) -> str:
    """Everything that can be read in a file: words of a PDF, all parts of an office file."""
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode("utf-8", errors="replace") for name in parts.namelist())
    return content.decode("utf-8", errors="replace")


def ways_out(report: Report, texts: Texts) -> dict[str, str]:
    """Return what can be read of a report, by the way in which it leaves."""
    files = {name: opened(form.dress(report, texts, "ru")) for name, form in FORMS.items()}
    return files | {
        "json": json.dumps(report, ensure_ascii=False),
        "table": write_table(report, texts=texts, language="ru", width=200),
        "chat": say_report(report, texts=texts, language="ru"),
        "picture": repr(make_poster(report, texts=texts, language="ru")),
    }


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        ("institution:school-1", {ALSU}),
        ("institution:clinic-6", {DAMIR}),
        ("branch:Образование", {ALSU, GUZEL}),
        ("municipality:Казань", {ALSU, DAMIR}),
    ],
)
async def test_a_report_names_only_people_of_its_scope(
    report_of: ReportOf, texts: Texts, scope: str, seen: set[str]
) -> None:
    out = ways_out(await report_of(region(), scope), texts)
    for way, told in out.items():
        assert {name for name in PERSON_OF.values() if name in told} <= seen, way
    # The test would see a name if there were one.
    for way in ("json", "csv", "xlsx", "table"):
        assert {name for name in PERSON_OF.values() if name in out[way]} == seen, way


async def test_what_a_chat_or_a_picture_shows_of_a_region_names_nobody(report_of: ReportOf, texts: Texts) -> None:
    out = ways_out(await report_of(region()), texts)
    for way in ("chat", "picture", "pdf", "pptx"):
        assert "секрет" not in out[way], way


RATING_WAYS: dict[str, Callable[[Rating, Texts], Any]] = {
    "values": lambda rating, _: rating_values(rating),
    "table": lambda rating, texts: write_rating_table(rating, texts=texts, language="ru", width=200),
    "csv": lambda rating, texts: opened(write_rating_sheet(rating, texts=texts, language="ru")),
    "xlsx": lambda rating, texts: opened(write_rating_workbook(rating, texts=texts, language="ru")),
    "chat": lambda rating, texts: say_rating(rating, texts=texts, language="ru"),
    "own": lambda rating, texts: say_rating(rating, texts=texts, language="ru", own=["school-1"]),
    "method": lambda rating, texts: say_method(rating, texts=texts, language="ru", own=["school-1"]),
}


@pytest.mark.parametrize("by", [RatedBy.INSTITUTION, RatedBy.MUNICIPALITY, RatedBy.BRANCH])
async def test_no_rating_of_others_names_a_person(report_of: ReportOf, texts: Texts, by: RatedBy) -> None:
    rating = rate(await report_of(region()), by=by)
    for way, tell in RATING_WAYS.items():
        assert "секрет" not in str(tell(rating, texts)), way


async def test_what_everybody_may_see_of_a_result_names_nobody_and_gives_no_name_away(
    report_of: ReportOf, texts: Texts
) -> None:
    report = await report_of(region())
    nominations = natural_nominations(ratings_of(report, excluded={}), texts=texts, language="ru")
    shown, people = freeze(report, title="Итог", plan=Plan(), nominations=nominations, frozen_at=at("fri 12:00"))
    result = Result(
        id=1,
        title="Итог",
        scope="region",
        first=report["from"],
        last=report["to"],
        hash=digest(shown),
        frozen_at=at("fri 12:00"),
        frozen_by="operator",
        shown=shown,
        people=people,
    )
    assert "секрет" in people.decode()
    assert "секрет" not in shown.decode()
    assert "секрет" not in repr(show(result, texts=texts, language="ru"))
    # The hash of the people is salted: whoever guesses the names cannot find out that they are right.
    again = freeze(report, title="Итог", plan=Plan(), nominations=nominations, frozen_at=at("fri 12:00"))
    assert json.loads(again[0])["administrators_sha256"] != json.loads(shown)["administrators_sha256"]
