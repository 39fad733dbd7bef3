"""The present of the tests: the same Tuesday in every run. `python -m tests.present …` is `otklik …` on that day.

All processes of one run share it: the clock that it goes by counts for the whole machine since its start.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta

from bot.domain.clock import SystemClock

TUESDAY = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
"""Ten o'clock in Kazan, a working day."""
_BEGAN = "TESTS_BEGAN_AT"


def now() -> datetime:
    """Return the present moment of this run."""
    return TUESDAY + timedelta(seconds=time.monotonic() - float(os.environ[_BEGAN]))


def begin() -> None:
    """Give this day to the product's own clock."""
    os.environ.setdefault(_BEGAN, str(time.monotonic()))
    setattr(SystemClock, "now", lambda _: now())  # noqa: B010 - mypy lets nobody assign a method


if __name__ == "__main__":
    begin()
    from bot.cli import main

    sys.exit(main())
