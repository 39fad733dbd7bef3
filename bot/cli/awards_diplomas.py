"""`otklik awards diplomas`: the list for mail merge."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import write_file
from bot.cli.output import say, say_aside
from bot.cli.results import Number, read_one
from bot.cli.running import load_settings, run
from bot.cli.usage import Command
from bot.domain.errors import SettingsError
from bot.domain.result import Result

if TYPE_CHECKING:
    from bot.reports.rating.people import AwardedPerson


def add_to(group: typer.Typer) -> None:
    """Add the command."""
    group.command("diplomas", cls=Command)(_diplomas)


def _diplomas(
    number: Number,
    output: Annotated[Path, typer.Option("--output", metavar="ФАЙЛ", help="Куда записать, .xlsx.")],
    people: Annotated[
        Path | None,
        typer.Option("--people", metavar="ФАЙЛ", help="CSV: ФИО; должность; учреждение; code."),
    ] = None,
) -> None:
    """Список для дипломов (слияние в Word): учреждения и люди, ФИО в падежах."""
    from bot.reports.rating.diplomas import awarded_people, write_diplomas
    from bot.texts import Texts

    settings = load_settings()
    result = run(read_one(settings, number))
    named = awarded_people(result) if people is None else _read_people(people, result)
    write_file(output, write_diplomas(result, people=named, texts=Texts.load(), language=settings.language))
    say(f"Список дипломов записан: {output}")
    if people is None:
        say_aside("Имена – из мессенджеров, бывают прозвища. Точные: --people ФАЙЛ (ФИО; должность; учреждение; code)")


def _read_people(file: Path, result: Result) -> "list[AwardedPerson]":
    from bot.reports.rating.people import read_people

    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: файл не читается ({error.strerror})") from error
    return read_people(content, _codes_by_name(result))


def _codes_by_name(result: Result) -> dict[str, str]:
    """Return the codes of the result's institutions by code and by every name that only one of them has."""
    from bot.reports.rating.people import folded

    codes: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for rating in json.loads(result.shown)["ratings"]:
        for group in rating["groups"]:
            for line in (*group["ranked"], *group["outside"]):
                codes[folded(line["code"])] = line["code"]
                for name in filter(None, (line["name"], line["short_name"])):
                    names.setdefault(folded(name), set()).add(line["code"])
    return {**{name: next(iter(found)) for name, found in names.items() if len(found) == 1}, **codes}
