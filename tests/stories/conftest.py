"""What every story begins with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.stories.region import Region, living_region
from tests.stories.vk_school import School, living_school


@pytest.fixture
async def region(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    async with living_region(database, tmp_path) as living:
        yield living


@pytest.fixture
async def school(database: Database, tmp_path: Path) -> AsyncIterator[School]:
    async with living_school(database, tmp_path) as living:
        yield living
