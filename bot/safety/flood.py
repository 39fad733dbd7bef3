"""Too many messages from one person: a bucket of tokens as a plain value, filled again as time goes by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from bot.domain.channel import Rate

RATES = (Rate(calls=15, per=timedelta(minutes=1)), Rate(calls=60, per=timedelta(hours=1)))
"""What one person may write before being slowed.

Many people write in short lines and send pictures one by one: fifteen messages in a minute are still one question.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """As many tokens as `rate.calls`, filled evenly within `rate.per`; each message takes one.

    Only one moment is kept, the one at which the bucket is full again (the generic cell rate algorithm, ITU-T I.371).
    """

    rate: Rate
    full_at: datetime | None = None

    def free_at(self, moment: datetime) -> datetime:
        """Return when the next message finds a token: `moment` itself, or later."""
        if self.full_at is None:
            return moment
        return max(moment, self.full_at - self.rate.per + self._interval)

    def taken(self, moment: datetime) -> Self:
        """Return the bucket after a message at `moment`, which must find a token."""
        start = moment if self.full_at is None else max(moment, self.full_at)
        return replace(self, full_at=start + self._interval)

    @property
    def _interval(self) -> timedelta:
        return self.rate.per / self.rate.calls


def free_at(times: Iterable[datetime], now: datetime, *, rates: Sequence[Rate] = RATES) -> datetime:
    """Return when one more message is no flood: `now`, or the later moment until which the person is slowed.

    `times` are the person's messages, in any order; those that found no token took none, so that writing on and on does
    not make the wait longer.
    """
    buckets = [Bucket(rate=rate) for rate in rates]
    for moment in sorted(times):
        if all(bucket.free_at(moment) == moment for bucket in buckets):
            buckets = [bucket.taken(moment) for bucket in buckets]
    return max(bucket.free_at(now) for bucket in buckets) if buckets else now
