"""The database is made by itself, copied, brought back and checked; a wrong one is told and left alone."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.cli.conftest import Otklik, refusal


@pytest.fixture
def imported(otklik: Otklik, sheet: Path) -> Otklik:
    assert otklik("institutions", "import", sheet).status == 0
    return otklik


READING = [
    ("institutions", "search", "x"),
    ("institutions", "export", "x.csv"),
    ("tickets", "list"),
    ("outbox", "list"),
    ("inbox", "list", "--dead"),
    ("outbox", "retry", "1"),
    ("database", "backup", "x.gz"),
    ("report", "--scope", "region", "--from", "2026-11-01", "--to", "2026-11-02"),
]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_reading_an_absent_database_is_told_and_makes_nothing(
    otklik: Otklik, folder: Path, command: tuple[str, ...]
) -> None:
    assert "ещё нет" in refusal(otklik(*command))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "command", [*READING, ("database", "upgrade"), ("invite", "supervisor", "--scope", "region")], ids=" ".join
)
def test_a_newer_database_is_told_and_untouched(imported: Otklik, folder: Path, command: tuple[str, ...]) -> None:
    file = folder / "var" / "otklik.db"
    _execute(file, "UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    assert "новее программы" in refusal(imported(*command))
    assert before == file.read_bytes()


@pytest.mark.parametrize("command", [*READING, ("database", "upgrade")], ids=" ".join)
def test_rubbish_is_told_and_untouched(otklik: Otklik, folder: Path, command: tuple[str, ...]) -> None:
    (folder / "var").mkdir()
    file = folder / "var" / "otklik.db"
    file.write_bytes(b"rubbish" * 1_000)
    assert "повреждён" in refusal(otklik(*command))
    assert file.read_bytes() == b"rubbish" * 1_000


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://postgres@127.0.0.1:1/otklik", "верен ли OTKLIK_DATABASE_URL"),
        ("postgresql://postgres@127.0.0.1:port/otklik", "адрес не понят"),
        ("mysql://localhost/otklik", "подходят только"),
        ("hello", "адрес не понят"),
        ("sqlite://", "нужен путь"),
        ("sqlite:///.", "это папка"),
        ("sqlite:////proc/no/such/otklik.db", "нельзя создать"),
    ],
)
def test_a_wrong_address_is_told(otklik: Otklik, monkeypatch: pytest.MonkeyPatch, address: str, says: str) -> None:
    monkeypatch.setenv("OTKLIK_DATABASE_URL", address)
    assert says in refusal(otklik("database", "upgrade"))


def test_another_key_is_told_before_anything_is_sealed_with_it(
    imported: Otklik, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTKLIK_SECRET_KEY", "A" * 43 + "=")
    assert "другим ключом" in refusal(imported("invite", "supervisor", "--scope", "region"))
    monkeypatch.setenv("OTKLIK_SECRET_KEY", "short")
    assert "OTKLIK_SECRET_KEY" in refusal(imported("tickets", "list"))


def test_a_lost_key_is_told_and_no_new_one_is_made(
    imported: Otklik, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OTKLIK_SECRET_KEY")
    assert "нет ключа" in refusal(imported("tickets", "list"))
    assert not (folder / "var" / "secret.key").exists()


def test_the_key_is_made_on_the_first_start_for_its_owner_alone(
    otklik: Otklik, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OTKLIK_SECRET_KEY")
    assert otklik("database", "upgrade").status == 0
    assert (folder / "var" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_copy_brings_everything_back(imported: Otklik, folder: Path) -> None:
    copied = imported("database", "backup", "copy.gz")
    assert copied.status == 0
    assert "OTKLIK_SECRET_KEY" in copied.out
    (folder / "var" / "otklik.db").unlink()
    assert imported("database", "restore", "copy.gz").status == 0
    assert imported("institutions", "search", "школа 12", "--json").json[0]["code"] == "school-12"
    assert "--replace" in refusal(imported("database", "restore", "copy.gz"))
    assert imported("database", "restore", "copy.gz", "--replace").status == 0


def test_a_copy_takes_the_place_of_a_broken_file_which_is_kept(imported: Otklik, folder: Path) -> None:
    imported("database", "backup", "copy.gz")
    file = folder / "var" / "otklik.db"
    file.write_bytes(b"rubbish" * 1_000)
    assert imported("database", "restore", "copy.gz", "--replace").status == 0
    [kept] = (folder / "var").glob("otklik.db.broken-*")
    assert kept.read_bytes() == b"rubbish" * 1_000
    assert imported("institutions", "search", "школа 12", "--json").json[0]["code"] == "school-12"


@pytest.mark.parametrize(
    ("file", "says"), [("no-such.gz", "такого файла нет"), (".", "папка"), ("sheet.csv", "не копия")]
)
def test_a_file_that_is_no_copy_is_told(imported: Otklik, file: str, says: str) -> None:
    assert says in refusal(imported("database", "restore", file, "--replace"))
    assert imported("institutions", "search", "школа 12", "--json").json[0]["code"] == "school-12"


def test_restoring_without_the_key_makes_neither_key_nor_database(
    imported: Otklik, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported("database", "backup", "copy.gz")
    (folder / "var" / "otklik.db").unlink()
    monkeypatch.delenv("OTKLIK_SECRET_KEY")
    assert "другим ключом" in refusal(imported("database", "restore", "copy.gz"))
    assert list((folder / "var").iterdir()) == []


def test_a_check_finds_a_whole_database_whole_and_a_damaged_one_damaged(imported: Otklik, folder: Path) -> None:
    found = imported("database", "check", "--json")
    assert found.status == 0
    assert {"ok"} == {finding["level"] for finding in found.json}
    _execute(folder / "var" / "otklik.db", "INSERT INTO counters VALUES ('ticket', 0)")
    _execute(
        folder / "var" / "otklik.db",
        "INSERT INTO ticket_events (id, ticket, kind, at) VALUES (1, 99, 'opened', '2026-11-16 09:00:00.000000')",
    )
    found = imported("database", "check", "--json")
    assert found.status == 2
    assert {"ссылки", "номера"} == {finding["subject"] for finding in found.json if finding["level"] == "error"}
    assert all(finding["remedy"] for finding in found.json if finding["level"] == "error")


@pytest.mark.both_databases
def test_everything_works_on_either_database(
    otklik: Otklik, sheet: Path, absent_database_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = absent_database_url.set(drivername=absent_database_url.get_backend_name())
    monkeypatch.setenv("OTKLIK_DATABASE_URL", address.render_as_string(hide_password=False))
    assert otklik("institutions", "import", sheet, "--json").json["added"] == ["school-12", "clinic-6"]
    assert otklik("invite", "administrator", "--institution", "school-12", "--json").json["code"]
    assert otklik("tickets", "list", "--json").json == []
    assert otklik("database", "check").status == 0
    assert otklik("database", "backup", "copy.gz").status == 0
    assert otklik("database", "restore", "copy.gz", "--replace").status == 0
    assert otklik("institutions", "search", "школа 12", "--json").json[0]["code"] == "school-12"


def _execute(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
