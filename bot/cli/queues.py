"""`otklik outbox …` and `otklik inbox …`: what has not been sent or handled, and another try."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import local, say, say_json, say_table
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.queues import InboxLine, OutboxLine

_LARGEST = 2**63 - 1

Dead = Annotated[bool, typer.Option("--dead", help="Только то, от чего программа отказалась.")]
AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]
Ids = Annotated[list[int], typer.Argument(metavar="НОМЕР…", min=1, max=_LARGEST, help="Номера из списка.")]


def outbox_commands() -> typer.Typer:
    """Return the group of the outbox."""
    group = new_group("Что ещё не отправлено.")
    group.command("list", cls=Command)(_list_outbox)
    group.command("retry", cls=Command)(_retry_outbox)
    return group


def inbox_commands() -> typer.Typer:
    """Return the group of the inbox."""
    group = new_group("Что ещё не обработано.")
    group.command("list", cls=Command)(_list_inbox)
    group.command("retry", cls=Command)(_retry_inbox)
    return group


def _list_outbox(dead: Dead = False, as_json: AsJson = False) -> None:
    """Показать, что ждёт отправки или не отправлено."""
    settings = load_settings()
    found = run(_read_outbox(settings, is_dead=dead))
    if as_json:
        say_json(found)
        return
    say_table(
        ["Номер", "Что", "Куда", "Сообщение №", "Создано", "Попыток", "Состояние", "Ошибка"],
        [
            [
                row.id,
                row.kind,
                f"{row.channel} {row.chat}",
                row.ticket,
                local(row.created_at, settings.zone),
                row.attempts,
                row.state,
                row.error,
            ]
            for row in found
        ],
    )


def _list_inbox(dead: Dead = False, as_json: AsJson = False) -> None:
    """Показать, что ждёт обработки или не понято."""
    settings = load_settings()
    found = run(_read_inbox(settings, is_dead=dead))
    if as_json:
        say_json(found)
        return
    say_table(
        ["Номер", "Откуда", "Ключ", "Получено", "Попыток", "Состояние", "Ошибка"],
        [
            [
                row.id,
                f"{row.channel} {row.community}",
                row.key,
                local(row.received_at, settings.zone),
                row.attempts,
                row.state,
                row.error,
            ]
            for row in found
        ],
    )


def _retry_outbox(ids: Ids) -> None:
    """Отправить ещё раз."""
    from storage.queues import retry_outbox

    async def retry(settings: "Settings") -> int:
        async with opened(settings) as database, database.unit() as connection:
            return await retry_outbox(connection, ids, now=SystemClock().now())

    say(f"Будет отправлено ещё раз: {run(retry(load_settings()))}")


def _retry_inbox(ids: Ids) -> None:
    """Обработать ещё раз."""
    from storage.queues import retry_inbox

    async def retry(settings: "Settings") -> int:
        async with opened(settings) as database, database.unit() as connection:
            return await retry_inbox(connection, ids)

    say(f"Будет обработано ещё раз: {run(retry(load_settings()))}")


async def _read_outbox(settings: "Settings", *, is_dead: bool) -> "list[OutboxLine]":
    from storage.queues import list_outbox

    async with opened(settings) as database, database.reading() as connection:
        return await list_outbox(connection, is_dead=is_dead)


async def _read_inbox(settings: "Settings", *, is_dead: bool) -> "list[InboxLine]":
    from bot.safety.masks import mask, mask_json
    from storage.queues import list_inbox

    async with opened(settings) as database, database.reading() as connection:
        found = await list_inbox(connection, database.vault, is_dead=is_dead)
    return [replace(row, payload=mask_json(row.payload), error=mask(row.error)) for row in found]
