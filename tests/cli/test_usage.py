"""Whatever is typed wrongly gets one plain line and status 2."""

import pytest

from tests.cli.conftest import Otklik, refusal


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "не указана команда"),
        ("nosuch", "нет команды «nosuch»"),
        ("tickets", "не указана команда"),
        ("tickets shwo", "нет команды «shwo»"),
        ("--nosuch", "нет параметра --nosuch"),
        ("institutions search x --limt 3", "возможно, --limit"),
        ("institutions search x --limit", "--limit: нет значения"),
        ("institutions search x --limit many", "--limit: значение не подходит"),
        ("institutions search x --limit 0", "--limit: значение не подходит"),
        ("institutions search x --json=yes", "--json значение не нужно"),
        ("institutions search", "укажите текст или --from"),
        ("institutions import", "не указано: ФАЙЛ"),
        ("institutions import a b", "лишнее: b"),
        ("invite administrator", "не указано: --institution"),
        ("invite supervisor --scope region --days 0", "--days"),
        ("invite supervisor --scope city:Казань", "«city:Казань» не подходит"),
        ("invite supervisor --scope branch:", "не подходит"),
        ("invite supervisor --scope region:Казань", "не подходит"),
        ("tickets show", "не указано: НОМЕР"),
        ("tickets show abc", "НОМЕР: значение не подходит"),
        ("tickets show 99999999999999999999", "НОМЕР: значение не подходит"),
        ("tickets list --state lost", "«lost» не подходит; есть open, answered"),
        ("outbox retry", "не указано: НОМЕР"),
        ("outbox retry 99999999999999999999", "значение не подходит"),
        ("report --scope region --from 2026-11-01", "не указано: --to"),
        ("report --scope region --from 01.11.2026 --to 2026-11-02", "«01.11.2026» – не дата"),
        ("report --scope region --from 2026-02-30 --to 2026-11-02", "дня 2026-02-30 нет в календаре"),
        ("report --scope region --from 2026-11-01 --to 2026-11-02 --format doc", "«doc» не подходит"),
        ("report --scope everywhere --from 2026-11-01 --to 2026-11-02", "«everywhere» не подходит"),
        ("institutions search \udcff", "не в UTF-8"),
    ],
)
def test_wrong_usage_is_told_in_one_line(otklik: Otklik, typed: str, says: str) -> None:
    assert says in refusal(otklik(*typed.split()))


def test_the_line_names_the_help_of_that_command(otklik: Otklik) -> None:
    assert refusal(otklik("tickets", "show")).endswith("справка: otklik tickets show --help")


@pytest.mark.parametrize(
    "command",
    [
        "",
        "run",
        "demo",
        "check",
        "report",
        "rating",
        "awards",
        "awards freeze",
        "awards list",
        "awards show",
        "awards verify",
        "awards publish",
        "awards unpublish",
        "awards diplomas",
        "institutions",
        "institutions import",
        "institutions export",
        "institutions search",
        "invite administrator",
        "invite supervisor",
        "tickets list",
        "tickets show",
        "outbox list",
        "outbox retry",
        "inbox list",
        "inbox retry",
        "database upgrade",
        "database backup",
        "database restore",
        "database check",
    ],
)
def test_every_command_has_russian_help(otklik: Otklik, command: str) -> None:
    result = otklik(*command.split(), "--help")
    assert result.status == 0
    assert result.out.startswith(f"Вызов: otklik {command}".rstrip())
    for english in ("Usage", "Options", "Arguments", "required", "default", "Show this", "INTEGER", "TEXT", "<"):
        assert english not in result.out


def test_the_version_is_printed(otklik: Otklik) -> None:
    from importlib.metadata import version

    assert otklik("--version").out == f"otklik {version('otklik')}\n"
