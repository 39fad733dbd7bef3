"""The sheet for an institution's door as a PDF: its name, one QR code a messenger, what to do, in every language."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.institution import Institution
from bot.reports.door.addresses import Door
from bot.texts import Texts

_TEMPLATE = Path(__file__).with_suffix(".typ")
MOST_SHEETS = 1_000
"""In one file; the library keeps whatever it has drawn in memory until the program ends."""
_QUIET_ZONE = 4
"""Modules of white around a code; fewer, and some phones do not find it (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSheet:
    """What stands on one page."""

    institution: Institution
    doors: tuple[Door, ...]


def draw_door_sheets(sheets: Sequence[DoorSheet], *, texts: Texts) -> bytes:
    """Return a PDF with one A4 page a sheet. Blocking: some 10 ms and 0.35 MB a page.

    Only the fonts that come with the library are used (Libertinus has the Tatar letters), so that a page looks the same
    on every machine.
    """
    # Here alone, because only one command needs it and the library is a large one.
    import typst  # noqa: PLC0415

    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"pages": json.dumps([_page(sheet, texts) for sheet in sheets], ensure_ascii=False)},
    )


def _page(sheet: DoorSheet, texts: Texts) -> dict[str, object]:
    institution = sheet.institution
    return {
        "title": institution.title,
        "name": institution.name if institution.name != institution.title else "",
        "place": ", ".join(filter(None, [institution.municipality, institution.address])),
        "doors": [
            {
                "label": texts.say(texts.languages[0], "door-channel", channel=door.channel),
                "address": door.address.removeprefix("https://"),
                "code": _code(door.address),
            }
            for door in sheet.doors
        ],
        "words": [
            {
                "heading": texts.say(language, "door-heading"),
                "how": texts.say(language, "door-how"),
                "notes": texts.say(language, "door-notes").splitlines(),
            }
            for language in texts.languages
        ],
    }


def _code(address: str) -> str:
    """Return the QR code as SVG; a quarter of it may be dirty or torn (level Q)."""
    import segno  # noqa: PLC0415 # as above

    file = io.BytesIO()
    segno.make(address, error="q", micro=False).save(file, kind="svg", border=_QUIET_ZONE, xmldecl=False)
    return file.getvalue().decode("utf-8")
