"""Reactions under a post: how many there are by day, and what they say together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum


class Sentiment(StrEnum):
    """What a reaction says of what stands above it."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Sentiments:
    """Which reaction says what; one that nobody has named is neutral."""

    by_reaction: Mapping[str, Sentiment] = field(default_factory=dict)

    def of(self, reaction: str) -> Sentiment:
        """Return what a reaction says."""
        return self.by_reaction.get(plain(reaction), Sentiment.NEUTRAL)


def plain(reaction: str) -> str:
    """Return one spelling of a reaction: messengers write ❤ with and without the mark that makes it red."""
    return reaction.replace("\ufe0f", "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a community has published, as far as people reacted to it: a post, a photo, a video, goods.

    A reaction that is taken away goes from the latest day on which one like it was put, so that no day is ever below
    zero and the days add up to what stands under the post now.
    """

    key: str
    """`vk:wall-77_5`, `telegram:wall-1001_57`."""
    institution: str
    channel: str
    link: str = ""
    counts: Mapping[tuple[date, str], int] = field(default_factory=dict)
    """By day (in the region's zone) and reaction."""
    told_at: datetime | None = None
    """When the work chat was last told that it turned negative."""
    touched: frozenset[tuple[date, str]] = frozenset()
    """Which counts have changed since they were loaded."""

    def changed(self, *, before: Iterable[str], after: Iterable[str], day: date) -> "Post":
        """Return the post after one person had `before` there and has `after` now."""
        earlier, later = set(map(plain, before)), set(map(plain, after))
        post = self
        for reaction in sorted(earlier - later):
            post = _taken(post, reaction, 1)
        for reaction in sorted(later - earlier):
            post = _put(post, reaction, 1, day)
        return post

    def counted(self, totals: Iterable[tuple[str, int]], day: date) -> "Post":
        """Return the post when the messenger tells that it has these reactions and no others."""
        known = self.totals()
        told: dict[str, int] = {}
        for reaction, count in totals:
            told[plain(reaction)] = told.get(plain(reaction), 0) + max(count, 0)
        post = self
        for reaction in sorted(known.keys() | told.keys()):
            more = told.get(reaction, 0) - known.get(reaction, 0)
            post = _put(post, reaction, more, day) if more > 0 else _taken(post, reaction, -more)
        return post

    def totals(self) -> dict[str, int]:
        """Return how many of each reaction stand under the post."""
        totals: dict[str, int] = {}
        for (_, reaction), count in self.counts.items():
            if count:
                totals[reaction] = totals.get(reaction, 0) + count
        return totals


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeRule:
    """When a post has turned negative."""

    count: int = 5
    """At least so many negative reactions …"""
    share: float = 0.6
    """… and at least this share of all."""
    quiet: timedelta = timedelta(hours=24)
    """So long the work chat hears nothing more of the same post."""

    def is_met(self, before: Post, after: Post, sentiments: Sentiments, *, now: datetime) -> bool:
        """Tell whether the work chat should hear of it: the post is negative, and more so than before."""
        if after.told_at is not None and now - after.told_at < self.quiet:
            return False
        negative, total = negative_of(after, sentiments)
        is_negative = negative >= max(self.count, 1) and negative >= self.share * total
        return is_negative and negative > negative_of(before, sentiments)[0]


def negative_of(post: Post, sentiments: Sentiments) -> tuple[int, int]:
    """Return how many reactions under a post are negative, and how many there are."""
    totals = post.totals()
    negative = sum(count for name, count in totals.items() if sentiments.of(name) is Sentiment.NEGATIVE)
    return negative, sum(totals.values())


def _put(post: Post, reaction: str, count: int, day: date) -> Post:
    return _with(post, day, reaction, post.counts.get((day, reaction), 0) + count)


def _taken(post: Post, reaction: str, count: int) -> Post:
    """Take from the latest days; what was put before we listened is not there to be taken."""
    days = sorted((day for (day, name), there in post.counts.items() if name == reaction and there), reverse=True)
    for day in days:
        gone = min(count, post.counts[day, reaction])
        if not gone:
            break
        post = _with(post, day, reaction, post.counts[day, reaction] - gone)
        count -= gone
    return post


def _with(post: Post, day: date, reaction: str, count: int) -> Post:
    counts = {**post.counts, (day, reaction): count}
    return replace(post, counts=counts, touched=post.touched | {(day, reaction)})
