"""A region with a month of history, written once and copied for each test."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from bot.demo.past import past
from bot.domain.institution import Institution
from storage.database import Database
from storage.institutions import write_institutions
from storage.past import write_past
from storage.vault import Vault
from tests.conftest import run, sqlite_url

INSTITUTIONS = [
    *(
        Institution(
            code=f"school-{number}",
            name=f"МБОУ «Средняя общеобразовательная школа № {number}»",
            short_name=f"Школа № {number}",
            branch="Образование",
            municipality="Казань" if number % 2 else "Арский район",
        )
        for number in range(1, 7)
    ),
    Institution(code="garden-1", name="=Детский сад № 1", branch="Образование", municipality="Казань"),
    Institution(code="clinic-6", name="Поликлиника № 6", branch="Здравоохранение", municipality="Казань"),
    Institution(code="clinic-7", name="Поликлиника № 7", branch="Здравоохранение", municipality="Арский район"),
]
NAMES = {(place.code, number): f"{place.code}-secret-{number}" for place in INSTITUTIONS for number in range(20)}
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


async def fill(database: Database, *, first: date = FIRST, last: date = LAST, per_day: float = 30) -> None:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, INSTITUTIONS)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    told = past(
        INSTITUTIONS, first=first, last=last, per_day=per_day, now=max(now, datetime(last.year + 1, 2, 1, tzinfo=UTC))
    )
    await write_past(database, told, names=NAMES)


def filled_file(template: Path, file: Path) -> URL:
    """Copy the empty database and write the month."""
    shutil.copyfile(template, file)

    async def work() -> None:
        database = Database(url=sqlite_url(file), vault=Vault(bytes(range(32))))
        await fill(database)
        await database.close()

    run(work())
    return sqlite_url(file)
