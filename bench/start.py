"""From the start of the process until it is ready for citizens, and commands that need no messenger."""

from bench.figure import Figure
from bench.product import data_folder, new_database, pretend_telegram, running_product, seconds_of
from bench.region import make_institutions, settle

INSTITUTIONS = 5_000
_TRIES = 3


async def measure() -> list[Figure]:
    """Measure a start with a full directory, the quickest of three."""
    library = await seconds_of("-c", "import aiogram")
    ready = []
    async with data_folder() as folder, pretend_telegram(1) as telegram:
        async with new_database(folder) as database:
            await settle(database, make_institutions(INSTITUTIONS, with_vk=False))
        for _ in range(_TRIES):
            async with running_product(folder, telegram=telegram) as product:
                ready.append(product.seconds_to_ready)
    words = await seconds_of("-m", "bot", "--help")
    command = await seconds_of("-m", "bot", "institutions", "search", "--help")
    return [
        Figure(
            name="start.ready",
            says=f"start to ready, {INSTITUTIONS:,} institutions",
            measured=min(ready),
            unit="s",
            goal=1.5 + library,
            is_ceiling=True,
            note=f"goal: 1.5 s beyond `import aiogram` ({library:.2f} s here)",
        ),
        Figure(name="start.help", says="otklik --help", measured=words, unit="s", goal=0.5, is_ceiling=True),
        Figure(
            name="start.command",
            says="otklik institutions search --help",
            measured=command,
            unit="s",
            goal=0.5,
            is_ceiling=True,
        ),
    ]
