"""Codes for institutions of a registry: found again in the stored directory, made where they are new, never changed."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.directory.cells import clean
from bot.directory.columns import ALIAS_SEPARATOR
from bot.directory.official_names import short_name
from bot.directory.reading import Reader
from bot.directory.registration_numbers import is_ogrn
from bot.directory.sheet import SheetRow
from bot.domain.institution import Institution

WHOLE_REGION = "Весь регион"
"""The municipality of an institution whose founder is a ministry, until the operator writes a better one."""

_CODE_LIMIT = 40
_LATIN = dict(
    zip(
        "абвгдеёзийклмнопрстуфхцыэәөүңһ",
        "abvgdeeziyklmnoprstufhcyeaounh",
        strict=True,
    )
) | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "җ": "zh", "ъ": "", "ь": ""}


def identify(rows: Sequence[SheetRow], stored: Iterable[Institution]) -> list[SheetRow]:
    """Return the rows of a registry with codes and with what the operator has put right since.

    An institution is the stored one with the same OGRN (which branches of one organisation share: then also the same
    community or name), else with the same VK community, else with the same name and municipality. Its short name,
    municipality and aliases are kept where the operator has changed them.
    """
    rows = _without_repeats(rows)
    known = _Known(stored, shared=Counter(_text(row, "ogrn") for row in rows))
    # Two rounds: a line that is surely the stored one must not lose it to a line that merely resembles it.
    found: dict[int, Institution] = {}
    for find in (known.by_community_and_number, known.by_number, known.by_community, known.by_name):
        for row in rows:
            institution = None if row.row in found else find(row)
            if institution and known.take(institution):
                found[row.row] = institution
    codes = {institution.code for institution in known.all}
    places = [_place(row, found.get(row.row), known) for row in rows]
    alike = Counter(zip((row.cells["short_name"] for row in rows), places, strict=True))
    identified = []
    for row, place in zip(rows, places, strict=True):
        institution, cells = found.get(row.row), dict(row.cells)
        if alike[cells["short_name"], place] > 1:
            # Nobody could tell them apart: the town that follows the name stays.
            cells["short_name"] = short_name(cells["name"], keeps_place=True) or cells["short_name"]
        if institution:
            cells = _kept(cells, institution)
        else:
            cells |= {"municipality": place, "code": _new_code(row, codes)}
            codes.add(cells["code"])
        identified.append(replace(row, cells=cells))
    return identified


def _without_repeats(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """Return the rows; the second of two equal ones has a fault, or it would become one more institution each time."""
    first: dict[tuple[str, ...], int] = {}
    checked = []
    for row in rows:
        key = (*_name_key(row.cells["name"]), *(_text(row, at) for at in ("municipality", "ogrn", "vk_group_id")))
        earlier = first.setdefault(key, row.row)
        fault = f"повторяет строку {earlier}; оставьте одну"
        checked.append(row if earlier == row.row else replace(row, faults=(*row.faults, fault)))
    return checked


class _Known:
    """The stored institutions by what a registry tells of them; each can be taken once."""

    def __init__(self, stored: Iterable[Institution], *, shared: Mapping[str, int]) -> None:
        self.all = list(stored)
        self._reader = Reader(institution.municipality for institution in self.all)
        self._shared = shared
        self._taken: set[str] = set()
        self._by_ogrn: dict[str, list[Institution]] = {}
        self._by_name: dict[tuple[str, ...], list[Institution]] = {}
        for institution in self.all:
            self._by_ogrn.setdefault(institution.ogrn, []).append(institution)
            self._by_name.setdefault(_name_key(institution.name), []).append(institution)
        self._by_group = {institution.vk_group_id: institution for institution in self.all if institution.vk_group_id}

    def take(self, institution: Institution) -> bool:
        if institution.code in self._taken:
            return False
        self._taken.add(institution.code)
        return True

    def by_community_and_number(self, row: SheetRow) -> Institution | None:
        institution = self.by_community(row)
        return institution if institution and institution.ogrn == _text(row, "ogrn") else None

    def by_number(self, row: SheetRow) -> Institution | None:
        ogrn = _text(row, "ogrn")
        same = self._by_ogrn.get(ogrn, []) if is_ogrn(ogrn) else []
        if len(same) == 1 and self._shared[ogrn] == 1:
            return same[0]
        return next((one for one in self._free(same) if _name_key(one.name) == _name_key(row.cells["name"])), None)

    def by_community(self, row: SheetRow) -> Institution | None:
        return self._by_group.get(_text(row, "vk_group_id"))

    def by_name(self, row: SheetRow) -> Institution | None:
        """Return a stored one of this name in this place, unless both have numbers that differ."""
        place, ogrn = row.cells.get("municipality"), _text(row, "ogrn")
        same = [
            one
            for one in self._free(self._by_name.get(_name_key(row.cells["name"]), []))
            if not (ogrn and one.ogrn and ogrn != one.ogrn)
            and (place is None or self.spelled(place) == one.municipality)
        ]
        return same[0] if same and (place is not None or len(same) == 1) else None

    def spelled(self, place: str) -> str:
        """Return a municipality as the directory spells it, «Тындинский район» and not «Тында»; else as it is."""
        terms = self._reader.read(place).terms
        called = terms[0].municipalities if len(terms) == 1 else None
        return next(iter(called)) if called and len(called) == 1 else place

    def _free(self, institutions: Iterable[Institution]) -> Iterator[Institution]:
        return (institution for institution in institutions if institution.code not in self._taken)


def _kept(cells: Mapping[str, str], stored: Institution) -> dict[str, str]:
    """Return the cells without what the operator has put right by hand."""
    kept = {**cells, "code": stored.code}
    if _name_key(stored.name) == _name_key(cells["name"]):
        # Capitals tell no case: «г. благовещенск» may have been mended.
        del kept["name"]
    made = (short_name(stored.name), short_name(stored.name, keeps_place=True))
    if stored.short_name and stored.short_name not in made:
        del kept["short_name"]
    kept["aliases"] = ALIAS_SEPARATOR.join(
        dict.fromkeys([*stored.aliases, *filter(None, cells["aliases"].split(ALIAS_SEPARATOR))])
    )
    # An empty cell would erase; a registry that does not know a page or a number is no order to forget it.
    for column in ("vk_group_id", "ogrn"):
        if not kept[column]:
            del kept[column]
    for column in ("municipality", "kind"):
        kept.pop(column, None)
    return kept


def _place(row: SheetRow, stored: Institution | None, known: _Known) -> str:
    if stored is not None:
        return stored.municipality
    place = row.cells.get("municipality", WHOLE_REGION)
    return known.spelled(place) if place else place


def _new_code(row: SheetRow, taken: set[str]) -> str:
    """Return the OGRN where there is one, else a few letters of place and name; never a code that is in use."""
    name, place = row.cells["name"], row.cells.get("municipality", "")
    digest = hashlib.sha256(repr(_name_key(name) + _name_key(place)).encode()).hexdigest()
    ogrn, group = _text(row, "ogrn"), _text(row, "vk_group_id")
    if is_ogrn(ogrn):
        candidates = [ogrn, f"{ogrn}-{group}"] if group else [ogrn]
        candidates += [f"{ogrn}-{digest[:6]}"]
    else:
        words = f"{_slug(place)[:12]}-{_slug(row.cells.get('short_name') or name)[:20]}".strip("-")
        candidates = [f"{words}-{digest[:6]}"]
    candidates += [f"{candidates[0][:26]}-{digest[: 6 + more]}" for more in range(1, 8)]
    candidates += [f"{candidates[0][:26]}-{digest[:6]}-{row.row}"]
    return next(code for code in candidates if code not in taken and len(code) <= _CODE_LIMIT)


def _slug(text: str) -> str:
    latin = "".join(_LATIN.get(letter, letter) for letter in text.lower())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")


def _name_key(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", name.lower().replace("ё", "е")))


def _text(row: SheetRow, column: str) -> str:
    try:
        return re.sub(r"[.,]0+$", "", clean(row.cells.get(column, ""), column=column))
    except ValueError:
        return ""
