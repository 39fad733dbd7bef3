"""`otklik tickets …`: tickets in a list, and one with its whole time line."""

import getpass
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import local, say, say_json, say_table
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.ticket import TicketState

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.calendars import Calendars
    from bot.domain.holders import Holding
    from bot.domain.ticket import TicketMessage
    from bot.settings import Settings
    from storage.listings import TicketLine, TimeLine

_Topics = Mapping[str, tuple[str, str]]
"""Names and the classifier's codes by key."""
_LARGEST = 2**63 - 1
_STATES = {
    TicketState.OPEN: "в работе",
    TicketState.ANSWERED: "есть ответ",
    TicketState.WAITING: "ждём жителя",
    TicketState.CLOSED: "закрыто",
    TicketState.SPAM: "спам",
}


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
    now = datetime.now(UTC)
    found = run(_find(settings, institution.strip() or None, wanted, now if overdue else None))
    if as_json:
        topics = _topics(settings)
        say_json([_line(line, now, topics) for line in found])
        return
    zone = settings.zone
    say_table(
        ["№", "Учреждение", "Состояние", "Канал", "Поступило", "Ответить до", "Просрочено"],
        [
            [
                line.number,
                line.institution,
                _STATES[line.state],
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
        say_json(_whole(line, datetime.now(UTC), _topics(settings), calendars))
    else:
        _say_whole(line, settings.zone, _topics(settings), calendars)


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
                connection, actor=getpass.getuser(), action="ticket-read", subject=str(number), at=datetime.now(UTC)
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


def _topics(settings: "Settings") -> _Topics:
    from bot.directory.topics import OPERATORS_FILE, Topics

    return Topics.load(settings.data_dir / OPERATORS_FILE).names_and_codes("ru")


def _line(line: "TicketLine", now: datetime, topics: _Topics) -> dict[str, Any]:
    from dataclasses import asdict

    topic, code = topics.get(line.topic, (line.topic, ""))
    return {**asdict(line), "topic": topic or None, "topic_code": code or None, "overdue": line.is_overdue(now)}


def _whole(line: "TimeLine", now: datetime, topics: _Topics, calendars: "Calendars") -> dict[str, Any]:
    return {
        **_line(line.ticket, now, topics),
        "citizen": {"channel": line.citizen.channel, "user_id": line.citizen.user_id, "name": line.citizen.name},
        "taken_by": line.taken_by or None,
        "holders": [_holder(each) for each in _holders(line, calendars)],
        "timeline": sorted(_timeline(line), key=itemgetter("at")),
    }


def _holders(line: "TimeLine", calendars: "Calendars") -> "tuple[Holding, ...]":
    from bot.domain.holders import holdings

    return holdings(line.facts, line.ticket.came_to or line.ticket.institution, calendars.as_known)


def _holder(holding: "Holding") -> dict[str, Any]:
    return {
        "institution": holding.institution,
        "since": holding.since,
        "until": holding.until,
        "answered": holding.is_answered,
        "wall_seconds": None if holding.wall is None else holding.wall.total_seconds(),
        "working_seconds": None if holding.working is None else holding.working.total_seconds(),
    }


def _timeline(line: "TimeLine") -> Iterator[dict[str, Any]]:
    def name(administrator: int | None) -> str | None:
        return line.administrators.get(administrator) if administrator is not None else None

    for event in line.events:
        yield {"at": event.at, "kind": event.kind, "administrator": name(event.administrator)}
    for message in line.messages:
        yield {**_message(message), "administrator": name(message.administrator)}
    for row in line.deliveries:
        yield {
            "at": row.created_at,
            "kind": "delivery",
            "outbox_id": row.id,
            "carries": row.kind,
            "message_id": row.message,
            "channel": row.channel,
            "state": row.state,
            "attempts": row.attempts,
            "sent_at": row.sent_at,
            "error": row.error,
        }


def _message(message: "TicketMessage") -> dict[str, Any]:
    return {
        "at": message.said_at,
        "kind": message.kind,
        "id": message.id,
        "author": message.author,
        "text": message.text,
        "attachments": [
            {"kind": each.kind, "name": each.name, "title": each.title, "url": each.url} for each in message.attachments
        ],
        "received_at": message.received_at,
        "delivery": message.delivery,
        "delivered_at": message.delivered_at,
        "refused_reason": message.refused_reason,
        "link": message.link,
    }


_SAYS = {
    "opened": "поступило",
    "taken": "взято",
    "closed": "закрыто",
    "closed-by-silence": "закрыто: житель молчит",
    "reopened": "открыто снова",
    "no-answer-needed": "ответ не нужен",
    "spam": "спам",
    "duplicate": "повтор другого сообщения",
    "warned": "напомнили рабочему чату, % срока",
    "interim": "ответ промежуточный",
    "final": "ответ окончательный",
    "unsolved": "срок решения прошёл",
    "overdue": "срок прошёл",
    "escalated": "сказано руководителю",
    "transferred": "передано",
    "incident-joined": "отнесено к массовому событию",
    "topic-set": "тема выбрана",
    "grade-asked": "житель спрошен, решён ли вопрос",
    "graded": "оценка",
    "solved": "решён ли вопрос",
    "question": "житель",
    "answer": "ответ",
    "note": "заметка",
    "on-the-way": "в пути",
    "delivered": "доставлен",
    "taken-back": "убран",
    "edit": "изменено",
    "deleted": "убрано",
    "refused": "не доставлен",
    "held": "ждёт подтверждения",
    "dropped": "решили не отправлять",
    "confirmed": "отправка подтверждена",
    "todo": "ждёт отправки",
    "sending": "отправляется",
    "sent": "отправлено",
    "dead": "не отправлено",
}
_CARRIES = {
    "press": "ответ на кнопку",
    "answer": "ответ",
    "answer-edit": "исправление ответа",
    "answer-delete": "ответ убрать",
    "notice": "слова бота",
    "card": "карточка",
    "topic": "тема в чате",
    "topic-edit": "название темы",
    "follow-up": "слова жителя в чат",
    "card-edit": "состояние карточки",
    "reminder": "напоминание",
}


def _say_whole(line: "TimeLine", zone: "ZoneInfo", topics: _Topics, calendars: "Calendars") -> None:
    ticket = line.ticket
    say(f"Сообщение № {ticket.number}, {_STATES[ticket.state]}: {ticket.institution_name} ({ticket.institution})")
    say(f"Житель: {line.citizen.name or 'без имени'}, {ticket.channel}")
    held = _holders(line, calendars)
    if len(held) > 1:
        say("Держали: " + "; ".join(_held(each) for each in held))
    say(f"Поступило {local(ticket.opened_at, zone)}, ответить до {local(ticket.deadline_at, zone)}")
    if ticket.topic:
        say(f"Тема: {topics.get(ticket.topic, (ticket.topic, ''))[0]}")
    if line.taken_by:
        say(f"Взято: {line.taken_by}")
    say()
    entries = sorted(_timeline(line), key=itemgetter("at"))
    say_table(["Когда", "Что", "Кто", "Слова"], [[local(entry["at"], zone), *_told(entry)] for entry in entries])


def _held(holding: "Holding") -> str:
    if holding.wall is None:
        return f"{holding.institution} – ещё без ответа" if holding.started_at else holding.institution
    minutes = int(holding.wall.total_seconds() // 60)
    did = "ответ" if holding.is_answered else "передано"
    return f"{holding.institution} – {did} через {minutes // 60} ч {minutes % 60:02} мин"


def _told(entry: dict[str, Any]) -> tuple[str, str, str]:
    kind = str(entry["kind"])
    if kind == "delivery":
        says = f"{_CARRIES.get(entry['carries'], entry['carries'])}: {_SAYS.get(entry['state'], entry['state'])}"
        return says, entry["channel"], entry["error"]
    says = _SAYS.get(kind, kind)
    if entry.get("delivery"):
        says += f", {_SAYS.get(entry['delivery'], entry['delivery'])}"
    files = [f"[{each['name'] or each['title'] or each['kind']}]" for each in entry.get("attachments", ())]
    return says, entry["administrator"] or "", " ".join(filter(None, [entry.get("text", ""), *files]))
