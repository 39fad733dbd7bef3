"""`otklik rating`: who answers best among their peers, as a table, JSON, CSV or a workbook."""

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.days import read_day
from bot.cli.files import write_file
from bot.cli.output import warn
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.cli.usage import Command
from bot.domain.clock import SystemClock
from bot.domain.institution import Scope

if TYPE_CHECKING:
    from bot.reports.rating.rating import Rating
    from bot.reports.report import Report
    from bot.settings import Settings

_FORMATS = ("table", "json", "csv", "xlsx")
_WIDTH = 120
_BY = ("institution", "municipality", "branch")

ScopeOption = Annotated[
    str, typer.Option("--scope", metavar="ОБЛАСТЬ", help="region, branch:…, municipality:… или institution:КОД.")
]
FirstDay = Annotated[str, typer.Option("--from", metavar="ГГГГ-ММ-ДД", help="Первый день.")]
LastDay = Annotated[str, typer.Option("--to", metavar="ГГГГ-ММ-ДД", help="Последний день, входит в рейтинг.")]
Least = Annotated[int, typer.Option("--least", metavar="ЧИСЛО", help="От скольких сообщений есть место.")]


def add_to(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command("rating", cls=Command)(_rating)


def _rating(
    *,
    scope: ScopeOption,
    first: FirstDay,
    last: LastDay,
    by: Annotated[
        str, typer.Option("--by", metavar="КТО", help="Кого сравнить: institution, municipality или branch.")
    ] = "institution",
    least: Least = 5,
    formatted: Annotated[str, typer.Option("--format", metavar="ВИД", help="table, json, csv или xlsx.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", metavar="ФАЙЛ", help="Записать в файл.")] = None,
) -> None:
    """Рейтинг: кто отвечает лучше среди похожих."""
    form, compared = _one_of("--format", formatted, _FORMATS), _one_of("--by", by, _BY)
    check_least(least)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("--format xlsx: укажите файл, --output рейтинг.xlsx")
    chosen, start, end = read_scope(scope), read_day("--from", first), read_day("--to", last)
    settings = load_settings()
    rating = run(_rate(settings, chosen, start, end, by=compared, least=least))
    content = _dress(settings, rating, form, width=_WIDTH if output else shutil.get_terminal_size((_WIDTH, 50)).columns)
    if output is not None:
        write_file(output, content)
        warn(f"рейтинг записан: {output}")
    elif form == "xlsx":
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content.decode("utf-8-sig"))


def _one_of(option: str, text: str, known: Sequence[str]) -> str:
    chosen = text.strip().lower()
    if chosen not in known:
        raise typer.BadParameter(f"{option}: «{text}» не подходит; есть {', '.join(known)}")
    return chosen


def check_least(least: int) -> None:
    """Raise a usage error unless at least one question is asked for."""
    if least < 1:
        raise typer.BadParameter(f"--least: {least} не подходит; нужно число от 1")


async def _rate(settings: "Settings", scope: Scope, first: date, last: date, *, by: str, least: int) -> "Rating":
    from bot.reports.rating.rating import RatedBy, rate

    return rate(await report_for(settings, scope, first, last), least=least, by=RatedBy(by))


async def report_for(settings: "Settings", scope: Scope, first: date, last: date) -> "Report":
    """Make the report of which a rating is worked out."""
    from bot.reports.report import make_report

    async with opened(settings) as database:
        return await make_report(
            database, scope=scope, first=first, last=last, zone=settings.zone, now=SystemClock().now()
        )


def _dress(settings: "Settings", rating: "Rating", form: str, *, width: int) -> bytes:
    if form == "json":
        import json

        from bot.reports.rating.values import rating_values

        return (json.dumps(rating_values(rating), ensure_ascii=False, indent=2) + "\n").encode()
    from bot.texts import Texts

    texts, language = Texts.load(), settings.language
    if form == "xlsx":
        from bot.reports.rating.workbook import write_rating_workbook

        return write_rating_workbook(rating, texts=texts, language=language)
    if form == "csv":
        from bot.reports.rating.lines import write_rating_sheet

        return write_rating_sheet(rating, texts=texts, language=language)
    from bot.reports.rating.table import write_rating_table

    return write_rating_table(rating, texts=texts, language=language, width=width).encode()
