"""Institutions that a complete list no longer names: they end, unless the list may be incomplete."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.directory.check import CheckedSheet
from bot.directory.sheet import Sheet, SheetRow
from bot.domain.errors import SettingsError
from bot.domain.institution import Institution

_MOST_SHARE = 0.1
"""More at once is rather a wrong file than a reform: the operator must say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Whom a sheet leaves out, within the branches and places of which it speaks."""

    institutions: tuple[Institution, ...] = ()
    among: int = 0
    """How many institutions there are within these."""
    obstacle: str = ""
    """Why nobody may be closed by this sheet, in plain Russian."""

    def check(self, *, closes_many: bool) -> None:
        """Raise SettingsError when so many would end that somebody should look first."""
        if len(self.institutions) > _MOST_SHARE * self.among and not closes_many:
            raise SettingsError(
                f"в файле нет {len(self.institutions)} из {self.among} учреждений этих отраслей и мест, это больше "
                "десятой части; посмотрите список с --dry-run и, если он верен, добавьте --yes. Ничего не записано"
            )

    def closed(self, on: date) -> list[Institution]:
        """Return them as they are from a day on."""
        return [replace(institution, closed_on=on) for institution in self.institutions]


def find_missing(sheet: Sheet, checked: CheckedSheet, *, stored: Iterable[Institution], today: date) -> Missing:
    """Return the stored institutions that the sheet does not name, where it names others of that branch and place.

    A line that is refused or hidden names its institution all the same; if its code cannot be read, nobody is closed.
    """
    places = {(row.institution.branch, row.institution.municipality) for row in checked.rows}
    places |= {_place(row) for row in (*sheet.rows, *sheet.hidden)}
    hidden = [(row.row, "" if sheet.is_registry else row.cells.get("code", "").strip()) for row in sheet.hidden]
    aside = [*((refused.row, refused.code) for refused in checked.refused), *hidden]
    named = {row.institution.code for row in checked.rows} | {code for _, code in aside}
    open_there = [
        institution
        for institution in stored
        if (institution.branch, institution.municipality) in places and not institution.is_closed(today)
    ]
    missing = tuple(institution for institution in open_there if institution.code not in named)
    unreadable = [str(row) for row, code in aside if not code]
    if missing and unreadable:
        return Missing(obstacle=f"в строке {unreadable[0]} не прочесть кода, а она может быть об одном из них")
    return Missing(institutions=missing, among=len(open_there))


def _place(row: SheetRow) -> tuple[str, str]:
    return row.cells.get("branch", "").strip(), row.cells.get("municipality", "").strip()
