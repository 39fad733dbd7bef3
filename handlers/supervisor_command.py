"""Somebody asks for figures by a command: worked out aside from the desk, within their scope only."""

from bot.domain.event import ChatKind, MessageReceived
from bot.domain.own_event import ReportDue, ReportView
from bot.reports.period import is_period, read_period
from handlers.asking import ask_aside, language_for, scope_name, scopes_here
from handlers.commands import Reader, help_lines
from handlers.desk import Desk
from handlers.report_buttons import cuts_of, scope_buttons, summary_buttons
from storage.keys import identity
from storage.outbox_row import OutboxKind

_FORMS = {
    **dict.fromkeys(("xlsx", "xls", "excel", "эксель", "таблица"), "xlsx"),
    **dict.fromkeys(("csv",), "csv"),
    **dict.fromkeys(("pdf",), "pdf"),
    **dict.fromkeys(("pptx", "ppt", "слайд", "презентация"), "pptx"),
    **dict.fromkeys(("png", "картинка", "рәсем"), "screen"),
}
_CUTS = {
    **dict.fromkeys(("отрасли", "отрасль", "тармаклар", "branch"), "branch"),
    **dict.fromkeys(("районы", "район", "муниципалитеты", "районнар", "municipality"), "municipality"),
    **dict.fromkeys(("учреждения", "учреждение", "учреждениеләр", "оешмалар", "institution"), "institution"),
    **dict.fromkeys(("администраторы", "администраторлар", "administrator"), "administrator"),
    **dict.fromkeys(("каналы", "каналлар", "channel"), "channel"),
    **dict.fromkeys(("темы", "темалар", "topic"), "topic"),
}


def ask_report(event: MessageReceived, desk: Desk, argument: str) -> None:
    """`/report`, `/report week`, `/report 01.10.2026-31.10.2026 xlsx`: a summary, a cut or a file."""
    form = cut = ""
    words = []
    for word in argument.split():
        if word.lower().lstrip(".") in _FORMS:
            form = _FORMS[word.lower().lstrip(".")]
        elif word.lower() in _CUTS:
            cut = _CUTS[word.lower()]
        else:
            words.append(word)
    period = read_period(" ".join(words), now=desk.now, zone=desk.rules.zone)
    view = ReportView.FILE if form else ReportView.CUT if cut else ReportView.SUMMARY
    _ask(event, desk, view=view, period=period.token, cut=cut, form=form)


def ask_overdue(event: MessageReceived, desk: Desk) -> None:
    """`/overdue`: who waits beyond the due time."""
    _ask(event, desk, view=ReportView.OVERDUE, period="")


def ask_rating(event: MessageReceived, desk: Desk, argument: str) -> None:
    """`/rating`: who answers best, of the month unless another period is named."""
    period = read_period(argument, now=desk.now, zone=desk.rules.zone)
    _ask(event, desk, view=ReportView.RATING, period=period.token, form="xlsx")


def is_dates_of_supervisor(event: MessageReceived, desk: Desk) -> bool:
    """Tell whether a supervisor has typed nothing but a period for which the bot has asked: two dates, «за октябрь»."""
    return (
        event.chat_kind is ChatKind.PRIVATE
        and not event.attachments
        and len(event.text) <= _LONGEST_PERIOD
        and not event.reply_to
        and is_period(event.text)
        and bool(desk.supervises(event.sender))
    )


def supervisor_help(event: MessageReceived, desk: Desk) -> None:
    """Say what a supervisor can ask."""
    language = language_for(desk, event.place, event.sender)
    lines = help_lines(desk.rules.texts, language, Reader.SUPERVISOR)
    desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "supervisor-help", commands=lines))


def supervisor_start(event: MessageReceived, desk: Desk) -> None:
    """Greet a supervisor with what they may ask for, not as a citizen."""
    language = language_for(desk, event.place, event.sender)
    scopes = scopes_here(desk, event.place, event.sender)
    names = [(scope, scope_name(desk, language, scope)) for scope in scopes]
    if len(names) > 1:
        text = desk.say(language, "supervisor-greeting-several")
        buttons = scope_buttons(names, period="month", what=("summary",))
        buttons = buttons[: desk.rules.limits[event.place.channel].buttons]
    else:
        (scope, name), *_ = names
        text = desk.say(language, "supervisor-greeting", scope=name)
        has_pages = bool(desk.rules.pages.url)
        buttons = summary_buttons(desk.rules.texts, language, scope, "month", has_pages=has_pages)
    desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons)


def _ask(event: MessageReceived, desk: Desk, *, view: ReportView, period: str, cut: str = "", form: str = "") -> None:
    language = language_for(desk, event.place, event.sender)
    scopes = scopes_here(desk, event.place, event.sender)
    if cut and not any(cut in cuts_of(scope) for scope in scopes):
        view = ReportView.SUMMARY  # of one institution, say, there is no line for each district
    if len(scopes) > 1:
        names = [(scope, scope_name(desk, language, scope)) for scope in scopes]
        what = {ReportView.CUT: ("cut", cut), ReportView.FILE: ("file", form), ReportView.OVERDUE: ("overdue", "0")}
        buttons = scope_buttons(names, period=period, what=what.get(view, (view.value,)))
        buttons = buttons[: desk.rules.limits[event.place.channel].buttons]
        text = desk.say(language, "report-choose-scope")
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons, thread=event.thread)
        return
    for scope in scopes:
        due = ReportDue(
            place=event.place,
            scope=str(scope),
            period=period,
            language=language,
            asked_at=desk.now,
            asked_by=identity(event.sender.channel, event.sender.user_id),
            view=view,
            cut=cut,
            form=form,
            reply_to=event.message_id if event.place.is_group else "",
            thread=event.thread,
        )
        ask_aside(desk, due, key=f"{event.place.lane}:{event.message_id}")


_LONGEST_PERIOD = 40
