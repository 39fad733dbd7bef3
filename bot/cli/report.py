"""`otklik report`: the figures of a scope and a period as a table, JSON or CSV."""

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.days import read_day
from bot.cli.files import write_file
from bot.cli.output import say_json, warn
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.cli.usage import Command
from bot.domain.institution import Scope

if TYPE_CHECKING:
    from bot.settings import Settings

_FORMATS = ("table", "json", "csv")
_LATER = ("xlsx", "pdf", "png")
_WIDTH = 120


def add_to(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command("report", cls=Command)(_report)


def _report(
    scope: Annotated[
        str, typer.Option("--scope", metavar="ОБЛАСТЬ", help="region, branch:…, municipality:… или institution:КОД.")
    ],
    first: Annotated[str, typer.Option("--from", metavar="ГГГГ-ММ-ДД", help="Первый день.")],
    last: Annotated[str, typer.Option("--to", metavar="ГГГГ-ММ-ДД", help="Последний день, входит в отчёт.")],
    formatted: Annotated[str, typer.Option("--format", metavar="ВИД", help="table, json или csv.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", metavar="ФАЙЛ", help="Записать в файл.")] = None,
) -> None:
    """Отчёт о времени ответа за период."""
    form = formatted.strip().lower()
    if form in _LATER:
        raise typer.BadParameter(f"--format: {form} появится в следующих выпусках; пока table, json и csv")
    if form not in _FORMATS:
        raise typer.BadParameter(f"--format: «{formatted}» не подходит; есть table, json и csv")
    chosen, start, end = read_scope(scope), read_day("--from", first), read_day("--to", last)
    settings = load_settings()
    report = run(_make(settings, chosen, start, end))
    if form == "json" and output is None:
        say_json(report)
        return
    content = _dress(settings, report, form, width=_WIDTH if output else shutil.get_terminal_size((_WIDTH, 50)).columns)
    if output is not None:
        write_file(output, content)
        warn(f"отчёт записан: {output}")
    else:
        sys.stdout.write(content.decode("utf-8-sig"))


async def _make(settings: "Settings", scope: Scope, first: date, last: date) -> dict[str, Any]:
    from bot.directory.topics import OPERATORS_FILE, Topics
    from bot.reports.report import make_report
    from bot.safety.sentiment import OPERATORS_REACTIONS, load_sentiments

    sentiments = load_sentiments(settings.data_dir / OPERATORS_REACTIONS)
    async with opened(settings) as database:
        return await make_report(
            database,
            scope=scope,
            first=first,
            last=last,
            zone=settings.zone,
            now=datetime.now(UTC),
            sentiments=sentiments,
            topics=Topics.load(settings.data_dir / OPERATORS_FILE).names_and_codes("ru"),
        )


def _dress(settings: "Settings", report: dict[str, Any], form: str, *, width: int) -> bytes:
    if form == "json":
        import json

        return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
    from bot.texts import Texts

    texts = Texts.load()
    if form == "csv":
        from bot.reports.sheet import write_sheet

        return write_sheet(report, texts=texts, language=settings.language)
    from bot.reports.table import write_table

    return write_table(report, texts=texts, language=settings.language, width=width).encode()
