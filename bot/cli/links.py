"""`otklik institutions links`: a page with QR codes for the door of every institution."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import write_file
from bot.cli.output import say, warn
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.domain.errors import SettingsError

if TYPE_CHECKING:
    from bot.domain.institution import Scope
    from bot.reports.door.sheet import DoorSheet
    from bot.settings import Settings

_BOT = re.compile(r"(?:@|(?:https?://)?t\.me/)?([A-Za-z][A-Za-z0-9_]{3,31})/?")


def print_links(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Имя на .pdf.")],
    scope: Annotated[
        str, typer.Option("--scope", metavar="ОБЛАСТЬ", help="region, branch:…, municipality:… или institution:КОД.")
    ] = "region",
    bot: Annotated[
        str, typer.Option("--bot", metavar="ИМЯ", help="Имя регионального бота, если программа его ещё не знает.")
    ] = "",
) -> None:
    """Листы A4 с QR-кодами на дверь: по одному на учреждение."""
    chosen = read_scope(scope)
    if file.suffix.lower() != ".pdf":
        raise SettingsError(f"{file}: имя файла должно заканчиваться на .pdf")
    named = _BOT.fullmatch(bot.strip())
    if bot.strip() and not named:
        raise typer.BadParameter(f"--bot: «{bot}» – не имя бота; нужно так: @otklik_bot")
    settings = load_settings()
    sheets, without = run(_read_sheets(settings, chosen, named[1] if named else ""))
    from bot.reports.door.sheet import MOST_SHEETS, draw_door_sheets
    from bot.texts import Texts

    if not sheets:
        raise SettingsError(
            "ни у одного учреждения нет ни сообщества VK, ни бота; впишите vk_group_id в лист или назовите бота: --bot"
        )
    if len(sheets) > MOST_SHEETS:
        raise SettingsError(
            f"листов вышло бы {len(sheets)}, а в одном файле их бывает не больше {MOST_SHEETS}; "
            "печатайте по частям: --scope municipality:НАЗВАНИЕ или branch:НАЗВАНИЕ"
        )
    write_file(file, draw_door_sheets(sheets, texts=Texts.load()))
    say(f"Листов: {len(sheets)}, файл {file}")
    if without:
        warn(f"без листа учреждений: {without}; у них нет ни сообщества VK, ни бота Telegram")


async def _read_sheets(settings: "Settings", scope: "Scope", bot: str) -> "tuple[list[DoorSheet], int]":
    """Return the pages and how many institutions have none."""
    from bot.cli.introducing import introduce_regional_bot
    from bot.domain.legal import mode_for
    from bot.reports.door.addresses import doors_of
    from bot.reports.door.sheet import DoorSheet
    from bot.reports.scope import known_scope
    from storage.addresses import read_addresses
    from storage.institutions import read_institutions
    from storage.legal import read_legal_rules

    async with opened(settings) as database:
        async with database.reading() as connection:
            everybody = await read_institutions(connection, database.vault)
            telegram = await read_addresses(connection, "telegram")
            rules = {rule.kind.value: rule.mode for rule in await read_legal_rules(connection)}
        regional = settings.telegram_token.get_secret_value().partition(":")[0]
        if bot:
            regional, telegram = "named", {**telegram, "named": f"https://t.me/{bot}"}
        elif regional and regional not in telegram:
            await introduce_regional_bot(settings, database)
            async with database.reading() as connection:
                telegram = await read_addresses(connection, "telegram")
    scope = known_scope(scope, everybody)
    sheets = [
        # A code on a door must not lead into a dialogue that the law closes.
        DoorSheet(
            institution=each,
            doors=doors_of(
                each,
                telegram=telegram if mode_for(each.kind, rules, settings.telegram_mode).allows_dialogue else {},
                regional_bot=regional,
            ),
        )
        for each in everybody
        if scope.covers(each)
    ]
    good = [sheet for sheet in sheets if sheet.doors]
    return good, len(sheets) - len(good)
