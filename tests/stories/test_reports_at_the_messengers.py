"""A report with its picture, its buttons and its files, over the messengers' own JSON."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from bot.domain.institution import InviteRole, parse_scope
from bot.reports.report import Report, make_report
from storage.database import Database
from storage.invites import make_invite
from tests import present
from tests.channels.vk_kit import until
from tests.stories.region import SCHOOL
from tests.stories.telegram_school import living_channel_school
from tests.stories.vk_school import GROUP, living_school

BOSS = 7001
PNG = b"\x89PNG\r\n\x1a\n"


async def invite(database: Database) -> str:
    async with database.unit() as connection:
        return await make_invite(
            connection,
            database.vault,
            role=InviteRole.SUPERVISOR,
            scope=parse_scope("region"),
            expires_at=datetime(2999, 1, 1, tzinfo=UTC),
        )


async def today(database: Database) -> Report:
    zone = ZoneInfo("Europe/Moscow")
    now = present.now()
    day: date = now.astimezone(zone).date()
    return await make_report(database, scope=parse_scope("region"), first=day, last=day, zone=zone, now=now)


def found(content: bytes, name: str) -> list[tuple[object, ...]]:
    """Return the rows of a workbook in which an institution is named."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True) if name in row]


async def test_telegram_shows_a_report_changes_it_and_takes_a_file(database: Database, tmp_path: Path) -> None:
    async with living_channel_school(database, tmp_path, is_forum=False) as school:
        telegram = school.telegram
        await telegram.citizen_writes(BOSS, f"/join {await invite(database)}")
        await school.shows(BOSS, "Вам доступны показатели")
        await telegram.citizen_writes(501, "/start school-12")
        await telegram.citizen_writes(501, "Где бассейн?")
        await school.shows(501, "№ 1")
        await telegram.citizen_writes(BOSS, "/report")
        shown = await school.shows(BOSS, "Отчёт: весь регион")
        assert [(file.kind, file.content[:8]) for file in shown.files] == [("photo", PNG)]
        first = shown.files[0]
        await telegram.presses(BOSS, BOSS, shown.id, "Сегодня")
        await telegram.until(lambda: shown.edited and shown.files[0] is not first, seconds=30)
        await telegram.presses(BOSS, BOSS, shown.id, "Файлы")
        await school.shows(BOSS, "Какой файл")
        await telegram.presses(BOSS, BOSS, shown.id, "Excel")
        files = lambda: [file for each in telegram.messages(BOSS) for file in each.files if file.kind == "document"]  # noqa: E731
        await telegram.until(files, seconds=20)
        (file,) = files()
        assert file.name.startswith("Otklik_весь_регион_")
        (line,) = (await today(database))["by_institution"]
        assert line["questions"] in found(file.content, SCHOOL.name)[0]


async def test_vk_shows_a_report_changes_it_and_takes_a_file(database: Database, tmp_path: Path) -> None:
    async with living_school(database, tmp_path) as school:
        vk = school.vk
        vk.citizen_writes(GROUP, BOSS, f"/join {await invite(database)}")
        vk.citizen_writes(GROUP, 501, "Где бассейн?")
        await until(lambda: bool(vk.answers(GROUP, BOSS)) and bool(vk.answers(GROUP, 501)))
        vk.citizen_writes(GROUP, BOSS, "/report today")
        await until(lambda: len(vk.answers(GROUP, BOSS)) == 2)
        shown = vk.answers(GROUP, BOSS)[-1]
        assert [(file.kind, file.content[:8]) for file in shown.files] == [("photo", PNG)]
        before = shown.files[0]
        vk.presses(GROUP, BOSS, BOSS, shown.cmid, "Месяц")
        await until(lambda: shown.is_edited and shown.files[0] is not before)
        for press, says in (("По частям", "Как разложить"), ("Учреждения", "Школа № 12"), ("Назад", "Сообщений: 1")):
            vk.presses(GROUP, BOSS, BOSS, shown.cmid, press)
            await until(lambda says=says: says in shown.text)  # type: ignore[misc] # bound at once
            assert [file.kind for file in shown.files] == ["photo"]
        vk.presses(GROUP, BOSS, BOSS, shown.cmid, "Файлы")
        await until(lambda: "Какой файл" in shown.text)
        vk.presses(GROUP, BOSS, BOSS, shown.cmid, "CSV")
        await until(lambda: len(vk.answers(GROUP, BOSS)) == 3)
        (file,) = vk.answers(GROUP, BOSS)[-1].files
        assert (file.kind, SCHOOL.name in file.content.decode("utf-8-sig")) == ("doc", True)
