"""Settings, `.env.example` and the operators' page tell of the same settings."""

import re

from bot.settings import Settings, variable
from tests.house.sources import ROOT

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
ASSIGNED = dict(re.findall(r"^(OTKLIK_\w+)=(.*)$", EXAMPLE, re.MULTILINE))
NAMES = {variable(field) for field in Settings.model_fields}
PLACES = {"OTKLIK_DATA_DIR": "./var"}
"""Written otherwise than the default is kept."""


def test_the_example_has_every_setting_once_and_no_other() -> None:
    assert sorted(NAMES) == sorted(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE))


def test_the_example_shows_the_defaults() -> None:
    for field, described in Settings.model_fields.items():
        default = described.default
        shown = "" if default is None or hasattr(default, "get_secret_value") else str(default)
        assert PLACES.get(variable(field), shown) == ASSIGNED[variable(field)], field


def test_every_setting_of_the_example_is_explained() -> None:
    blocks = EXAMPLE.split("\n\n")
    for name in NAMES:
        [block] = [block for block in blocks if f"\n{name}=" in f"\n{block}"]
        assert block.startswith("# "), name


def test_the_operators_page_tells_of_every_setting_and_no_other() -> None:
    page = (ROOT / "docs" / "for-operators.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bOTKLIK_[A-Z_]+\b", page)) == NAMES
