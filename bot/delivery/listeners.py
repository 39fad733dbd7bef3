"""One listener an account: started, watched, started again, stopped when the account goes."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from bot.delivery.intake import SharedIntake
from bot.delivery.outages import OutageNotes
from bot.domain.channel import Account, Channel
from bot.domain.clock import Clock
from bot.domain.errors import ChannelError, ChannelRefusedError, ConflictError, OtklikError, StorageError
from bot.metrics import Metrics

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 5.0
_PAUSE_SECONDS = 5.0
_LONG_PAUSE_SECONDS = 60.0
_INTRODUCED_AT_ONCE = 4


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
        self._running: dict[Account, asyncio.Task[None]] = {}
        self._troubles: dict[Account, str] = {}
        self._introducing = asyncio.Semaphore(_INTRODUCED_AT_ONCE)

    @property
    def accounts(self) -> int:
        """How many accounts should be listened to."""
        return len(self._running)

    @property
    def heard(self) -> int:
        """How many of them answer."""
        return len(self._running.keys() & self._intake.listening)

    @property
    def troubles(self) -> dict[str, str]:
        """What keeps an account from being heard, in words for the operator, by account."""
        troubled = self._troubles.keys() - self._intake.listening
        return {_name(account): self._troubles[account] for account in troubled}

    async def run(self) -> None:
        """Listen to every account until cancelled; new and changed accounts are noticed within seconds."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    # While the database is away, everybody who is known goes on being listened to.
                    with contextlib.suppress(StorageError):
                        await self._follow(tasks)
                    await asyncio.sleep(LOOK_EVERY_SECONDS)
        finally:
            self._running.clear()
            self._intake.listening.clear()

    async def _follow(self, tasks: asyncio.TaskGroup) -> None:
        """Begin with the accounts that have come and end with those that have gone. Raises StorageError."""
        # In their order: the first ones are heard first.
        wanted = dict.fromkeys(await self._accounts())
        for account in self._running.keys() - wanted.keys():
            self._running.pop(account).cancel()
            self._troubles.pop(account, None)
            self._intake.listening.discard(account)
            if self._outages is not None:
                await self._outages.heard(account)
        for account in wanted:
            if account not in self._running:
                self._running[account] = tasks.create_task(self._listen(account), name=f"listen {_name(account)}")

    async def _listen(self, account: Account) -> None:
        channel = self._channels.get(account.channel)
        if channel is None:
            return
        while True:
            pause = _PAUSE_SECONDS
            introducing = asyncio.create_task(self._introduce(account, channel), name=f"introduce {_name(account)}")
            try:
                await channel.receive(account, self._intake)
            except StorageError:
                pass  # it is no messenger's trouble, and the database's own watch tells of it
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
            finally:
                introducing.cancel()
                await asyncio.wait({introducing})
            await asyncio.sleep(pause)

    async def _introduce(self, account: Account, channel: Channel) -> None:
        """Invitations carry the account's address; whoever cannot be asked now is asked at the next start.

        A few at a time: thousands of accounts are listened to first and asked for their names meanwhile.
        """
        try:
            async with self._introducing:
                await self._intake.introduce(account, await channel.profile(account))
        except (ChannelError, StorageError) as error:
            log.warning("account_not_introduced", account=_name(account), reason=str(error))
        except Exception:
            # Without its name an account works all the same.
            log.exception("account_not_introduced", account=_name(account))

    def _trouble(self, account: Account, says: str) -> None:
        self._intake.listening.discard(account)
        self._troubles[account] = says
        self._metrics.receive_failures.labels(account.channel).inc()
        log.error("listener_stopped", account=_name(account), reason=says)


def _name(account: Account) -> str:
    return f"{account.channel} {account.community}"
