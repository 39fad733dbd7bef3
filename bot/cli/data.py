"""`otklik data …`: everything kept about one citizen, handed out or erased."""

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.files import write_file
from bot.cli.output import say, say_json
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.errors import NotFoundError

if TYPE_CHECKING:
    from bot.settings import Settings

_Channel = Annotated[str, typer.Option("--channel", metavar="КАНАЛ", help="telegram или vk.")]
_User = Annotated[str, typer.Option("--user", metavar="НОМЕР", help="Номер человека в этом мессенджере.")]
_CHANNELS = ("telegram", "vk", "max")


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Данные одного жителя.")
    group.command("export", cls=Command)(_export)
    group.command("erase", cls=Command)(_erase)
    return group


def _export(
    channel: _Channel,
    user: _User,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="ФАЙЛ", help="Куда записать; без него – на экран.")
    ] = None,
    for_citizen: Annotated[
        bool, typer.Option("--for-citizen", help="Для самого жителя: без заметок администраторов для своих.")
    ] = False,
) -> None:
    """Всё, что хранится о жителе, в JSON. Запрос записывается в журнал действий."""
    found = run(_read(load_settings(), _known(channel), user.strip(), for_citizen=for_citizen))
    if output is None:
        say_json(found)
    else:
        write_file(output, json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")


def _erase(channel: _Channel, user: _User) -> None:
    """Стереть слова, вложения, имя и номер жителя; времена ответов остаются без него."""
    run(_forget(load_settings(), _known(channel), user.strip()))
    say("Данные стёрты. Рабочим чатам об этом скажет работающая программа.")


async def _read(settings: "Settings", channel: str, user: str, *, for_citizen: bool) -> dict[str, Any]:
    from storage.audit import write_audit
    from storage.personal import export_person

    async with opened(settings) as database, database.unit() as connection:
        found = await export_person(connection, database.vault, channel, user, for_citizen=for_citizen)
        if found is None:
            raise NotFoundError(_nothing(channel, user))
        numbers = ", ".join(str(ticket["number"]) for ticket in found.get("tickets", []))
        await write_audit(
            connection, actor=getpass.getuser(), action="data-export", subject=numbers or "–", at=SystemClock().now()
        )
        return found


async def _forget(settings: "Settings", channel: str, user: str) -> None:
    from storage.personal import erase_person

    async with opened(settings) as database, database.unit() as connection:
        is_known = await erase_person(
            connection, database.vault, channel, user, actor=getpass.getuser(), now=SystemClock().now()
        )
        if not is_known:
            raise NotFoundError(_nothing(channel, user))


def _known(channel: str) -> str:
    name = channel.strip().lower()
    if name not in _CHANNELS:
        raise typer.BadParameter(f"--channel: «{channel}» не подходит; есть {', '.join(_CHANNELS)}")
    return name


def _nothing(channel: str, user: str) -> str:
    return f"о человеке {user} в {channel} ничего не хранится; номер – цифры, как в мессенджере"
