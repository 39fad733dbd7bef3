"""Who asks for figures here, of what they may hear, and in which language."""

from collections.abc import Sequence

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.message import Button, Person, Place
from bot.domain.own_event import ReportDue
from handlers.buttons import Press
from handlers.desk import Desk
from storage.codec import REPORTS
from storage.outbox_row import OutboxKind

_LONGEST_TITLE = 40


def scopes_here(desk: Desk, place: Place, person: Person) -> list[Scope]:
    """Return the scopes whose figures may be shown: in a work chat its institutions, in private the person's own."""
    if place.is_group:
        return [Scope(kind=ScopeKind.INSTITUTION, name=code) for code in desk.registry.served_by(place)]
    return [supervisor.scope for supervisor in desk.supervises(person)]


def language_for(desk: Desk, place: Place, person: Person) -> str:
    """Return the language of an answer: in private the one that the person chose, else that of the house."""
    citizen = None if place.is_group else desk.known_citizen(person)
    return citizen.language if citizen is not None and citizen.has_chosen_language else desk.rules.language


def scope_name(desk: Desk, language: str, scope: Scope) -> str:
    """Return a scope in words."""
    institution = desk.institution(scope.name) if scope.kind is ScopeKind.INSTITUTION else None
    name = institution.title if institution is not None else scope.name
    return desk.say(language, f"report-scope-{scope.kind.value}", name=name)


def chosen_here(event: MessageReceived | ButtonPressed, desk: Desk) -> list[str]:
    """Return which of a work chat's institutions may be meant: one where a ticket is replied to, else all."""
    codes = desk.registry.served_by(event.place)
    if isinstance(event, MessageReceived):
        for meant in (event.reply_to, event.thread):
            ticket = desk.linked_ticket(event.place, meant) if meant else None
            if ticket is not None and ticket.institution in codes:
                return [ticket.institution]
    return codes


def ask_which(event: MessageReceived, desk: Desk, codes: Sequence[str], command: str, argument: str = "") -> None:
    """Ask for which of a work chat's institutions a command is meant, with a button for each."""
    institutions = [each for code in codes if (each := desk.institution(code)) is not None]
    buttons = [
        [Button(text=each.title[:_LONGEST_TITLE], action=Press.WHICH.of(each.code, command, argument))]
        for each in institutions[: desk.rules.limits[event.place.channel].buttons]
    ]
    text = desk.say(desk.rules.language, "which-institution")
    reply_to, thread = event.message_id, event.thread
    desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons, reply_to=reply_to, thread=thread)


def read_which(event: ButtonPressed, desk: Desk) -> tuple[Institution, str, str] | None:
    """Return institution, command and argument of such a button; None where this chat has no say over it."""
    match event.action.split(":", 3):
        case [Press.WHICH, code, command, argument] if code in desk.registry.served_by(event.place):
            institution = desk.institution(code)
            return (institution, command, argument) if institution is not None else None
    return None


def ask_aside(desk: Desk, due: ReportDue, *, key: str) -> None:
    """Have a report worked out aside from the desk; the same key only once."""
    desk.do_aside(due, key=f"report:{key}", community=REPORTS)
