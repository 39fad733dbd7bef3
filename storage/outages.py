"""When a messenger could not be reached: stretches with a beginning and the latest moment at which they went on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import outages


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch in which an account of a messenger could not be heard, or nothing could be sent."""

    channel: str
    community: str
    began_at: datetime
    ended_at: datetime
    """The latest moment at which it is known to have gone on."""


async def begin_outage(connection: AsyncConnection, *, channel: str, community: str, at: datetime) -> int:
    """Note that something went out of reach; returns the number under which its end is noted."""
    values = {"channel": channel, "community": community, "began_at": at, "ended_at": at}
    number: int = (await connection.execute(insert(outages).values(values).returning(outages.c.id))).scalar_one()
    return number


async def extend_outage(connection: AsyncConnection, number: int, *, at: datetime) -> None:
    """Note that it still goes on, or that it has just ended: after a killed program this is what is known."""
    await connection.execute(update(outages).where(outages.c.id == number).values(ended_at=at))


async def read_outages(connection: AsyncConnection, *, start: datetime, end: datetime) -> list[Outage]:
    """Return the stretches that touch the time from `start` to `end`."""
    query = select(outages).where(
        outages.c.began_at < end, or_(outages.c.ended_at > start, outages.c.began_at >= start)
    )
    return [
        Outage(
            channel=row.channel,
            community=row.community,
            began_at=row.began_at,
            ended_at=row.ended_at or row.began_at,
        )
        for row in await connection.execute(query.order_by(outages.c.began_at, outages.c.id))
    ]


def seconds_by_channel(found: Iterable[Outage], *, start: datetime, end: datetime) -> dict[str, int]:
    """Return for how many seconds between `start` and `end` each channel had an outage anywhere, none twice."""
    covered: defaultdict[str, timedelta] = defaultdict(timedelta)
    until: dict[str, datetime] = {}
    for outage in sorted(found, key=lambda each: each.began_at):
        began_at = max(outage.began_at, start, until.get(outage.channel, start))
        ended_at = min(outage.ended_at, end)
        if ended_at > began_at:
            covered[outage.channel] += ended_at - began_at
            until[outage.channel] = ended_at
    return {channel: round(lasted.total_seconds()) for channel, lasted in sorted(covered.items())}
