"""A report as a file: which forms there are, how each is made, and what it is called."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.reports.lines import scope_name
from bot.reports.page import write_page
from bot.reports.report import Report
from bot.reports.sheet import write_sheet
from bot.texts import Texts
from storage.made_files import MadeFile

_NOT_IN_A_NAME = re.compile(r"[^\w№.-]+")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of file."""

    suffix: str
    mime: str
    write: Callable[[Report, Texts, str], bytes]


def make_file(report: Report, *, form: str, texts: Texts, language: str) -> MadeFile | None:
    """Make a file of a report; None for a form that there is not. May take seconds: not in the event loop."""
    made = FORMS.get(form)
    if made is None:
        return None
    return MadeFile(
        name=file_name(report, made.suffix, texts=texts, language=language),
        mime=made.mime,
        content=made.write(report, texts, language),
        fallback=texts.say(language, "report-file-not-sent"),
    )


def make_picture(report: Report, *, form: str, texts: Texts, language: str) -> MadeFile | None:
    """Make the picture that a chat shows at once; None where there is none."""
    made = FORMS.get(form)
    if made is None:
        return None
    name = file_name(report, made.suffix, texts=texts, language=language)
    return MadeFile(name=name, mime=made.mime, content=made.write(report, texts, language), is_shown=True)


def file_name(report: Report, suffix: str, *, texts: Texts, language: str) -> str:
    """Return a name that tells what is in the file: `Otklik_Образование_2026-10.xlsx`."""
    kind = report["scope"].partition(":")[0]
    said = scope_name(report, texts=texts, language=language) if kind == "region" else report["scope_name"]
    name = _NOT_IN_A_NAME.sub("_", said).strip("_.")[:_LONGEST_NAME].rstrip("_.")
    first, last = date.fromisoformat(report["from"]), date.fromisoformat(report["to"])
    return f"Otklik_{name}_{_days(first, last)}.{suffix}"


def _days(first: date, last: date) -> str:
    is_whole_month = first.day == 1 and (first.year, first.month) == (last.year, last.month)
    if is_whole_month and (last + timedelta(days=1)).day == 1:
        return f"{first:%Y-%m}"
    return f"{first}" if first == last else f"{first}_{last}"


def _csv(report: Report, texts: Texts, language: str) -> bytes:
    return write_sheet(report, texts=texts, language=language)


def _page(form: Literal["pdf", "png", "screen"]) -> Callable[[Report, Texts, str], bytes]:
    return lambda report, texts, language: write_page(report, texts=texts, language=language, form=form)


FORMS: dict[str, Form] = {
    "pdf": Form(suffix="pdf", mime="application/pdf", write=_page("pdf")),
    "png": Form(suffix="png", mime="image/png", write=_page("png")),
    "screen": Form(suffix="png", mime="image/png", write=_page("screen")),
    "csv": Form(suffix="csv", mime="text/csv", write=_csv),
}
"""By the name that a button and a command carry."""
