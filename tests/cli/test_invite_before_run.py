"""An invitation carries the bot's link although the program has never run."""

from pathlib import Path

import pytest

from tests.cli.test_program import call
from tests.pretend.telegram import PretendTelegram


async def test_the_bots_name_is_asked_for_the_first_invitation(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await call("institutions", "import", str(sheet))
    async with PretendTelegram() as telegram:
        monkeypatch.setenv("OTKLIK_TELEGRAM_API_URL", telegram.url)
        monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", telegram.token)
        for _ in range(2):
            invited = (await call("invite", "supervisor", "--scope", "region", "--json")).json
            code = invited["code"].replace("-", "")
            username = next(iter(telegram.bots.values())).username
            assert invited["link"] == f"https://t.me/{username}?start=join_{code}"
        assert len(telegram.calls_of("getMe")) == 1


async def test_an_invitation_is_made_although_telegram_is_silent(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await call("institutions", "import", str(sheet))
    monkeypatch.setenv("OTKLIK_TELEGRAM_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", "777:secret")
    result = await call("invite", "supervisor", "--scope", "region", "--json")
    assert (result.status, result.json["link"]) == (0, None)
