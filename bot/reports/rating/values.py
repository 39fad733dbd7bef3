"""A rating as plain values, ready for JSON: every number that is needed to work it out anew."""

from math import inf
from typing import Any

from bot.reports.rating.rating import Peers, Rated, Rating
from bot.reports.rating.score import WEIGHTS, Score, median_of

METHOD = "1"
"""Grows when the same report would give other places."""


def rating_values(rating: Rating) -> dict[str, Any]:
    """Return the whole rating with its method."""
    return {
        "scope": rating.scope,
        "scope_name": rating.scope_name,
        "from": rating.first,
        "to": rating.last,
        "generated_at": rating.generated_at,
        "by": str(rating.by),
        "least": rating.least,
        "method": method_values(),
        "groups": [_group(peers) for peers in rating.groups],
    }


def method_values() -> dict[str, Any]:
    """Return what the score is made of."""
    return {"version": METHOD, "weights": {str(name): weight for name, weight in WEIGHTS.items()}, "wilson_z": 1.96}


def line_values(line: Rated) -> dict[str, Any]:
    """Return one line; a median or a score that there is not is None."""
    median = median_of(line.figures)
    return {
        "rank": line.rank,
        "code": line.code,
        "name": line.name,
        "short_name": line.short_name,
        "branch": line.branch,
        "municipality": line.municipality,
        "questions": line.figures["questions"],
        "median_seconds": None if median == inf else median,
        "p90_seconds": line.figures["first_response_working"]["p90_seconds"],
        "score": line.score.total if line.score else None,
        "parts": _parts(line.score) if line.score else None,
        "reason": line.reason or None,
    }


def _group(peers: Peers) -> dict[str, Any]:
    return {
        "within": peers.within,
        "kind": str(peers.kind),
        "ranked": [line_values(line) for line in peers.ranked],
        "outside": [line_values(line) for line in peers.outside],
    }


def _parts(score: Score) -> dict[str, Any]:
    return {
        str(name): {
            "good": part.good,
            "n": part.n,
            "value": part.value,
            "weight": WEIGHTS[name],
            "points": part.points,
        }
        for name, part in score.parts.items()
    }
