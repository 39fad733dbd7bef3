"""What an import would change: the checked sheet beside the stored institutions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.directory.check import CheckedSheet
from bot.directory.columns import COLUMNS, SECRETS, cell_text
from bot.directory.neighbours import RefusedRow
from bot.domain.institution import Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedValue:
    """One cell before and after, as the sheet writes it."""

    column: str
    old: str = ""
    new: str = ""
    is_secret: bool = False
    """Then neither is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One institution before and after."""

    stored: Institution
    institution: Institution
    columns: tuple[str, ...]
    """The names of the columns that differ, in the order of the sheet."""

    @property
    def values(self) -> tuple[ChangedValue, ...]:
        """What differs, for people; secrets only by name."""
        return tuple(
            ChangedValue(column=column, is_secret=True)
            if column in SECRETS
            else ChangedValue(
                column=column,
                old=cell_text(getattr(self.stored, column)),
                new=cell_text(getattr(self.institution, column)),
            )
            for column in self.columns
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outcome of an import before it is written; the same sheet a second time leaves everything unchanged."""

    added: tuple[Institution, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Institution, ...] = field(repr=False)
    refused: tuple[RefusedRow, ...]

    @property
    def to_write(self) -> tuple[Institution, ...]:
        """The institutions to store, complete, in the order of the sheet within each part."""
        return *self.added, *(change.institution for change in self.changed)

    @property
    def unresolved(self) -> tuple[Institution, ...]:
        """Those whose community is known by a name alone."""
        all_named = (*self.to_write, *self.unchanged)
        return tuple(each for each in all_named if each.vk_name and not each.vk_group_id)


def leaving(comparison: Comparison, stored: Iterable[Institution]) -> dict[tuple[str, str], str]:
    """Return the communities that nobody has after the import, each with the code of who had it; nobody answers there.

    A community is named by its channel and number.
    """
    after = {each.code: each for each in stored} | {each.code: each for each in comparison.to_write}
    kept = {place for each in after.values() for place in _communities(each)}
    return {
        place: change.stored.code
        for change in comparison.changed
        for place in _communities(change.stored)
        if place not in kept
    }


def _communities(institution: Institution) -> Iterator[tuple[str, str]]:
    if institution.vk_group_id:
        yield "vk", institution.vk_group_id
    if institution.telegram_token:
        yield "telegram", institution.telegram_token.partition(":")[0]


def compare(checked: CheckedSheet, *, stored: Iterable[Institution]) -> Comparison:
    """Sort the institutions of a checked sheet into new, changed and unchanged ones.

    Give the same `stored` as to `check_sheet`. What is not in the sheet stays: a column that is absent and an empty
    secret keep the stored value (`bot.directory.merge.merge`), an institution that is absent is left alone.
    """
    known = {institution.code: institution for institution in stored}
    added, changed, unchanged = list[Institution](), list[Change](), list[Institution]()
    for row in checked.rows:
        institution = row.institution
        before = known.get(institution.code)
        if before is None:
            added.append(institution)
        elif columns := _differences(before, institution):
            changed.append(Change(stored=before, institution=institution, columns=columns))
        else:
            unchanged.append(institution)
    return Comparison(added=tuple(added), changed=tuple(changed), unchanged=tuple(unchanged), refused=checked.refused)


def _differences(before: Institution, after: Institution) -> tuple[str, ...]:
    return tuple(column for column in COLUMNS if getattr(before, column) != getattr(after, column))


def find_alike(comparison: Comparison, *, stored: Iterable[Institution]) -> list[tuple[Institution, ...]]:
    """Return the open institutions that a citizen could not tell apart: the same name in the same place."""
    after = {institution.code: institution for institution in (*stored, *comparison.to_write)}
    by_name: dict[tuple[str, str], list[Institution]] = {}
    for institution in after.values():
        if institution.closed_on is None:
            key = (" ".join(institution.title.casefold().split()), institution.municipality.casefold())
            by_name.setdefault(key, []).append(institution)
    return [tuple(same) for same in by_name.values() if len(same) > 1]
