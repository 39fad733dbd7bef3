"""`otklik database …`: upgrade, copy, bring back, check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.findings import say_findings
from bot.cli.output import end_progress, progress, say
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock

if TYPE_CHECKING:
    from bot.domain.channel import Finding
    from bot.settings import Settings


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("База данных: обновить, скопировать, вернуть, проверить.")
    group.command("upgrade", cls=Command)(_upgrade)
    group.command("backup", cls=Command)(_backup)
    group.command("restore", cls=Command)(_restore)
    group.command("check", cls=Command)(_check)
    return group


def _upgrade() -> None:
    """Создать базу данных или обновить её до версии программы."""
    settings = load_settings()
    from storage.migrate import known_revisions

    async def upgrade() -> None:
        async with opened(settings, makes=True):
            pass

    run(upgrade())
    say(f"База данных готова, ревизия {known_revisions()[-1]}")


def _backup(file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Куда записать копию.")]) -> None:
    """Записать копию всей базы; программу останавливать не нужно."""
    settings = load_settings()
    from storage.backup import back_up

    async def copy() -> int:
        async with opened(settings) as database:
            return await back_up(database, file, now=SystemClock().now(), progress=progress("записано строк"))

    rows = run(copy())
    end_progress()
    say(f"Копия готова: {file}, строк {rows}.")
    key = "OTKLIK_SECRET_KEY" if settings.secret_key.get_secret_value() else str(settings.key_file)
    say(f"Ключа в копии нет: сохраните отдельно {key}, без него слова жителей и ключи мессенджеров не прочесть.")


def _restore(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Копия, сделанная командой backup.")],
    replace: Annotated[bool, typer.Option("--replace", help="Заменить то, что есть в базе.")] = False,
) -> None:
    """Вернуть базу из копии; программа должна быть остановлена."""
    settings = load_settings()
    from storage.opening import look_at_database
    from storage.restore import restore

    async def bring_back() -> int:
        async with look_at_database(settings, must_exist=False) as database:
            return await restore(
                database, file, replaces=replace, now=SystemClock().now(), progress=progress("возвращено строк")
            )

    rows = run(bring_back())
    end_progress()
    say(f"База возвращена из {file}, строк {rows}")


def _check(as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False) -> None:
    """Проверить, цела ли база и подходит ли ключ."""
    say_findings(run(_look(load_settings())), as_json=as_json)


async def _look(settings: "Settings") -> "list[Finding]":
    from storage.integrity import check_database
    from storage.opening import look_at_database

    async with look_at_database(settings) as database:
        return await check_database(database)
