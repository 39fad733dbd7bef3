"""Somebody presses a button under a report: another period, a cut, a file, the lines that follow.

Whose button it is does not matter: only a scope that whoever presses has (in a work chat: that the chat serves) opens.
"""

from bot.domain.event import ButtonPressed
from bot.domain.institution import Scope
from bot.domain.own_event import ReportDue, ReportView
from bot.reports.period import read_period
from bot.texts.moments import say_date
from handlers.asking import ask_aside, language_for, scope_name, scopes_here
from handlers.desk import Desk
from handlers.pages import hand_out_link
from handlers.report_buttons import (
    ANY_PERIOD,
    FORMS,
    ReportPress,
    cut_buttons,
    cuts_of,
    file_buttons,
    marked,
    period_buttons,
    read_action,
)
from handlers.subscribing import toggle, toggles_below
from handlers.supervisor_ticket import remind_work_chat, show_pressed_ticket
from storage.keys import identity
from storage.outbox_row import OutboxKind

_MOST_SKIPPED = 100_000


def report_pressed(event: ButtonPressed, desk: Desk) -> None:
    """Do what a button of a report says, if whoever pressed it may."""
    press = read_action(event.action)
    scope = marked(press.mark, scopes_here(desk, event.place, event.sender)) if press is not None else None
    language = language_for(desk, event.place, event.sender)
    if press is None or scope is None:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
        return
    match press.what, press.rest:
        case "menu", (("cuts" | "files" | "own") as menu,):
            desk.end_press(event.place, event.press_id)
            _menu(event, desk, scope, press, menu)
        case "own", ():
            # Under reports that were sent before this was a menu.
            desk.end_press(event.place, event.press_id)
            desk.send(event.place, OutboxKind.NOTICE, _asked_to_type(event, desk, language), thread=event.thread)
        case "pages", () if not event.place.is_group:
            desk.end_press(event.place, event.press_id)
            hand_out_link(event.place, event.sender, desk)
        case "ticket", (number,) if number.isdecimal():
            show_pressed_ticket(event, desk, scope, int(number))
        case "remind", (number,) if number.isdecimal():
            remind_work_chat(event, desk, scope, int(number))
        case "subscribe", ():
            desk.end_press(event.place, event.press_id)
            toggles_below(event, desk, scope)
        case "subscribe", (every,):
            toggle(event, desk, scope, every)
        case _:
            _ask(event, desk, scope, press)


def _menu(event: ButtonPressed, desk: Desk, scope: Scope, press: ReportPress, menu: str) -> None:
    """Turn the buttons under a report into a choice; the answer is at hand, so nothing is worked out aside."""
    texts, language = desk.rules.texts, language_for(desk, event.place, event.sender)
    period = read_period("month" if press.period == ANY_PERIOD else press.period, now=desk.now, zone=desk.rules.zone)
    first, last = say_date(period.first), say_date(period.last)
    days = first if first == last else desk.say(language, "report-period", first=first, last=last)
    title = desk.say(language, "report-title", scope=scope_name(desk, language, scope), period=days)
    match menu:
        case "cuts":
            asked, buttons = desk.say(language, "report-choose-cuts"), cut_buttons(texts, language, scope, period.token)
        case "files":
            asked, buttons = (
                desk.say(language, "report-choose-files"),
                file_buttons(texts, language, scope, period.token),
            )
        case _:
            today = desk.now.astimezone(desk.rules.zone).date()
            asked = _asked_to_type(event, desk, language)
            buttons = period_buttons(texts, language, scope, period.token, today=today)
    text = f"{title}\n{asked}"
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=buttons, kind=OutboxKind.REPORT)


def _asked_to_type(event: ButtonPressed, desk: Desk, language: str) -> str:
    return desk.say(language, "report-own-in-group" if event.place.is_group else "report-own")


def _ask(event: ButtonPressed, desk: Desk, scope: Scope, press: ReportPress) -> None:
    """Have the answer worked out aside from the desk."""
    language = language_for(desk, event.place, event.sender)
    due = _due(event, desk, scope, press, language)
    if due is None:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
        return
    is_file = due.view is ReportView.FILE
    desk.end_press(event.place, event.press_id, desk.say(language, "report-making-file") if is_file else "")
    ask_aside(desk, due, key=f"press:{event.place.lane}:{event.press_id}:{desk.now.isoformat()}")


def _due(event: ButtonPressed, desk: Desk, scope: Scope, press: ReportPress, language: str) -> ReportDue | None:
    view, cut, form, skipped = ReportView.SUMMARY, "", "", "0"
    match press.what, press.rest:
        case "summary", ():
            pass
        case "cut", (name, *rest) if name in cuts_of(scope):
            view, cut, skipped = ReportView.CUT, name, (rest or ["0"])[0]
        case "file", (chosen,) if chosen in FORMS:
            view, form = ReportView.FILE, chosen
        case "overdue", (number,):
            view, skipped = ReportView.OVERDUE, number
        case "rating", tuple(rest):
            # Without a page it is a choice of whose rating is wanted: that comes with its file.
            view, skipped, form = ReportView.RATING, (rest or ("0",))[0], "" if rest else "xlsx"
        case _:
            return None
    if not skipped.isdecimal() or int(skipped) > _MOST_SKIPPED:
        return None
    if view is not ReportView.OVERDUE and press.period == ANY_PERIOD:
        return None
    return ReportDue(
        place=event.place,
        scope=str(scope),
        period=press.period,
        language=language,
        asked_at=desk.now,
        asked_by=identity(event.sender.channel, event.sender.user_id),
        view=view,
        cut=cut,
        form=form,
        skip=int(skipped),
        message_id="" if view is ReportView.FILE else event.message_id,
        thread=event.thread,
    )
