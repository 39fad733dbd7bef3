"""Reports that come by themselves: switched on and off with buttons, for a person or a work chat."""

from bot.domain.copying import replace
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Scope
from bot.domain.message import Button, Place
from bot.domain.subscription import Every, Subscription, next_due
from handlers.asking import language_for, scope_name, scopes_here
from handlers.desk import Desk
from handlers.report_buttons import ANY_PERIOD, Rows, action, scope_buttons
from storage.keys import identity
from storage.outbox_row import OutboxKind

_TYPED = {
    **dict.fromkeys(("day", "daily", "день", "ежедневно", "көн"), Every.DAY),
    **dict.fromkeys(("week", "weekly", "неделя", "еженедельно", "атна"), Every.WEEK),
    **dict.fromkeys(("month", "monthly", "месяц", "ежемесячно", "ай"), Every.MONTH),
}


def subscribe_command(event: MessageReceived, desk: Desk, argument: str) -> None:
    """`/subscribe` shows what comes by itself; `/subscribe week` switches that on at once."""
    language = language_for(desk, event.place, event.sender)
    scopes = scopes_here(desk, event.place, event.sender)
    if len(scopes) > 1:
        names = [(scope, scope_name(desk, language, scope)) for scope in scopes]
        text = desk.say(language, "report-choose-scope")
        buttons = scope_buttons(names, period="", what=("subscribe",))
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons, thread=event.thread)
        return
    for scope in scopes:
        every = _TYPED.get(argument.lower())
        if every is not None and _find(desk, event.place, scope, every) is None:
            asked_by = identity(event.sender.channel, event.sender.user_id)
            _switch_on(desk, event.place, scope, every, language=language, asked_by=asked_by, thread=event.thread)
        text, rows = _shown(desk, event.place, scope, language)
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=rows, thread=event.thread)


def unsubscribe_command(event: MessageReceived, desk: Desk) -> None:
    """`/unsubscribe`: nothing comes into this conversation by itself any more."""
    language = language_for(desk, event.place, event.sender)
    end_subscriptions(desk, event.place)
    desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "subscribe-nothing-comes"), thread=event.thread)


def end_subscriptions(desk: Desk, place: Place) -> None:
    """Let nothing come into a conversation by itself: it was asked for, or nobody is reached there."""
    for subscription in list(desk.subscriptions(place)):
        desk.keep_subscription(replace(subscription, has_ended=True))


def move_subscriptions(desk: Desk, place: Place, new: Place) -> None:
    """Follow a chat to its new number."""
    for subscription in list(desk.subscriptions(place)):
        desk.keep_subscription(replace(subscription, has_ended=True))
        desk.keep_subscription(replace(subscription, place=new))


def toggles_below(event: ButtonPressed, desk: Desk, scope: Scope) -> None:
    """Show what comes by itself of a scope, in place of the choice of scopes."""
    text, rows = _shown(desk, event.place, scope, language_for(desk, event.place, event.sender))
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=rows, kind=OutboxKind.REPORT)


def toggle(event: ButtonPressed, desk: Desk, scope: Scope, typed: str) -> None:
    """Switch a report on or off that comes by itself."""
    language = language_for(desk, event.place, event.sender)
    if typed not in {each.value for each in Every}:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
        return
    every = Every(typed)
    known = _find(desk, event.place, scope, every)
    if known is not None:
        desk.keep_subscription(replace(known, has_ended=True))
    else:
        asked_by = identity(event.sender.channel, event.sender.user_id)
        _switch_on(desk, event.place, scope, every, language=language, asked_by=asked_by, thread=event.thread)
    answer = "subscribe-now-off" if known is not None else "subscribe-now-on"
    desk.end_press(event.place, event.press_id, desk.say(language, answer))
    toggles_below(event, desk, scope)


def _switch_on(
    desk: Desk, place: Place, scope: Scope, every: Every, *, language: str, asked_by: str, thread: str
) -> None:
    due = next_due(every, after=desk.now, zone=desk.rules.zone, is_workday=desk.is_workday)
    desk.keep_subscription(
        Subscription(
            place=place,
            thread=thread,
            scope=scope,
            every=every,
            language=language,
            subscribed_by=asked_by,
            due_at=due,
        )
    )


def _find(desk: Desk, place: Place, scope: Scope, every: Every) -> Subscription | None:
    known = desk.subscriptions(place)
    return next((each for each in known if each.scope == scope and each.every is every), None)


def _shown(desk: Desk, place: Place, scope: Scope, language: str) -> tuple[str, Rows]:
    lines = [desk.say(language, "subscribe-head", scope=scope_name(desk, language, scope))]
    rows: Rows = []
    for every in Every:
        is_on = _find(desk, place, scope, every) is not None
        name = desk.say(language, f"subscribe-{every.value}")
        if is_on:
            due = next_due(every, after=desk.now, zone=desk.rules.zone, is_workday=desk.is_workday)
            next_at = desk.shortly(language, due, desk.rules.zone)
            lines.append(desk.say(language, "subscribe-line-on", name=name, next=next_at))
        else:
            lines.append(desk.say(language, "subscribe-line-off", name=name))
        text = desk.say(language, "subscribe-switch-off" if is_on else "subscribe-switch-on", every=every.value)
        rows.append([Button(text=text, action=action(scope, ANY_PERIOD, "subscribe", every.value))])
    return "\n".join(lines), rows
