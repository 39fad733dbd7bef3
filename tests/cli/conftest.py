"""The command line in a folder of its own, called as an operator calls it."""

import base64
import gc
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli import main

KEY = base64.b64encode(bytes(range(32))).decode()
"""The key of the `vault` fixture."""

SHEET = """code;name;branch;municipality;vk_group_id;vk_token
school-12;Школа № 12;Образование;Казань;77;vk1.a.secret
clinic-6;Поликлиника № 6;Здравоохранение;Набережные Челны;;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an operator sees."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one value on stdout; anything beside it fails."""
        return json.loads(self.out)


Otklik = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which there is no setting but the key."""
    for name in [name for name in os.environ if name.startswith("OTKLIK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OTKLIK_SECRET_KEY", KEY)
    place = tmp_path / "operator"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def otklik(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Otklik]:
    def call(*arguments: object) -> Result:
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        finally:
            # A command puts garbage off for its own short life; the tests' process goes on.
            gc.unfreeze()
            gc.enable()
        written = capsys.readouterr()
        return Result(status=status, out=written.out, err=written.err)

    yield call
    # A command that logs leaves a log that writes into this test's captured output.
    structlog.reset_defaults()


@pytest.fixture
def sheet(folder: Path) -> Path:
    file = folder / "sheet.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def refusal(result: Result) -> str:
    """The one plain line of a command that refuses; fails when there is more, or anything on stdout."""
    assert result.status == 2, result
    assert result.out == ""
    [line] = result.err.splitlines()
    assert line.startswith("otklik: ")
    assert "Traceback" not in line
    return line.removeprefix("otklik: ")
