"""A report as a file that goes into a chat, with a name that tells what is in it."""

import re
from datetime import date, timedelta

from bot.reports.forms import FORMS
from bot.reports.lines import scope_name
from bot.reports.rating.rating import Rating
from bot.reports.report import Report
from bot.texts import Texts
from storage.made_files import MadeFile

SHOWN = "png"
"""The form that a chat shows at once; the others are documents, which no messenger makes smaller."""
_NOT_IN_A_NAME = re.compile(r"[^\w№.-]+")
_LONGEST_NAME = 60


def make_file(report: Report, *, form: str, texts: Texts, language: str) -> MadeFile:
    """Make a file of a report; the `png` is what a chat shows at once. May take seconds: not in the event loop."""
    made = FORMS[form]
    is_shown = form == SHOWN
    return MadeFile(
        name=file_name(report, made.ending, texts=texts, language=language),
        mime=made.mime,
        content=made.dress(report, texts, language),
        is_shown=is_shown,
        fallback="" if is_shown else texts.say(language, "report-file-not-sent"),
    )


def make_rating_file(rating: Rating, *, texts: Texts, language: str) -> MadeFile:
    """Make the workbook of a rating; blocking, as above."""
    from bot.reports.rating.workbook import write_rating_workbook  # noqa: PLC0415 # a large library

    form = FORMS["xlsx"]
    told = {"scope": rating.scope, "scope_name": rating.scope_name, "from": rating.first, "to": rating.last}
    rated = texts.say(language, "rating-sheet")
    return MadeFile(
        name=file_name(told, form.ending, texts=texts, language=language).replace("Otklik_", f"Otklik_{rated}_", 1),
        mime=form.mime,
        content=write_rating_workbook(rating, texts=texts, language=language),
        is_shown=False,
        fallback=texts.say(language, "report-file-not-sent"),
    )


def file_name(report: Report, ending: str, *, texts: Texts, language: str) -> str:
    """Return a name that tells what is in the file: `Otklik_Образование_2026-10.xlsx`."""
    kind = report["scope"].partition(":")[0]
    said = scope_name(report, texts=texts, language=language) if kind == "region" else report["scope_name"]
    name = _NOT_IN_A_NAME.sub("_", said).strip("_.")[:_LONGEST_NAME].rstrip("_.")
    first, last = date.fromisoformat(report["from"]), date.fromisoformat(report["to"])
    return f"Otklik_{name}_{_days(first, last)}{ending}"


def _days(first: date, last: date) -> str:
    is_whole_month = first.day == 1 and (first.year, first.month) == (last.year, last.month)
    if is_whole_month and (last + timedelta(days=1)).day == 1:
        return f"{first:%Y-%m}"
    return f"{first}" if first == last else f"{first}_{last}"
