"""The supervisor's page as a PDF and as pictures: its numbers are those of the report, its letters are all there."""

import struct
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from bot.reports.page.page import Form, write_page
from bot.reports.report import Report
from bot.texts import LANGUAGES, Texts
from tests.reports.sample import empty, sample

SCREEN: tuple[Form, ...] = ("png", "screen")


def words_of(report: Report, texts: Texts, language: str = "ru") -> str:
    """Return the words of the PDF, which has one page in PT Sans and nothing else."""
    pdf = PdfReader(BytesIO(write_page(report, texts=texts, language=language, form="pdf")))
    (page,) = pdf.pages
    known: Any = page["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in known["/Font"].values()}
    assert fonts <= {"PTSans-Regular", "PTSans-Bold"}, "a letter was missing in PT Sans and came from elsewhere"
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_page_tells_the_numbers_of_the_report(texts: Texts) -> None:
    report = sample()
    total, before = report["total"], report["previous"]["total"]
    words = words_of(report, texts)
    assert f"{total['questions']:,}".replace(",", " ") in words
    assert f"{total['in_time_share'] * 100:.1f} %".replace(".", ",") in words
    points = round(total["in_time_share"] * 100 - before["in_time_share"] * 100, 1)
    assert f"лучше на {points:.1f} п. п.".replace(".", ",", 1) in words
    assert f"n = {total['first_response']['n']:,}".replace(",", " ") in words
    assert "01.10.2026 – 31.10.2026" in words
    assert "01.09.2026 – 30.09.2026" in words
    assert "Данные на 01.11.2026 08:00" in words
    assert "Не работали: ВКонтакте – 1 ч 05 мин." in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "report",
    [
        sample(),
        sample(trend=False, per_place=9),
        sample(scope="institution:school-3", scope_name="Школа № 3", municipalities=("Казань",), institutions=1),
        sample(scope="municipality:Казань", scope_name="Казань", municipalities=("Казань",), institutions=9),
        empty(),
    ],
    ids=["region", "without a trend", "institution", "municipality", "empty"],
)
def test_there_is_one_page_whatever_the_report_holds(report: Report, texts: Texts, language: str) -> None:
    assert texts.say(language, "page-tile-questions") in words_of(report, texts, language)
    assert size_of(write_page(report, texts=texts, language=language, form="screen")) == (1920, 1080)
    width, height = size_of(write_page(report, texts=texts, language=language, form="png"))
    assert (width, height < 1600) == (1080, True)


def test_tatar_letters_come_from_the_same_font_as_all_others(texts: Texts) -> None:
    report = sample(municipalities=("Әгерҗе", "Бөгелмә", "Чүпрәле", "Яңа Чишмә", "Һәр яктан"), per_place=400)
    words = words_of(report, texts, "tt")
    for name in ("Әгерҗе", "Бөгелмә", "Чүпрәле", "Яңа Чишмә", "Һәр яктан"):
        assert name in words


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        "*жирный* _курсив_ $x$ `код` <метка> @ссылка \\u{41} // /* ",
        '"}, {"shape": "png',
        "Школа\u202eалокШ\x00\x07 😀",
        "Очень" * 60,
        " ",
        "=1+1",
    ],
)
def test_a_hostile_name_is_nothing_but_a_name(texts: Texts, name: str) -> None:
    report = sample(municipalities=(name, f"{name} 2", "Казань"), per_place=500)
    report["scope_name"] = name
    report["by_topic"][0]["topic"] = name
    report["scope"] = f"branch:{name}"
    assert "Казань" in words_of(report, texts)


def test_the_longest_word_of_a_heading_goes_on_below(texts: Texts) -> None:
    def height(name: str) -> int:
        report = sample(municipalities=("Казань",), per_place=5)
        report["scope"], report["scope_name"] = "branch:x", name
        return int.from_bytes(write_page(report, texts=texts, language="ru", form="png")[20:24])

    assert height("Ш" * 300) > height("Ш")


def test_nothing_to_tell_is_a_dash_and_never_a_nought(texts: Texts) -> None:
    words = words_of(empty(), texts)
    assert words.count("—") == 3
    assert "считать не из чего" in words
    assert "0 %" not in words


def test_drawing_twice_gives_the_same_page(texts: Texts) -> None:
    for form in SCREEN:
        first, second = (write_page(sample(), texts=texts, language="ru", form=form) for _ in range(2))
        assert first == second
