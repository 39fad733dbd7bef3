"""A token that Telegram refuses ends the start when nobody else could be heard."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.cli.test_program import call, start
from tests.pretend.telegram import PretendTelegram


@pytest.fixture
def quiet(folder: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("OTKLIK_HTTP_LISTEN", "127.0.0.1:0")
    monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", "777:wrong-and-secret")
    monkeypatch.setenv("OTKLIK_VK_API_URL", "http://127.0.0.1:1")
    return monkeypatch


async def test_the_only_token_is_refused_in_one_line(quiet: pytest.MonkeyPatch) -> None:
    async with PretendTelegram() as telegram:
        quiet.setenv("OTKLIK_TELEGRAM_API_URL", telegram.url)
        result = await call("run")
    assert (result.status, result.out) == (2, "")
    [line] = result.err.splitlines()
    assert line.startswith("otklik: OTKLIK_TELEGRAM_TOKEN: ")
    assert "wrong-and-secret" not in line


async def test_others_are_heard_although_one_token_is_refused(quiet: pytest.MonkeyPatch, sheet: Path) -> None:
    await call("institutions", "import", str(sheet))
    async with PretendTelegram() as telegram:
        quiet.setenv("OTKLIK_TELEGRAM_API_URL", telegram.url)
        await _starts()


async def test_a_silent_telegram_is_waited_for(quiet: pytest.MonkeyPatch) -> None:
    quiet.setenv("OTKLIK_TELEGRAM_API_URL", "http://127.0.0.1:1")
    await _starts()


async def _starts() -> None:
    program = await start("run")
    assert program.stderr is not None
    async with asyncio.timeout(30):
        while b'"started"' not in (line := await program.stderr.readline()):
            assert line, "it ended instead"
        program.send_signal(signal.SIGTERM)
        await program.communicate()
    assert program.returncode == 0
