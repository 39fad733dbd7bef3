"""The buttons under a report in a chat: what they carry, how they are laid out, and how a press is read.

A scope's name may be longer than a button carries, so the button has a mark of it: whoever presses must have it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from bot.domain.institution import Scope, ScopeKind
from bot.domain.message import Button
from bot.reports.period import Period
from bot.texts import Texts
from handlers.buttons import Press

PERIODS = ("today", "week", "month", "lastweek", "lastmonth")
"""Those that have a button under every report."""
MORE_PERIODS = ("quarter", "year")
"""Those that stand beside the months."""
MONTHS_SHOWN = 6
CUTS = ("branch", "municipality", "institution", "administrator", "channel", "topic")
FORMS = ("xlsx", "pdf", "csv", "pptx", "screen")
MENUS = ("cuts", "files")
_SPANS = ("week", "month", "quarter", "year")
ANY_PERIOD = "-"
_IN_A_ROW = 3
_NUMBERS_IN_A_ROW = 4
_WITH_BOTH = 5
"""Of more tickets two buttons each would be a wall."""
_MARK_CHARACTERS = 8
_LONGEST_SCOPE = 40
_USELESS: dict[ScopeKind, frozenset[str]] = {
    ScopeKind.REGION: frozenset(),
    ScopeKind.BRANCH: frozenset({"branch"}),
    ScopeKind.MUNICIPALITY: frozenset({"municipality"}),
    ScopeKind.INSTITUTION: frozenset({"branch", "municipality", "institution"}),
}
"""Cuts that would have one line only."""

Rows = list[list[Button]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPress:
    """What a pressed button carries."""

    mark: str
    period: str
    """One of PERIODS, `YYYY-MM-DD YYYY-MM-DD`, or ANY_PERIOD."""
    what: str
    rest: tuple[str, ...] = ()


def action(scope: Scope, period: str, what: str, *rest: str | int) -> str:
    """Return what a button carries; the days of a period go in sixteen digits, and of what they are the beginning."""
    return Press.REPORT.of(mark_of(scope), period.replace("-", "").replace(" ", "-") or ANY_PERIOD, what, *rest)


def read_action(carried: str) -> ReportPress | None:
    """Read what a button carries; None for what no button of ours does."""
    match carried.split(":"):
        case [Press.REPORT, mark, period, what, *rest]:
            days, span = period.split("-")[:2], period.split("-")[2:]
            are_days = len(days) == 2 and all(len(day) == 8 and day.isdecimal() for day in days)
            if are_days and (not span or (len(span) == 1 and span[0] in _SPANS)):
                period = " ".join([*(f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in days), *span])
            elif period not in (*PERIODS, *MORE_PERIODS, ANY_PERIOD, ""):
                return None
            return ReportPress(mark=mark, period=period or ANY_PERIOD, what=what, rest=tuple(rest))
    return None


def mark_of(scope: Scope) -> str:
    """Return the short sign by which a button names a scope."""
    return sha256(str(scope).encode()).hexdigest()[:_MARK_CHARACTERS]


def marked(mark: str, scopes: Iterable[Scope]) -> Scope | None:
    """Return which of somebody's scopes a button means, None when it is none of theirs."""
    return next((scope for scope in scopes if mark_of(scope) == mark), None)


def cuts_of(scope: Scope) -> list[str]:
    """Return the cuts that say something of a scope."""
    return [cut for cut in CUTS if cut not in _USELESS[scope.kind]]


def summary_buttons(texts: Texts, language: str, scope: Scope, days: str, *, has_pages: bool) -> Rows:
    """Return the buttons under a summary; `days` are the days that it shows."""
    more = [_button(texts, language, f"report-menu-{menu}", action(scope, days, "menu", menu)) for menu in MENUS]
    if has_pages:
        more.append(_button(texts, language, "report-menu-pages", action(scope, days, "pages")))
    return [*_rows(_periods(texts, language, scope, days)), more]


def period_buttons(texts: Texts, language: str, scope: Scope, days: str, *, today: date) -> Rows:
    """Return the choice of a period that is less often asked for: the last months by name, the quarter, the year."""
    months = []
    number = today.year * 12 + today.month - 1
    for ago in range(1, MONTHS_SHOWN + 1):
        first = date((number - ago) // 12, (number - ago) % 12 + 1, 1)
        last = date((number - ago + 1) // 12, (number - ago + 1) % 12 + 1, 1) - timedelta(days=1)
        name = texts.say(language, "report-month", month=first.month, year=first.year if first.month == 12 else 0)
        months.append(Button(text=name, action=action(scope, Period(first=first, last=last).token, "summary")))
    more = [
        _button(texts, language, f"report-period-{period}", action(scope, period, "summary")) for period in MORE_PERIODS
    ]
    return [*_rows(months), [*more, back(texts, language, scope, days)]]


def cut_buttons(texts: Texts, language: str, scope: Scope, days: str) -> Rows:
    """Return the choice of a cut."""
    cuts = [
        Button(text=cut_name(texts, language, cut), action=action(scope, days, "cut", cut)) for cut in cuts_of(scope)
    ]
    return [*_rows(cuts), [back(texts, language, scope, days)]]


def file_buttons(texts: Texts, language: str, scope: Scope, days: str) -> Rows:
    """Return the choice of a file."""
    files = [_button(texts, language, f"report-form-{form}", action(scope, days, "file", form)) for form in FORMS]
    return [*_rows(files), [back(texts, language, scope, days)]]


def page_buttons(
    texts: Texts, language: str, scope: Scope, days: str, what: Sequence[str], *, earlier: int | None, later: int | None
) -> Rows:
    """Return the buttons under a list: to the lines before it, to those after it."""
    row = []
    if earlier is not None:
        row.append(_button(texts, language, "report-earlier", action(scope, days, *what, earlier)))
    if later is not None:
        row.append(_button(texts, language, "report-later", action(scope, days, *what, later)))
    return [row] if row else []


def overdue_buttons(
    texts: Texts,
    language: str,
    scope: Scope,
    numbers: Sequence[int],
    *,
    earlier: int | None,
    later: int | None,
    most: int,
) -> Rows:
    """Return the buttons under /overdue: to remind and to open each ticket, as many as a messenger has room for."""
    turning = page_buttons(texts, language, scope, "", ("overdue",), earlier=earlier, later=later)
    room = most - sum(len(row) for row in turning)
    return [*ticket_buttons(texts, language, scope, numbers, most=room), *turning]


def ticket_buttons(texts: Texts, language: str, scope: Scope, numbers: Sequence[int], *, most: int) -> Rows:
    """Return «Напомнить» and «Открыть» for each ticket; of many only the numbers that open them, where both stand."""
    if len(numbers) > _WITH_BOTH or 2 * len(numbers) > most:
        tickets = [
            Button(
                text=texts.say(language, "button-to-card", number=number),
                action=action(scope, "", "ticket", number),
            )
            for number in numbers[:most]
        ]
        width = _NUMBERS_IN_A_ROW
        return [tickets[start : start + width] for start in range(0, len(tickets), width)]
    keys = _ONE_TICKET if len(numbers) == 1 else _ONE_OF_TICKETS
    return [
        [
            Button(text=texts.say(language, key, number=number), action=action(scope, "", what, number))
            for what, key in keys
        ]
        for number in numbers
    ]


_ONE_TICKET = (("remind", "report-remind"), ("ticket", "report-ticket"))
_ONE_OF_TICKETS = (("remind", "report-remind-number"), ("ticket", "report-ticket-number"))


def rating_buttons(texts: Texts, language: str, scope: Scope, days: str, *, is_method: bool) -> Rows:
    """Return the buttons under a rating: to how it is worked out, and back."""
    if is_method:
        return [[_button(texts, language, "report-back-to-rating", action(scope, days, "rating", 0))]]
    return [[_button(texts, language, "report-method", action(scope, days, "rating", 1))]]


def scope_buttons(names: Sequence[tuple[Scope, str]], *, period: str, what: Sequence[str]) -> Rows:
    """Return the choice of one of somebody's scopes, by name."""
    return [[Button(text=name[:_LONGEST_SCOPE], action=action(scope, period, *what))] for scope, name in names]


def back(texts: Texts, language: str, scope: Scope, days: str) -> Button:
    """Return the way back to the summary."""
    return _button(texts, language, "report-back", action(scope, days, "summary"))


def cut_name(texts: Texts, language: str, cut: str) -> str:
    """Return what a cut is called: «Отрасли»."""
    return texts.say(language, "report-table", cut=cut)


def _periods(texts: Texts, language: str, scope: Scope, days: str) -> list[Button]:
    named = [
        _button(texts, language, f"report-period-{period}", action(scope, period, "summary")) for period in PERIODS
    ]
    return [*named, _button(texts, language, "report-period-own", action(scope, days, "menu", "own"))]


def _button(texts: Texts, language: str, key: str, carried: str) -> Button:
    return Button(text=texts.say(language, key), action=carried)


def _rows(buttons: Sequence[Button]) -> Rows:
    return [list(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW)]
