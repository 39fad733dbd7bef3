"""The messengers' speed limits hold in any stretch of time; urgent calls go first; a slow chat holds up nobody."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.memory_limits import TELEGRAM_LIKE
from bot.delivery.pace import Pace
from bot.domain.channel import Rate
from bot.domain.clock import ManualClock
from bot.domain.message import Place
from storage.database import Database
from storage.outbox_row import OutboxKind, Priority
from tests.delivery.parts import NOON, TELEGRAM, PostRoom

START = datetime(2026, 11, 24, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def place(chat: str) -> Place:
    return Place(channel="telegram", community="500", chat=chat)


def most_within(calls: Sequence[datetime], per: timedelta) -> int:
    """Return the most calls that any half-open stretch of `per` holds."""
    return max((sum(begin <= call < begin + per for call in calls) for begin in calls), default=0)


async def run_out(clock: ManualClock, waiting: set[asyncio.Task[None]]) -> None:
    """Move the clock in small steps until everybody has been let through."""
    for _ in range(10_000):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        if all(task.done() for task in waiting):
            return
        clock.advance(timedelta(milliseconds=50))
    raise AssertionError("somebody was never let through")


@given(
    arrivals=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 6)), min_size=1, max_size=60),
    calls=st.integers(1, 5),
    per=st.integers(100, 2000),
)
@settings(max_examples=40)
def test_no_stretch_of_time_has_more_calls_than_the_rate(arrivals: list[tuple[int, int]], calls: int, per: int) -> None:
    rate = Rate(calls=calls, per=timedelta(milliseconds=per))
    limits = replace(TELEGRAM_LIKE, account_rate=rate)
    passed: list[datetime] = []

    async def play() -> None:
        clock = ManualClock(START)
        pace = Pace(limits={"telegram": limits}, clock=clock)

        async def call(after: int, priority: int, chat: int) -> None:
            await clock.sleep(timedelta(milliseconds=after))
            await pace.admit(place(str(chat)), priority)
            passed.append(clock.now())

        waiting = {
            asyncio.create_task(call(after, priority, chat)) for chat, (after, priority) in enumerate(arrivals, start=1)
        }
        await run_out(clock, waiting)

    asyncio.run(play())
    assert len(passed) == len(arrivals)
    assert most_within(passed, rate.per) <= calls


async def test_the_most_urgent_waiter_goes_first() -> None:
    clock = ManualClock(START)
    limits = replace(TELEGRAM_LIKE, account_rate=Rate(calls=1, per=SECOND))
    pace = Pace(limits={"telegram": limits}, clock=clock)
    order: list[Priority] = []

    async def call(priority: Priority) -> None:
        await pace.admit(place(str(priority)), priority)
        order.append(priority)

    await call(Priority.DIGEST)
    waiting = {
        asyncio.create_task(call(priority))
        for priority in (Priority.REMINDER, Priority.CARD, Priority.NOTICE, Priority.ANSWER)
    }
    await run_out(clock, waiting)
    assert order == [Priority.DIGEST, Priority.ANSWER, Priority.NOTICE, Priority.CARD, Priority.REMINDER]


async def test_a_cancelled_waiter_uses_up_no_call() -> None:
    clock = ManualClock(START)
    limits = replace(TELEGRAM_LIKE, account_rate=Rate(calls=1, per=SECOND))
    pace = Pace(limits={"telegram": limits}, clock=clock)
    await pace.admit(place("1"), 1)
    cancelled = asyncio.create_task(pace.admit(place("2"), 1))
    waiting = asyncio.create_task(pace.admit(place("3"), 2))
    await asyncio.sleep(0)
    cancelled.cancel()
    await run_out(clock, {waiting})
    assert clock.now() - START <= SECOND + timedelta(milliseconds=50)


async def test_a_chat_has_a_pace_of_its_own_and_groups_a_slower_one() -> None:
    clock = ManualClock(START)
    pace = Pace(limits={"telegram": TELEGRAM_LIKE}, clock=clock)
    private, group = place("5"), place("-5")
    await pace.admit(private, 1)
    assert pace.chat_free_at(private, 1) == START + SECOND
    for _ in range(20):
        await pace.admit(group, 1)
    assert pace.chat_free_at(group, 1) == START + timedelta(minutes=1)
    assert pace.chat_free_at(place("6"), 1) == START


async def test_cards_leave_a_part_of_a_groups_messages_to_words_that_answer_a_person() -> None:
    clock = ManualClock(START)
    pace = Pace(limits={"telegram": TELEGRAM_LIKE}, clock=clock)
    for _ in range(15):
        assert pace.chat_free_at(place("-5"), Priority.CARD) == START
        await pace.admit(place("-5"), Priority.CARD)
    assert pace.chat_free_at(place("-5"), Priority.CARD) == START + timedelta(minutes=1)
    for _ in range(5):
        assert pace.chat_free_at(place("-5"), Priority.NOTICE) == START
        await pace.admit(place("-5"), Priority.NOTICE)
    assert pace.chat_free_at(place("-5"), Priority.NOTICE) == START + timedelta(minutes=1)


async def test_the_answer_to_a_press_is_no_message_of_the_chat() -> None:
    clock = ManualClock(START)
    pace = Pace(limits={"telegram": TELEGRAM_LIKE}, clock=clock)
    for _ in range(25):
        await pace.admit(place("-5"), Priority.PRESS, is_message=False)
    assert pace.chat_free_at(place("-5"), Priority.NOTICE) == START


async def test_comments_under_all_posts_share_the_pace_of_their_group() -> None:
    clock = ManualClock(START)
    pace = Pace(limits={"telegram": TELEGRAM_LIKE}, clock=clock)
    for number in range(20):
        await pace.admit(place(f"wall-100_{number % 2}"), 1)
    for shared in ("wall-100_7", "-100"):
        assert pace.chat_free_at(place(shared), 1) == START + timedelta(minutes=1)
    for other in ("wall-101_7", "direct-100_7"):
        assert pace.chat_free_at(place(other), 1) == START


async def test_without_pace_everything_goes_through_at_once() -> None:
    clock = ManualClock(START)
    pace = Pace(limits={"telegram": TELEGRAM_LIKE}, clock=clock, is_on=False)
    async with asyncio.timeout(30):
        for _ in range(1000):
            assert pace.chat_free_at(place("5"), 1) == START
            await pace.admit(place("5"), 1)


async def test_a_slow_group_does_not_hold_up_private_dialogues(database: Database) -> None:
    room = PostRoom(database)
    room.telegram.limits = replace(room.telegram.limits, group_rate=Rate(calls=2, per=timedelta(minutes=1)))
    room.sender._pace._limits = {"telegram": room.telegram.limits, "vk": room.vk.limits}
    for number in range(5):
        await room.put_out(f"карточка {number}", chat="-5", account=TELEGRAM, kind=OutboxKind.CARD)
    for number in range(5):
        await room.put_out(f"ответ {number}", chat=str(30 + number), account=TELEGRAM, kind=OutboxKind.ANSWER)
    async with room.sending():
        await room.until(lambda states: [states[n] for n in range(6, 11)] == ["sent"] * 5)
        await room.until(lambda states: [states[n] for n in range(1, 6)] == ["sent"] * 2 + ["todo"] * 3)
        assert room.said(TELEGRAM, "-5") == ["карточка 0", "карточка 1"]
        await room.later(timedelta(seconds=59))
        await asyncio.sleep(0.02)
        assert len(room.said(TELEGRAM, "-5")) == 2
        await room.later(timedelta(seconds=1))
        await room.until(lambda states: [states[n] for n in range(1, 6)] == ["sent"] * 4 + ["todo"])
    assert room.clock.now() == NOON + timedelta(minutes=1)
