"""End to end over HTTP: a message in Telegram becomes durable, a ticket, a card and an acknowledgement."""

import asyncio
import random
import statistics
import time

from bench.figure import Figure
from bench.people import FIRST_USER
from bench.product import Messenger, data_folder, new_database, pretend_telegram, running_product
from bench.region import FIRST_GROUP, TOKEN, acquaint, make_institutions, settle

INSTITUTIONS = 500
AT_ONCE = 8_000
RATE = 230
"""Messages a second in the worst minute of a region of four million people."""
SECONDS = 15
ONE_CHAT = 300
"""Citizens whose cards all come into one work chat."""
_ONE_CHAT_TURNS = 5
_WARM = 200
_SLOWEST = 60


async def measure() -> list[Figure]:
    """Measure how many get through at once, and how long one takes in the worst minute."""
    calls = await _pretend_alone()
    alone = await _one_work_chat()
    async with data_folder() as folder:
        institutions = make_institutions(INSTITUTIONS, with_vk=False)
        async with new_database(folder) as database:
            await settle(database, institutions)
            people = range(FIRST_USER, FIRST_USER + _WARM + AT_ONCE + RATE * SECONDS * 2)
            await acquaint(database, people, institutions)
        async with pretend_telegram(INSTITUTIONS) as telegram, running_product(folder, telegram=telegram) as product:
            await _push_all(telegram, _WARM, first=0)
            before = product.seconds_of_cpu()
            through = await _push_all(telegram, AT_ONCE, first=_WARM)
            cost = 1000 * (product.seconds_of_cpu() - before) / AT_ONCE
            quick, slow = await _worst_minute(telegram, first=_WARM + AT_ONCE)
    return [
        Figure(
            name="end_to_end.through",
            says="Telegram to card and acknowledgement",
            measured=through,
            unit="/s",
            goal=2_000,
        ),
        Figure(
            name="end_to_end.cost",
            says="a core's time for one of them",
            measured=cost,
            unit="ms",
            note=f"{1000 / cost:,.0f}/s of a core's own time",
        ),
        Figure(
            name="end_to_end.one_chat",
            says=f"{ONE_CHAT} citizens of one work chat",
            measured=alone,
            unit="/s",
            goal=640,
            note="the quickest feedback bot without durability relays as many (docs/benchmarks.md)",
        ),
        Figure(name="end_to_end.pretend", says="the pretend Telegram alone, sendMessage", measured=calls, unit="/s"),
        Figure(
            name="end_to_end.p50",
            says=f"push to card at {RATE}/s, median",
            measured=quick,
            unit="ms",
            goal=15,
            is_ceiling=True,
        ),
        Figure(
            name="end_to_end.p99",
            says=f"push to card at {RATE}/s, p99",
            measured=slow,
            unit="ms",
            goal=60,
            is_ceiling=True,
        ),
    ]


async def _one_work_chat() -> float:
    """Return how many a second get their card and acknowledgement where all cards stand in one group."""
    async with data_folder() as folder:
        institutions = make_institutions(1, with_vk=False)
        async with new_database(folder) as database:
            await settle(database, institutions)
            people = range(FIRST_USER, FIRST_USER + (_ONE_CHAT_TURNS + 1) * ONE_CHAT)
            await acquaint(database, people, institutions)
        async with pretend_telegram(1) as telegram, running_product(folder, telegram=telegram):
            await _push_all(telegram, ONE_CHAT, first=0)
            turns = [
                await _push_all(telegram, ONE_CHAT, first=turn * ONE_CHAT) for turn in range(1, _ONE_CHAT_TURNS + 1)
            ]
    return statistics.median(turns)


async def _push_all(telegram: Messenger, count: int, *, first: int) -> float:
    """Let so many people write at once; returns how many a second had their card and acknowledgement."""
    before = int((await telegram.ask("counters"))["sent"])
    order = {"count": count, "first_user": FIRST_USER + first, "first_number": first}
    pushed = float((await telegram.order("push", order))["pushed_at"])
    await until_sent(telegram, before + 2 * count)
    sent = (await telegram.ask(f"sent?since={before}"))["sent"]
    return count / (max(at for at, _, _ in sent) - pushed)


async def until_sent(telegram: Messenger, count: int) -> None:
    """Wait until so many messages were sent."""
    async with asyncio.timeout(_SLOWEST):
        # ASYNC110: the messenger is another process, no event of ours tells of it.
        while int((await telegram.ask("counters"))["sent"]) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _worst_minute(telegram: Messenger, *, first: int) -> tuple[float, float]:
    """Let people write one by one at random moments; returns the median and p99 from a push to its card, in ms."""
    before = int((await telegram.ask("counters"))["sent"])
    chance = random.Random(7)
    pushed: dict[int, float] = {}
    start = time.monotonic()
    at = 0.0
    number = first
    async with asyncio.TaskGroup() as writers:
        while (at := at + chance.expovariate(RATE)) < SECONDS:
            await asyncio.sleep(max(0.0, start + at - time.monotonic()))
            writers.create_task(_push_one(telegram, number, pushed))
            number += 1
    await until_sent(telegram, before + 2 * len(pushed))
    sent = (await telegram.ask(f"sent?since={before}"))["sent"]
    shown = {_number_on(text): at for at, chat, text in sent if chat <= FIRST_GROUP}
    waits = sorted(1000 * (shown[number] - at) for number, at in pushed.items())
    return waits[len(waits) // 2], waits[int(len(waits) * 0.99)]


async def _push_one(telegram: Messenger, number: int, pushed: dict[int, float]) -> None:
    order = {"count": 1, "first_user": FIRST_USER + number, "first_number": number}
    pushed[number] = float((await telegram.order("push", order))["pushed_at"])


def _number_on(card: str) -> int:
    """Return the number that a card's words («Вопрос 17») carry."""
    return int(card.partition("\nВопрос ")[2].partition("\n")[0])


async def _pretend_alone() -> float:
    """Return how many messages a second the pretend Telegram takes from a client as lean as ours."""
    count, hands = 4_000, 64
    async with pretend_telegram(1) as telegram:
        url = f"{telegram.url}/bot{TOKEN}/sendMessage"

        async def send(share: int) -> None:
            for _ in range(share):
                async with telegram.session.post(url, json={"chat_id": FIRST_GROUP, "text": "Вопрос"}) as response:
                    await response.read()

        started = time.perf_counter()
        await asyncio.gather(*(send(count // hands) for _ in range(hands)))
        return count / (time.perf_counter() - started)
