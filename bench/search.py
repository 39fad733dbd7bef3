"""The search by a typed name in a directory of five thousand institutions."""

import random
import time

from bench.figure import Figure
from bot.directory.search import DirectorySearch
from tests.directory.synthetic import directory, distort

INSTITUTIONS = 5_000
QUERIES = 600


async def measure() -> list[Figure]:
    """Measure clean and misspelt names."""
    chance = random.Random(3)
    institutions, questions = directory(INSTITUTIONS)
    search = DirectorySearch(institutions)
    asked = [question.text for question in chance.sample(questions, QUERIES)]
    asked += [distort(text, chance) for text in asked]
    took = sorted(_milliseconds(search, text) for text in asked)
    mean, slow = sum(took) / len(took), took[int(len(took) * 0.99)]
    says = f"search in {len(institutions):,} names"
    return [
        Figure(name="search.mean", says=f"{says}, mean", measured=mean, unit="ms", goal=3, is_ceiling=True),
        Figure(name="search.p99", says=f"{says}, p99", measured=slow, unit="ms"),
    ]


def _milliseconds(search: DirectorySearch, text: str) -> float:
    started = time.perf_counter()
    search.find(text)
    return 1000 * (time.perf_counter() - started)
