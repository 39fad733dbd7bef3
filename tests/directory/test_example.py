"""The sheet that operators start from can be taken as it is."""

from pathlib import Path

import pytest

from bot.directory.check import check_sheet
from bot.directory.columns import COLUMNS, SECRETS
from bot.directory.export import export_sheet
from bot.directory.search import DirectorySearch
from bot.directory.sheet import read_sheet

EXAMPLE = Path(__file__).parents[2] / "docs" / "institutions-example.csv"


def test_example_is_imported_without_a_fault_and_holds_no_secret():
    sheet = read_sheet(EXAMPLE)
    checked = check_sheet(sheet)

    assert sheet.columns == COLUMNS
    assert sheet.unknown_columns == ()
    assert checked.refused == ()
    assert len(checked.rows) == 9
    assert {row.cells[column] for row in sheet.rows for column in SECRETS} == {""}


def test_example_shows_every_column_that_is_not_a_secret():
    rows = read_sheet(EXAMPLE).rows

    assert [column for column in COLUMNS if column not in SECRETS and not any(row.cells[column] for row in rows)] == []


def test_example_is_written_as_the_product_itself_writes_it(tmp_path):
    institutions = [row.institution for row in check_sheet(read_sheet(EXAMPLE)).rows]

    export_sheet(institutions, tmp_path / "again.csv")

    assert (tmp_path / "again.csv").read_text().splitlines() == EXAMPLE.read_text().splitlines()


@pytest.mark.parametrize(
    ("text", "code"),
    [("12 мәктәп", "kazan-school-12"), ("собес", "yelabuga-social"), ("бассейн волна", "nizhnekamsk-pool")],
)
def test_example_can_be_searched(text, code):
    search = DirectorySearch(row.institution for row in check_sheet(read_sheet(EXAMPLE)).rows)

    assert search.find(text)[0].institution.code == code
