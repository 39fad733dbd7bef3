"""Who asks for figures here, of what they may hear, and in which language."""

from bot.domain.institution import Scope, ScopeKind
from bot.domain.message import Person, Place
from bot.domain.own_event import ReportDue
from handlers.desk import Desk
from storage.codec import REPORTS


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


def ask_aside(desk: Desk, due: ReportDue, *, key: str) -> None:
    """Have a report worked out aside from the desk; the same key only once."""
    desk.do_aside(due, key=f"report:{key}", community=REPORTS)
