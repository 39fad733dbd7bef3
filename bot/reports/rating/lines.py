"""A rating as one table, the same for a terminal, a CSV file and a workbook."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from math import inf

from bot.reports.cells import Cell, cell_text
from bot.reports.rating.rating import Peers, Rated, Rating
from bot.reports.rating.score import PartName, median_of
from bot.reports.rating.words import peers_name
from bot.texts import Texts

FIRST_COLUMNS = ("peers", "rank", "name", "code", "branch", "municipality", "questions", "score")
PART_COLUMNS = ("good", "n", "value", "points")
"""For each part of the score."""
LAST_COLUMNS = ("median", "p90", "note")


def write_rating_sheet(rating: Rating, *, texts: Texts, language: str) -> bytes:
    """Return the rating as CSV: semicolons, UTF-8 with BOM, decimal commas, one line each."""
    written = StringIO(newline="")
    sheet = csv.writer(written, delimiter=";", lineterminator="\r\n")
    sheet.writerow(headings(texts, language))
    for cells in rows(rating, texts=texts, language=language):
        sheet.writerow(map(cell_text, cells))
    return written.getvalue().encode("utf-8-sig")


def headings(texts: Texts, language: str) -> list[str]:
    """Return the names of the columns."""

    def heading(column: str) -> str:
        return texts.say(language, f"rating-column-{column}")

    parts = [texts.say(language, "rating-part", part=name) for name in PartName]
    return [
        *(heading(column) for column in FIRST_COLUMNS),
        *(f"{part}: {heading(column)}" for part in parts for column in PART_COLUMNS),
        *(heading(column) for column in LAST_COLUMNS),
    ]


def rows(rating: Rating, *, texts: Texts, language: str) -> Iterator[list[Cell]]:
    """Yield the cells of every line: group by group, the best first, those outside the rating last."""
    for peers in rating.groups:
        for line in (*peers.ranked, *peers.outside):
            yield [*_first(peers, line, texts, language), *_parts(line), *_last(rating, line, texts, language)]


def note(rating: Rating, line: Rated, *, texts: Texts, language: str) -> str:
    """Return why a line is not ranked; nothing when it is."""
    if line.rank is not None:
        return ""
    if line.reason:
        return texts.say(language, "rating-note-excluded", reason=line.reason)
    return texts.say(language, "rating-note-few", least=rating.least)


def _first(peers: Peers, line: Rated, texts: Texts, language: str) -> list[Cell]:
    return [
        peers_name(peers, texts=texts, language=language),
        line.rank,
        line.name,
        line.code,
        line.branch,
        line.municipality,
        line.figures["questions"],
        line.score.total if line.score else None,
    ]


def _parts(line: Rated) -> Iterator[Cell]:
    for name in PartName:
        part = line.score.parts[name] if line.score else None
        yield from (part.good, part.n, part.value, part.points) if part else (None,) * len(PART_COLUMNS)


def _last(rating: Rating, line: Rated, texts: Texts, language: str) -> list[Cell]:
    median, p90 = median_of(line.figures), line.figures["first_response_working"]["p90_seconds"]
    return [
        None if median == inf else timedelta(seconds=median),
        None if p90 is None else timedelta(seconds=p90),
        note(rating, line, texts=texts, language=language),
    ]
