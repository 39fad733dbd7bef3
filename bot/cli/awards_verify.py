"""`otklik awards verify`: the kept bytes against their hash, and the kept places against the facts of today."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import say, say_json, say_table
from bot.cli.results import Number, read_one
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command
from bot.domain.clock import SystemClock
from bot.domain.errors import SettingsError
from bot.domain.institution import parse_scope

if TYPE_CHECKING:
    from bot.domain.result import Result
    from bot.reports.rating.result import Difference
    from bot.reports.report import Report
    from bot.settings import Settings

_WORDS = {
    "rank": "место",
    "score": "баллы",
    "questions": "сообщений",
    "median_seconds": "медиана, с",
    "p90_seconds": "90 %, с",
    "parts": "части",
}


def add_to(group: typer.Typer) -> None:
    """Add the command."""
    group.command("verify", cls=Command)(_verify)


def _verify(number: Number, as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False) -> None:
    """Проверить итог: не тронут ли он и что сказали бы сегодня записанные факты."""
    from bot.reports.rating.result import is_intact

    settings = load_settings()
    result, report, obstacle = run(_read(settings, number))
    intact = is_intact(result)
    found = None if report is None else _differences(result, report)
    if as_json:
        equal = None if found is None else not found
        say_json({"id": number, "sha256": result.hash, "intact": intact, "equal": equal, "differences": found})
    else:
        say(f"Итог № {number}: {'хэш совпал, итог не тронут' if intact else 'ХЭШ НЕ СОВПАЛ, итог изменён'}")
        say(f"SHA-256 {result.hash}")
        if found is None:
            say(f"Сравнить с фактами нельзя: {obstacle}")
        else:
            _say_versions(result, report)
            _say_differences(found)
    if not intact:
        raise typer.Exit(1)


def _say_versions(result: "Result", report: "Report | None") -> None:
    """Say when a result was counted by other definitions than those of today: it keeps its own."""
    frozen = json.loads(result.shown)["definitions"]
    if report is not None and report["definitions"] != frozen:
        say(f"Итог посчитан по определениям версии {frozen}, сегодня действует версия {report['definitions']}.")


def _say_differences(found: "list[Difference]") -> None:
    if not found:
        say("Записанные факты говорят сегодня то же самое.")
        return
    say("Факты с тех пор изменились (итог остаётся, каким был):")
    rows = [
        (each.where, each.name, _WORDS.get(each.what, each.what), _cell(each.frozen), _cell(each.facts))
        for each in found
        if each.what != "parts"
    ]
    say_table(("где", "кто", "что", "в итоге", "сегодня"), rows)


def _cell(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def _differences(result: "Result", report: "Report") -> "list[Difference]":
    from bot.reports.rating.result import differences

    return differences(json.loads(result.shown), report)


async def _read(settings: "Settings", number: int) -> "tuple[Result, Report | None, str]":
    """Return the result and what the facts say today, or why they no longer can."""
    from bot.reports.report import make_report

    result = await read_one(settings, number)
    async with opened(settings) as database:
        try:
            report = await make_report(
                database,
                scope=parse_scope(result.scope),
                first=date.fromisoformat(result.first),
                last=date.fromisoformat(result.last),
                zone=settings.zone,
                now=SystemClock().now(),
            )
        except SettingsError as error:
            return result, None, str(error)
    return result, report, ""
