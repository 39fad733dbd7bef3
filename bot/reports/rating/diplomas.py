"""The list of diplomas as a workbook for mail merge: one sheet of institutions, one of people."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from bot.domain.result import Result
from bot.reports.cells import Cell
from bot.reports.rating.declension import decline
from bot.reports.rating.people import AwardedPerson
from bot.reports.rating.workbook import write_cell
from bot.texts import Texts
from bot.texts.moments import say_date

Values = dict[str, Any]

PLACE_COLUMNS = ("nomination", "place", "full-name", "short-name", "branch", "municipality", "score", "badges")
PERSON_COLUMNS = (
    *("nomination", "place", "nominative", "genitive", "dative", "position", "full-name", "short-name"),
    *("branch", "municipality", "check"),
)
END_COLUMNS = ("title", "period", "date")
_WIDTHS = {
    "nomination": 36,
    "full-name": 60,
    "title": 36,
    "period": 26,
    "badges": 36,
    "check": 48,
    "place": 12,
    "score": 10,
}
_USUAL_WIDTH = 30


def awarded_people(result: Result) -> list[AwardedPerson]:
    """Return the administrators of a result as messengers name them; who has no name is left out."""
    told: Values = json.loads(result.people)
    return [
        AwardedPerson(name=each["name"], code=each["institution"], is_nickname=True)
        for each in told["people"]
        if each["name"]
    ]


def write_diplomas(result: Result, *, people: Sequence[AwardedPerson], texts: Texts, language: str) -> bytes:
    """Return the workbook: every awarded institution or municipality, and the people of every awarded institution."""
    shown: Values = json.loads(result.shown)
    by_code: defaultdict[str, list[AwardedPerson]] = defaultdict(list)
    for person in people:
        by_code[person.code].append(person)
    end = _end(result, texts, language)
    say = partial(texts.say, language)
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        places = [[*_place(nomination, line, texts, language), *end] for nomination, line in _awarded(shown)]
        _fill(book, "places", (*PLACE_COLUMNS, *END_COLUMNS), places, say)
        persons = [
            [*_person(nomination, line, person, texts, language), *end]
            for nomination, line in _awarded(shown)
            for person in by_code[line["code"]]
        ]
        _fill(book, "people", (*PERSON_COLUMNS, *END_COLUMNS), persons, say)
    return written.getvalue()


def _awarded(shown: Values) -> Iterator[tuple[Values, Values]]:
    for nomination in shown["nominations"]:
        for line in (*nomination["winners"], *nomination["others"]):
            yield nomination, line


def _place(nomination: Values, line: Values, texts: Texts, language: str) -> list[Cell]:
    badges = ", ".join(texts.say(language, "rating-badge", badge=badge) for badge in line["badges"])
    return [
        nomination["title"],
        _rank(nomination, line, texts, language),
        line["name"],
        line["short_name"] or line["name"],
        line["branch"],
        line["municipality"],
        line["score"],
        badges,
    ]


def _person(nomination: Values, line: Values, person: AwardedPerson, texts: Texts, language: str) -> list[Cell]:
    name = decline(person.name)
    doubts = [
        texts.say(language, "diploma-nickname") if person.is_nickname else "",
        "" if name.is_declined else texts.say(language, "diploma-undeclined"),
    ]
    return [
        nomination["title"],
        _rank(nomination, line, texts, language),
        name.nominative,
        name.genitive,
        name.dative,
        person.position,
        line["name"],
        line["short_name"] or line["name"],
        line["branch"],
        line["municipality"],
        "; ".join(filter(None, doubts)),
    ]


def _rank(nomination: Values, line: Values, texts: Texts, language: str) -> str:
    if line["rank"] > nomination["places"]:
        return texts.say(language, "rating-finalist")
    return texts.say(language, "rating-place", rank=line["rank"])


def _end(result: Result, texts: Texts, language: str) -> list[Cell]:
    first, last = date.fromisoformat(result.first), date.fromisoformat(result.last)
    period = texts.say(language, "report-period", first=say_date(first), last=say_date(last))
    frozen = datetime.fromisoformat(json.loads(result.shown)["data_at"])
    return [result.title, period, say_date(frozen.date())]


def _fill(
    book: Workbook, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], say: Callable[..., str]
) -> None:
    sheet = book.add_worksheet(say("diploma-sheet", sheet=name))
    heading = book.add_format({"bold": True, "bottom": 1})
    for column, key in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(key, _USUAL_WIDTH))
        sheet.write_string(0, column, say(f"diploma-column-{key}"), heading)
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            write_cell(sheet, row, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
