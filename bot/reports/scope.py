"""Whether a scope exists in the directory: a typing error must not look like a report without questions."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from bot.domain.errors import SettingsError
from bot.domain.institution import Institution, Scope, ScopeKind

_NO_SUCH = {
    ScopeKind.BRANCH: "нет отрасли",
    ScopeKind.MUNICIPALITY: "нет муниципалитета",
    ScopeKind.INSTITUTION: "нет учреждения с кодом",
}
_SHOWN = 5


def known_scope(scope: Scope, places: Sequence[Institution]) -> Scope:
    """Return the scope with its name as the directory writes it; the case of letters and «ё» do not matter.

    Raises SettingsError, which names the nearest known ones, when the directory has no such name.
    """
    if scope.kind is ScopeKind.REGION:
        return scope
    known = {_folded(name): name for name in _names(scope.kind, places)}
    wanted = _folded(scope.name)
    if wanted in known:
        return Scope(kind=scope.kind, name=known[wanted])
    near = [known[name] for name in get_close_matches(wanted, known, n=_SHOWN, cutoff=0.5)]
    raise SettingsError(f"{_NO_SUCH[scope.kind]} «{scope.name}»; {_remedy(near, sorted(known.values()))}")


def _remedy(near: list[str], known: list[str]) -> str:
    if near:
        return "похожие: " + ", ".join(f"«{name}»" for name in near)
    if not known:
        return "справочник пуст, загрузите его: otklik institutions import ФАЙЛ"
    return "есть, например: " + ", ".join(f"«{name}»" for name in known[:_SHOWN])


def _names(kind: ScopeKind, places: Sequence[Institution]) -> Iterable[str]:
    match kind:
        case ScopeKind.BRANCH:
            return (place.branch for place in places)
        case ScopeKind.MUNICIPALITY:
            return (place.municipality for place in places)
        case _:
            return (place.code for place in places)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())
