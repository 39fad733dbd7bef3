"""The program as the shell sees it: exit statuses, pipes, signals, full disks, and what it does not load."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Result

WITHOUT_MESSENGER = [
    ("--help",),
    ("tickets", "list", "--json"),
    ("outbox", "list"),
    ("inbox", "list", "--dead"),
    ("institutions", "search", "школа"),
    ("invite", "supervisor", "--scope", "region"),
    ("report", "--scope", "region", "--from", "2026-11-01", "--to", "2026-11-02"),
    ("rating", "--scope", "region", "--from", "2026-11-01", "--to", "2026-11-02"),
    ("awards", "list"),
    ("database", "check"),
    ("database", "backup", "copy.gz"),
]
LARGE = {
    "numpy",
    "sqlalchemy",
    "typst",
    "xlsxwriter",
    "pptx",
    "jinja2",
    "petrovich",
    "openpyxl",
    "cryptography",
    "babel",
}
SLOW = {"aiogram", "aiohttp", "vk_api", "requests", "alembic", "structlog"}


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def start(*arguments: str, before: str = "") -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "bot", *arguments]
    if before:
        command = ["/bin/sh", "-c", f'{before}; exec "$@"', "sh", *command]
    return await _start(*command)


async def _start(*command: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


async def ended(program: asyncio.subprocess.Process) -> Result:
    async with asyncio.timeout(60):
        out, err = await program.communicate()
    assert program.returncode is not None
    return Result(status=program.returncode, out=out.decode(), err=err.decode())


async def call(*arguments: str, before: str = "") -> Result:
    return await ended(await start(*arguments, before=before))


async def test_commands_without_a_messenger_load_nothing_slow(folder: Path, sheet: Path) -> None:
    assert (await call("institutions", "import", str(sheet))).status == 0
    script = (
        "import sys; from bot.cli import main\n"
        f"for command in {WITHOUT_MESSENGER!r}:\n"
        f"    status, loaded = main(command), sorted({SLOW!r} & sys.modules.keys())\n"
        "    if status or loaded: sys.exit(f'{command}: status {status}, loads {loaded}')\n"
    )
    result = await ended(await _start(sys.executable, "-c", script))
    assert (result.status, result.err) == (0, "")


async def test_the_help_of_the_command_line_reads_no_library_of_reports_or_of_the_database() -> None:
    """Every command begins like this: what makes a report or asks a database is read by whoever needs it."""
    script = f"import sys; import bot.cli.program; sys.exit(' '.join({LARGE!r} & sys.modules.keys()))"
    result = await ended(await _start(sys.executable, "-c", script))
    assert result.err.strip() == ""


async def test_a_reader_that_has_had_enough_is_no_error(folder: Path, sheet: Path) -> None:
    await call("institutions", "import", str(sheet))
    program = await start("institutions", "search", "школа")
    assert program.stdout is not None
    # The other end is closed before the first line is written.
    program.stdout._transport.close()  # type: ignore[attr-defined]  # asyncio has no public way
    assert program.stderr is not None
    async with asyncio.timeout(60):
        assert await program.stderr.read() == b""
        assert await program.wait() == 0


async def test_a_full_disk_is_told_and_leaves_nothing_half_done(folder: Path, sheet: Path) -> None:
    result = await call("institutions", "import", str(sheet), before="ulimit -f 8")
    assert result.status == 2
    assert "Traceback" not in result.err
    assert len(result.err.splitlines()) == 1
    assert (await call("institutions", "import", str(sheet))).status == 0
    for command in (("institutions", "export", "out.xlsx"), ("database", "backup", "copy.gz")):
        result = await call(*command, before="ulimit -f 0")
        assert result.status == 2, result
        assert len(result.err.splitlines()) == 1
    assert names_in(folder) == ["sheet.csv", "var"]
    assert (await call("database", "check")).status == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
async def test_an_output_that_is_full_is_told(folder: Path, sheet: Path) -> None:
    await call("institutions", "import", str(sheet))
    result = await call("institutions", "search", "школа", "--json", before="exec >/dev/full")
    assert result.status == 2
    assert "нет места" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run"], "не подключён ни один мессенджер"),
        (["run", "--only", "desk,kitchen"], "нет такой части: kitchen"),
    ],
)
async def test_a_start_that_makes_no_sense_is_told(folder: Path, arguments: Sequence[str], says: str) -> None:
    result = await call(*arguments)
    assert (result.status, result.out) == (2, "")
    assert says in result.err
    assert "Traceback" not in result.err


async def test_a_port_in_use_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("OTKLIK_HTTP_LISTEN", f"127.0.0.1:{taken.getsockname()[1]}")
        result = await call("run", "--only", "web")
    assert result.status == 2
    assert "OTKLIK_HTTP_LISTEN" in result.err
    assert "порт уже занят" in result.err
    assert "Traceback" not in result.err


async def test_a_running_program_ends_in_peace_when_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_HTTP_LISTEN", "127.0.0.1:0")
    program = await start("run", "--only", "desk,sender,clock,web")
    assert program.stderr is not None
    async with asyncio.timeout(60):
        while b'"started"' not in await program.stderr.readline():
            pass
        program.send_signal(signal.SIGTERM)
        _, err = await program.communicate()
    assert (program.returncode, b"Traceback" in err) == (0, False)


async def test_a_wrong_listening_address_is_told_by_every_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTKLIK_HTTP_LISTEN", "localhost")
    result = await call("tickets", "list")
    assert result.status == 2
    assert "OTKLIK_HTTP_LISTEN" in result.err


async def test_a_misprinted_setting_is_noticed_and_stdout_stays_clean(
    folder: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTKLIK_LANGUGE", "tt")
    result = await call("institutions", "import", str(sheet), "--json")
    assert result.status == 0
    assert result.json["written"]
    assert result.err == "otklik: OTKLIK_LANGUGE: такой настройки нет; возможно, OTKLIK_LANGUAGE\n"


async def test_letters_that_the_terminal_does_not_know_are_no_error(folder: Path, sheet: Path) -> None:
    result = await call("institutions", "import", str(sheet), before="export PYTHONIOENCODING=ascii PYTHONUTF8=0")
    assert result.status == 0
    assert "?" in result.out
