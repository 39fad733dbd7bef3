"""A backup is whole or not there, comes back on either database, and never half."""

import gzip
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, delete, func, insert, select
from sqlalchemy.engine import URL

from bot.domain.channel import Severity
from bot.domain.errors import SettingsError, StorageError
from storage.aggregates import write_aggregate
from storage.backup import back_up
from storage.database import Database
from storage.inbox import forget, store
from storage.integrity import check_database
from storage.migrate import known_revisions, upgrade
from storage.restore import restore
from storage.salt import read_salt
from storage.sealed import check_key, sealed_columns
from storage.tables import counters, inbox, leases, messages, metadata, outbox
from storage.vault import Vault
from tests.conftest import run
from tests.storage.filled import HOUR, NOON, TOKEN, WORDS, fill, incoming


@pytest.fixture
async def filled(database: Database) -> Database:
    await fill(database)
    return database


async def test_a_backup_of_either_database_comes_back_on_either(
    filled: Database, absent_database_url: URL, vault: Vault, tmp_path: Path
) -> None:
    before = await _content(filled)
    file = tmp_path / "copy.gz"
    assert await back_up(filled, file, now=NOON) == sum(map(len, before.values()))
    other = await _made(absent_database_url, vault, tmp_path)
    try:
        assert await restore(other, file, replaces=False, now=NOON) == sum(map(len, before.values()))
        assert before == await _content(other)
        assert all(finding.severity is Severity.OK for finding in await check_database(other))
    finally:
        await other.close()


async def test_ids_go_on_from_where_they_were(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    await restore(filled, file, replaces=True, now=NOON)
    async with filled.unit() as connection:
        highest = (await connection.execute(select(func.max(inbox.c.id)))).scalar_one()
        await store(connection, filled.vault, [incoming("new", b"{}")], now=NOON)
        given = (await connection.execute(select(inbox.c.id).where(inbox.c.key == "new"))).scalar_one()
    assert given > highest


async def test_tables_larger_than_a_page_are_copied_whole(filled: Database, tmp_path: Path) -> None:
    async with filled.unit() as connection:
        row = (await connection.execute(select(outbox).where(outbox.c.id == 3))).mappings().one()
        await connection.execute(insert(outbox), [{**row, "id": number} for number in range(100, 4_600)])
        await connection.execute(counters.update().where(counters.c.name == "outbox").values(value=5_000))
    before = await _content(filled)
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    await restore(filled, file, replaces=True, now=NOON)
    assert before == await _content(filled)


async def test_a_backup_shows_one_moment_although_others_write(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    before = await _content(filled)
    interrupted: list[int] = []

    def somebody_writes(rows: int) -> None:
        if not interrupted:
            run(_delete_messages(filled.url))
        interrupted.append(rows)

    await back_up(filled, file, now=NOON, progress=somebody_writes)
    assert len(interrupted) > 2
    assert (await _content(filled))["messages"] == []
    await restore(filled, file, replaces=True, now=NOON)
    assert before == await _content(filled)


async def test_the_file_tells_no_words_names_or_tokens_and_is_its_owners(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    content = gzip.decompress(file.read_bytes())
    for secret in (WORDS, "Ильнур", "Алия", TOKEN):
        assert secret.encode() not in content
        assert secret.encode("unicode-escape") not in content
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_database_that_holds_something_is_replaced_only_when_told(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    before = await _content(filled)
    with pytest.raises(StorageError, match="--replace"):
        await restore(filled, file, replaces=False, now=NOON)
    assert before == await _content(filled)


async def test_a_running_program_keeps_its_database(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    async with filled.unit() as connection:
        await connection.execute(insert(leases), {"name": "sender", "holder": "x", "expires_at": NOON + HOUR})
    with pytest.raises(StorageError, match="остановите"):
        await restore(filled, file, replaces=True, now=NOON)
    assert await restore(filled, file, replaces=True, now=NOON + 2 * HOUR)


async def test_a_copy_made_with_another_key_is_refused(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    stranger = Database(url=filled.url, vault=Vault(bytes(32)))
    try:
        await back_up(stranger, file, now=NOON)
    finally:
        await stranger.close()
    with pytest.raises(SettingsError, match="другим ключом"):
        await restore(filled, file, replaces=True, now=NOON)


@pytest.mark.parametrize(
    ("content", "is_packed"),
    [
        (b"", False),  # empty
        (b"rubbish", False),  # no gzip
        (b"rubbish", True),  # gzip of something else
        (b'{"format": "otklik backup 1"}\n', True),  # a head with nothing in it
        (b'["otklik backup 1"]\n', True),
    ],
)
async def test_rubbish_is_no_backup_and_changes_nothing(
    filled: Database, tmp_path: Path, content: bytes, is_packed: bool
) -> None:
    before = await _content(filled)
    file = tmp_path / "copy.gz"
    file.write_bytes(gzip.compress(content) if is_packed else content)
    with pytest.raises(SettingsError, match="это не копия"):
        await restore(filled, file, replaces=True, now=NOON)
    assert before == await _content(filled)


async def test_a_copy_cut_at_any_line_changes_nothing(filled: Database, tmp_path: Path) -> None:
    before = await _content(filled)
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    for kept in range(1, len(lines)):
        file.write_bytes(gzip.compress(b"".join(lines[:kept])))
        with pytest.raises(SettingsError):
            await restore(filled, file, replaces=True, now=NOON)
    assert before == await _content(filled)


async def test_a_row_that_the_database_refuses_brings_everything_back(filled: Database, tmp_path: Path) -> None:
    before = await _content(filled)
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    [at] = [number for number, line in enumerate(lines) if line.startswith(b'["school-12"')]
    lines[at] = lines[at].replace(b'["school-12"', b'["clinic-6"')  # the same code twice
    file.write_bytes(gzip.compress(b"".join(lines)))
    with pytest.raises(StorageError):
        await restore(filled, file, replaces=True, now=NOON)
    assert before == await _content(filled)


async def test_a_copy_of_a_newer_program_is_refused(filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    content = gzip.decompress(file.read_bytes()).replace(
        f'"revision":"{known_revisions()[-1]}"'.encode(), b'"revision":"9999"', 1
    )
    file.write_bytes(gzip.compress(content))
    with pytest.raises(SettingsError, match="9999"):
        await restore(filled, file, replaces=True, now=NOON)


async def test_a_full_disk_leaves_the_old_copy_and_no_scraps(filled: Database, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    file = folder / "copy.gz"
    file.write_bytes(b"the copy of yesterday")
    with _room_for(1_000), pytest.raises(SettingsError, match="копия не записана"):
        await back_up(filled, file, now=NOON)
    assert file.read_bytes() == b"the copy of yesterday"
    assert [file] == list(folder.iterdir())


@pytest.mark.parametrize("place", ["folder", "no/such/folder/copy.gz"])
async def test_a_place_that_cannot_be_written_is_told(filled: Database, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingsError, match=place):
        await back_up(filled, tmp_path / place, now=NOON)


async def test_a_whole_database_is_found_whole(filled: Database) -> None:
    assert {Severity.OK} == {finding.severity for finding in await check_database(filled)}


async def test_what_was_counted_for_reports_is_not_taken_for_something_sealed(filled: Database) -> None:
    await write_aggregate(filled, span="2026-10", scope="region", head=b"{}", cuts={"": b"plain"})
    async with filled.reading() as connection:
        await check_key(connection, filled.vault)
    assert {Severity.OK} == {finding.severity for finding in await check_database(filled)}


async def test_words_that_were_wiped_are_not_taken_for_another_key(filled: Database) -> None:
    async with filled.unit() as connection:
        events = list((await connection.execute(select(inbox.c.id))).scalars())
        await forget(connection, events)
    async with filled.reading() as connection:
        await check_key(connection, filled.vault)
    assert {Severity.OK} == {finding.severity for finding in await check_database(filled)}
    assert events


def test_bytes_are_sealed_or_say_that_they_are_not() -> None:
    of_bytes = {column for table in metadata.sorted_tables for column in table.columns if is_bytes(column)}
    plain = of_bytes - set(sealed_columns())
    assert {str(column) for column in plain} == {"aggregates.counted"}
    assert [str(column) for column in of_bytes - plain if not (column.comment or "").startswith("sealed")] == []


def is_bytes(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary)


async def test_the_wrong_key_is_found(filled: Database) -> None:
    stranger = Database(url=filled.url, vault=Vault(bytes(32)))
    try:
        wrong = [each for each in await check_database(stranger) if each.severity is Severity.ERROR]
    finally:
        await stranger.close()
    assert [finding.subject for finding in wrong] == ["ключ"]


async def test_a_counter_behind_its_rows_is_found(filled: Database) -> None:
    async with filled.unit() as connection:
        await connection.execute(counters.update().where(counters.c.name == "ticket").values(value=1))
    wrong = [each for each in await check_database(filled) if each.severity is Severity.ERROR]
    assert [finding.subject for finding in wrong] == ["номера"]


async def test_rows_that_refer_to_nothing_are_found(filled: Database) -> None:
    if not filled.is_sqlite:
        pytest.skip("PostgreSQL lets nobody do so")
    import sqlite3

    with sqlite3.connect(str(filled.url.database)) as connection:
        connection.execute("DELETE FROM citizens")
    connection.close()
    wrong = [each for each in await check_database(filled) if each.severity is Severity.ERROR]
    assert [finding.subject for finding in wrong] == ["ссылки"]


async def _delete_messages(url: URL) -> None:
    database = Database(url=url, vault=Vault(bytes(32)))
    try:
        async with database.unit() as connection:
            await connection.execute(delete(messages))
    finally:
        await database.close()


async def _made(url: URL, vault: Vault, tmp_path: Path) -> Database:
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(tmp_path / "other.db"))
    database = Database(url=url, vault=vault)
    await upgrade(database)
    return database


async def test_after_a_restore_vk_takes_new_messages_for_new(filled: Database, tmp_path: Path) -> None:
    async with filled.unit() as connection:
        before = await read_salt(connection)
    file = tmp_path / "copy.gz"
    await back_up(filled, file, now=NOON)
    await restore(filled, file, replaces=True, now=NOON)
    async with filled.unit() as connection:
        assert await read_salt(connection) != before


async def _content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table is not leases
        }


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
