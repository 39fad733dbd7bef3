"""A report as `make_report` gives it, made of invented figures: full, sparse or empty, as large as wanted."""

from datetime import date, timedelta
from random import Random
from typing import Any

from bot.reports.counting.figures import Figures
from bot.reports.report import Report

MUNICIPALITIES = (
    "Агрызский", "Азнакаевский", "Аксубаевский", "Актанышский", "Алексеевский", "Алькеевский", "Альметьевский",
    "Апастовский", "Арский", "Атнинский", "Бавлинский", "Балтасинский", "Бугульминский", "Буинский", "Верхнеуслонский",
    "Высокогорский", "Дрожжановский", "Елабужский", "Заинский", "Зеленодольский", "Кайбицкий", "Камско-Устьинский",
    "Кукморский", "Лаишевский", "Лениногорский", "Мамадышский", "Менделеевский", "Мензелинский", "Муслюмовский",
    "Нижнекамский", "Новошешминский", "Нурлатский", "Пестречинский", "Рыбно-Слободский", "Сабинский", "Сармановский",
    "Спасский", "Тетюшский", "Тукаевский", "Тюлячинский", "Черемшанский", "Чистопольский", "Ютазинский",
)  # fmt: skip
TOPICS = (
    "Дороги", "Благоустройство", "Социальная защита", "ЖКХ", "Общественный транспорт", "Строительство", "Здоровье",
    "Безопасность", "Образование", "Вывоз отходов", "Культура и спорт", None,
)  # fmt: skip
BRANCHES = ("Образование", "Здравоохранение", "Культура", "Спорт", "ЖКХ")
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
_DAY = timedelta(days=1)


def nothing() -> Figures:
    """F without a single case."""
    no_times = {"n": 0, "median_seconds": None, "p90_seconds": None, "max_seconds": None}
    counts = (
        "questions", "answered", "answered_in_time", "unanswered", "overdue", "transferred", "reopened", "comments",
        "no_answer_needed", "spam", "duplicates", "within_hard_limit", "interim", "resolved_in_time",
        "withdrawn", "silenced",
    )  # fmt: skip
    times = ("first_response", "first_response_working", "next_response", "resolution", "held")
    return {
        **dict.fromkeys(counts, 0),
        "in_time_share": None,
        "resolution_share": None,
        "oldest_waiting_seconds": None,
        **{name: dict(no_times) for name in times},
        "grades": {"n": 0, "mean": None, "good_share": None},
        "reactions": {"positive": 0, "negative": 0, "neutral": 0},
    }


def some(random: Random, questions: int, *, quality: float) -> Figures:
    """F of so many questions, of which about `quality` are answered in time."""
    figures = nothing()
    if not questions:
        return figures
    answered = round(questions * min(quality + 0.06, 1))
    in_time = min(round(questions * quality), answered)
    overdue = round((questions - answered) * 0.7)
    graded = questions // 5
    good = round(graded * quality * 0.95)
    median = round(4_000 + 30_000 * (1 - quality) * random.uniform(0.6, 1.4))
    figures.update(
        questions=questions,
        answered=answered,
        answered_in_time=in_time,
        in_time_share=round(in_time / (answered + overdue), 3) if answered + overdue else None,
        unanswered=questions - answered,
        overdue=overdue,
        oldest_waiting_seconds=random.randrange(100_000, 600_000) if questions > answered else None,
        transferred=questions // 30,
        reopened=questions // 40,
        comments=questions // 3,
        no_answer_needed=questions // 12,
        spam=questions // 90,
        duplicates=questions // 50,
        withdrawn=questions // 70,
        silenced=questions // 80,
        within_hard_limit=in_time,
        interim=questions // 60,
        resolved_in_time=answered,
        resolution_share=round(answered / questions, 3),
        reactions={"positive": questions * 4, "negative": questions // 2, "neutral": questions // 7},
        grades={
            "n": graded,
            "mean": round(3.2 + quality * 1.6, 2) if graded else None,
            "good_share": round(good / graded, 3) if graded else None,
        },
    )
    for name, factor in (("first_response", 1.0), ("first_response_working", 0.35), ("resolution", 9.0), ("held", 0.9)):
        if answered:
            figures[name] = _times(answered, median * factor)
    if answered > 3:
        figures["next_response"] = _times(answered // 3, median * 0.6)
    return figures


def _times(n: int, median: float) -> Figures:
    return {
        "n": n,
        "median_seconds": round(median, 1),
        "p90_seconds": round(median * 3.4, 1),
        "max_seconds": round(median * 11, 1),
    }


def sample(
    *,
    scope: str = "region",
    scope_name: str = "",
    municipalities: tuple[str, ...] = MUNICIPALITIES,
    institutions: int = 60,
    per_place: int = 300,
    trend: bool = True,
    seed: int = 7,
) -> Report:
    """Return a full report; `per_place` questions or so fall on each municipality."""
    random = Random(seed)
    rows: list[Figures] = [
        {
            "municipality": name,
            **some(random, round(per_place * random.uniform(0.05, 2)), quality=random.uniform(0.5, 1)),
        }
        for name in municipalities
    ]
    places: list[Figures] = []
    for number in range(institutions):
        name = f"Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № {number}»"
        places.append(
            {
                "code": f"school-{number}",
                "name": name,
                "short_name": f"Школа № {number}",
                "branch": BRANCHES[number % len(BRANCHES)],
                "municipality": municipalities[number % len(municipalities)],
                **some(random, round(per_place / 10 * random.uniform(0, 2)), quality=random.uniform(0.5, 1)),
            }
        )
    questions = sum(row["questions"] for row in rows)
    report: dict[str, Any] = {
        "scope": scope,
        "scope_name": scope_name,
        "from": FIRST.isoformat(),
        "to": LAST.isoformat(),
        "generated_at": "2026-11-01T08:00:00+03:00",
        "definitions": "2",
        "total": some(random, questions, quality=0.86),
        "by_branch": [{"branch": name, **some(random, questions // 5, quality=0.8)} for name in BRANCHES],
        "by_municipality": rows,
        "by_institution": places,
        "by_administrator": [
            {"administrator": name, "institution": "school-1", **some(random, 40, quality=0.9)}
            for name in ("Алсу Гыйләҗева", "Булат", None)
        ],
        "by_channel": [
            {"channel": "telegram", **some(random, questions // 4, quality=0.9)},
            {"channel": "vk", **some(random, questions * 3 // 4, quality=0.8)},
        ],
        "by_day": [
            {"date": (FIRST + number * _DAY).isoformat(), **some(random, questions // 31, quality=0.85)}
            for number in range(31)
        ],
        "by_topic": [
            {"topic": name, "code": "", **some(random, questions // (number + 3), quality=0.82)}
            for number, name in enumerate(TOPICS)
        ],
        "incidents": [],
    }
    if trend:
        report |= _trend(random, questions)
    return report


def _trend(random: Random, questions: int) -> dict[str, Any]:
    monday = date(2026, 8, 10)
    return {
        "percentiles": "exact",
        "outages": [{"channel": "vk", "seconds": 3_900}, {"channel": "telegram", "seconds": 0}],
        "previous": {
            "from": "2026-09-01",
            "to": "2026-09-30",
            "total": some(random, round(questions * 0.91), quality=0.82),
        },
        "weeks": [
            {
                "from": (monday + 7 * number * _DAY).isoformat(),
                "to": (monday + (7 * number + 6) * _DAY).isoformat(),
                **some(random, round(questions / 4.4 * random.uniform(0.8, 1.2)), quality=random.uniform(0.78, 0.92)),
            }
            for number in range(12)
        ],
        "unanswered_tickets": [
            {
                "number": 10_400 + number,
                "institution": f"school-{number}",
                "name": f"Школа № {number}",
                "opened_at": f"2026-10-{28 - number:02}T09:30:00+03:00",
                "waiting_seconds": 400_000 - number * 9_000,
                "is_overdue": number < 9,
                "topic": TOPICS[number % len(TOPICS)],
                "link": "",
            }
            for number in range(14)
        ],
    }


def empty() -> Report:
    """Return a report of a period in which nobody asked anything."""
    report = sample(municipalities=(), institutions=0)
    days = [{"date": row["date"], **nothing()} for row in report["by_day"]]
    weeks = [{"from": row["from"], "to": row["to"], **nothing()} for row in report["weeks"]]
    cuts: dict[str, list[Figures]] = {
        cut: []
        for cut in ("by_branch", "by_municipality", "by_institution", "by_administrator", "by_channel", "by_topic")
    }
    previous = {**report["previous"], "total": nothing()}
    beside = {"outages": [], "unanswered_tickets": [], "previous": previous, "by_day": days, "weeks": weeks}
    return {**report, **cuts, **beside, "total": nothing()}
