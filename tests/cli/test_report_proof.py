"""`otklik report --recompute`, `--repair` and `--replay`, as an operator types them."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.tables import ticket_times
from storage.vault import Vault
from tests.cli.conftest import Otklik, refusal
from tests.conftest import run, sqlite_url
from tests.reports.week import week

PERIOD = ("report", "--scope", "region", "--from", "2026-11-23", "--to", str(date(2026, 11, 23) + timedelta(days=6)))

Work = Callable[[Database], Awaitable[None]]


@pytest.fixture
def archive(folder: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], None]:
    file = folder / "filled.db"
    file.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("OTKLIK_DATABASE_URL", f"sqlite:///{file}")

    def do(work: Work) -> None:
        async def open_and_work() -> None:
            database = Database(url=sqlite_url(file), vault=Vault(bytes(range(32))))
            await work(database)
            await database.close()

        run(open_and_work())

    do(lambda database: week().store(database))
    return do


async def tamper(database: Database) -> None:
    async with database.unit() as connection:
        await connection.execute(update(ticket_times).where(ticket_times.c.ticket == 1).values(first_seconds=5))


def test_what_is_kept_is_proved_and_mended(otklik: Otklik, archive: Callable[[Work], None]) -> None:
    proved = otklik(*PERIOD, "--recompute")
    assert proved.status == 0
    assert proved.out.startswith("совпало: 12 сообщений, ")
    mended = otklik(*PERIOD, "--recompute", "--repair", "--format", "json")
    assert (mended.status, mended.json["equal"], mended.json["differences"]) == (0, True, [])


def test_a_difference_is_named_and_mended(otklik: Otklik, archive: Callable[[Work], None]) -> None:
    async def measure_and_tamper(database: Database) -> None:
        from bot.delivery.measurer import Measurer
        from bot.domain.clock import SystemClock
        from tests.reports.archive import KAZAN

        await Measurer(database=database, zone=KAZAN, clock=SystemClock()).work()
        await tamper(database)

    archive(measure_and_tamper)
    found = otklik(*PERIOD, "--recompute")
    assert found.status == 1
    assert "сообщение № 1, first_seconds: хранится 5.0, по событиям 1800.0" in found.out
    assert otklik(*PERIOD, "--recompute", "--repair").status == 0
    assert otklik(*PERIOD, "--recompute").out.startswith("совпало: 12 сообщений, ")


def test_a_replay_says_that_it_is_one(otklik: Otklik, archive: Callable[[Work], None]) -> None:
    made = otklik(*PERIOD, "--replay", "--format", "json")
    assert made.json["replayed"] is True
    assert made.json["total"]["questions"] == 10
    assert "replayed" not in otklik(*PERIOD, "--format", "json").json


@pytest.mark.parametrize("wrong", [("--repair",), ("--recompute", "--replay"), ("--recompute", "--format", "csv")])
def test_what_does_not_go_together_is_refused(otklik: Otklik, folder: Path, wrong: tuple[str, ...]) -> None:
    assert "--recompute" in refusal(otklik(*PERIOD, *wrong))
