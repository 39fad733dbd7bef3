"""Nominations: for what awards are given, and who gets them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.reports.rating.rating import LEAST, Peers, Rated, RatedBy, Rating, rank

PLACES, FINALISTS = 3, 5
"""Up to which rank there is an award, and up to which one is a finalist, unless a nomination says otherwise."""
FEWEST_PEERS = 3
"""Fewer in a nomination: nobody is awarded, since there is nobody to be better than."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """One nomination."""

    title: str
    by: RatedBy = RatedBy.INSTITUTION
    branch: str = ""
    """Empty for all."""
    kinds: tuple[str, ...] = ()
    """Kinds of peers or classes of size; empty for all."""
    least: int = LEAST
    """Questions."""
    places: int = PLACES
    """Up to which rank there is an award."""
    finalists: int = FINALISTS
    """Up to which rank one is a finalist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an award is to be: the operator's file, or what follows from the rating itself."""

    nominations: tuple[Nomination, ...] = ()
    """Empty: one for each group of peers that is large enough."""
    excluded: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Who takes no part, by institution code or name of the municipality, with the reason that everybody reads."""
    appeal_until: date | None = None
    """Until when objections are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A nomination and how it ended."""

    nomination: Nomination
    peers: Peers
    """Everybody who was nominated, in order."""

    @property
    def is_given(self) -> bool:
        """Tell whether there were enough peers."""
        return len(self.peers.ranked) >= FEWEST_PEERS

    @property
    def winners(self) -> tuple[Rated, ...]:
        """Those with a place."""
        return self._up_to(0, self.nomination.places)

    @property
    def finalists(self) -> tuple[Rated, ...]:
        """Those after them."""
        return self._up_to(self.nomination.places, self.nomination.finalists)

    def _up_to(self, above: int, last: int) -> tuple[Rated, ...]:
        if not self.is_given:
            return ()
        # Nobody is awarded for nothing.
        return tuple(line for line in self.peers.ranked if above < (line.rank or 0) <= last and _total(line))


def award(plan: Plan, nominations: Sequence[Nomination], ratings: Iterable[Rating]) -> list[Award]:
    """Decide every nomination anew from the lines of the ratings, whether or not it follows their groups."""
    by = {rating.by: rating for rating in ratings}
    return [
        Award(
            nomination=nomination,
            peers=rank(_nominated(nomination, by[nomination.by]), least=nomination.least, excluded=plan.excluded),
        )
        for nomination in nominations
    ]


def _total(line: Rated) -> float:
    return line.score.total if line.score else 0.0


def _nominated(nomination: Nomination, rating: Rating) -> list[Rated]:
    return [
        line
        for peers in rating.groups
        for line in (*peers.ranked, *peers.outside)
        if (not nomination.branch or line.branch == nomination.branch)
        and (not nomination.kinds or str(peers.kind) in nomination.kinds)
    ]
