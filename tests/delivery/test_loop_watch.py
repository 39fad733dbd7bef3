"""A loop that is kept is measured, and after a second the kind of event that kept it is told, without its words."""

from itertools import count

import pytest
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from bot.delivery.loop_watch import LoopWatch
from bot.metrics import Metrics, make_metrics
from storage.database import Database
from storage.institutions import write_institutions
from tests.delivery.parts import VK, PostRoom
from tests.delivery.test_desk import question
from tests.stories.region import SCHOOL


def measured(metrics: Metrics) -> str:
    text = generate_latest(metrics.registry).decode()
    return next(line for line in text.splitlines() if line.startswith("otklik_loop_lag_seconds_count"))


@pytest.mark.parametrize(("late", "times"), [(0.0, "0.0"), (0.2, "0.0"), (0.3, "1.0"), (4.0, "1.0")])
def test_a_loop_that_comes_round_late_is_measured(late: float, times: str) -> None:
    metrics = make_metrics()
    with capture_logs() as lines:
        LoopWatch(metrics=metrics).look(late)
    assert measured(metrics).endswith(f" {times}")
    assert len(lines) == (late > 1)


def test_what_took_long_is_told_once_and_only_if_it_explains_the_time() -> None:
    clock = iter((0.0, 0.1, 0.0, 1.2))
    watch = LoopWatch(metrics=make_metrics(), seconds=lambda: next(clock))
    for kind in ("ButtonPressed", "MessageReceived"):
        watch.did(kind, since=watch.seconds())
    with capture_logs() as lines:
        watch.look(1.3)
        watch.look(1.3)
    told = {"event": "loop_held_up", "log_level": "warning", "seconds": 1.3}
    assert lines == [
        {**told, "handled": "MessageReceived", "longest": 1.2},
        {**told, "handled": "other", "longest": 0.0},
    ]


async def test_the_desk_names_the_event_that_it_decided(database: Database) -> None:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, (SCHOOL,))
    ticks = count(step=2)
    room = PostRoom(database, seconds=lambda: float(next(ticks)))
    await room.intake.store(VK, [question("1", "Пароль 12345")], position=None)
    await room.desk.work()
    with capture_logs() as lines:
        room.watch.look(2.0)
    assert [line["handled"] for line in lines] == ["MessageReceived"]
    assert "12345" not in str(lines)
