"""A question that was given away: the citizen's time with the one who has it, each holder's own time beside."""

import pytest

from bot.domain.institution import Scope, ScopeKind
from storage.database import Database
from tests.reports.archive import Archive
from tests.reports.test_report import NO_TIMES, report, times

REGION = Scope(kind=ScopeKind.REGION)
SCHOOL = Scope(kind=ScopeKind.INSTITUTION, name="school-12")
CLINIC = Scope(kind=ScopeKind.INSTITUTION, name="clinic-6")
HEALTH = Scope(kind=ScopeKind.BRANCH, name="Здравоохранение")

# school  clinic  culture: who held how long (minutes)
#    120      30        –  given away, answered by the clinic after 150
#     10       5       60  wandered on to the culture, answered after 75
#     20       –        –  answered by the school itself
#     30       ?        –  given away, the clinic is still silent
#     40       –        –  spam in the end: counts nowhere


@pytest.fixture
async def stored(database: Database) -> Database:
    archive = Archive()
    school = archive.institution("school-12", "Школа № 12", "Образование", "Казань")
    clinic = archive.institution("clinic-6", "Поликлиника № 6", "Здравоохранение", "Казань")
    culture = archive.institution("culture", "Дом культуры", "Культура", "Казань")
    alsu, guzel = archive.administrator("Алсу", school), archive.administrator("Гүзәл", clinic)
    archive.asked(school, "mon 10:00").transferred("mon 12:00", clinic).answered("mon 12:30", by=guzel)
    wandered = archive.asked(school, "tue 10:00").transferred("tue 10:10", clinic).transferred("tue 10:15", culture)
    wandered.answered("tue 11:15", by=None)
    archive.asked(school, "wed 10:00").answered("wed 10:20", by=alsu)
    archive.asked(school, "fri 11:00").transferred("fri 11:30", clinic)
    archive.asked(school, "thu 10:00").transferred("thu 10:40", clinic).spam("thu 10:41")
    await archive.store(database)
    return database


async def test_the_total_knows_every_transfer_and_every_holder(stored: Database) -> None:
    total = (await report(stored, REGION))["total"]
    assert total["questions"] == 4
    assert total["transferred"] == 4
    assert total["first_response"] == times(3, 75 * 60, 135 * 60, 150 * 60)
    # 5 10 20 30 30 60 120 minutes
    assert total["held"] == times(7, 30 * 60, 84 * 60, 120 * 60)


async def test_each_institution_has_its_own_time(stored: Database) -> None:
    shown = {row["code"]: row for row in (await report(stored, REGION))["by_institution"]}
    held = {code: row["held"] for code, row in shown.items()}
    assert held == {
        "school-12": times(4, 25 * 60, 93 * 60, 120 * 60),  # 10 20 30 120
        "clinic-6": times(2, 17.5 * 60, 27.5 * 60, 30 * 60),  # 5 30
        "culture": times(1, 60 * 60, 60 * 60, 60 * 60),
    }
    assert {code: row["transferred"] for code, row in shown.items()} == {"school-12": 3, "clinic-6": 1, "culture": 0}
    assert {code: row["questions"] for code, row in shown.items()} == {"school-12": 1, "clinic-6": 2, "culture": 1}
    assert shown["clinic-6"]["first_response"] == times(1, 150 * 60, 150 * 60, 150 * 60)


async def test_who_gave_a_question_away_finds_it_in_the_own_report(stored: Database) -> None:
    total = (await report(stored, SCHOOL))["total"]
    assert (total["questions"], total["transferred"]) == (1, 3)
    assert total["held"] == times(4, 25 * 60, 93 * 60, 120 * 60)
    for scope in (CLINIC, HEALTH):
        shown = await report(stored, scope)
        assert (shown["total"]["questions"], shown["total"]["transferred"]) == (2, 1)
        assert shown["total"]["held"] == times(2, 17.5 * 60, 27.5 * 60, 30 * 60)
        assert [row["code"] for row in shown["by_institution"]] == ["clinic-6"], "nobody else's figures"


async def test_days_and_channels_add_up(stored: Database) -> None:
    made = await report(stored, REGION)
    assert [row["transferred"] for row in made["by_day"]] == [1, 2, 0, 0, 1]
    assert [row["transferred"] for row in made["by_channel"]] == [4]
    assert [row["held"] for row in made["by_administrator"]] == [NO_TIMES] * len(made["by_administrator"])
