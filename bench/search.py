"""The search by a typed name in a region of five thousand institutions and in a country of 170,000."""

import gc
import os
import random
import time
from pathlib import Path

from bench.figure import Figure
from bot.directory.search import DirectorySearch
from bot.domain.institution import Institution
from tests.directory.synthetic import country, directory, disguise, distort

INSTITUTIONS = 5_000
COUNTRY = 170_000
QUERIES = 600


async def measure() -> list[Figure]:
    """Measure clean and misspelt names, and the memory of the index."""
    chance = random.Random(3)
    institutions, questions = directory(INSTITUTIONS)
    asked = [question.text for question in chance.sample(questions, QUERIES)]
    figures = _figures("search", institutions, asked, chance, mean_goal=3, p99_goal=3)
    everybody, questions = country(COUNTRY)
    asked = [question.text for question in chance.sample(questions, QUERIES)]
    # Without a place thousands of schools fit.
    asked += [text.rsplit(maxsplit=1)[0] for text in asked]
    return figures + _figures("search.country", everybody, asked, chance, mean_goal=20, p99_goal=20)


def _figures(
    name: str,
    institutions: list[Institution],
    asked: list[str],
    chance: random.Random,
    *,
    mean_goal: int,
    p99_goal: int,
) -> list[Figure]:
    before = _resident()
    search = DirectorySearch(institutions)
    memory = _resident() - before
    asked = [*asked, *(distort(text, chance) for text in asked), *(disguise(text, chance) for text in asked)]
    took = sorted(_milliseconds(search, text) for text in asked)
    mean, slow = sum(took) / len(took), took[len(took) * 99 // 100]
    says = f"search in {len(institutions):,} names"
    return [
        Figure(name=f"{name}.mean", says=f"{says}, mean", measured=mean, unit="ms", goal=mean_goal, is_ceiling=True),
        Figure(name=f"{name}.p99", says=f"{says}, p99", measured=slow, unit="ms", goal=p99_goal, is_ceiling=True),
        Figure(name=f"{name}.memory", says=f"{says}, memory of the index", measured=memory, unit="MB"),
    ]


def _milliseconds(search: DirectorySearch, text: str) -> float:
    """Return processor time: a search waits for nothing, and other processes would make up the slowest hundredth."""
    started = time.process_time()
    search.find(text)
    return 1000 * (time.process_time() - started)


def _resident() -> float:
    """Return the memory of this process in MB (Linux)."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
