"""The norm that a report names: how much working time an answer may take, by the policy of the whole scope."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.policies import Policies


def norm_of(
    policies: Policies,
    scopes: Sequence[Scope],
    places: Mapping[str, Institution],
    *,
    at: datetime,
    known_at: datetime | None = None,
) -> timedelta:
    """Return the working time for an answer that held at a moment in all of these scopes at once.

    A rule for a part of them alone, or for one topic, is not the norm of the whole.
    """
    return policies.of(_common(scopes, places), "", at=at, known_at=known_at).answer


def _common(scopes: Sequence[Scope], places: Mapping[str, Institution]) -> Institution:
    """Return the institution itself, or an invented one of which is known only what all of the scope have in common."""
    names = {scope.kind: scope.name for scope in scopes}
    code = names.get(ScopeKind.INSTITUTION)
    if code is not None:
        return places[code]
    branch, municipality = names.get(ScopeKind.BRANCH, ""), names.get(ScopeKind.MUNICIPALITY, "")
    # No institution's code, and the policies remember what they worked out by the code.
    return Institution(code=f"{branch}\n{municipality}", name="", branch=branch, municipality=municipality)
