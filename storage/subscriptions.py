"""Reports that come by themselves: who gets which, and when each is due."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import parse_scope
from bot.domain.subscription import Every, Subscription
from storage.database import upsert
from storage.place_rows import read_place
from storage.tables import subscriptions


async def read_subscriptions(connection: AsyncConnection) -> list[Subscription]:
    """Return every subscription."""
    query = select(subscriptions).order_by(subscriptions.c.lane, subscriptions.c.scope, subscriptions.c.every)
    return [_read(row) for row in await connection.execute(query)]


async def due_subscriptions(connection: AsyncConnection, *, now: datetime) -> list[Subscription]:
    """Return the subscriptions whose moment has come."""
    query = select(subscriptions).where(subscriptions.c.due_at <= now).order_by(subscriptions.c.due_at)
    return [_read(row) for row in await connection.execute(query)]


async def put_off(connection: AsyncConnection, subscription: Subscription, *, due_at: datetime) -> None:
    """Set when a subscription is due next."""
    await connection.execute(update(subscriptions).where(*_is(subscription)).values(due_at=due_at))


async def end_subscription(connection: AsyncConnection, subscription: Subscription) -> None:
    """Forget a subscription."""
    await connection.execute(delete(subscriptions).where(*_is(subscription)))


async def write_subscriptions(connection: AsyncConnection, changed: Iterable[Subscription]) -> None:
    """Write subscriptions; those that have ended are forgotten."""
    for subscription in changed:
        if subscription.has_ended:
            await end_subscription(connection, subscription)
        else:
            await connection.execute(upsert(subscriptions, connection), [_write(subscription)])


def _is(subscription: Subscription) -> tuple[Any, ...]:
    return (
        subscriptions.c.lane == subscription.place.lane,
        subscriptions.c.scope == str(subscription.scope),
        subscriptions.c.every == subscription.every.value,
    )


def _read(row: Any) -> Subscription:
    return Subscription(
        place=read_place(row),
        thread=row.thread,
        scope=parse_scope(row.scope),
        every=Every(row.every),
        language=row.language,
        subscribed_by=row.subscribed_by,
        due_at=row.due_at,
    )


def _write(subscription: Subscription) -> dict[str, Any]:
    return {
        "lane": subscription.place.lane,
        "scope": str(subscription.scope),
        "every": subscription.every.value,
        "channel": subscription.place.channel,
        "community": subscription.place.community,
        "chat": subscription.place.chat,
        "thread": subscription.thread,
        "language": subscription.language,
        "subscribed_by": subscription.subscribed_by,
        "due_at": subscription.due_at,
    }
