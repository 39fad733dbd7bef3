"""The rating: who answers best among their peers, worked out from a report and from nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from types import MappingProxyType

from bot.reports.counting.figures import Figures
from bot.reports.rating.peers import ACROSS_BRANCHES, SIZES, kind_of, size_classes
from bot.reports.rating.score import Score, median_of, score_of
from bot.reports.report import Report

LEAST = 5
"""Questions. Who was asked less is listed, never ranked: one question answered at once must not top the list."""

_NOBODY: Mapping[str, str] = MappingProxyType({})


class RatedBy(StrEnum):
    """Who is compared."""

    INSTITUTION = "institution"
    MUNICIPALITY = "municipality"
    BRANCH = "branch"
    ADMINISTRATOR = "administrator"
    """Only within one institution, and only for themselves and their chain: never shown to anybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One line: who, and where among the peers."""

    code: str
    """The institution's code; of a municipality or a branch its name."""
    name: str
    short_name: str = ""
    branch: str = ""
    municipality: str = ""
    rank: int | None = None
    """1 is the best; equal ones share it (1, 2, 2, 4). None: not ranked."""
    reason: str = ""
    """Why it is not ranked; empty for too few questions."""
    figures: Figures
    """The line of the report."""
    score: Score | None = None

    @property
    def title(self) -> str:
        """The name that people read: the short one if there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """Those who are compared with each other."""

    within: str = ""
    """The branch, or the institution's code for administrators; empty where neither parts them."""
    kind: str
    """A `PeerKind`, a class of size of municipalities, or who is compared."""
    ranked: tuple[Rated, ...] = ()
    """The best first."""
    outside: tuple[Rated, ...] = ()
    """Too few questions, or left out for a reason; by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A rating of one scope and one period."""

    by: RatedBy
    scope: str
    scope_name: str
    first: str
    """YYYY-MM-DD, as are all days of a report."""
    last: str
    generated_at: str
    """The moment of the figures."""
    least: int
    groups: tuple[Peers, ...]

    def find(self, code: str) -> tuple[Peers, Rated] | None:
        """Return the peers and the line of one; None when nothing was asked of it."""
        for peers in self.groups:
            for line in (*peers.ranked, *peers.outside):
                if line.code == code:
                    return peers, line
        return None


def rate(
    report: Report,
    *,
    least: int = LEAST,
    by: RatedBy = RatedBy.INSTITUTION,
    excluded: Mapping[str, str] = _NOBODY,
) -> Rating:
    """Rank everybody who was asked something, among their peers (docs/for-supervisors.md tells the formula).

    `excluded` tells by code who takes no part, with the reason. The order of the report's lines does not matter.
    """
    groups: defaultdict[tuple[str, str], list[Rated]] = defaultdict(list)
    for row, key in _keyed(report, by, least=least):
        groups[key].append(_rated(row, by))
    ordered = sorted(groups, key=lambda key: (key[0].casefold(), key[1]))
    return Rating(
        by=by,
        scope=report["scope"],
        scope_name=report["scope_name"],
        first=report["from"],
        last=report["to"],
        generated_at=report["generated_at"],
        least=least,
        groups=tuple(rank(groups[key], within=key[0], kind=key[1], least=least, excluded=excluded) for key in ordered),
    )


def _keyed(report: Report, by: RatedBy, *, least: int) -> Iterator[tuple[Figures, tuple[str, str]]]:
    """Yield every line of which something was asked, with what parts its peers from others and their kind."""
    # An institution is not compared for a period at whose end it had ended.
    rows = [row for row in report[f"by_{by}"] if row["questions"] and row.get("closed_on", "9999") > report["to"]]
    match by:
        case RatedBy.INSTITUTION:
            for row in rows:
                kind = kind_of(row["name"], row.get("short_name", ""))
                yield row, ("" if kind in ACROSS_BRANCHES else row["branch"], kind)
        case RatedBy.MUNICIPALITY:
            sizes = size_classes({row["municipality"]: row["questions"] for row in rows if row["questions"] >= least})
            # Who is too small to be ranked is small.
            for row in rows:
                yield row, ("", sizes.get(row["municipality"], SIZES[-1]) if sizes else by)
        case RatedBy.BRANCH:
            for row in rows:
                yield row, ("", by)
        case RatedBy.ADMINISTRATOR:
            for row in rows:
                yield row, (row["institution"], by)


def rank(
    lines: Sequence[Rated], *, within: str = "", kind: str = "", least: int, excluded: Mapping[str, str] = _NOBODY
) -> Peers:
    """Score and order lines as peers of each other."""
    taking_part = [line for line in lines if line.figures["questions"] >= least and line.code not in excluded]
    outside = [line for line in lines if line.figures["questions"] < least or line.code in excluded]
    medians = sorted(median_of(line.figures) for line in taking_part)
    scored = [replace(line, score=score_of(line.figures, medians=medians, least=least)) for line in taking_part]
    scored.sort(key=lambda line: (*_merit(line), *_by_name(line)))
    ranked: list[Rated] = []
    for number, line in enumerate(scored, start=1):
        is_equal = bool(ranked) and _merit(ranked[-1]) == _merit(line)
        ranked.append(replace(line, rank=ranked[-1].rank if is_equal else number))
    return Peers(
        within=within,
        kind=kind,
        ranked=tuple(ranked),
        outside=tuple(
            replace(line, rank=None, score=None, reason=excluded.get(line.code, ""))
            for line in sorted(outside, key=_by_name)
        ),
    )


def _merit(line: Rated) -> tuple[float, int, float]:
    """What decides the order: the score, then more questions, then the faster nine of ten answers. Equal: one rank."""
    p90: float | None = line.figures["first_response_working"]["p90_seconds"]
    return (-(line.score.total if line.score else 0), -line.figures["questions"], inf if p90 is None else p90)


def _by_name(line: Rated) -> tuple[str, str]:
    return (line.name.casefold(), line.code)


def _rated(row: Figures, by: RatedBy) -> Rated:
    match by:
        case RatedBy.INSTITUTION:
            code, name = row["code"], row["name"]
        case RatedBy.ADMINISTRATOR:
            code, name = row["institution"], row["administrator"] or ""
        case RatedBy.MUNICIPALITY | RatedBy.BRANCH:
            code = name = row[by.value]
    return Rated(
        code=code,
        name=name,
        short_name=row.get("short_name", ""),
        branch=row.get("branch", ""),
        municipality=row.get("municipality", ""),
        figures=row,
    )
