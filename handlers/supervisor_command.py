"""A supervisor asks for figures: worked out aside from the desk, within the person's scope only."""

from bot.domain.event import MessageReceived
from bot.domain.own_event import ReportDue
from handlers.desk import Desk
from storage.codec import REPORTS
from storage.outbox import OutboxKind

OVERDUE = "overdue"


def ask_report(event: MessageReceived, desk: Desk, period: str) -> None:
    """Ask for a report for each scope that the person has."""
    for number, supervisor in enumerate(desk.supervises(event.sender)):
        desk.do_aside(
            ReportDue(
                place=event.place,
                scope=str(supervisor.scope),
                period=period or "month",
                language=desk.rules.language,
                asked_at=desk.now,
            ),
            key=f"report:{event.place.lane}:{event.message_id}:{number}",
            community=REPORTS,
        )


def supervisor_help(event: MessageReceived, desk: Desk) -> None:
    """Say what a supervisor can ask."""
    desk.send(event.place, OutboxKind.NOTICE, desk.say(desk.rules.language, "supervisor-help"))
