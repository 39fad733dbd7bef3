"""Operators hand out and erase what is kept about one citizen."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.tables import citizens
from storage.vault import Vault
from tests.cli.conftest import Otklik, refusal
from tests.conftest import run, sqlite_url
from tests.storage.filled import WORDS, fill


@pytest.fixture
def person(folder: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The citizen of ticket № 1: channel and number."""
    file = folder / "filled.db"
    file.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("OTKLIK_DATABASE_URL", f"sqlite:///{file}")

    async def work() -> tuple[str, str]:
        database = Database(url=sqlite_url(file), vault=Vault(bytes(range(32))))
        await fill(database)
        async with database.reading() as connection:
            row = (await connection.execute(select(citizens).order_by(citizens.c.id))).first()
        await database.close()
        assert row is not None
        return row.channel, row.user_id

    found: tuple[str, str] = run(work())
    return found


def test_everything_kept_is_written_to_a_file(otklik: Otklik, folder: Path, person: tuple[str, str]) -> None:
    channel, user = person
    assert otklik("data", "export", "--channel", channel, "--user", user, "--output", "all.json").status == 0
    written = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    assert written["name"] == "Ильнур"
    assert WORDS in [message["text"] for ticket in written["tickets"] for message in ticket["messages"]]
    assert otklik("data", "export", "--channel", channel, "--user", user).json == written


def test_what_is_erased_cannot_be_handed_out(otklik: Otklik, person: tuple[str, str]) -> None:
    channel, user = person
    assert otklik("data", "erase", "--channel", channel, "--user", user).status == 0
    assert "ничего не хранится" in refusal(otklik("data", "export", "--channel", channel, "--user", user))
    assert "ничего не хранится" in refusal(otklik("data", "erase", "--channel", channel, "--user", user))
    assert otklik("tickets", "show", 1, "--json").json["number"] == 1


def test_an_unknown_channel_is_told(otklik: Otklik, person: tuple[str, str]) -> None:
    assert "--channel" in refusal(otklik("data", "erase", "--channel", "icq", "--user", "1"))
