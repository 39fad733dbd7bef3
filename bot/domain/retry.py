"""When to try again: one pure question."""

from datetime import datetime, timedelta

SHORTEST_PAUSE = timedelta(milliseconds=100)
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=3)


def next_try(*, now: datetime, created_at: datetime, attempt: int, retry_after: timedelta | None) -> datetime | None:
    """Return when to send again after the `attempt`-th failure (1 is the first), or None to give up.

    The pauses double from one second to ten minutes; when the messenger named its own wish, that is obeyed instead.
    After three days a message is given up, and a person is told.
    """
    if now - created_at >= GIVE_UP_AFTER:
        return None
    if retry_after is not None:
        return now + max(retry_after, SHORTEST_PAUSE)
    return now + min(FIRST_PAUSE * (1 << min(attempt - 1, 20)), LONGEST_PAUSE)
