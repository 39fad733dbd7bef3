"""CSV bytes as records: the separator and the encoding are found out, never guessed past doubt."""

import contextlib
import csv
import io
import json
import re
from collections.abc import Iterator

from bot.domain.errors import SettingsError

_SAVE_ADVICE = "сохраните его как «CSV UTF-8» или как XLSX"
_EXPECTED_IN_CP1251 = re.compile(r"[А-Яа-яЁё№«»–—„“”’…\u00a0]")
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t|])"?\r?\n', re.IGNORECASE)
_WRONG_CASE = re.compile(r"[а-яё][А-ЯЁ]")


def read_delimited(content: bytes, *, name: str) -> Iterator[list[str]]:
    """Yield the records of a text (`;`, `,` or tabs; UTF-8 with or without BOM, UTF-16, cp1251), blank lines as `[]`.

    The n-th record is the n-th line of a spreadsheet, however many lines of text its cells hold; Excel's own first line
    `sep=;` is a blank one. SettingsError when the bytes are not such a text or its quotation marks are not in pairs.
    """
    text = _decoded(content, name=name)
    if kind := _what_else(text):
        raise SettingsError(f"{name}: это {kind}, а не таблица; откройте файл в Excel и сохраните как XLSX")
    told = _SEPARATOR_LINE.match(text)
    if told:
        yield []
        text = text[told.end() :]
    separator = told[1] if told else _separator(text)
    # Strict: otherwise a quotation mark that is never closed swallows every institution after it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise SettingsError(
            f"{name}: около строки {reader.line_num} кавычки стоят не на месте или не закрыты; "
            f"исправьте их или {_SAVE_ADVICE}"
        ) from None


def _what_else(text: str) -> str:
    """Name what a text is that begins like another format; empty for what may be a table."""
    beginning = text[:1000].lstrip().lower()
    if beginning.startswith(("<html", "<!doctype html", "<table", "<meta", "<head")):
        return "веб-страница (HTML)"
    if beginning.startswith("<"):
        return "XML"
    if beginning.startswith(("{", "[")):
        with contextlib.suppress(ValueError, RecursionError):
            json.loads(text)
            return "JSON"
    return ""


def _decoded(content: bytes, *, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Excel's "Unicode text".
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise SettingsError(f"{name}: кодировка не распознана; {_SAVE_ADVICE}") from None
    # A stray control character costs a text one row; in pictures and programs every tenth byte is one.
    if len(content.translate(None, _CONTROL_BYTES)) < 0.95 * len(content):
        raise SettingsError(f"{name}: это не таблица; нужен файл CSV или XLSX")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _from_cp1251(content, name=name)


def _from_cp1251(content: bytes, *, name: str) -> str:
    """Decode cp1251, and refuse what only looks like it: cp866, KOI8-R and damaged UTF-8 decode too, as gibberish.

    Read as cp1251, cp866 and UTF-8 turn into signs that Russian text does not have, and KOI8-R swaps upper and lower
    case.
    """
    text = content.decode("cp1251", errors="replace")
    foreign = [character for character in text if character > "\x7f"]
    expected = len(_EXPECTED_IN_CP1251.findall(text))
    if expected < 0.9 * len(foreign) or len(_WRONG_CASE.findall(text)) > 0.05 * len(foreign):
        raise SettingsError(f"{name}: кодировка не распознана; {_SAVE_ADVICE}")
    return text


def _separator(text: str) -> str:
    """Return the separator of the heading: column names hold none of them, so the most frequent one it is."""
    heading = next((line for line in text.splitlines() if line.strip(' \t;,"')), "")
    return max(";,\t", key=heading.count)
