"""What a supervisor reads in a chat after /report."""

import pytest

from bot.reports.numbers import percent
from bot.reports.words import say_report
from bot.texts import LANGUAGES, Texts
from tests.reports.archive import Archive
from tests.reports.conftest import ReportOf
from tests.reports.sample import empty, sample
from tests.reports.week import week

WEEK = """\
Отчёт: весь регион, 23.11.2026 – 27.11.2026
Без ответа 3 из 9, просрочено 2; дольше всех ждут 1 дн 2 ч.
Сообщений: 9, из них в комментариях 1
Получили ответ: 6, в срок 63 % (5 из 8)
Первый ответ: медиана 4 ч 50 мин, 90 % быстрее 20 ч 45 мин (ответов: 6)

Только рабочее время: медиана 25 мин, 90 % быстрее 5 ч 45 мин
Следующий ответ: медиана 45 мин, 90 % быстрее 57 мин (ответов: 2)
Открыто снова: 1. Ответ не нужен: 1. Спам: 1

Где больше всего ждут:
Поликлиника № 6: без ответа 2, просрочено 1 (из 3)
Школа № 12: без ответа 1, просрочено 1 (из 5)

Кто чаще отвечает в срок (от 5 сообщений):
Школа № 12: 60 %, медиана 8 ч 45 мин (ответов: 4)"""


async def test_the_week_in_words(report_of: ReportOf, texts: Texts) -> None:
    assert say_report(await report_of(week()), texts=texts, language="ru") == WEEK


async def test_one_institution_is_not_compared_with_itself(report_of: ReportOf, texts: Texts) -> None:
    said = say_report(await report_of(week(), "institution:school-12"), texts=texts, language="ru")
    assert said.splitlines()[0] == "Отчёт: Школа № 12, 23.11.2026 – 27.11.2026"
    assert said.count("Школа № 12") == 1


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        ("branch:Образование", "отрасль «Образование»"),
        ("municipality:Казань", "Казань"),
        ("institution:silent", "Бассейн «Дельфин»"),
    ],
)
async def test_the_title_names_the_scope(report_of: ReportOf, texts: Texts, scope: str, name: str) -> None:
    said = say_report(await report_of(week(), scope), texts=texts, language="ru")
    assert said.splitlines()[0] == f"Отчёт: {name}, 23.11.2026 – 27.11.2026"


async def test_no_messages_are_told_kindly(report_of: ReportOf, texts: Texts) -> None:
    said = say_report(await report_of(week(), "institution:silent"), texts=texts, language="ru")
    assert said.splitlines()[1:] == ["За это время сообщений не было."]


async def test_a_tatar_reader_gets_tatar(report_of: ReportOf, texts: Texts) -> None:
    said = say_report(await report_of(week()), texts=texts, language="tt")
    assert len(said.splitlines()) == len(WEEK.splitlines())
    assert said.splitlines()[3] == "Җавап алганнар: 6, вакытында 63 % (5 / 8)"
    assert "медиана 4 сәг. 50 мин." in said


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_long_name_does_not_fill_the_screen(report_of: ReportOf, texts: Texts, language: str) -> None:
    archive = Archive()
    long = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 12»"
    archive.asked(archive.institution("long", long, "Образование", "Казань"), "mon 10:00")
    said = say_report(await report_of(archive), texts=texts, language=language)
    assert long not in said
    assert "Муниципальное бюджетное" in said
    assert max(len(line) for line in said.splitlines()) < 120


async def test_few_questions_top_no_list(report_of: ReportOf, texts: Texts) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа № 1", "Образование", "Казань")
    for _ in range(4):
        archive.asked(school, "mon 10:00").answered("mon 10:01", by=None)
    said = say_report(await report_of(archive), texts=texts, language="ru")
    assert "Кто чаще" not in said


@pytest.mark.parametrize(
    ("share", "whole"), [(0.0, 0), (0.001, 1), (0.004, 1), (0.625, 63), (0.994, 99), (0.999, 99), (1.0, 100)]
)
def test_only_all_is_a_hundred_and_only_nothing_is_zero(share: float, whole: int) -> None:
    assert percent(share) == whole


def test_the_period_before_stands_beside_what_a_supervisor_looks_at_first(texts: Texts) -> None:
    report = sample()
    total, before = report["total"], report["previous"]["total"]
    lines = say_report(report, texts=texts, language="ru").replace("\u00a0", " ").splitlines()
    more = round((total["questions"] - before["questions"]) * 100 / before["questions"])
    assert lines[2].endswith(f" – ▲ на {more} % больше")
    points = f"{total['in_time_share'] * 100 - before['in_time_share'] * 100:.1f}".replace(".", ",")
    assert lines[3].endswith(f" – ▲ лучше на {points} п. п.")
    assert "Не работали: ВКонтакте – 1 ч 05 мин." in lines
    assert "Изменения – к периоду 01.09.2026 – 30.09.2026" in lines
    assert f"Повторы: {total['duplicates']}" in say_report(report, texts=texts, language="ru")


def test_a_few_good_answers_do_not_come_before_many(texts: Texts) -> None:
    report = sample(institutions=2)
    few, many = report["by_institution"]
    few.update(name="A", short_name="A", questions=5, answered=5, answered_in_time=5, overdue=0, in_time_share=1.0)
    many.update(name="B", short_name="B", questions=99, answered=99, answered_in_time=98, overdue=0, in_time_share=0.99)
    said = say_report(report, texts=texts, language="ru").splitlines()
    assert [line[:2] for line in said[-2:]] == ["B:", "A:"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unanswered": 0, "answered": 7, "answered_in_time": 7}, "Ответили на всё, и всё в срок."),
        ({"unanswered": 0, "answered": 7, "answered_in_time": 5}, "Ответили на всё, позже срока: 2."),
        (
            {"unanswered": 2, "overdue": 0, "oldest_waiting_seconds": 60},
            "Без ответа 2 из 7, срок ещё идёт; дольше всех ждут 1 мин.",
        ),
        # Closed without a word: nobody waits, and the breach stays.
        ({"unanswered": 2, "overdue": 1, "oldest_waiting_seconds": None}, "Без ответа 2 из 7, просрочено 1."),
    ],
)
def test_the_first_sentence_says_what_needs_a_look(texts: Texts, changed: dict[str, int | None], sentence: str) -> None:
    report = sample()
    report["total"].update(questions=7, **changed)
    assert say_report(report, texts=texts, language="ru").splitlines()[1] == sentence
    assert len(say_report(report, texts=texts, language="tt").splitlines()[1].split()) > 3


def test_of_fewer_than_ten_cases_no_change_is_told(texts: Texts) -> None:
    report = sample()
    report["total"].update(questions=9)
    report["previous"]["total"].update(answered=5, overdue=4)
    report["previous"]["total"]["first_response"]["n"] = 9
    report["previous"]["total"]["grades"]["n"] = 9
    said = say_report(report, texts=texts, language="ru")
    assert not {"▲", "▼", "Изменения"} & set(said.replace(":", " ").split())


def test_without_questions_nothing_is_compared(texts: Texts) -> None:
    said = say_report(empty(), texts=texts, language="ru").splitlines()
    assert said[1:] == ["За это время сообщений не было."]


def test_what_was_replayed_says_so(texts: Texts) -> None:
    note = "Пересчитано по нынешним календарям и срокам."
    assert note not in say_report(sample(), texts=texts, language="ru")
    assert note in say_report({**sample(), "replayed": True}, texts=texts, language="ru").splitlines()
