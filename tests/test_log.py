"""The log never shows a secret, whoever writes into it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import set_up_log

TELEGRAM = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
VK = "vk1.a.abc_DEF-123.456"


@pytest.fixture(autouse=True)
def log_of_the_tests() -> Iterator[None]:
    """Leave the process's log as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "secret",
    [
        TELEGRAM,
        f"https://api.telegram.org/bot{TELEGRAM}/getMe",
        VK,
        "postgresql://user:password@host/database",
        ["nested", {"deeper": TELEGRAM}],
        ValueError(f"cannot reach {TELEGRAM}"),
    ],
    ids=str,
)
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(secret: object) -> None:
    stream = io.StringIO()
    set_up_log("json", stream=stream)
    structlog.get_logger().info("event_happened", value=secret)
    for hidden in (TELEGRAM, VK, "password"):
        assert hidden not in stream.getvalue()
    assert "***" in stream.getvalue()


def test_exceptions_of_ours_and_of_libraries_are_masked_and_show_no_locals() -> None:
    stream = io.StringIO()
    set_up_log("json", stream=stream)
    words = "слова " + "жителя"
    try:
        raise RuntimeError(TELEGRAM)
    except RuntimeError:
        structlog.get_logger().exception("work_failed")
        logging.getLogger("aiohttp.client").exception("failed with %s", VK)
    assert [line["event"] for line in _lines(stream)] == ["work_failed", "failed with ***"]
    assert all("RuntimeError: ***" in str(line["exception"]) for line in _lines(stream))
    assert words not in stream.getvalue()


def test_libraries_are_heard_only_when_they_warn() -> None:
    stream = io.StringIO()
    set_up_log("json", stream=stream)
    logging.getLogger("alembic").info("a step")
    logging.getLogger("sqlalchemy.engine").info("SELECT")
    logging.getLogger("aiogram").warning("be careful")
    assert [(line["event"], line["logger"]) for line in _lines(stream)] == [("be careful", "aiogram")]


def test_people_on_a_terminal_read_words_and_machines_read_json() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, pipe = Terminal(), io.StringIO()
    set_up_log("auto", stream=terminal)
    structlog.get_logger().info("started", parts="desk")
    set_up_log("auto", stream=pipe)
    structlog.get_logger().info("started", parts="desk")
    assert "started" in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")
    [line] = _lines(pipe)
    assert (line["event"], line["parts"], line["level"]) == ("started", "desk", "info")
    assert str(line["timestamp"]).endswith("Z")
