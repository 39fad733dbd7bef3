"""Reports that come by themselves: when their moment has come they are asked for, once, also after a pause."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.channel import Incoming
from bot.domain.own_event import ReportDue
from bot.domain.subscription import NOBODY, IsWorkday, Subscription, days_told, is_workday, latest_due, next_due
from bot.reports.period import Period
from storage import inbox
from storage.calendars import read_calendars
from storage.codec import INTERNAL, REPORTS, encode_event
from storage.database import Database
from storage.subscriptions import due_subscriptions, put_off


async def send_for_reports(database: Database, *, now: datetime, zone: ZoneInfo) -> int:
    """Put a request into the inbox for every subscription that is due; returns how many.

    However long nobody looked, each gets one report, of the period that was due last.
    """
    async with database.reading() as connection:
        found = await due_subscriptions(connection, now=now)
        if not found:
            return 0
        calendars = await read_calendars(connection, zone=zone)
    works = partial(is_workday, calendars.of(NOBODY))
    async with database.unit() as connection:
        asked = [_asked(each, now=now, zone=zone, works=works) for each in found]
        await inbox.store(connection, database.vault, asked, now=now)
        for each in found:
            await put_off(connection, each, due_at=next_due(each.every, after=now, zone=zone, is_workday=works))
    return len(found)


def _asked(subscription: Subscription, *, now: datetime, zone: ZoneInfo, works: IsWorkday) -> Incoming:
    every = subscription.every
    due = latest_due(every, until=now, zone=zone, is_workday=works)
    first, last = days_told(every, due=due, zone=zone, is_workday=works)
    event = ReportDue(
        place=subscription.place,
        scope=str(subscription.scope),
        period=Period(first=first, last=last).token,
        language=subscription.language,
        asked_at=now,
        asked_by=subscription.subscribed_by,
        thread=subscription.thread,
        every=every.value,
    )
    key = f"subscription:{subscription.key}:{due.isoformat()}"
    return Incoming(
        channel=INTERNAL,
        community=REPORTS,
        key=key,
        lane=f"{INTERNAL}:{REPORTS}:{key}",
        payload=encode_event(event),
    )
