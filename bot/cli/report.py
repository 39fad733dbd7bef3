"""`otklik report`: the figures of a scope and a period as words, tables, files and pictures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.days import read_day
from bot.cli.report_files import ALL, places_of, read_formats, write_reports
from bot.cli.report_proof import prove
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.cli.usage import Command
from bot.domain.clock import SystemClock
from bot.domain.institution import Scope

if TYPE_CHECKING:
    from bot.settings import Settings


def add_to(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command("report", cls=Command)(_report)


def _report(
    *,
    scope: Annotated[
        str, typer.Option("--scope", metavar="ОБЛАСТЬ", help="region, branch:…, municipality:… или institution:КОД.")
    ],
    first: Annotated[str, typer.Option("--from", metavar="ГГГГ-ММ-ДД", help="Первый день.")],
    last: Annotated[str, typer.Option("--to", metavar="ГГГГ-ММ-ДД", help="Последний день, входит в отчёт.")],
    formatted: Annotated[
        str, typer.Option("--format", metavar="ВИД", help=f"{', '.join(ALL)}; несколько – через запятую.")
    ] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", metavar="ФАЙЛ", help="Записать в файл, несколько видов – в папку.")
    ] = None,
    recompute: Annotated[
        bool, typer.Option("--recompute", help="Пересчитать всё по исходным событиям и сравнить; table или json.")
    ] = False,
    repair: Annotated[bool, typer.Option("--repair", help="С --recompute: исправить найденные различия.")] = False,
    replay: Annotated[
        bool, typer.Option("--replay", help="Как если бы нынешние календари и нормативы действовали всегда.")
    ] = False,
) -> None:
    """Отчёт о времени ответа за период."""
    forms = read_formats(formatted)
    chosen, start, end = read_scope(scope), read_day("--from", first), read_day("--to", last)
    if recompute or repair:
        if not recompute or replay or set(forms) - {"table", "json"} or output is not None:
            raise typer.BadParameter(
                "--recompute: к нему подходят только --repair и --format table или json; --repair без него не нужен"
            )
        prove(load_settings(), chosen, start, end, repairs=repair, as_json="json" in forms)
        return
    places = places_of(forms, output, stem=f"otklik-{chosen}-{start}-{end}")
    settings = load_settings()
    report = run(_make(settings, chosen, start, end, trend=bool(set(forms) - {"table", "csv"}), replay=replay))
    from bot.texts import Texts

    write_reports(report, places, texts=Texts.load(), language=settings.language)


async def _make(
    settings: "Settings", scope: Scope, first: date, last: date, *, trend: bool, replay: bool
) -> dict[str, Any]:
    from bot.directory.topics import OPERATORS_FILE, Topics
    from bot.reports.counting.gathering import Source
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
            now=SystemClock().now(),
            sentiments=sentiments,
            topics=Topics.load(settings.data_dir / OPERATORS_FILE).names_and_codes(settings.language),
            trend=trend,
            source=Source.REPLAY if replay else Source.KEPT,
        )
