"""Badges: what deserves a mention besides the place."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from bot.reports.rating.rating import Peers, Rated
from bot.reports.rating.score import PartName, median_of

FEWEST_PEERS = 3
"""To be the fastest of two is nothing to speak of."""
LEAST_GOOD_GRADES = 0.9
MOSTLY_IN_TATAR = 0.8


class Badge(StrEnum):
    """What is mentioned."""

    ALL_IN_TIME = "all-in-time"
    """Everything was answered, and in time."""
    FASTEST = "fastest"
    """The shortest median of the first answer in working time among at least three peers; at most a third share it."""
    THANKS = "thanks"
    """The best grades among at least three peers, nine of ten good ones."""
    BILINGUAL = "bilingual"
    """Who wrote in Tatar was answered in Tatar."""


def bilingual_codes(answers: Mapping[str, tuple[int, int]], *, least: int) -> frozenset[str]:
    """Return who answers in both languages: at least `least` answers to Tatar questions, eight of ten in Tatar.

    `answers` tells by code how many went to who had asked in Tatar, and how many of these were Tatar.
    """
    return frozenset(
        code for code, (all_, tatar) in answers.items() if all_ >= least and tatar >= MOSTLY_IN_TATAR * all_
    )


def badges_of(line: Rated, peers: Peers, *, bilingual: Collection[str] = ()) -> tuple[Badge, ...]:
    """Return the badges of a ranked line; `bilingual` holds the codes of those who answer in both languages."""
    return tuple(badge for badge in Badge if _deserves(badge, line, peers, bilingual))


def _deserves(badge: Badge, line: Rated, peers: Peers, bilingual: Collection[str]) -> bool:
    if line.score is None:
        return False
    in_time, grades = line.score.parts[PartName.IN_TIME], line.score.parts[PartName.GRADES]
    match badge:
        case Badge.ALL_IN_TIME:
            return in_time.n > 0 and in_time.good == in_time.n and not line.figures["unanswered"]
        case Badge.FASTEST:
            medians = [median_of(other.figures) for other in peers.ranked]
            return bool(in_time.n) and _stands_out(-median_of(line.figures), [-median for median in medians])
        case Badge.THANKS:
            is_good = grades.value is not None and grades.good >= LEAST_GOOD_GRADES * grades.n
            return is_good and _stands_out(_grades(line), [_grades(other) for other in peers.ranked])
        case Badge.BILINGUAL:
            return line.code in bilingual


def _stands_out(own: float, all_: Sequence[float]) -> bool:
    """Tell whether somebody is the best of at least three, and shares that with a third of them at most."""
    return len(all_) >= FEWEST_PEERS and own == max(all_) and all_.count(own) * FEWEST_PEERS <= len(all_)


def _grades(line: Rated) -> float:
    return (line.score.parts[PartName.GRADES].value or 0.0) if line.score else 0.0
