"""The same road from VK: messages to forty communities become cards in Telegram's work chats, answered through VK."""

import asyncio
import time

from bench.figure import Figure
from bench.people import FIRST_USER
from bench.product import Messenger, data_folder, new_database, pretend_telegram, pretend_vk, running_product
from bench.region import FIRST_COMMUNITY, make_institutions, settle

COMMUNITIES = 40
AT_ONCE = 4_000
_WARM = 200
_SLOWEST = 60


async def measure() -> list[Figure]:
    """Measure how many get through at once, card and acknowledgement."""
    async with data_folder() as folder:
        async with new_database(folder) as database:
            await settle(database, make_institutions(COMMUNITIES))
        async with (
            pretend_telegram(COMMUNITIES) as telegram,
            pretend_vk(COMMUNITIES) as vk,
            running_product(folder, telegram=telegram, vk=vk) as product,
        ):
            await _until_all_listen(vk)
            await _write_all(vk, telegram, _WARM, first=0)
            before = product.seconds_of_cpu()
            through = await _write_all(vk, telegram, AT_ONCE, first=_WARM)
            cost = 1000 * (product.seconds_of_cpu() - before) / AT_ONCE
    return [
        Figure(
            name="vk_to_telegram.through",
            says=f"VK ({COMMUNITIES} communities) to cards in Telegram",
            measured=through,
            unit="/s",
            goal=1_000,
        ),
        Figure(
            name="vk_to_telegram.cost",
            says="a core's time for one of them",
            measured=cost,
            unit="ms",
            note=f"{1000 / cost:,.0f}/s of a core's own time",
        ),
    ]


async def _write_all(vk: Messenger, telegram: Messenger, count: int, *, first: int) -> float:
    """Let so many people write at once; returns how many a second had their card and acknowledgement."""
    cards, answers = await _cards(telegram), await _answers(vk)
    words = [
        {"group_id": FIRST_COMMUNITY + n % COMMUNITIES, "user_id": FIRST_USER + first + n, "text": f"Вопрос {n}"}
        for n in range(count)
    ]
    started = time.monotonic()
    await vk.order("writes", words)
    async with asyncio.timeout(_SLOWEST):
        # ASYNC110: the messengers are other processes, no event of ours tells of them.
        while await _cards(telegram) < cards + count or await _answers(vk) < answers + count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return count / (time.monotonic() - started)


async def _cards(telegram: Messenger) -> int:
    return int((await telegram.ask("counters"))["sent"])


async def _answers(vk: Messenger) -> int:
    return int((await vk.ask("counters"))["taken"])


async def _until_all_listen(vk: Messenger) -> None:
    """Wait until every community's Long Poll is asked: what is written before nobody would hear of."""
    async with asyncio.timeout(_SLOWEST):
        # ASYNC110: the messenger is another process, no event of ours tells of it.
        while int((await vk.ask("counters"))["polls"]) < COMMUNITIES:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
