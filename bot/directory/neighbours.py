"""What no line can know alone: one owner for each community and bot, parents that exist, no circle of parents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.institution import Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """A line of the sheet that is right, as the institution that it makes."""

    row: int
    institution: Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A line of the sheet that cannot be taken."""

    row: int
    """The line that a person sees in their spreadsheet."""
    code: str
    """As far as it can be read; may be empty."""
    reason: str
    """Every fault of the line in plain Russian, separated by `; `."""


def check_neighbours(
    rows: Sequence[CheckedRow], *, stored: Mapping[str, Institution]
) -> tuple[list[CheckedRow], list[RefusedRow]]:
    """Return the lines that can stand beside each other and the stored institutions, and those that cannot.

    A refused line leaves its stored institution as it is, which may make another line impossible; so this goes on until
    nothing changes.
    """
    good, refused = list(rows), list[RefusedRow]()
    while True:
        taken = {row.institution.code for row in good}
        staying = {code: institution for code, institution in stored.items() if code not in taken}
        faults = _owner_faults(good, staying=staying)
        for column, says in _LEADS_TO.items():
            faults |= _circle_faults(good, staying=staying, column=column, says=says)
        if not faults:
            return good, refused
        refused += [
            RefusedRow(row=row.row, code=row.institution.code, reason=faults[row.row])
            for row in good
            if row.row in faults
        ]
        good = [row for row in good if row.row not in faults]


_OWNED: Mapping[str, Callable[[Institution], str]] = {
    "vk_group_id": lambda institution: institution.vk_group_id,
    # The bot's id: the same bot may stand twice with an old and a new token.
    "telegram_token": lambda institution: institution.telegram_token.partition(":")[0],
    "max_token": lambda institution: institution.max_token,
}


def _owner_faults(rows: Sequence[CheckedRow], *, staying: Mapping[str, Institution]) -> dict[int, str]:
    faults: dict[int, str] = {}
    for column, key in _OWNED.items():
        owners = {
            key(institution): f"учреждению {code}, которое уже есть в базе" for code, institution in staying.items()
        }
        for row in rows:
            owned = key(row.institution)
            if not owned:
                continue
            if owned in owners:
                # The value itself is not repeated: it may be a token.
                faults.setdefault(row.row, f"{column}: то же принадлежит {owners[owned]}; нужен один хозяин")
            else:
                owners[owned] = f"учреждению {row.institution.code} в строке {row.row}"
    return faults


_LEADS_TO = {"parent": "учреждения замещают друг друга по кругу", "successor": "учреждения сменяют друг друга по кругу"}
"""Columns that name another institution, and what it means when they lead round."""


def _circle_faults(
    rows: Sequence[CheckedRow], *, staying: Mapping[str, Institution], column: str, says: str
) -> dict[int, str]:
    leads: dict[str, str] = {code: getattr(institution, column) for code, institution in staying.items()}
    leads |= {row.institution.code: getattr(row.institution, column) for row in rows}
    faults = {}
    for row in rows:
        code = row.institution.code
        other = leads[code]
        if other and other not in leads:
            faults[row.row] = f"{column}: учреждения {other} нет ни в базе, ни среди годных строк листа"
        elif circle := _circle(code, leads):
            faults[row.row] = f"{column}: {says}: {' → '.join(circle)}"
    return faults


def _circle(code: str, leads: Mapping[str, str]) -> list[str]:
    """Return the way from `code` back to `code`, or nothing when it does not stand in a circle."""
    way, seen = [code], {code}
    while other := leads.get(way[-1], ""):
        way.append(other)
        if other == code:
            return way
        if other in seen:
            return []
        seen.add(other)
    return []
