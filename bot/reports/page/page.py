"""The supervisor's one page, drawn: a PDF, a picture for a chat, a picture for a screen."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bot.reports.numbers import say_count, say_decimal, say_share
from bot.reports.page.poster import Panel, Poster, Week, make_poster
from bot.reports.report import Report
from bot.reports.tiles import Tile
from bot.texts import Texts

Form = Literal["pdf", "png", "screen"]
"""A4 landscape; 1080×1350 for a phone; 1920×1080."""

_TEMPLATE = Path(__file__).with_suffix(".typ")
_PIXEL_A_POINT = 72.0
_PLACES = {"pdf": 5, "screen": 5, "png": 3}
_DRAWABLE = 0x2E7F
"""Up to here the fonts know letters and signs; emoji and the like would become empty boxes."""
_UNBROKEN = re.compile(r"\S{30}")
"""So many signs without a space may not fit into a line: the heading may go on below after them."""


def write_page(report: Report, *, texts: Texts, language: str, form: Form) -> bytes:
    """Return the page as a PDF (`pdf`) or a PNG (`png`, `screen`). Blocking, some 100 ms: call it in a thread.

    Only fonts that are installed with the product are used, so that a page looks the same on every machine.
    """
    import typst  # noqa: PLC0415 # a large library; only who draws needs it

    poster = make_poster(report, texts=texts, language=language, most=_PLACES[form])
    written = _plain(poster, form, language)
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf" if form == "pdf" else "png",
        ppi=None if form == "pdf" else _PIXEL_A_POINT,
        font_paths=_fonts(),
        sys_inputs={"page": json.dumps(written, ensure_ascii=False)},
    )


@cache
def _fonts() -> Any:
    """Return PT Sans: made for all languages of Russia, it has the Tatar letters."""
    import fontpkg_pt_sans  # noqa: PLC0415 # as above
    import typst  # noqa: PLC0415

    folder = Path(fontpkg_pt_sans.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _plain(poster: Poster, form: Form, language: str) -> dict[str, Any]:
    """Return what the template reads."""
    is_ranked = poster.left.mood == "good"
    return {
        "shape": form,
        "language": language,
        "title": poster.title,
        "scope": _UNBROKEN.sub("\\g<0>\N{ZERO WIDTH SPACE}", _drawable(poster.scope)),
        "period": poster.period,
        "compared": poster.compared,
        "made": poster.made,
        "tiles": [_tile(tile) for tile in poster.tiles],
        "left": _panel(poster.left, is_ranked=is_ranked),
        "right": _panel(poster.right, is_ranked=is_ranked),
        "topics": _panel(poster.topics, is_ranked=False),
        "weeks": [_week(week) for week in poster.weeks],
        "weeks-nobody": poster.weeks_nobody,
        "weeks-headings": poster.weeks_headings,
        "norm": {"hours": poster.norm_hours, "words": poster.norm},
        "foot": poster.short_foot if form == "png" else poster.foot,
    }


def _tile(tile: Tile) -> dict[str, Any]:
    change = tile.change and {
        "direction": tile.change.direction,
        "mood": tile.change.mood,
        "words": tile.change.words,
    }
    return {"label": tile.label, "value": tile.value, "note": tile.note, "change": change}


def _panel(panel: Panel, *, is_ranked: bool) -> dict[str, Any]:
    return {
        "heading": panel.heading,
        "mood": panel.mood,
        "is-ranked": is_ranked,
        "nobody": panel.nobody,
        "rows": [
            {"name": _drawable(row.name), "value": row.value, "filled": row.filled, "note": row.note}
            for row in panel.rows
        ],
    }


def _week(week: Week) -> dict[str, Any]:
    return {
        "label": week.label,
        "questions": week.questions,
        "questions-words": say_count(week.questions),
        "share": week.share,
        "share-words": "" if week.share is None else say_share(week.share),
        "hours": week.hours,
        "hours-words": "" if week.hours is None else say_decimal(week.hours),
    }


def _drawable(words: str) -> str:
    """Leave out what no font draws, and the signs that would turn a line round."""
    shown = "".join(sign if sign.isprintable() and ord(sign) <= _DRAWABLE else " " for sign in words)
    return " ".join(shown.split())
