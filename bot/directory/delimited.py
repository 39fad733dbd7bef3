"""CSV bytes as records: the separator and the encoding are found out, never guessed past doubt."""

import csv
import io
import re
from collections.abc import Iterator

from bot.domain.errors import SettingsError

_SAVE_ADVICE = "сохраните его как «CSV UTF-8» или как XLSX"
_EXPECTED_IN_CP1251 = re.compile(r"[А-Яа-яЁё№«»–—„“”’…\u00a0]")
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_WRONG_CASE = re.compile(r"[а-яё][А-ЯЁ]")


def read_delimited(content: bytes, *, name: str) -> Iterator[list[str]]:
    """Yield the records of a CSV file (`;` or `,`; UTF-8 with or without BOM, or cp1251), blank lines as `[]`.

    The n-th record is the n-th line of a spreadsheet, however many lines of text its cells hold. SettingsError when the
    bytes are not such a text or its quotation marks are not in pairs.
    """
    text = _decoded(content, name=name)
    # Strict: otherwise a quotation mark that is never closed swallows every institution after it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        yield from reader
    except csv.Error:
        raise SettingsError(
            f"{name}: около строки {reader.line_num} кавычки стоят не на месте или не закрыты; "
            f"исправьте их или {_SAVE_ADVICE}"
        ) from None


def _decoded(content: bytes, *, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SettingsError(f"{name}: файл в кодировке UTF-16; {_SAVE_ADVICE}")
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
    """Return the separator of the heading: column names hold neither sign, so the more frequent one it is."""
    heading = next((line for line in text.splitlines() if line.strip(' \t;,"')), "")
    return ";" if heading.count(";") >= heading.count(",") else ","
