"""A report as one slide: the supervisor's page with charts and words that can be changed in a presentation."""

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches

from bot.reports.page.poster import Poster, make_poster
from bot.reports.page.slide_charts import draw_bars, draw_weeks
from bot.reports.page.slide_words import INK, PAPER, SOFT, Box, Line, colour_of, fill_frame, write_words
from bot.reports.report import Report
from bot.reports.tiles import Tile
from bot.reports.workbook.cells import one_line
from bot.texts import Texts

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN, _GAP = Inches(0.45), Inches(0.2)
_TITLE_ONLY = 5
_LONGEST_PROPERTY = 255


def write_slides(report: Report, *, texts: Texts, language: str) -> bytes:
    """Return a presentation with one slide, 16:9. Blocking, some 100 ms: call it in a thread."""
    poster = make_poster(report, texts=texts, language=language)
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    deck.core_properties.title = one_line(f"{poster.title}: {poster.scope}, {poster.period}")[:_LONGEST_PROPERTY]
    deck.core_properties.author = "Отклик"
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    inner = _WIDTH - 2 * _MARGIN
    _title(slide, poster, Box(left=_MARGIN, top=Inches(0.25), width=inner, height=Inches(0.85)))
    _tiles(slide, poster, Box(left=_MARGIN, top=Inches(1.2), width=inner, height=Inches(1.35)))
    third = (inner - 2 * _GAP) // 3
    for number, panel in enumerate((poster.left, poster.right, poster.topics)):
        left = _MARGIN + number * (third + _GAP)
        draw_bars(slide, panel, Box(left=left, top=Inches(2.7), width=third, height=Inches(2.35)))
    draw_weeks(slide, poster, Box(left=_MARGIN, top=Inches(5.1), width=inner, height=Inches(1.65)))
    foot = Box(left=_MARGIN, top=Inches(6.82), width=inner, height=Inches(0.5))
    write_words(slide, [(f"{poster.made}. {' '.join(poster.short_foot)}", 10, SOFT, False)], foot)
    slide.notes_slide.notes_text_frame.text = "\n".join([poster.made, *poster.foot])
    written = BytesIO()
    deck.save(written)
    return written.getvalue()


def _title(slide: Any, poster: Poster, box: Box) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = box.left, box.top, int(box.width * 0.66), box.height
    size = 28 if len(poster.scope) <= 40 else 18 if len(poster.scope) <= 100 else 12
    fill_frame(title.text_frame, [(poster.title, 12, SOFT, False), (poster.scope, size, INK, True)], margin=0)
    right = Box(left=box.left + int(box.width * 0.66), top=box.top, width=int(box.width * 0.34), height=box.height)
    lines: list[Line] = [(poster.period, 18, INK, True), (poster.compared or poster.made, 11, SOFT, False)]
    write_words(slide, lines, right, align=PP_ALIGN.RIGHT)


def _tiles(slide: Any, poster: Poster, box: Box) -> None:
    width = (box.width - 3 * _GAP) // 4
    for number, tile in enumerate(poster.tiles):
        place = Box(left=box.left + number * (width + _GAP), top=box.top, width=width, height=box.height)
        shape = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Emu(place.left), Emu(place.top), Emu(place.width), Emu(place.height)
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = PAPER
        shape.line.fill.background()
        shape.shadow.inherit = False
        shape.name = tile.label
        fill_frame(shape.text_frame, _tile_lines(tile))


def _tile_lines(tile: Tile) -> list[Line]:
    lines: list[Line] = [
        (tile.label, 13, SOFT, False),
        (tile.value, 28 if len(tile.value) <= 11 else 22, INK, True),
        (tile.note, 10, SOFT, False),
    ]
    if tile.change is not None:
        words = f"{tile.change.arrow} {tile.change.words}".strip()
        lines.append((words, 12, colour_of(tile.change.mood), True))
    return lines
