"""Which policy holds for whom: rules of the region, branches, municipalities and institutions, for topics and for all.

A rule states only what differs. Of two rules that state the same term, one for the topic wins over one without a topic;
then the narrower scope wins: institution, municipality, branch, region; then the later effective date.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.policy_terms import Terms, apply_terms
from bot.domain.sla import SlaPolicy

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_BASE = SlaPolicy()
_WIDTHS = (ScopeKind.REGION, ScopeKind.BRANCH, ScopeKind.MUNICIPALITY, ScopeKind.INSTITUTION)
"""From the widest to the narrowest."""
HOUSING_TOPICS = ("housing", "waste")
"""Topics of the classifier's section 0005, housing and utilities: Tatarstan's «Народный контроль» gives them 3 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule:
    """What is different for one scope, from a day on."""

    id: int
    """0 for the rules that come with the program."""
    scope: Scope
    topic: str = ""
    """The topic's key, empty for all topics."""
    effective_at: datetime
    terms: Terms
    recorded_at: datetime
    recorded_by: str = ""

    def applies_to(self, institution: Institution, topic: str) -> bool:
        """Tell whether it is meant for a ticket of this institution and topic."""
        return self.topic in ("", topic) and self.scope.covers(institution)

    def is_in_force(self, at: datetime, known_at: datetime) -> bool:
        """Tell whether it held at a moment, as far as was known at another one."""
        return self.effective_at <= at and self.recorded_at <= known_at


SHIPPED = tuple(
    PolicyRule(
        id=0,
        scope=Scope(kind=ScopeKind.REGION),
        topic=topic,
        effective_at=_ALWAYS,
        terms={"resolution": "3d"},
        recorded_at=_ALWAYS,
    )
    for topic in HOUSING_TOPICS
)
"""What holds while nobody set anything; everything else is `SlaPolicy` itself."""


class Policies:
    """Every rule that was ever set, and the policy that follows from them for a ticket."""

    def __init__(self, rules: Iterable[PolicyRule] = ()) -> None:
        self.rules = (*SHIPPED, *rules)
        moments = {moment for rule in self.rules for moment in (rule.effective_at, rule.recorded_at)}
        self._changes = sorted(moments)
        self._known: dict[tuple[str, str, int, int, SlaPolicy], SlaPolicy] = {}

    def of(
        self,
        institution: Institution,
        topic: str,
        *,
        at: datetime,
        known_at: datetime | None = None,
        base: SlaPolicy = _BASE,
    ) -> SlaPolicy:
        """Return the policy for a ticket that opened at a moment, as known then (or at `known_at`, for a replay).

        A rule that was recorded later does not count, even if its date lies before. `base` holds where no rule speaks.
        """
        known_at = known_at or at
        key = (institution.code, topic, bisect_right(self._changes, at), bisect_right(self._changes, known_at), base)
        found = self._known.get(key)
        if found is None:
            found = base
            for rule in self.behind(institution, topic, at=at, known_at=known_at):
                found = apply_terms(found, rule.terms)
            self._known[key] = found
        return found

    def longest_reopening(self, base: SlaPolicy = _BASE) -> timedelta:
        """Return for how long after its end a ticket can be opened again by the most patient of all rules."""
        ruled = (apply_terms(base, rule.terms).reopen_within for rule in self.rules)
        return max(base.reopen_within, max(ruled, default=base.reopen_within))

    def behind(
        self, institution: Institution, topic: str, *, at: datetime, known_at: datetime | None = None
    ) -> list[PolicyRule]:
        """Return the rules from which that policy follows, the weakest first, without terms that were taken back."""
        in_force = [
            rule for rule in self.rules if rule.applies_to(institution, topic) and rule.is_in_force(at, known_at or at)
        ]
        return _without_taken_back(sorted(in_force, key=_strength))

    def sources(self, institution: Institution, topic: str, *, at: datetime) -> dict[str, PolicyRule]:
        """Return for each term the rule that decides it; terms that nobody states are left out."""
        return {name: rule for rule in self.behind(institution, topic, at=at) for name in rule.terms}


def _strength(rule: PolicyRule) -> tuple[bool, int, datetime, int]:
    return bool(rule.topic), _WIDTHS.index(rule.scope.kind), rule.effective_at, rule.id


def _without_taken_back(rules: Sequence[PolicyRule]) -> list[PolicyRule]:
    """Drop what a later rule of the same scope and topic took back (None), and those Nones themselves."""
    kept: list[PolicyRule] = []
    for index, rule in enumerate(rules):
        later = [each for each in rules[index + 1 :] if (each.scope, each.topic) == (rule.scope, rule.topic)]
        terms = {
            name: text
            for name, text in rule.terms.items()
            if text is not None and not any(name in each.terms for each in later)
        }
        if terms:
            kept.append(
                PolicyRule(
                    id=rule.id,
                    scope=rule.scope,
                    topic=rule.topic,
                    effective_at=rule.effective_at,
                    terms=terms,
                    recorded_at=rule.recorded_at,
                    recorded_by=rule.recorded_by,
                )
            )
    return kept
