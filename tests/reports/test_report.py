"""A week's report, every figure worked out by hand."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.errors import SettingsError
from bot.domain.institution import Scope, ScopeKind
from bot.reports.report import Report, make_report
from storage.database import Database
from tests.reports.archive import KAZAN, Archive, at
from tests.reports.week import FIRST, LAST, NOW, week

REGION = Scope(kind=ScopeKind.REGION)


async def report(database: Database, scope: Scope = REGION, first: date = FIRST, last: date = LAST) -> Report:
    return await make_report(database, scope=scope, first=first, last=last, zone=KAZAN, now=NOW)


def times(n: int, median: float | None, p90: float | None, longest: float | None) -> dict[str, Any]:
    return {"n": n, "median_seconds": median, "p90_seconds": p90, "max_seconds": longest}


NO_TIMES = times(0, None, None, None)
NO_FIGURES = {
    "questions": 0,
    "answered": 0,
    "answered_in_time": 0,
    "in_time_share": None,
    "unanswered": 0,
    "overdue": 0,
    "oldest_waiting_seconds": None,
    "first_response": NO_TIMES,
    "first_response_working": NO_TIMES,
    "next_response": NO_TIMES,
    "resolution": NO_TIMES,
    "held": NO_TIMES,
    "transferred": 0,
    "reopened": 0,
    "grades": {"n": 0, "mean": None, "good_share": None},
    "reactions": {"positive": 0, "negative": 0, "neutral": 0},
    "comments": 0,
    "no_answer_needed": 0,
    "spam": 0,
    "duplicates": 0,
    "withdrawn": 0,
    "silenced": 0,
    "within_hard_limit": 0,
    "interim": 0,
    "resolved_in_time": 0,
    "resolution_share": None,
}


async def test_the_weeks_total(database: Database) -> None:
    await week().store(database)
    # First answers took, in seconds: 600, 1200, 1800, 33000, 61200, 88200; in working time 600, 600, 1200, 1800, 7200,
    # 34200. Second ones: 1800, 3600. Ended after: 3600 (without an answer), 7200, 79200.
    assert (await report(database))["total"] == {
        **NO_FIGURES,
        "questions": 9,
        "answered": 6,
        "answered_in_time": 5,
        "in_time_share": 0.625,
        "unanswered": 3,
        "overdue": 2,
        "oldest_waiting_seconds": 26 * 3600,
        "first_response": times(6, 17400, 74700, 88200),
        "first_response_working": times(6, 1500, 20700, 34200),
        "next_response": times(2, 2700, 3420, 3600),
        "resolution": times(3, 7200, 64800, 79200),
        "held": times(6, 17400, 74700, 88200),
        "reopened": 1,
        "comments": 1,
        "no_answer_needed": 1,
        "spam": 1,
    }


async def test_the_head_names_scope_period_and_moment(database: Database) -> None:
    await week().store(database)
    made = await report(database)
    assert [made[key] for key in ("scope", "from", "to", "generated_at", "definitions")] == [
        "region",
        "2026-11-23",
        "2026-11-27",
        "2026-11-27T12:00:00+03:00",
        "2",
    ]
    assert json.loads(json.dumps(made)) == made


async def test_institutions_stand_by_name_and_silent_ones_are_left_out(database: Database) -> None:
    await week().store(database)
    shown = (await report(database))["by_institution"]
    assert [(row["code"], row["questions"], row["answered"], row["overdue"]) for row in shown] == [
        ("culture", 1, 1, 0),
        ("clinic-6", 3, 1, 1),
        ("school-12", 5, 4, 1),
    ]
    assert {key: shown[0][key] for key in ("name", "branch", "municipality")} == {
        "name": "Дом культуры",
        "branch": "Культура",
        "municipality": "Нижнекамский район",
    }


async def test_branches_municipalities_and_channels(database: Database) -> None:
    await week().store(database)
    made = await report(database)
    assert [(row["branch"], row["questions"], row["spam"]) for row in made["by_branch"]] == [
        ("Здравоохранение", 3, 1),
        ("Культура", 1, 0),
        ("Образование", 5, 0),
    ]
    assert [(row["municipality"], row["questions"]) for row in made["by_municipality"]] == [
        ("Казань", 8),
        ("Нижнекамский район", 1),
    ]
    assert [(row["channel"], row["questions"], row["unanswered"]) for row in made["by_channel"]] == [
        ("telegram", 2, 1),
        ("vk", 7, 2),
    ]


async def test_an_administrators_line_holds_the_answers_that_this_person_gave(database: Database) -> None:
    await week().store(database)
    shown = (await report(database))["by_administrator"]
    columns = ("administrator", "institution", "questions", "answered", "answered_in_time")
    assert [tuple(row[key] for key in columns) for row in shown] == [
        ("Алсу", "school-12", 2, 2, 2),
        ("Булат", "school-12", 2, 2, 1),
        ("Гүзәл", "clinic-6", 1, 1, 1),
        (None, "culture", 1, 1, 1),
    ]
    assert [row["next_response"]["n"] for row in shown] == [0, 1, 1, 0]


async def test_every_day_has_a_line_in_the_reports_zone(database: Database) -> None:
    await week().store(database)
    shown = (await report(database, last=date(2026, 11, 29)))["by_day"]
    assert [(row["date"], row["questions"]) for row in shown] == [
        ("2026-11-23", 4),
        ("2026-11-24", 1),
        ("2026-11-25", 2),
        ("2026-11-26", 1),
        ("2026-11-27", 1),
        ("2026-11-28", 1),
        ("2026-11-29", 0),
    ]
    assert shown[-1] == {"date": "2026-11-29", **NO_FIGURES}


@pytest.mark.parametrize(
    ("scope", "questions", "institutions"),
    [
        (Scope(kind=ScopeKind.BRANCH, name="образование"), 5, ["school-12"]),
        (Scope(kind=ScopeKind.MUNICIPALITY, name="Казань"), 8, ["clinic-6", "school-12"]),
        (Scope(kind=ScopeKind.INSTITUTION, name="culture"), 1, ["culture"]),
        (Scope(kind=ScopeKind.INSTITUTION, name="silent"), 0, []),
    ],
)
async def test_a_scope_sees_only_its_own(
    database: Database, scope: Scope, questions: int, institutions: list[str]
) -> None:
    await week().store(database)
    made = await report(database, scope)
    assert made["total"]["questions"] == questions
    assert [row["code"] for row in made["by_institution"]] == institutions
    assert {row["institution"] for row in made["by_administrator"]} <= set(institutions)


async def test_nothing_asked_is_null_and_not_zero(database: Database) -> None:
    await week().store(database)
    made = await report(database, first=date(2026, 1, 1), last=date(2026, 1, 1))
    assert made["total"] == NO_FIGURES
    assert made["by_institution"] == made["by_administrator"] == made["by_channel"] == made["by_branch"] == []


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        (Scope(kind=ScopeKind.BRANCH, name="Образвание"), "нет отрасли «Образвание»; похожие: «Образование»"),
        (Scope(kind=ScopeKind.MUNICIPALITY, name="Казнь"), "похожие: «Казань»"),
        (Scope(kind=ScopeKind.INSTITUTION, name="school-13"), "похожие: «school-12»"),
        (Scope(kind=ScopeKind.BRANCH, name="xyz"), "есть, например: «Здравоохранение»"),
    ],
)
async def test_an_unknown_scope_is_told_with_its_neighbours(database: Database, scope: Scope, says: str) -> None:
    await week().store(database)
    with pytest.raises(SettingsError, match=says):
        await report(database, scope)


async def test_an_empty_directory_is_told_as_such(database: Database) -> None:
    with pytest.raises(SettingsError, match="справочник пуст"):
        await report(database, Scope(kind=ScopeKind.BRANCH, name="Образование"))
    assert (await report(database))["total"] == NO_FIGURES


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), "раньше"),
        (date(1, 1, 1), date(2026, 11, 1), "десяти лет"),
        (date(2026, 11, 1), date(9999, 12, 31), "десяти лет"),
    ],
)
async def test_an_impossible_period_is_refused(database: Database, first: date, last: date, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        await report(database, first=first, last=last)


async def test_an_answer_in_the_last_second_is_in_time_and_waiting_till_then_is_not_overdue(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    archive.asked(school, "mon 9:00").answered("mon 17:00", by=None)
    archive.asked(school, "thu 12:00")
    await archive.store(database)
    total = (await report(database))["total"]
    assert total["answered_in_time"] == 1
    # Thursday 12:00 to 18:00 are six hours, the seventh and eighth end on Friday at 11:00.
    assert total["overdue"] == 1
    made = await make_report(database, scope=REGION, first=FIRST, last=LAST, zone=KAZAN, now=at("fri 11:00"))
    assert made["total"]["overdue"] == 0


async def test_words_that_follow_excused_ones_have_the_whole_norm(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    # "Thank you" on Monday needed nothing; the question of Wednesday 10:00 is due on Wednesday 18:00.
    archive.asked(school, "mon 9:00").excused("mon 9:10").says("wed 10:00").answered("wed 17:59", by=None)
    archive.asked(school, "mon 9:00").excused("mon 9:10").says("wed 10:00").answered("thu 9:01", by=None)
    await archive.store(database)
    total = (await report(database))["total"]
    assert (total["answered"], total["answered_in_time"], total["no_answer_needed"]) == (2, 1, 2)


async def test_working_time_is_that_of_the_institutions_zone(database: Database) -> None:
    archive = Archive()
    # In Vladivostok Monday 10:00 in Kazan is 17:00: one more hour of work, and 15 minutes on Tuesday.
    far = archive.institution("far", "Школа", "Образование", "Владивосток", time_zone="Asia/Vladivostok")
    archive.asked(far, "mon 10:00").answered("tue 2:15", by=None)
    await archive.store(database)
    total = (await report(database))["total"]
    assert total["first_response_working"]["median_seconds"] == timedelta(hours=1, minutes=15).total_seconds()


async def test_the_report_of_a_reopened_ticket_counts_its_first_answer_once(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    ticket = archive.asked(school, "mon 9:00").answered("mon 9:10", by=None).closed("mon 9:20")
    ticket.reopened("mon 9:30")
    await archive.store(database)
    total = (await report(database))["total"]
    assert (total["questions"], total["answered"], total["unanswered"], total["reopened"]) == (1, 1, 0, 1)
    assert total["resolution"]["n"] == 0


async def test_a_scope_within_another_counts_what_lies_in_both(database: Database) -> None:
    await week().store(database)
    schools, kazan = Scope(kind=ScopeKind.BRANCH, name="Образование"), Scope(kind=ScopeKind.MUNICIPALITY, name="Казань")
    alone = await report(database, schools)

    async def both(scope: Scope, other: Scope) -> Report:
        return await make_report(database, scope=scope, within=[other], first=FIRST, last=LAST, zone=KAZAN, now=NOW)

    within = await both(kazan, schools)
    assert within["within"] == ["branch:Образование"]
    assert within["total"] == alone["total"]
    assert within["by_institution"] == alone["by_institution"]
    culture = Scope(kind=ScopeKind.BRANCH, name="Культура")
    assert (await both(kazan, culture))["total"] == NO_FIGURES
    with pytest.raises(SettingsError):
        await both(kazan, Scope(kind=ScopeKind.BRANCH, name="нет такой"))
