"""Memory of the product, idle and under load, beside what a bare `import aiogram` takes."""

import asyncio
import re
import sys

from bench.end_to_end import until_sent
from bench.figure import Figure
from bench.people import FIRST_USER
from bench.product import data_folder, new_database, pretend_telegram, running_product
from bench.region import acquaint, make_institutions, settle

INSTITUTIONS = 5_000
MESSAGES = 8_000
_LIBRARY = "import aiogram; print(open('/proc/self/status').read())"
_SETTLE_SECONDS = 2


async def measure() -> list[Figure]:
    """Measure with a full directory, before and after so many messages at once."""
    library = await _memory_of_library()
    async with data_folder() as folder:
        institutions = make_institutions(INSTITUTIONS, with_vk=False)
        async with new_database(folder) as database:
            await settle(database, institutions)
            await acquaint(database, range(FIRST_USER, FIRST_USER + MESSAGES), institutions)
        async with pretend_telegram(INSTITUTIONS) as telegram, running_product(folder, telegram=telegram) as product:
            await asyncio.sleep(_SETTLE_SECONDS)
            idle = product.memory()
            await telegram.order("push", {"count": MESSAGES, "first_user": FIRST_USER})
            await until_sent(telegram, 2 * MESSAGES)
            peak, after = product.memory(peak=True), product.memory()
    note = f"`import aiogram` alone: {library:.0f} MB"
    return [
        Figure(
            name="memory.idle",
            says="memory, idle",
            measured=idle,
            unit="MB",
            goal=80 + library,
            is_ceiling=True,
            note=note,
        ),
        Figure(
            name="memory.load",
            says="memory, the most under load",
            measured=peak,
            unit="MB",
            goal=200 + library,
            is_ceiling=True,
            note=note,
        ),
        Figure(name="memory.after", says="memory, after the load", measured=after, unit="MB"),
    ]


async def _memory_of_library() -> float:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _LIBRARY, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    found = re.search(r"VmRSS:\s+(\d+)", said.decode())
    return int(found[1]) / 1024 if found else 0.0
