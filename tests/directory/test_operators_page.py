"""The operators' page knows every column of the sheet and every setting."""

from pathlib import Path

import pytest

from bot.directory.columns import COLUMNS
from bot.settings import Settings, variable

PAGE = (Path(__file__).parents[2] / "docs" / "for-operators.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*COLUMNS, *map(variable, Settings.model_fields)])
def test_name_is_explained(name):
    assert f"`{name}`" in PAGE
