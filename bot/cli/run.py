"""`otklik run` and `otklik demo`."""

from typing import Annotated

import typer

from bot.cli.running import load_settings
from bot.cli.running import run as run_work
from bot.cli.usage import Command


def add_to(commands: typer.Typer) -> None:
    """Add the two commands."""
    commands.command("run", cls=Command)(_run)
    commands.command("demo", cls=Command)(_demo)


def _run(
    only: Annotated[
        str,
        typer.Option("--only", metavar="ЧАСТИ", help="Через запятую: intake, desk, sender, clock, web."),
    ] = "",
) -> None:
    """Запустить программу."""
    settings = load_settings(logs=True)
    from bot.process import run

    run_work(run(settings, frozenset(part.strip() for part in only.split(",") if part.strip())))


def _demo(
    listen: Annotated[str, typer.Option("--listen", metavar="УЗЕЛ:ПОРТ", help="Где открыть страницу.")] = (
        "127.0.0.1:8080"
    ),
) -> None:
    """Показать программу без настоящих мессенджеров."""
    from bot.demo.run import run_demo
    from bot.web.listen import parse_listen

    parse_listen(listen)
    run_work(run_demo(listen))
