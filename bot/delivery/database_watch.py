"""Whether the database answers: one line a minute while it does not, however many parts wait for it."""

from datetime import datetime, timedelta

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import StorageError, UnstorableError

log = structlog.get_logger()

_SAY_EVERY = timedelta(minutes=1)


class DatabaseWatch:
    """Hears of every transaction (`Database.watch`) and logs when the database goes away and comes back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._away_since: datetime | None = None
        self._said_at: datetime | None = None

    def __call__(self, failure: StorageError | None) -> None:
        """Note how a transaction ended: with the reason why the database did not do it, or None."""
        if isinstance(failure, UnstorableError):
            log.error("value_not_stored", reason=str(failure))
            return
        if failure is None and self._away_since is None:
            return
        now = self._clock.now()
        if failure is None:
            if self._said_at is not None and self._away_since is not None:
                log.info("database_back", seconds=round((now - self._away_since).total_seconds()))
            self._away_since = self._said_at = None
            return
        self._away_since = self._away_since or now
        if self._said_at is None or now - self._said_at >= _SAY_EVERY:
            seconds = round((now - self._away_since).total_seconds())
            log.error("waiting_for_database", reason=str(failure), seconds=seconds)
            self._said_at = now
