"""Words and their places on a slide."""

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from bot.reports.change import Mood
from bot.reports.workbook.cells import one_line

INK, SOFT, PAPER = RGBColor(0x16, 0x22, 0x2E), RGBColor(0x52, 0x60, 0x6D), RGBColor(0xF4, 0xF6, 0xF8)
BLUE, ORANGE, SKY = RGBColor(0x00, 0x72, 0xB2), RGBColor(0xB8, 0x50, 0x00), RGBColor(0x9C, 0xCB, 0xE5)
FAINT = RGBColor(0xDF, 0xE5, 0xEA)
FONT = "Arial"
"""Every presentation program has it or one of the same widths, with Tatar letters."""

Line = tuple[str, float, RGBColor, bool]
"""Words, their size in points, colour and boldness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on the slide."""

    left: int
    top: int
    width: int
    height: int


def write_words(slide: Any, lines: list[Line], box: Box, *, align: Any = PP_ALIGN.LEFT) -> None:
    """Put lines of words on a slide."""
    shape = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height))
    fill_frame(shape.text_frame, lines, align=align, margin=0)


def fill_frame(frame: Any, lines: list[Line], *, align: Any = PP_ALIGN.LEFT, margin: int = Inches(0.12)) -> None:
    """Put lines of words into a shape."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if margin else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = margin
    frame.margin_top = frame.margin_bottom = 0
    for number, (words, size, colour, is_bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = one_line(words)
        run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, FONT
        run.font.color.rgb = colour


def colour_of(mood: Mood) -> RGBColor:
    """Return the colour of what is good, bad or neither; the words say it as well."""
    return {Mood.GOOD: BLUE, Mood.BAD: ORANGE, Mood.PLAIN: SOFT}[mood]
