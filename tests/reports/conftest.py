"""What the tests of a report's dress share: the words, and a way from stories to a report."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.institution import parse_scope
from bot.reports.report import Report, make_report
from bot.texts import Texts
from storage.database import Database
from storage.vault import Vault
from tests.conftest import sqlite_url
from tests.reports.archive import KAZAN, Archive
from tests.reports.week import FIRST, LAST, NOW

ReportOf = Callable[..., Awaitable[Report]]


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load()


@pytest.fixture
async def report_of(sqlite_template: Path, tmp_path: Path, vault: Vault) -> AsyncIterator[ReportOf]:
    """Stores the stories and returns the week's report; which database holds them does not matter for its dress."""
    file = shutil.copyfile(sqlite_template, tmp_path / "otklik.db")
    database = Database(url=sqlite_url(file), vault=vault)

    async def make(archive: Archive, scope: str = "region") -> Report:
        await archive.store(database)
        return await make_report(database, scope=parse_scope(scope), first=FIRST, last=LAST, zone=KAZAN, now=NOW)

    yield make
    await database.close()
