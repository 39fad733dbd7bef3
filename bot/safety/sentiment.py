"""What reactions say: a table beside this file (`sentiment.csv`, its head explains it), and the operator's own rows."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from bot.domain.errors import SettingsError
from bot.domain.reaction import Sentiment, Sentiments, plain

OPERATORS_REACTIONS = "reactions.csv"
"""In the data folder."""


def load_sentiments(operators_file: Path | None = None) -> Sentiments:
    """Read the shipped table and then the operator's, if there is one; SettingsError names a wrong line."""
    shipped = files("bot.safety").joinpath("sentiment.csv").read_text(encoding="utf-8")
    rows = dict(_read(shipped, "sentiment.csv"))
    if operators_file is not None and operators_file.is_file():
        try:
            own = operators_file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise SettingsError(
                f"{operators_file}: файл не читается; сохраните его в UTF-8 и проверьте права"
            ) from None
        rows |= dict(_read(own, str(operators_file)))
    return Sentiments(rows)


def _read(content: str, name: str) -> Iterator[tuple[str, Sentiment]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        reaction, _, says = (part.strip() for part in line.partition(";"))
        if not plain(reaction) or says.lower() not in set(Sentiment):
            raise SettingsError(
                f"{name}, строка {number}: нужно «реакция; оценка», где оценка – {', '.join(Sentiment)}"
            )
        yield plain(reaction), Sentiment(says.lower())
