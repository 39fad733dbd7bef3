"""`/closed`: days off that are announced from the work chat or by a supervisor, and taken back again."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from bot.domain.closed_days import LONGEST_REASON, ClosedDays, read_typed_days
from bot.domain.errors import RuleError
from bot.domain.event import ButtonPressed, ChatKind, MessageReceived
from bot.domain.institution import Institution, Scope, ScopeKind, parse_scope
from bot.domain.message import Button
from handlers.asking import ask_which, chosen_here
from handlers.buttons import Press
from handlers.desk import Desk
from storage.keys import identity
from storage.outbox_row import OutboxKind

_CANCEL = re.compile(r"(?:cancel|отмена|отменить)\s+", re.IGNORECASE)
_WHICH = re.compile(r"(\d{1,2})\s+(?=\d|cancel|отмен)", re.IGNORECASE)
_SHOWN = 20
_LONGEST_ACTION = 64
"""Bytes: longer ones no button of Telegram carries."""


def closed_command(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Handle `/closed` in a work chat: what is announced, `/closed 10.12-14.12 reason`, `/closed cancel …`."""
    codes = chosen_here(event, desk)
    institution = desk.institution(codes[0])
    if len(codes) > 1 or institution is None:
        ask_which(event, desk, codes, "closed", argument)
        return
    closed_of(event, desk, institution, argument)


def closed_of(event: MessageReceived | ButtonPressed, desk: Desk, institution: Institution, argument: str) -> None:
    """Show or change the days off of one institution."""
    scope = Scope(kind=ScopeKind.INSTITUTION, name=institution.code)
    if not argument:
        _show(event, desk, scope, institution)
        return
    person = desk.administrator(event.sender, institution.code)
    _announce_or_cancel(event, desk, scope, argument, by=f"administrator {person.id}")


def closed_for_scope(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Handle `/closed` of a supervisor; one with several scopes names which by its number."""
    scopes = [supervisor.scope for supervisor in desk.supervises(event.sender)]
    chosen = _WHICH.match(argument)
    if chosen and 0 < int(chosen[1]) <= len(scopes):
        scopes, argument = [scopes[int(chosen[1]) - 1]], argument[chosen.end() :]
    if not argument:
        for scope in scopes:
            _show(event, desk, scope, _only(desk, scope))
        return
    if len(scopes) > 1:
        language = desk.rules.language
        lines = [
            desk.say(language, "closed-which-line", number=number, scope=_whose(desk, scope))
            for number, scope in enumerate(scopes, start=1)
        ]
        _answer(event, desk, "\n".join([desk.say(language, "closed-which"), *lines]))
        return
    who = f"supervisor {identity(event.sender.channel, event.sender.user_id)}"
    _announce_or_cancel(event, desk, scopes[0], argument, by=who)


def closed_choice(event: ButtonPressed, desk: Desk) -> None:
    """Handle the button that withdraws; whoever has no say over the scope learns nothing."""
    language = desk.rules.language
    found = _pressed(event, desk)
    if found is None:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
        return
    desk.withdraw(found)
    desk.end_press(event.place, event.press_id, desk.say(language, "press-closed-withdrawn"))
    desk.send(event.place, OutboxKind.NOTICE, _withdrawn(desk, found))


def _announce_or_cancel(
    event: MessageReceived | ButtonPressed, desk: Desk, scope: Scope, argument: str, *, by: str
) -> None:
    cancelled = _CANCEL.match(argument)
    try:
        first, last, reason = read_typed_days(argument[cancelled.end() if cancelled else 0 :], _today(desk, scope))
    except ValueError:
        raise RuleError("closed-how") from None
    closed = ClosedDays(
        scope=str(scope),
        first=first,
        last=last,
        reason=reason[:LONGEST_REASON],
        recorded_at=desk.now,
        recorded_by=by,
    )
    known = next((each for each in desk.announced(closed.scope) if each.key == closed.key), None)
    if cancelled:
        if known is None:
            raise RuleError("closed-not-there")
        desk.withdraw(known)
        _answer(event, desk, _withdrawn(desk, known))
        return
    desk.announce(closed)
    language = desk.rules.language
    institution = _only(desk, scope)
    days = _days(desk, known or closed)
    text = [desk.say(language, "closed-kept", whose=_whose(desk, scope), days=days)]
    if institution is not None:
        text.append(_example(desk, institution, closed))
    else:
        text.append(desk.say(language, "closed-duty"))
    _answer(event, desk, "\n".join(text), buttons=_buttons(desk, [closed]))


def _example(desk: Desk, institution: Institution, closed: ClosedDays) -> str:
    """Say until when a question is answered that comes on the first of the days."""
    zone = desk.zone(institution)
    asked_at = max(datetime.combine(closed.first, time(12), zone), desk.now)
    until = desk.policy(institution, "").deadline(desk.calendar(institution), asked_at)
    return desk.say(
        desk.rules.language,
        "closed-example",
        asked=desk.shortly(desk.rules.language, asked_at, zone),
        until=desk.until(desk.rules.language, until, zone),
    )


def _show(event: MessageReceived | ButtonPressed, desk: Desk, scope: Scope, institution: Institution | None) -> None:
    """Show what is announced from today on: own days with a button, wider ones with whose they are."""
    language, today = desk.rules.language, _today(desk, scope)
    every = desk.closed_for(institution) if institution is not None else desk.announced(str(scope))
    coming = [each for each in every if each.last >= today][:_SHOWN]
    if not coming:
        _answer(event, desk, desk.say(language, "closed-nothing", whose=_whose(desk, scope)))
        return
    lines = [desk.say(language, "closed-head", whose=_whose(desk, scope))]
    for each in coming:
        wider = "" if each.scope == str(scope) else _whose(desk, parse_scope(each.scope))
        days = _days(desk, each)
        lines.append(desk.say(language, "closed-wider", days=days, scope=wider) if wider else days)
    own = [each for each in coming if each.scope == str(scope)]
    _answer(event, desk, "\n".join(lines), buttons=_buttons(desk, own))


def _pressed(event: ButtonPressed, desk: Desk) -> ClosedDays | None:
    """Return what a button withdraws if it still holds and whoever presses it may."""
    match event.action.split(":", 3):
        case [Press.CLOSED, first, last, wanted]:
            pass
        case _:
            return None
    if event.chat_kind is ChatKind.GROUP:
        allowed = {f"{ScopeKind.INSTITUTION}:{code}" for code in desk.registry.served_by(event.place)}
    else:
        allowed = {str(supervisor.scope) for supervisor in desk.supervises(event.sender)}
    found = [
        each
        for scope in sorted(allowed)
        if _short(scope) == wanted
        for each in desk.announced(scope)
        if f"{each.first:%Y%m%d}" == first and f"{each.last:%Y%m%d}" == last
    ]
    return found[0] if found else None


def _buttons(desk: Desk, announced: Sequence[ClosedDays]) -> list[list[Button]]:
    found = []
    for each in announced:
        text = desk.say(desk.rules.language, "button-closed-withdraw", days=_span(desk, each))
        action = Press.CLOSED.of(f"{each.first:%Y%m%d}", f"{each.last:%Y%m%d}", _short(each.scope))
        found.append([Button(text=text, action=action)])
    return found


def _short(scope: str) -> str:
    """Return what of a scope goes into a button; whoever presses has few scopes, so that a beginning is enough."""
    return scope.encode()[: _LONGEST_ACTION - len("z:20261210:20261214:")].decode(errors="ignore")


def _withdrawn(desk: Desk, closed: ClosedDays) -> str:
    return desk.say(
        desk.rules.language, "closed-withdrawn", whose=_whose(desk, parse_scope(closed.scope)), days=_days(desk, closed)
    )


def _days(desk: Desk, closed: ClosedDays) -> str:
    days = _span(desk, closed)
    reason = closed.reason
    return desk.say(desk.rules.language, "closed-days-reason", days=days, reason=reason) if reason else days


def _span(desk: Desk, closed: ClosedDays) -> str:
    first, last = _day(closed.first), _day(closed.last)
    return first if first == last else desk.say(desk.rules.language, "closed-days", first=first, last=last)


def _whose(desk: Desk, scope: Scope) -> str:
    institution = _only(desk, scope)
    name = institution.title if institution is not None else scope.name
    return desk.say(desk.rules.language, f"report-scope-{scope.kind}", name=name)


def _only(desk: Desk, scope: Scope) -> Institution | None:
    return desk.institution(scope.name) if scope.kind is ScopeKind.INSTITUTION else None


def _today(desk: Desk, scope: Scope) -> date:
    institution = _only(desk, scope)
    return desk.today(institution) if institution is not None else desk.now.astimezone(desk.rules.zone).date()


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _answer(
    event: MessageReceived | ButtonPressed, desk: Desk, text: str, *, buttons: Sequence[Sequence[Button]] = ()
) -> None:
    desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons, reply_to=event.message_id, thread=event.thread)
