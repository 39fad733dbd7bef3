"""Calendars, hours and closed days at rest, each with the moment when it became known."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.domain.closed_days import ClosedDays
from storage.calendar_files import shipped_files
from storage.calendar_versions import record_calendars
from storage.calendars import Calendars, read_calendars
from storage.closed_days import add_closed_days, read_closed_days, withdraw_closed_days
from storage.database import Database
from storage.institutions import read_directory_version, write_institutions
from storage.tables import calendar_versions, hours_versions
from tests.storage.filled import CLINIC, SCHOOL

KAZAN = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CONSTITUTION_DAY = date(2026, 11, 6)
NINE_HOURS = timedelta(hours=9)


async def _read(database: Database) -> Calendars:
    async with database.reading() as connection:
        return await read_calendars(connection, zone=KAZAN)


async def _count(database: Database) -> int:
    async with database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(calendar_versions))).scalar_one()


async def test_before_anything_is_recorded_the_shipped_calendars_hold(database: Database) -> None:
    assert (await _read(database)).of("school-12").worked_on(CONSTITUTION_DAY) == timedelta(0)


async def test_the_calendar_of_the_settings_holds_from_when_it_was_set(database: Database) -> None:
    await record_calendars(database, shipped_files(), default="ru-ta", now=NOON)
    assert await record_calendars(database, shipped_files(), default="ru", now=NOON + DAY) == [""]
    known = await _read(database)
    assert known.of("school-12").worked_on(CONSTITUTION_DAY) == NINE_HOURS
    assert known.of("school-12", NOON).worked_on(CONSTITUTION_DAY) == timedelta(0)
    # What was recorded first is known always, however long ago a wait ended.
    assert known.of("school-12", NOON - 400 * DAY).worked_on(CONSTITUTION_DAY) == timedelta(0)


async def test_a_content_is_recorded_once_and_desks_hear_of_it(database: Database) -> None:
    texts = shipped_files()
    assert await record_calendars(database, texts, default="ru-ta", now=NOON) == ["", "ru", "ru-ta"]
    async with database.reading() as connection:
        version = await read_directory_version(connection)
    laid_out_anew = {name: json.dumps(json.loads(text)) for name, text in texts.items()}
    assert await record_calendars(database, laid_out_anew, default="ru-ta", now=NOON + DAY) == []
    assert await _count(database) == 3
    async with database.reading() as connection:
        assert await read_directory_version(connection) == version
    named = json.loads(texts["ru-ta"])
    named["years"]["2027"] = {"holidays": {"03-10": "Ураза-байрам", "05-17": "Курбан-байрам"}}
    changed = texts | {"ru-ta": json.dumps(named)}
    assert await record_calendars(database, changed, default="ru-ta", now=NOON + DAY) == ["ru-ta"]
    known = await _read(database)
    assert known.of("school-12").worked_on(date(2027, 3, 10)) == timedelta(0)
    assert known.of("school-12", NOON).worked_on(date(2027, 3, 10)) == NINE_HOURS
    async with database.reading() as connection:
        assert await read_directory_version(connection) > version


async def test_hours_that_change_keep_what_was_known_before(database: Database) -> None:
    shorter = replace(SCHOOL, work_hours="Mo-Fr 08:00-12:00,13:00-17:00", time_zone="Asia/Yekaterinburg")
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, [SCHOOL, CLINIC], now=NOON)
    async with database.unit() as connection:
        # A new name is no change of the hours.
        await write_institutions(connection, database.vault, [replace(CLINIC, name="Больница")], now=NOON)
        await write_institutions(connection, database.vault, [shorter], now=NOON + DAY)
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, [SCHOOL], now=NOON + 2 * DAY)
    day = date(2026, 11, 24)
    known = await _read(database)
    assert known.of("school-12", NOON - 100 * DAY).worked_on(day) == NINE_HOURS
    assert known.of("school-12", NOON + DAY).worked_on(day) == timedelta(hours=8)
    assert known.of("school-12", NOON + DAY).zone == ZoneInfo("Asia/Yekaterinburg")
    assert known.of("school-12").worked_on(day) == NINE_HOURS
    async with database.reading() as connection:
        recorded = (await connection.execute(select(hours_versions.c.institution))).scalars().all()
    assert recorded == ["school-12"] * 3


async def test_closed_days_are_kept_with_who_said_it_and_when_it_was_withdrawn(database: Database) -> None:
    announced = ClosedDays(
        scope="institution:school-12",
        first=date(2026, 11, 25),
        last=date(2026, 11, 26),
        reason="карантин",
        recorded_at=NOON,
        recorded_by="administrator 5",
    )
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, [SCHOOL, CLINIC])
        number = await add_closed_days(connection, announced)
    async with database.reading() as connection:
        assert await read_closed_days(connection) == [replace(announced, id=number)]
    wednesday = date(2026, 11, 25)
    known = await _read(database)
    assert known.of("school-12").worked_on(wednesday) == timedelta(0)
    assert known.of("clinic-6").worked_on(wednesday) == NINE_HOURS
    async with database.unit() as connection:
        assert await withdraw_closed_days(connection, number, at=NOON + DAY)
        assert not await withdraw_closed_days(connection, number, at=NOON + 2 * DAY)
    known = await _read(database)
    assert known.of("school-12").worked_on(wednesday) == NINE_HOURS
    assert known.of("school-12", NOON).worked_on(wednesday) == timedelta(0)
