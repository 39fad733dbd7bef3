"""`otklik demo` is the real product: it has its history, touches nothing of the operator's and stops in order."""

import asyncio
import io
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.demo.run import _Progress

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90
PLAYING = "Готовим демо: разыгрываем две недели переписки"


@asynccontextmanager
async def started(folder: Path, listen: str) -> AsyncIterator[Process]:
    """Start the command in an empty folder, with settings around it that must not matter."""
    surroundings = {
        "OTKLIK_DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/never",
        "OTKLIK_TELEGRAM_TOKEN": "no token at all",
        "OTKLIK_DATA_DIR": str(folder / "var"),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.present", "demo", "--listen", listen),
        cwd=folder,
        env={**os.environ, **surroundings, "PYTHONPATH": str(ROOT)},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_changed_in_place_on_a_terminal() -> None:
    for stream, expected in (
        (Terminal(), f"\r{PLAYING}, 0 %\r{PLAYING}, 50 %\n"),
        (io.StringIO(), f"{PLAYING}\n"),
    ):
        progress = _Progress(stream)
        for share in (0, 0.5, 0.501):
            progress.tell(share)
        progress.end()
        assert stream.getvalue() == expected


@pytest.mark.long
async def test_the_demo_starts_with_its_history_and_stops_in_order(tmp_path):
    async with started(tmp_path, "127.0.0.1:0") as process:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = (await process.stdout.readline()).decode().strip()
        start, _, address = line.partition(": ")
        assert start == "Демо готово"
        assert address.startswith("http://127.0.0.1:")
        assert process.stderr is not None
        progress = (await process.stderr.readline()).decode().strip()
        assert progress == PLAYING
        async with ClientSession() as browser:
            async with browser.get(address.replace("/demo", "/health/ready")) as answer:
                assert answer.status == 200
            async with browser.get(f"{address}/api/figures") as answer:
                figures = await answer.json()
            assert figures["open"] > figures["overdue"] > 0
            assert 0.7 < figures["in_time_share"] < 0.95
            assert 10 * 60 < figures["median_seconds"] < 8 * 3600

        async with started(tmp_path, address.removeprefix("http://").removesuffix("/demo")) as second:
            _, complaint = await second.communicate()
            assert second.returncode == 2
            assert len(complaint.decode().strip().splitlines()) == 1
            assert "OTKLIK_HTTP_LISTEN" in complaint.decode()

        told_at = time.monotonic()
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await process.wait() == 0
        assert time.monotonic() - told_at < 10
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"
