"""Reactions to posts: read and written with the desk, summed up for reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope, ScopeKind
from bot.domain.reaction import Post
from storage.bulk import Bulk
from storage.database import upsert
from storage.tables import institutions, posts, reactions


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionCount:
    """How many reactions of one kind an institution got on one day."""

    institution: str
    channel: str
    day: date
    reaction: str
    count: int


async def read_posts(connection: AsyncConnection, keys: set[str]) -> dict[str, Post]:
    """Return the posts with these keys that were reacted to before."""
    if not keys:
        return {}
    counts: dict[str, dict[tuple[date, str], int]] = {}
    for row in await connection.execute(select(reactions).where(reactions.c.post.in_(keys))):
        counts.setdefault(row.post, {})[date.fromisoformat(row.day), row.reaction] = row.total
    return {
        row.key: Post(
            key=row.key,
            institution=row.institution,
            channel=row.channel,
            link=row.link,
            told_at=row.told_at,
            counts=counts.get(row.key, {}),
        )
        for row in await connection.execute(select(posts).where(posts.c.key.in_(keys)))
    }


async def write_posts(connection: AsyncConnection, changed: Iterable[Post]) -> None:
    """Write posts and those of their counts that have changed."""
    written, counted = [], []
    for post in changed:
        written.append(
            {
                "key": post.key,
                "institution": post.institution,
                "channel": post.channel,
                "link": post.link,
                "told_at": post.told_at,
            }
        )
        counted += [
            {"post": post.key, "day": day.isoformat(), "reaction": name, "total": post.counts[day, name]}
            for day, name in sorted(post.touched)
        ]
    await _POSTS.write(connection, written)
    await _REACTIONS.write(connection, counted)


async def read_reaction_counts(
    connection: AsyncConnection, *, scope: Scope, first: date, last: date
) -> list[ReactionCount]:
    """Return the reactions that a scope got from `first` to `last` (both included) and that are still there."""
    query = (
        select(
            posts.c.institution,
            posts.c.channel,
            reactions.c.day,
            reactions.c.reaction,
            func.sum(reactions.c.total).label("total"),
        )
        .join(posts, posts.c.key == reactions.c.post)
        .where(reactions.c.day >= first.isoformat(), reactions.c.day <= last.isoformat(), reactions.c.total > 0)
        .group_by(posts.c.institution, posts.c.channel, reactions.c.day, reactions.c.reaction)
    )
    codes = select(institutions.c.code)
    match scope.kind:
        case ScopeKind.REGION:
            pass
        case ScopeKind.INSTITUTION:
            query = query.where(posts.c.institution == scope.name)
        case ScopeKind.BRANCH:
            query = query.where(posts.c.institution.in_(codes.where(institutions.c.branch == scope.name)))
        case ScopeKind.MUNICIPALITY:
            query = query.where(posts.c.institution.in_(codes.where(institutions.c.municipality == scope.name)))
    return [
        ReactionCount(
            institution=row.institution,
            channel=row.channel,
            day=date.fromisoformat(row.day),
            reaction=row.reaction,
            count=int(row.total),
        )
        for row in await connection.execute(query)
    ]


_POSTS = Bulk(lambda connection: upsert(posts, connection))
_REACTIONS = Bulk(lambda connection: upsert(reactions, connection))
