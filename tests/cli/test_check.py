"""`otklik check` against pretend messengers: what is right, what is wrong, and what to do about it."""

import asyncio
from pathlib import Path

import pytest

from tests.cli.conftest import SHEET
from tests.cli.test_program import call
from tests.pretend.telegram import PretendTelegram
from tests.pretend.vk import PretendVk


@pytest.fixture
def sheet_without_tokens(sheet: Path) -> Path:
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("vk1.a.secret", ""), encoding="utf-8")
    return sheet


async def test_a_good_bot_is_told_and_its_address_is_remembered_for_invitations(
    folder: Path, sheet_without_tokens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await call("institutions", "import", str(sheet_without_tokens))
    async with PretendTelegram() as telegram:
        monkeypatch.setenv("OTKLIK_TELEGRAM_API_URL", telegram.url)
        monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", telegram.token)
        result = await call("check", "--json")
        assert {"ok", "warning"} == {finding["level"] for finding in result.json}
        assert result.status == 0
        assert {"subject", "level", "says", "remedy"} == set(result.json[0])
        invited = (await call("invite", "administrator", "--institution", "school-12", "--json")).json
        code = invited["code"].replace("-", "")
        username = next(iter(telegram.bots.values())).username
        assert invited["link"] == f"https://t.me/{username}?startgroup=bind_{code}"


async def test_a_wrong_token_is_an_error_with_a_remedy_and_never_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PretendTelegram() as telegram:
        monkeypatch.setenv("OTKLIK_TELEGRAM_API_URL", telegram.url)
        monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", "777:wrong-and-secret")
        result = await call("check", "--json")
    assert result.status == 2
    [wrong] = [finding for finding in result.json if finding["level"] == "error"]
    assert "777" in wrong["subject"]
    assert "@BotFather" in wrong["remedy"]
    assert "wrong-and-secret" not in result.out + result.err


async def test_every_community_of_the_sheet_is_asked(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await call("institutions", "import", str(sheet))
    async with PretendVk(communities={77: "vk1.a.secret"}) as vk:
        monkeypatch.setenv("OTKLIK_VK_API_URL", vk.url)
        good = await call("check", "--json")
        assert any("77" in finding["subject"] for finding in good.json)
        sheet_with_another = SHEET.replace("vk1.a.secret", "vk1.a.revoked")
        await asyncio.to_thread(sheet.write_text, sheet_with_another, encoding="utf-8")
        await call("institutions", "import", str(sheet))
        bad = await call("check", "--json")
    assert bad.status == 2
    assert [finding["level"] for finding in bad.json if "77" in finding["subject"]] == ["error"]
    assert "vk1.a" not in bad.out + bad.err


async def test_a_messenger_out_of_reach_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_TELEGRAM_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", "777:x")
    result = await call("check")
    assert result.status == 2
    assert "ошибка" in result.out
    assert "Traceback" not in result.err


async def test_no_messenger_at_all_is_an_error_and_an_absent_database_a_hint(folder: Path) -> None:
    result = await call("check", "--json")
    levels = {finding["subject"]: finding["level"] for finding in result.json}
    assert (result.status, levels["мессенджеры"], levels["база данных"]) == (2, "error", "warning")
    assert not (folder / "var").exists()


async def test_wrong_settings_are_findings_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_TIME_ZONE", "Mars/Base")
    result = await call("check", "--json")
    assert result.status == 2
    assert [(finding["subject"], finding["level"]) for finding in result.json] == [("OTKLIK_TIME_ZONE", "error")]
