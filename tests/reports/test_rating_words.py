"""The rating in a chat."""

from bot.reports.rating.rating import RatedBy, rate
from bot.reports.rating.words import say_method, say_rating
from bot.texts import Texts
from tests.reports.rated import figures, line, report_of


def schools(count: int) -> list[dict]:
    return [
        line(f"school-{number}", f"Школа № {number}", questions=40, in_time=40 - number)
        for number in range(1, count + 1)
    ]


def test_a_supervisor_reads_the_best_of_every_group(texts: Texts) -> None:
    report = report_of(
        *schools(5), line("garden", "Детский сад № 5", questions=7), line("tiny", "Детский сад № 6", questions=2)
    )
    assert say_rating(rate(report), texts=texts, language="ru") == (
        "Рейтинг: весь регион, 01.10.2026 – 31.10.2026\n"
        "\n"
        "Образование: детские сады (1)\n"
        "1. Детский сад № 5 – 64,58 (сообщений: 7)\n"
        "\n"
        "Образование: школы (5)\n"
        "1. Школа № 1 – 78,05 (сообщений: 40)\n"
        "2. Школа № 2 – 76,12 (сообщений: 40)\n"
        "3. Школа № 3 – 74,33 (сообщений: 40)\n"
        "\n"
        "Из 100 баллов: 40 – ответы в срок, 20 – скорость среди похожих, 25 – оценки 4–5, 15 – без молчания и повторов."
    )


def test_a_work_chat_reads_its_own_place_and_five_neighbours(texts: Texts) -> None:
    said = say_rating(rate(report_of(*schools(9))), texts=texts, language="ru", own=["school-5"])
    assert said.splitlines()[2:-2] == [
        "Школа № 5: место 5 из 9 среди школ, 71,00 балла из 100.",
        "3. Школа № 3 – 74,33 (сообщений: 40)",
        "4. Школа № 4 – 72,63 (сообщений: 40)",
        "▸ 5. Школа № 5 – 71,00 (сообщений: 40)",
        "6. Школа № 6 – 69,41 (сообщений: 40)",
        "7. Школа № 7 – 67,88 (сообщений: 40)",
        "8. Школа № 8 – 66,39 (сообщений: 40)",
    ]


def test_the_last_one_has_neighbours_too(texts: Texts) -> None:
    said = say_rating(rate(report_of(*schools(9))), texts=texts, language="ru", own=["school-9"])
    assert [row.partition(".")[0] for row in said.splitlines()[3:-2]] == ["4", "5", "6", "7", "8", "▸ 9"]


def test_who_is_not_ranked_reads_why(texts: Texts) -> None:
    report = report_of(line("tiny", "Школа № 6", questions=2), line("alone", "Музей", branch="Культура"))
    assert say_rating(rate(report), texts=texts, language="ru", own=["tiny"]).splitlines()[2] == (
        "Школа № 6: пока вне рейтинга. Нужно хотя бы 5 сообщений, было 2."
    )
    assert "Сравнить не с кем: среди музеев больше никого." in say_rating(
        rate(report), texts=texts, language="ru", own=["alone"]
    )
    assert "сообщений не было" in say_rating(rate(report), texts=texts, language="ru", own=["silent"])
    left_out = rate(report, excluded={"alone": "идёт проверка"})
    assert "Музей: вне рейтинга. Причина: идёт проверка." in say_rating(
        left_out, texts=texts, language="ru", own=["alone"]
    )


def test_nobody_to_compare(texts: Texts) -> None:
    said = say_rating(rate(report_of()), texts=texts, language="ru")
    assert "Сравнивать пока некого: нужно хотя бы 5 сообщений" in said
    assert "баллов" not in said


def test_the_method_shows_every_number_of_ones_own(texts: Texts) -> None:
    """The example of docs/for-supervisors.md."""
    rating = rate(
        report_of(
            line("1", questions=100, in_time=95, grades=(40, 50), median=3600),
            line(
                "2",
                "Школа № 2",
                questions=48,
                answered=46,
                in_time=45,
                overdue=2,
                reopened=2,
                grades=(12, 14),
                median=1500,
            ),
            line("3", "Школа № 3", questions=20, in_time=10, median=7200),
        )
    )
    said = say_method(rating, texts=texts, language="ru", own=["2", "3"])
    assert said.endswith(
        "Школа № 2:\n"
        "В срок: 45 из 48 → 0,8316 × 40 = 33,26\n"
        "Скорость (медиана 25 мин): 2 из 2 → 1,0000 × 20 = 20,00\n"
        "Оценки 4–5: 12 из 14 → 0,6006 × 25 = 15,02\n"
        "Без молчания и повторов: 44 из 48 → 0,8045 × 15 = 12,07\n"
        "Итог: 80,35 × 100 / 100 = 80,35\n"
        "\n"
        "Школа № 3:\n"
        "В срок: 10 из 20 → 0,2993 × 40 = 11,97\n"
        "Скорость (медиана 2 ч 00 мин): 0 из 2 → 0,0000 × 20 = 0,00\n"
        "Оценки 4–5: не считается (есть 0)\n"
        "Без молчания и повторов: 20 из 20 → 0,8389 × 15 = 12,58\n"
        "Итог: 24,55 × 100 / 75 = 32,73"
    )


def test_municipalities_and_tatar(texts: Texts) -> None:
    rows = [{"municipality": name, **figures(count)} for name, count in (("Арча", 20), ("Азнакай", 30))]
    said = say_rating(rate(report_of(by_municipality=rows), by=RatedBy.MUNICIPALITY), texts=texts, language="tt")
    assert "Муниципалитетлар (2)\n1. Азнакай" in said
    assert "{" not in say_method(rate(report_of(line("1"), line("2"))), texts=texts, language="tt", own=["1"])
