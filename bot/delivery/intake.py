"""The way in: what a messenger hands over is durable before the messenger is told "got it"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery.bell import Bell
from bot.delivery.outages import OutageNotes
from bot.delivery.together import Together
from bot.domain.channel import Account, Incoming, Profile
from bot.domain.clock import Clock
from bot.metrics import Metrics
from storage import inbox
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handover:
    account: Account
    events: Sequence[Incoming]
    position: str | None


class SharedIntake:
    """Stores events for many receivers at once, one commit for all that wait (see `bot.domain.channel.Intake`)."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        metrics: Metrics,
        desk_bell: Bell,
        outages: OutageNotes | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._desk_bell = desk_bell
        self._outages = outages
        self._together: Together[_Handover] = Together(self._write)
        self.listening: set[Account] = set()
        """Accounts whose messenger answered when it was last asked."""

    async def position(self, account: Account) -> str | None:
        """Return how far this account's receiver had come."""
        async with self._database.reading() as connection:
            return await inbox.read_position(connection, account.channel, account.community)

    async def store(self, account: Account, events: Sequence[Incoming], *, position: str | None) -> None:
        """Return when the events and the position are durable; raises StorageError, and then nothing is stored."""
        if events or position is not None:
            await self._together.put(_Handover(account=account, events=events, position=position))

    async def reached(self, account: Account, *, is_reached: bool) -> None:
        """Note whether the messenger answered just now, for the operator and for the reports."""
        if is_reached:
            self.listening.add(account)
        else:
            self.listening.discard(account)
        if self._outages is not None:
            await (self._outages.heard(account) if is_reached else self._outages.failed(account))

    async def introduce(self, account: Account, profile: Profile) -> None:
        """Remember what the messenger calls an account."""
        async with self._database.unit() as connection:
            await inbox.store_profile(
                connection, account.channel, account.community, title=profile.title, address=profile.address
            )

    async def _write(self, handovers: Sequence[_Handover]) -> None:
        events = [event for handover in handovers for event in handover.events]
        positions = {
            (handover.account.channel, handover.account.community): handover.position
            for handover in handovers
            if handover.position is not None
        }
        async with self._database.unit() as connection:
            await inbox.store(connection, self._database.vault, events, now=self._clock.now())
            for (channel, community), position in positions.items():
                await inbox.store_position(connection, channel, community, position)
        for channel, count in Counter(event.channel for event in events).items():
            self._metrics.inbox_events.labels(channel, "stored").inc(count)
        self._desk_bell.ring()
