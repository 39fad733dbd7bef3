"""In which forms a report was asked for, and where each of them goes."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.files import write_file
from bot.cli.output import say_aside, say_json, warn
from bot.reports.forms import FORMS

if TYPE_CHECKING:
    from bot.texts import Texts

_WORDS = ("table", "json")
"""What this room dresses itself: for a terminal and for programs."""
ALL = (*_WORDS, *FORMS)
_ENDINGS = {"table": ".txt", "json": ".json", **{name: form.ending for name, form in FORMS.items()}}
_WIDTH = 120
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def read_formats(typed: str) -> tuple[str, ...]:
    """Return the forms of a comma list, each once."""
    forms = tuple(dict.fromkeys(form.strip().lower() for form in typed.split(",") if form.strip()))
    unknown = [form for form in forms if form not in ALL]
    if unknown or not forms:
        raise typer.BadParameter(f"--format: «{', '.join(unknown) or typed}» не подходит; есть {', '.join(ALL)}")
    return forms


def places_of(forms: tuple[str, ...], output: Path | None, *, stem: str) -> dict[str, Path | None]:
    """Return for each form its file, None for the standard output.

    Several forms go into a folder that is there, under `stem`, or under one name with the ending of each.
    """
    if len(forms) == 1:
        (form,) = forms
        if output is None and form not in _WORDS and not FORMS[form].is_text and sys.stdout.isatty():
            raise typer.BadParameter(
                f"--format {form}: это файл, а не текст; назовите его: --output отчёт{_ENDINGS[form]}"
            )
        return {form: output}
    if output is None:
        raise typer.BadParameter("--format: видов несколько; назовите папку или имя без окончания: --output ПАПКА")
    if output.suffix in _ENDINGS.values() and not output.is_dir():
        raise typer.BadParameter(
            f"--output: видов несколько, а имя {output.name} одно; дайте папку или имя без окончания"
        )
    whole = output / _NOT_IN_NAMES.sub("-", stem).strip("-") if output.is_dir() else output
    return {form: whole.with_name(whole.name + _ENDINGS[form]) for form in forms}


def write_reports(report: dict[str, Any], places: dict[str, Path | None], *, texts: "Texts", language: str) -> None:
    """Write every form to its place; who looks on sees what is being made."""
    for form, place in places.items():
        if form == "json" and place is None:
            say_json(report)
            continue
        if sys.stderr.isatty() and form not in _WORDS:
            say_aside(f"готовлю {form} …")
        content = _dressed(report, form, texts=texts, language=language, is_file=place is not None)
        if place is not None:
            write_file(place, content)
            warn(f"отчёт записан: {place}")
            if place.suffix and not _ENDINGS[form].endswith(place.suffix):
                warn(f"{place}: внутри {form}, а имя говорит о другом; обычно {_ENDINGS[form]}")
        elif form in _WORDS or FORMS[form].is_text:
            sys.stdout.write(content.decode("utf-8-sig"))
        else:
            sys.stdout.buffer.write(content)


def _dressed(report: dict[str, Any], form: str, *, texts: "Texts", language: str, is_file: bool) -> bytes:
    if form == "json":
        return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
    if form == "table":
        from bot.reports.table import write_table

        width = _WIDTH if is_file else shutil.get_terminal_size((_WIDTH, 50)).columns
        return write_table(report, texts=texts, language=language, width=width).encode()
    return FORMS[form].dress(report, texts, language)
