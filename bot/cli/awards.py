"""`otklik awards …`: ratings that are frozen for good, their publication and their diplomas."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import awards_diplomas, awards_freeze, awards_verify
from bot.cli.operators import operator
from bot.cli.output import local, say, say_aside, say_json, say_table
from bot.cli.results import Number, described, read_one, winners_lines
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock

if TYPE_CHECKING:
    from bot.domain.result import Result
    from bot.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Итоги рейтинга: заморозить, проверить, опубликовать, дипломы.")
    awards_freeze.add_to(group)
    group.command("list", cls=Command)(_list)
    group.command("show", cls=Command)(_show)
    awards_verify.add_to(group)
    group.command("publish", cls=Command)(_publish)
    group.command("unpublish", cls=Command)(_unpublish)
    awards_diplomas.add_to(group)
    return group


def _list(as_json: AsJson = False) -> None:
    """Показать все итоги, новые сверху."""
    settings = load_settings()
    found = run(_read(settings))
    if as_json:
        say_json([described(result) for result in found])
        return
    rows = [
        (
            result.id,
            result.title,
            result.scope,
            f"{date.fromisoformat(result.first):%d.%m.%Y} – {date.fromisoformat(result.last):%d.%m.%Y}",
            local(result.frozen_at, settings.zone),
            local(result.published_at, settings.zone),
            result.hash[:12],
        )
        for result in found
    ]
    if rows:
        say_table(("№", "название", "область", "период", "заморожен", "опубликован", "SHA-256"), rows)
    else:
        say("Итогов нет. Заморозить: otklik awards freeze --title … --scope … --from … --to …")


def _show(number: Number, as_json: AsJson = False) -> None:
    """Показать итог: номинации, места, отличия."""
    settings = load_settings()
    result = run(read_one(settings, number))
    shown = json.loads(result.shown)
    if as_json:
        say_json({**described(result), "result": shown})
        return
    say(f"Итог № {result.id}: {result.title}")
    say(f"Заморожен {local(result.frozen_at, settings.zone)}, {result.frozen_by}; SHA-256 {result.hash}")
    say(f"Опубликован: {local(result.published_at, settings.zone)}")
    if shown["appeal_until"]:
        say(f"Возражения принимаются до {date.fromisoformat(shown['appeal_until']):%d.%m.%Y}")
    for line in winners_lines(shown):
        say(line)


def _publish(number: Number) -> None:
    """Показать список учреждений всем, на странице /rating."""
    settings = load_settings()
    run(_set_public(settings, number, is_public=True))
    say(f"Итог № {number} опубликован: /rating/{number}")
    say_aside("Видны только учреждения и муниципалитеты; администраторов и жителей на странице нет.")


def _unpublish(number: Number) -> None:
    """Убрать список с общей страницы; сам итог остаётся."""
    settings = load_settings()
    run(_set_public(settings, number, is_public=False))
    say(f"Итог № {number} больше не показывается")


async def _read(settings: "Settings") -> "list[Result]":
    from storage.results import read_results

    async with opened(settings) as database, database.reading() as connection:
        return await read_results(connection)


async def _set_public(settings: "Settings", number: int, *, is_public: bool) -> None:
    from storage.results import hide_result, publish_result

    await read_one(settings, number)
    async with opened(settings) as database, database.unit() as connection:
        change = publish_result if is_public else hide_result
        await change(connection, number, at=SystemClock().now().replace(microsecond=0), actor=operator())
