"""The real program as a process of its own, against pretend messengers over HTTP."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.pretend.telegram import PretendTelegram
from tests.pretend.vk import PretendVk

ROOT = Path(__file__).parents[2]
READY_SECONDS = 40
"""Most of it goes into importing aiogram while other tests run."""
SHEET = """code;name;short_name;branch;municipality;vk_group_id;vk_token
school-12;МБОУ СОШ № 12;Школа № 12;Образование;Казань;77;vk-school
clinic-6;ГАУЗ Детская поликлиника № 6;Детская поликлиника № 6;Здравоохранение;Казань;78;vk-clinic
"""


class Program:
    """One installation: a data folder, settings, and the process that may run there."""

    def __init__(self, folder: Path, telegram: PretendTelegram, vk: PretendVk) -> None:
        self.folder = folder
        self.port = _free_port()
        self.log = folder / "log.jsonl"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("OTKLIK_")},
            "PYTHONPATH": str(ROOT),
            "OTKLIK_DATA_DIR": str(folder / "var"),
            "OTKLIK_TELEGRAM_TOKEN": telegram.token,
            "OTKLIK_TELEGRAM_API_URL": telegram.url,
            "OTKLIK_VK_API_URL": vk.url,
            "OTKLIK_HTTP_LISTEN": f"127.0.0.1:{self.port}",
            "OTKLIK_CONSENT": "off",
            "OTKLIK_FLOOD": "off",
            "OTKLIK_PACE": "off",
            "OTKLIK_LOG_FORMAT": "json",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def command(self, *arguments: str) -> Any:
        """Run `otklik …` to its end and return the JSON it printed, None for nothing."""
        out, err, status = await self._run(*arguments)
        assert status == 0, err
        return json.loads(out) if out.strip().startswith(("{", "[")) else None

    async def fails(self, *arguments: str, says: str = "") -> int:
        """Run `otklik …`, which must end by itself with one line that has the words `says`; returns its status."""
        out, err, status = await self._run(*arguments)
        lines = [line for line in err.splitlines() if not line.startswith("{")]
        assert not out, out
        assert len(lines) == 1, err
        assert says in lines[0], err
        return status

    async def _run(self, *arguments: str) -> tuple[str, str, int]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.present",
            *arguments,
            cwd=self.folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), READY_SECONDS)
        return out.decode(), err.decode(), process.returncode or 0

    async def set_up(self) -> None:
        """Import two institutions."""
        sheet = self.folder / "institutions.csv"
        sheet.write_text(SHEET, encoding="utf-8")
        await self.command("institutions", "import", str(sheet))

    async def start(self, *, waits: bool = True) -> None:
        """Start the process; with `waits` until it says that it is ready."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.present",
                "run",
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        if waits:
            async with asyncio.timeout(READY_SECONDS), aiohttp.ClientSession() as session:
                while not await self._is_ready(session):
                    assert self._process.returncode is None, self.log.read_text(encoding="utf-8")
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut does."""
        process = self._running()
        process.kill()
        await process.wait()

    async def stop(self, seconds: float = 10.0) -> int:
        """Ask it to end; returns the exit status, TimeoutError when it takes too long."""
        process = self._running()
        process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(process.wait(), seconds)

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Return the lines of the log about one event."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        read = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in read if line.get("event") == event]

    async def end(self) -> None:
        """Leave no process behind."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self.port}/health/ready") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


@asynccontextmanager
async def installed(folder: Path, *, database: str = "") -> AsyncIterator[tuple[Program, PretendTelegram, PretendVk]]:
    """Messengers, and the program set up beside them, on its own SQLite or on the `database` of an address."""
    async with PretendTelegram() as telegram, PretendVk({77: "vk-school", 78: "vk-clinic"}) as vk:
        program = Program(folder, telegram, vk)
        if database:
            program.environment["OTKLIK_DATABASE_URL"] = database
        try:
            await program.set_up()
            yield program, telegram, vk
        finally:
            await program.end()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
