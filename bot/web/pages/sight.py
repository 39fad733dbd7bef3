"""What a visitor sees of the region: the scopes they have, narrowed by what the address asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.institution import Institution, Scope, ScopeKind
from bot.web.pages.asked import Asked
from bot.web.pages.visitor import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The institutions that a page is about."""

    own: Scope
    """Which of the visitor's scopes it lies in."""
    scope: Scope
    within: tuple[Scope, ...]
    """What the scope is narrowed by as well."""
    places: Mapping[str, Institution]
    """By code; never empty unless the directory is."""

    @property
    def fixed(self) -> frozenset[ScopeKind]:
        """Which cuts have only one line here."""
        return frozenset(each.kind for each in (self.scope, *self.within))


def look(visitor: Visitor, asked: Asked, places: Sequence[Institution]) -> Sight | None:
    """Return what is to be seen; None when the address names something that is not the visitor's, or is nowhere."""
    own = next((scope for scope in visitor.scopes if str(scope) == asked.scope), _widest(visitor.scopes))
    narrowed = {
        ScopeKind.INSTITUTION: asked.institution,
        ScopeKind.BRANCH: asked.branch,
        ScopeKind.MUNICIPALITY: asked.municipality,
    }
    told = [Scope(kind=kind, name=name) for kind, name in narrowed.items() if name]
    seen = {place.code: place for place in places if all(scope.covers(place) for scope in [own, *told])}
    if not seen and any(scope != own for scope in told):
        return None
    scopes = _plain([*told, own])
    return Sight(own=own, scope=scopes[0], within=tuple(scopes[1:]), places=seen)


def _plain(scopes: Iterable[Scope]) -> list[Scope]:
    """Leave out what says nothing more: the region beside anything, everything beside one institution."""
    found = list(dict.fromkeys(scopes))
    for scope in found:
        if scope.kind is ScopeKind.INSTITUTION:
            return [scope]
    return [scope for scope in found if scope.kind is not ScopeKind.REGION] or found[:1]


def _widest(scopes: Sequence[Scope]) -> Scope:
    order = list(ScopeKind)
    return min(scopes, key=lambda scope: order.index(scope.kind))
