"""`otklik institutions resolve`: numbers of communities whose links have names."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import say, say_json
from bot.cli.running import load_settings, opened, run

if TYPE_CHECKING:
    from bot.delivery.named_communities import Named
    from bot.settings import Settings


def resolve_names(
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Узнать у ВКонтакте номера сообществ, адрес которых с именем."""
    found = run(_resolve(load_settings(logs=True)))
    if as_json:
        say_json(
            {
                "resolved": [
                    {"code": one.institution.code, "vk_name": one.institution.vk_name, "vk_group_id": one.number}
                    for one in found
                    if one.number
                ],
                "left": [
                    {"code": one.institution.code, "vk_name": one.institution.vk_name, "reason": one.reason}
                    for one in found
                    if not one.number
                ],
            }
        )
        return
    for one in found:
        code, link = one.institution.code, f"vk.com/{one.institution.vk_name}"
        say(f"{code}: {link} – номер {one.number}" if one.number else f"{code}: {link} – {one.reason}")
    if not found:
        say("Адресов без номера нет.")


async def _resolve(settings: "Settings") -> "list[Named]":
    from bot.app import make_channels
    from bot.delivery.named_communities import find_numbers

    channel = make_channels(settings)["vk"]
    try:
        async with opened(settings) as database:
            return await find_numbers(database, channel, now=datetime.now(UTC))
    finally:
        await channel.close()
