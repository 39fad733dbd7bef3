"""A rating as tables for the terminal."""

from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.reports.rating.lines import note
from bot.reports.rating.rating import Peers, Rated, Rating
from bot.reports.rating.score import PartName
from bot.reports.rating.words import peers_name, say_points, say_weights, title_of
from bot.texts import Texts

_NOTHING = "—"
_LEAST_NAME = 14


def write_rating_table(rating: Rating, *, texts: Texts, language: str, width: int) -> str:
    """Return the rating as plain text for `width` characters, a table for each group."""
    written = StringIO()
    console = Console(file=written, width=width, color_system=None, force_terminal=False, highlight=False)
    console.print(Text(title_of(rating, texts=texts, language=language)))
    if not rating.groups:
        console.print(Text(texts.say(language, "rating-nobody", least=rating.least)))
    for peers in rating.groups:
        console.print()
        console.print(_table(rating, peers, texts, language))
    console.print()
    console.print(Text(say_weights(texts, language)))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _table(rating: Rating, peers: Peers, texts: Texts, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, show_edge=False, pad_edge=False, collapse_padding=True)
    table.add_column(Text(texts.say(language, "rating-column-rank")), justify="right", no_wrap=True)
    group = Text(peers_name(peers, texts=texts, language=language))
    table.add_column(group, ratio=1, min_width=_LEAST_NAME, overflow="fold")
    short = [texts.say(language, "rating-part-short", part=name) for name in PartName]
    for heading in (texts.say(language, "rating-column-questions"), *short, texts.say(language, "rating-column-score")):
        table.add_column(Text(heading), justify="right", no_wrap=True)
    for line in (*peers.ranked, *peers.outside):
        why = note(rating, line, texts=texts, language=language)
        name = line.title if line.code == line.name else f"{line.title} ({line.code})"
        # Text, not str: a name with square brackets is no markup.
        told = Text(f"{name}\n{why}" if why else name)
        table.add_row(Text(str(line.rank or _NOTHING)), told, str(line.figures["questions"]), *_points(line))
    return table


def _points(line: Rated) -> list[str]:
    if line.score is None:
        return [_NOTHING] * (len(PartName) + 1)
    points = [line.score.parts[name].points for name in PartName]
    return [_NOTHING if each is None else say_points(each) for each in (*points, line.score.total)]
