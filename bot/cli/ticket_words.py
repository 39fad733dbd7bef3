"""Tickets as lines for people: what happened, in their words."""

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from bot.cli.output import local, say, say_table
from bot.cli.ticket_values import Topics, holders, time_line_entries
from bot.domain.ticket import TicketState

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.calendars import Calendars
    from bot.domain.holders import Holding
    from storage.listings import TimeLine

STATES = {
    TicketState.OPEN: "в работе",
    TicketState.ANSWERED: "есть ответ",
    TicketState.WAITING: "ждём жителя",
    TicketState.CLOSED: "закрыто",
    TicketState.SPAM: "спам",
}
SAYS = {
    "opened": "поступило",
    "taken": "взято",
    "closed": "закрыто",
    "closed-by-silence": "закрыто: житель молчит",
    "reopened": "открыто снова",
    "withdrawn": "житель отозвал",
    "press-voided": "житель написал снова, отметка не считается",
    "took-over": "ожидание другого сообщения идёт здесь",
    "taken-over": "житель написал снова, ожидание идёт в другом сообщении",
    "no-answer-needed": "ответ не нужен",
    "spam": "спам",
    "duplicate": "повтор другого сообщения",
    "warned": "напомнили рабочему чату, % срока",
    "interim": "ответ промежуточный",
    "final": "ответ окончательный",
    "unsolved": "срок решения прошёл",
    "overdue": "срок прошёл",
    "escalated": "сказано руководителю",
    "nudged": "руководитель напомнил рабочему чату",
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
CARRIES = {
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
    "ticket-notice": "слова бота в чат",
    "history": "всё сказанное, новому чату",
    "words-moved": "слова перенесены",
    "reminder": "напоминание",
}


def say_ticket(line: "TimeLine", zone: "ZoneInfo", topics: Topics, calendars: "Calendars") -> None:
    """Print a ticket with its whole time line."""
    ticket = line.ticket
    say(f"Сообщение № {ticket.number}, {STATES[ticket.state]}: {ticket.institution_name} ({ticket.institution})")
    say(f"Житель: {line.citizen.name or 'без имени'}, {ticket.channel}")
    held = holders(line, calendars)
    if len(held) > 1:
        say("Держали: " + "; ".join(_held(each) for each in held))
    say(f"Поступило {local(ticket.opened_at, zone)}, ответить до {local(ticket.deadline_at, zone)}")
    if ticket.topic:
        say(f"Тема: {topics.get(ticket.topic, (ticket.topic, ''))[0]}")
    if line.taken_by:
        say(f"Взято: {line.taken_by}")
    say()
    entries = sorted(time_line_entries(line), key=itemgetter("at"))
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
        says = f"{CARRIES.get(entry['carries'], entry['carries'])}: {SAYS.get(entry['state'], entry['state'])}"
        return says, entry["channel"], entry["error"]
    says = SAYS.get(kind, kind)
    if entry.get("delivery"):
        says += f", {SAYS.get(entry['delivery'], entry['delivery'])}"
    files = [f"[{each['name'] or each['title'] or each['kind']}]" for each in entry.get("attachments", ())]
    return says, entry["administrator"] or "", " ".join(filter(None, [entry.get("text", ""), *files]))
