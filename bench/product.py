"""The real product and the pretend messengers, each a process of its own; all are ended with the block."""

import asyncio
import base64
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bench.databases import VAULT_KEY, sqlite_url
from bench.region import FIRST_GROUP, TOKEN
from storage.database import Database
from storage.migrate import upgrade
from storage.vault import Vault

_ROOT = Path(__file__).parent.parent
_READY_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Messenger:
    """A pretend messenger in another process, driven through its `/control/…`."""

    url: str
    session: aiohttp.ClientSession

    async def ask(self, action: str) -> Any:
        """Return what `GET /control/ACTION` says."""
        async with self.session.get(f"{self.url}/control/{action}") as response:
            return await response.json()

    async def order(self, action: str, what: Any) -> Any:
        """Have `POST /control/ACTION` done."""
        async with self.session.post(f"{self.url}/control/{action}", json=what) as response:
            response.raise_for_status()
            return await response.json()


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The running product."""

    process: int
    url: str
    started: float
    """`time.monotonic()` just before it was started."""
    seconds_to_ready: float

    def memory(self, *, peak: bool = False) -> float:
        """Return the megabytes of memory that it has now, or had at most."""
        name = "VmHWM" if peak else "VmRSS"
        lines = Path(f"/proc/{self.process}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024

    def seconds_of_cpu(self) -> float:
        """Return the time of a core that it has taken: what other programs of this machine do is not in it."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def pretend_telegram(groups: int) -> AsyncIterator[Messenger]:
    """Run the pretend Telegram with the regional bot in so many groups."""
    where = [argument for number in range(groups) for argument in ("--group", str(FIRST_GROUP - number))]
    async with _messenger("tests.pretend.telegram", "--token", TOKEN, *where) as messenger:
        yield messenger


@asynccontextmanager
async def pretend_vk(communities: int) -> AsyncIterator[Messenger]:
    """Run the pretend VK with so many communities, numbered from 1."""
    arguments = ("--port", str(_free_port()), "--communities", str(communities))
    async with _messenger("tests.pretend.vk", *arguments) as messenger:
        yield messenger


@asynccontextmanager
async def new_database(folder: Path) -> AsyncIterator[Database]:
    """Make the database that the product will find in its data folder."""
    database = Database(url=sqlite_url(folder), vault=Vault(VAULT_KEY))
    try:
        await upgrade(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def running_product(folder: Path, *, telegram: Messenger, vk: Messenger | None = None) -> AsyncIterator[Product]:
    """Run `otklik run` as an operator would, without the messengers' speed limits, until the block ends."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTKLIK_")} | {
        "PYTHONPATH": str(_ROOT),
        "OTKLIK_DATA_DIR": str(folder),
        "OTKLIK_SECRET_KEY": base64.b64encode(VAULT_KEY).decode(),
        "OTKLIK_TELEGRAM_TOKEN": TOKEN,
        "OTKLIK_TELEGRAM_API_URL": telegram.url,
        # Without a pretend VK nobody has a VK token either, so nothing calls this address.
        "OTKLIK_VK_API_URL": vk.url if vk else "http://127.0.0.1:9",
        "OTKLIK_CONSENT": "off",
        "OTKLIK_FLOOD": "off",
        "OTKLIK_PACE": "off",
        "OTKLIK_HTTP_LISTEN": f"127.0.0.1:{port}",
        "OTKLIK_LOG_FORMAT": "json",
    }
    started, url = time.monotonic(), f"http://127.0.0.1:{port}"
    async with _process(sys.executable, "-m", "bot", "run", environment=environment, folder=folder) as process:
        await _until_ready(f"{url}/health/ready", process)
        yield Product(process=process.pid, url=url, started=started, seconds_to_ready=time.monotonic() - started)


@asynccontextmanager
async def data_folder() -> AsyncIterator[Path]:
    """Yield an empty folder on this disk."""
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
        yield Path(folder)


async def seconds_of(*command: str) -> float:
    """Return how long a Python command takes, the quickest of three tries."""
    return min([await _seconds_of(command) for _ in range(3)])


async def _seconds_of(command: Sequence[str]) -> float:
    started = time.monotonic()
    async with _process(sys.executable, *command, environment=dict(os.environ), folder=_ROOT) as process:
        async with asyncio.timeout(_READY_SECONDS):
            await process.wait()
        return time.monotonic() - started


@asynccontextmanager
async def _messenger(module: str, *arguments: str) -> AsyncIterator[Messenger]:
    environment = dict(os.environ) | {"PYTHONPATH": str(_ROOT)}
    command = (sys.executable, "-m", module, *arguments)
    async with _process(*command, environment=environment, folder=_ROOT) as process:
        if process.stdout is None:
            raise RuntimeError("the messenger cannot say where it is")
        async with asyncio.timeout(_READY_SECONDS):
            said = (await process.stdout.readline()).decode()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            yield Messenger(url=said.split()[-1], session=session)


@asynccontextmanager
async def _process(
    *command: str, environment: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    # What a process logs would fill the pipe; what it says when it fails belongs on the screen.
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=_where_errors_go(), env=environment, cwd=folder
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(10):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


def _where_errors_go() -> int | None:
    return None if os.environ.get("BENCH_LOG") else asyncio.subprocess.DEVNULL


async def _until_ready(url: str, process: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(_READY_SECONDS):
        while True:
            if process.returncode is not None:
                raise RuntimeError("the product ended at once; BENCH_LOG=1 shows why")
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
