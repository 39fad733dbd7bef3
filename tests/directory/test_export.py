"""What is exported can be imported again, and no spreadsheet program takes a cell for a formula."""

import csv
import string
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.directory.check import check_sheet
from bot.directory.columns import COLUMNS, SECRETS
from bot.directory.compare import compare
from bot.directory.export import export_sheet
from bot.directory.sheet import read_sheet
from bot.domain.errors import SettingsError
from bot.domain.institution import Institution
from tests.directory.sheets import check

FULL = Institution(
    code="school-12",
    name='=HYPERLINK("http://x","Школа")',
    short_name="-12",
    branch="@Образование",
    municipality="'=Казань",
    address="ул. Мира; д. 1, «А»",
    phone="+7 843 222-33-44",
    email="a@b.ru",
    aliases=("двенашка", "Радуга"),
    latitude=55.75,
    longitude=49.1,
    vk_group_id="77",
    vk_token="vk1.a.secret",
    vk_secret="hush",
    telegram_channel="@school_12",
    telegram_token="123:secret",
    max_token="max-secret",
    work_hours="Mo-Fr 08:00-17:00",
    time_zone="Europe/Moscow",
    calendar="ru-ta",
    kind="municipal",
    parent="",
    ogrn="1027700132195",
    inn="7707083893",
)


def imported(path: Path, *, stored: tuple[Institution, ...] = ()) -> list[Institution]:
    checked = check_sheet(read_sheet(path), stored=stored)
    assert checked.refused == ()
    return [row.institution for row in checked.rows]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".XLSX"])
def test_sheet_comes_back_as_it_was(tmp_path, ending):
    path = tmp_path / f"sheet{ending}"

    assert export_sheet([FULL], path, with_secrets=True) == 1
    assert imported(path) == [FULL]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_secrets_are_left_out_and_survive_the_way_back(tmp_path, ending):
    path = tmp_path / f"sheet{ending}"
    export_sheet([FULL], path)

    assert read_sheet(path).columns == COLUMNS
    assert [read_sheet(path).rows[0].cells[column] for column in SECRETS] == [""] * 4
    assert compare(check_sheet(read_sheet(path), stored=[FULL]), stored=[FULL]).unchanged == (FULL,)


def test_file_with_secrets_is_for_its_owner_only(tmp_path):
    export_sheet([FULL], tmp_path / "secret.csv", with_secrets=True)
    export_sheet([FULL], tmp_path / "plain.csv")

    assert (tmp_path / "secret.csv").stat().st_mode & 0o077 == 0
    assert (tmp_path / "plain.csv").stat().st_mode & 0o400


def test_no_cell_of_csv_begins_a_formula(tmp_path):
    export_sheet([FULL], tmp_path / "s.csv", with_secrets=True)

    with (tmp_path / "s.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file, delimiter=";") for cell in line]

    assert "'+7 843 222-33-44" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    export_sheet([FULL], tmp_path / "s.xlsx", with_secrets=True)

    cells = [cell for line in load_workbook(tmp_path / "s.xlsx").worksheets[0].iter_rows() for cell in line]

    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert [cell.value for cell in cells if str(cell.value).startswith("=")] == []


LETTERS = string.ascii_letters + string.digits + "абвяЁәөүҗңһ№«»–—'\"=+-@;,|\t .:/\\_<>&#!(){}😀\u00a0\u200b\u0306"
TEXT = st.text(alphabet=LETTERS, max_size=12)
CELLS = st.fixed_dictionaries(
    {"code": st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), "name": TEXT, "branch": TEXT, "municipality": TEXT},
    optional=dict.fromkeys(("short_name", "address", "phone", "email", "aliases", "max_token"), TEXT)
    | {"kind": st.sampled_from(["state", "other", ""])},
)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(CELLS, min_size=1, max_size=5, unique_by=lambda line: line["code"]),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_whatever_was_imported_comes_back_the_same(lines, ending):
    with TemporaryDirectory() as folder:
        accepted = [row.institution for row in check(Path(folder), *lines).rows]
        if not accepted:
            return
        path = Path(folder) / f"again.{ending}"
        export_sheet(accepted, path, with_secrets=True)

        assert imported(path) == accepted


def test_old_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("old")

    export_sheet([FULL, replace(FULL, code="b")], path)

    assert len(read_sheet(path).rows) == 2
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder.csv", "это папка"),
        ("missing/s.csv", "нет такого файла или папки"),
        ("file/s.csv", "не папка"),
        ("s.txt", r"\.csv или \.xlsx"),
        ("s", r"\.csv или \.xlsx"),
        ("nul\0.csv", "недопустимый символ"),
    ],
)
def test_place_that_cannot_be_written_is_one_plain_line(tmp_path, name, words):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match=words):
        export_sheet([FULL], tmp_path / name)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.csv"]


def test_full_disk_leaves_the_old_file_as_it_was(tmp_path):
    import resource
    import signal

    path = tmp_path / "s.csv"
    path.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(SettingsError, match=r"s\.csv: "):
            export_sheet([FULL], path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, previous)

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
