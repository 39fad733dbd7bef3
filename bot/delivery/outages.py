"""Notes from when to when a messenger could not be reached, for the reports: beside the times, never inside them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.channel import Account
from bot.domain.clock import Clock
from bot.domain.errors import StorageError
from storage.database import Database
from storage.outages import begin_outage, extend_outage

log = structlog.get_logger()

_NOTE_EVERY = timedelta(seconds=30)
"""A killed program leaves an outage too short by so much at most."""
_LEAST = timedelta(seconds=10)
"""What is over sooner is one call that failed, and no outage."""


@dataclass(slots=True)
class _Outage:
    began_at: datetime
    noted_at: datetime
    number: int | None = None
    """Under which it is noted, if it is."""
    accounts: set[Account] = field(default_factory=set)


class OutageNotes:
    """One outage a channel: from the first account that cannot be heard until all are heard again."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._going_on: dict[str, _Outage] = {}

    async def failed(self, account: Account) -> None:
        """Note that an account could not be heard just now."""
        now, outage = self._clock.now(), self._going_on.get(account.channel)
        try:
            if outage is None:
                outage = self._going_on.setdefault(account.channel, _Outage(began_at=now, noted_at=now))
            outage.accounts.add(account)
            if outage.number is None or now - outage.noted_at >= _NOTE_EVERY:
                await self._note(outage, account, now)
        except StorageError as error:
            log.warning("outage_not_noted", channel=account.channel, reason=str(error))

    async def heard(self, account: Account) -> None:
        """Note that an account can be heard, or is listened to no more."""
        outage = self._going_on.get(account.channel)
        if outage is None:
            return
        outage.accounts.discard(account)
        if outage.accounts:
            return
        del self._going_on[account.channel]
        try:
            await self._note(outage, account, self._clock.now())
        except StorageError as error:
            log.warning("outage_not_noted", channel=account.channel, reason=str(error))

    async def _note(self, outage: _Outage, account: Account, now: datetime) -> None:
        if now - outage.began_at < _LEAST:
            return
        outage.noted_at = now
        async with self._database.unit() as connection:
            if outage.number is None:
                outage.number = await begin_outage(
                    connection, channel=account.channel, community=account.community, at=outage.began_at
                )
            await extend_outage(connection, outage.number, at=now)
