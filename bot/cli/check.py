"""`otklik check`: everything that must be right before the program runs, and what to do about what is not."""

from typing import Annotated

import typer

from bot.cli.findings import say_findings
from bot.cli.running import load_settings, run
from bot.cli.usage import Command
from bot.domain.errors import SettingsError


def add_to(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command("check", cls=Command)(_check)


def _check(as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False) -> None:
    """Проверить настройки, базу данных, ключи и права."""
    try:
        settings = load_settings(logs=True)
    except SettingsError as error:
        from bot.domain.channel import Finding, Severity

        subject, _, says = str(error).partition(": ")
        found = Finding(subject=subject if says else "настройки", severity=Severity.ERROR, says=says or str(error))
        say_findings([found], as_json=as_json)
        return
    from bot.cli.checking import look

    say_findings(run(look(settings)), as_json=as_json)
