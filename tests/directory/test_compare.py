"""An import changes what the sheet says and nothing else."""

from dataclasses import replace

import pytest

from bot.directory.compare import Comparison, compare
from bot.domain.institution import Institution
from tests.directory.sheets import GOOD, check

STORED = Institution(
    **GOOD,  # type: ignore[arg-type]  # columns that are texts
    short_name="Двенадцатая",
    address="ул. Мира, 1",
    aliases=("двенашка",),
    latitude=55.7,
    longitude=49.1,
    vk_group_id="77",
    vk_token="vk1.a.old",
    vk_secret="s",
    telegram_token="1:old",
    max_token="m",
    kind="municipal",
)


def imported(tmp_path, *changes: dict[str, str]) -> Comparison:
    return compare(check(tmp_path, *changes, stored=(STORED,)), stored=(STORED,))


def test_same_sheet_again_changes_nothing(tmp_path):
    comparison = imported(tmp_path, {"code": STORED.code})

    assert comparison == Comparison(added=(), changed=(), unchanged=(STORED,), refused=())
    assert comparison.to_write == ()


def test_new_code_is_added_and_a_bad_row_is_passed_on(tmp_path):
    comparison = imported(tmp_path, {"code": "new"}, {"kind": "x"})

    assert [institution.code for institution in comparison.added] == ["new"]
    assert [refused.row for refused in comparison.refused] == [3]
    assert [institution.code for institution in comparison.to_write] == ["new"]


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        # typed beside the required cells, what changes
        ({"name": "СОШ № 13"}, {"name": "СОШ № 13"}),
        ({"address": ""}, {"address": ""}),
        ({"aliases": ""}, {"aliases": ()}),
        ({"latitude": "", "longitude": ""}, {"latitude": None, "longitude": None}),
        ({"kind": ""}, {"kind": "subordinate"}),
        # Empty secrets stay: the sheet was exported without them.
        ({"vk_token": "", "vk_secret": "", "telegram_token": "", "max_token": ""}, {}),
        ({"vk_group_id": "77", "vk_token": ""}, {}),
        ({"telegram_token": "1:new"}, {"telegram_token": "1:new"}),
        # A dash erases.
        ({"telegram_token": "-", "max_token": "—"}, {"telegram_token": "", "max_token": ""}),
        # Secrets of a community do not move to another one.
        ({"vk_group_id": "78", "vk_token": ""}, {"vk_group_id": "78", "vk_token": "", "vk_secret": ""}),
        ({"vk_group_id": "", "vk_token": ""}, {"vk_group_id": "", "vk_token": "", "vk_secret": ""}),
        ({"vk_group_id": "78", "vk_token": "new"}, {"vk_group_id": "78", "vk_token": "new", "vk_secret": ""}),
    ],
)
def test_only_what_the_sheet_says_changes(tmp_path, cells, changes):
    comparison = imported(tmp_path, {"code": STORED.code} | cells)

    assert comparison.refused == ()
    assert comparison.to_write == ((replace(STORED, **changes),) if changes else ())
    assert [set(change.columns) for change in comparison.changed] == ([set(changes)] if changes else [])
