"""A day from the command line."""

import re
from datetime import date

import typer

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_day(option: str, text: str) -> date:
    """Read `2026-11-30`; raises a usage error in Russian that names the option."""
    if not _DAY.fullmatch(text.strip()):
        raise typer.BadParameter(f"{option}: «{text}» – не дата; нужно ГГГГ-ММ-ДД, например 2026-11-30")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{option}: дня {text} нет в календаре") from None
