"""One listener an account: started, watched, started again, stopped when the account goes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from bot.delivery.intake import SharedIntake
from bot.delivery.outages import OutageNotes
from bot.domain.channel import Account, Channel
from bot.domain.clock import Clock
from bot.domain.errors import ChannelError, ChannelRefusedError, ConflictError, OtklikError, RefusalReason
from bot.metrics import Metrics

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 5.0
_PAUSE_SECONDS = 5.0
_LONG_PAUSE_SECONDS = 60.0


class Listeners:
    """Keeps a receiver going for every account."""

    def __init__(
        self,
        *,
        channels: Mapping[str, Channel],
        accounts: Callable[[], Awaitable[Sequence[Account]]],
        intake: SharedIntake,
        clock: Clock,
        metrics: Metrics,
        outages: OutageNotes | None = None,
    ) -> None:
        self._channels = channels
        self._accounts = accounts
        self._intake = intake
        self._clock = clock
        self._metrics = metrics
        self._outages = outages
        self.troubles: dict[str, str] = {}
        """What keeps an account from being heard, in words for the operator, by account."""

    async def run(self) -> None:
        """Listen to every account until cancelled; new and changed accounts are noticed within seconds."""
        running: dict[Account, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as tasks:
            while True:
                wanted = set(await self._accounts())
                for account in running.keys() - wanted:
                    running.pop(account).cancel()
                    await self._heard(account)
                    self.troubles.pop(_name(account), None)
                for account in wanted - running.keys():
                    running[account] = tasks.create_task(self._listen(account), name=f"listen {_name(account)}")
                await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _listen(self, account: Account) -> None:
        channel = self._channels.get(account.channel)
        if channel is None:
            return
        while True:
            pause = _PAUSE_SECONDS
            try:
                if await self._introduce(account, channel):
                    await self._heard(account)
                await channel.receive(account, self._intake)
            except ConflictError:
                pause = _LONG_PAUSE_SECONDS
                self._trouble(account, "другая программа уже слушает с этим ключом; оставьте одну")
            except ChannelRefusedError as error:
                pause = _LONG_PAUSE_SECONDS
                self._trouble(account, f"мессенджер отказал: {error}")
            except OtklikError as error:
                self._trouble(account, str(error))
                if self._outages is not None:
                    await self._outages.failed(account)
            except Exception:
                # One account's bug must not silence all the others.
                log.exception("listener_failed", account=_name(account))
                self._trouble(account, "ошибка программы, смотрите журнал")
            await asyncio.sleep(pause)
            self.troubles.pop(_name(account), None)

    async def _heard(self, account: Account) -> None:
        if self._outages is not None:
            await self._outages.heard(account)

    async def _introduce(self, account: Account, channel: Channel) -> bool:
        """Invitations carry the account's address; a messenger that does not answer now is asked at the next start."""
        try:
            await self._intake.introduce(account, await channel.profile(account))
        except ChannelError as error:
            if isinstance(error, ChannelRefusedError) and error.reason is RefusalReason.BAD_TOKEN:
                raise
            log.warning("account_not_introduced", account=_name(account), reason=str(error))
            return False
        return True

    def _trouble(self, account: Account, says: str) -> None:
        self.troubles[_name(account)] = says
        self._metrics.receive_failures.labels(account.channel).inc()
        log.error("listener_stopped", account=_name(account), reason=says)


def _name(account: Account) -> str:
    return f"{account.channel} {account.community}"
