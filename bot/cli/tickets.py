"""`otklik tickets …`: tickets in a list, and one with its whole time line."""

import getpass
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import local, say_json, say_table
from bot.cli.running import load_settings, opened, run
from bot.cli.ticket_values import Topics, ticket_line, whole_ticket
from bot.cli.ticket_words import STATES, say_ticket
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.ticket import TicketState

if TYPE_CHECKING:
    from bot.domain.calendars import Calendars
    from bot.settings import Settings
    from storage.listings import TicketLine, TimeLine

_LARGEST = 2**63 - 1


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Сообщения жителей.")
    group.command("list", cls=Command)(_list)
    group.command("show", cls=Command)(_show)
    return group


def _list(
    institution: Annotated[str, typer.Option("--institution", metavar="КОД", help="Только этого учреждения.")] = "",
    state: Annotated[
        str, typer.Option("--state", metavar="СОСТОЯНИЕ", help="open, answered, waiting, closed или spam.")
    ] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Только те, где срок прошёл, а ответа нет.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Список сообщений по номерам."""
    wanted = _read_state(state) if state else None
    settings = load_settings()
    now = SystemClock().now()
    found = run(_find(settings, institution.strip() or None, wanted, now if overdue else None))
    if as_json:
        topics = _topics(settings)
        say_json([ticket_line(line, now, topics) for line in found])
        return
    zone = settings.zone
    say_table(
        ["№", "Учреждение", "Состояние", "Канал", "Поступило", "Ответить до", "Просрочено"],
        [
            [
                line.number,
                line.institution,
                STATES[line.state],
                line.channel,
                local(line.opened_at, zone),
                local(line.deadline_at, zone),
                "да" if line.is_overdue(now) else "",
            ]
            for line in found
        ],
    )


def _show(
    number: Annotated[int, typer.Argument(metavar="НОМЕР", min=1, max=_LARGEST, help="Номер сообщения.")],
    full: Annotated[
        bool, typer.Option("--full", help="Не закрывать СНИЛС, карты, телефоны; записывается в журнал действий.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Одно сообщение: что сказано, что сделано, что доставлено."""
    settings = load_settings()
    line, calendars = run(_read(settings, number, is_full=full))
    if as_json:
        say_json(whole_ticket(line, SystemClock().now(), _topics(settings), calendars))
    else:
        say_ticket(line, settings.zone, _topics(settings), calendars)


async def _find(
    settings: "Settings", institution: str | None, state: TicketState | None, overdue_at: datetime | None
) -> "list[TicketLine]":
    from storage.listings import list_tickets

    async with opened(settings) as database, database.reading() as connection:
        return await list_tickets(connection, institution=institution, state=state, overdue_at=overdue_at)


async def _read(settings: "Settings", number: int, *, is_full: bool) -> "tuple[TimeLine, Calendars]":
    from storage.audit import write_audit
    from storage.calendars import read_calendars
    from storage.listings import read_time_line

    async with opened(settings) as database:
        async with database.reading() as connection:
            calendars = await read_calendars(connection, zone=settings.zone)
            if not is_full:
                return _covered(await read_time_line(connection, database.vault, number)), calendars
        async with database.unit() as connection:
            line = await read_time_line(connection, database.vault, number)
            await write_audit(
                connection, actor=getpass.getuser(), action="ticket-read", subject=str(number), at=SystemClock().now()
            )
            return line, calendars


def _covered(line: "TimeLine") -> "TimeLine":
    """Cover personal data: whole words are for the administrator who answers."""
    from bot.safety.masks import mask

    return replace(
        line,
        messages=[
            replace(
                message,
                text=mask(message.text),
                attachments=tuple(
                    replace(each, name=mask(each.name), title=mask(each.title)) for each in message.attachments
                ),
            )
            for message in line.messages
        ],
    )


def _read_state(text: str) -> TicketState:
    try:
        return TicketState(text.strip().lower())
    except ValueError:
        raise typer.BadParameter(f"--state: «{text}» не подходит; есть {', '.join(TicketState)}") from None


def _topics(settings: "Settings") -> Topics:
    from bot.directory.topics import OPERATORS_FILE, Topics

    return Topics.load(settings.data_dir / OPERATORS_FILE).names_and_codes("ru")
