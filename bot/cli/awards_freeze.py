"""`otklik awards freeze`: the rating of a period, kept for good."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.days import read_day
from bot.cli.operators import operator
from bot.cli.output import say, say_json, warn
from bot.cli.rating import FirstDay, LastDay, Least, ScopeOption, check_least
from bot.cli.results import described, winners_lines
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.cli.usage import Command
from bot.domain.clock import SystemClock
from bot.domain.errors import SettingsError
from bot.domain.institution import Scope

if TYPE_CHECKING:
    from bot.domain.result import Result
    from bot.settings import Settings

_LONGEST_TITLE = 200


def add_to(group: typer.Typer) -> None:
    """Add the command."""
    group.command("freeze", cls=Command)(_freeze)


def _freeze(
    *,
    title: Annotated[str, typer.Option("--title", metavar="НАЗВАНИЕ", help="Как назвать итог.")],
    scope: ScopeOption,
    first: FirstDay,
    last: LastDay,
    nominations: Annotated[
        Path | None,
        typer.Option("--nominations", metavar="ФАЙЛ", help="TOML с номинациями: docs/nominations-example.toml."),
    ] = None,
    least: Least = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Заморозить рейтинг: дальше он не меняется, что бы ни случилось с сообщениями."""
    check_least(least)
    title = " ".join(title.split())
    if not title or len(title) > _LONGEST_TITLE:
        raise typer.BadParameter(f"--title: нужно название не длиннее {_LONGEST_TITLE} знаков")
    chosen, start, end = read_scope(scope), read_day("--from", first), read_day("--to", last)
    content = _read_file(nominations)
    settings = load_settings()
    now = SystemClock().now().replace(microsecond=0)
    if end >= now.astimezone(settings.zone).date():
        warn(f"период ещё не закончился ({end:%d.%m.%Y}); итог – по тому, что известно сейчас")
    result = run(_work(settings, chosen, start, end, title=title, content=content, least=least, now=now))
    _say(result, as_json=as_json)


def _say(result: "Result", *, as_json: bool) -> None:
    if as_json:
        say_json(described(result))
        return
    say(f"Итог № {result.id} заморожен: {result.title}")
    say(f"SHA-256 {result.hash}")
    for line in winners_lines(json.loads(result.shown)):
        say(line)


def _read_file(file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: файл не читается ({error.strerror})") from error


async def _work(
    settings: "Settings",
    scope: Scope,
    first: date,
    last: date,
    *,
    title: str,
    content: bytes | None,
    least: int,
    now: datetime,
) -> "Result":
    from bot.domain.result import Result
    from bot.reports.period import Period
    from bot.reports.rating.badges import bilingual_codes
    from bot.reports.rating.nominations import Plan
    from bot.reports.rating.plan import natural_nominations, read_plan
    from bot.reports.rating.result import digest, freeze, ratings_of
    from bot.reports.report import make_report
    from bot.texts import Texts
    from storage.answer_languages import count_tatar_answers
    from storage.results import add_result
    from storage.statistics import read_places

    async with opened(settings, makes=True) as database:
        async with database.reading() as connection:
            places = await read_places(connection)
        plan = Plan() if content is None else read_plan(content, places, least=least)
        report = await make_report(database, scope=scope, first=first, last=last, zone=settings.zone, now=now)
        start, end = Period(first=first, last=last).bounds(settings.zone)
        async with database.reading() as connection:
            answers = await count_tatar_answers(connection, database.vault, start=start, end=end)
        ratings = ratings_of(report, least=least, excluded=plan.excluded)
        natural = natural_nominations(ratings, texts=Texts.load(), language=settings.language)
        shown, people = freeze(
            report,
            title=title,
            plan=plan,
            nominations=plan.nominations or natural,
            least=least,
            bilingual=bilingual_codes(answers, least=least),
            frozen_at=now,
        )
        result = Result(
            id=0,
            title=title,
            scope=report["scope"],
            first=report["from"],
            last=report["to"],
            hash=digest(shown),
            frozen_at=now,
            frozen_by=operator(),
            shown=shown,
            people=people,
        )
        async with database.unit() as connection:
            return replace(result, id=await add_result(connection, database.vault, result))
