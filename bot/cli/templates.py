"""`otklik templates …`: prepared answers of branches and institutions, from a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import say, say_json, warn
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.errors import SettingsError

if TYPE_CHECKING:
    from bot.directory.template_sheet import TemplateSheet
    from bot.domain.template import Template
    from bot.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Шаблоны ответов: общие для отрасли, муниципалитета, региона и для отдельных учреждений.")
    group.command("import", cls=Command)(_import)
    group.command("list", cls=Command)(_list)
    return group


def _import(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="CSV: scope, title, text, text_tt.")],
    as_json: AsJson = False,
) -> None:
    """Добавить и изменить шаблоны по области и названию; если хоть одна строка не годится, не пишется ничего."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: файл не читается ({error.strerror})") from error
    sheet, added, changed = run(_store(load_settings(), content))
    if as_json:
        refused = [{"row": row, "reason": reason} for row, reason in sheet.refused]
        say_json({"added": added, "changed": changed, "refused": refused})
    else:
        say(f"Добавлено: {added}, изменено: {changed}, отклонено: {len(sheet.refused)}")
        for row, reason in sheet.refused:
            warn(f"строка {row}: {reason}")
    if sheet.refused:
        raise typer.Exit(2)


def _list(as_json: AsJson = False) -> None:
    """Показать все шаблоны."""
    found = run(_known(load_settings()))
    if as_json:
        say_json(
            [
                {"scope": str(each.scope), "title": each.title, "text": each.text, "text_tt": each.text_tt}
                for each in found
            ]
        )
        return
    for each in found:
        say(f"{each.scope}  {each.title}{' (ru, tt)' if each.text_tt else ''}")
    if not found:
        say("Шаблонов нет. Пример файла: docs/templates-example.csv")


async def _store(settings: "Settings", content: bytes) -> "tuple[TemplateSheet, int, int]":
    from bot.directory.template_sheet import read_template_sheet
    from storage.institutions import read_institutions
    from storage.templates import import_templates

    async with opened(settings, makes=True) as database, database.unit() as connection:
        places = await read_institutions(connection, database.vault, with_secrets=False)
        sheet = read_template_sheet(content, places)
        added, changed = (0, 0)
        if not sheet.refused:
            added, changed = await import_templates(connection, database.vault, sheet.templates)
    return sheet, added, changed


async def _known(settings: "Settings") -> "list[Template]":
    from storage.templates import read_templates

    async with opened(settings, makes=False) as database, database.reading() as connection:
        return await read_templates(connection, database.vault)
