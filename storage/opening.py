"""Opening the database that the settings name: its key, its revision, and plain words when one of them is wrong."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from bot.domain.clock import SystemClock
from bot.domain.errors import NotFoundError, SettingsError, StorageError
from bot.settings import Settings
from storage.calendar_files import FOLDER, calendar_texts
from storage.calendar_versions import record_calendars
from storage.database import Database, parse_database_url
from storage.migrate import NewerDatabaseError, RevisionState, revision_state, upgrade
from storage.sealed import check_key, has_sealed
from storage.vault import KEY_BYTES, Vault, read_or_make_key


@asynccontextmanager
async def open_database(settings: Settings, *, makes: bool) -> AsyncIterator[Database]:
    """Open the database for the block, at the newest revision and with the right key.

    With `makes` an absent database and an absent key are made, an older schema is upgraded, and calendars that changed
    are recorded; without it nothing is written. Raises SettingsError, StorageError, NotFoundError.
    """
    url = database_url(settings)
    if not makes:
        _require_file(url)
    vault = await _vault(settings, url, makes=makes)
    database = connect(url, vault)
    try:
        await _require_revision(database, makes=makes)
        async with database.reading() as connection:
            await check_key(connection, vault)
        if makes:
            texts = known_calendars(settings)
            await record_calendars(database, texts, default=settings.calendar, now=SystemClock().now())
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def look_at_database(settings: Settings, *, must_exist: bool = True) -> AsyncIterator[Database]:
    """Open the database for the block as it is, whatever its revision and whether or not the key fits; nothing is made.

    Without any key a random one stands in, which opens nothing. Raises SettingsError, StorageError, NotFoundError.
    """
    url = database_url(settings)
    if must_exist:
        _require_file(url)
    database = connect(url, make_vault(settings) if has_key(settings) else _random_vault())
    try:
        yield database
    finally:
        await database.close()


def known_calendars(settings: Settings) -> dict[str, str]:
    """Return the texts of every calendar by name. Raises SettingsError, also when that of the settings is missing."""
    texts = calendar_texts(settings.data_dir)
    if settings.calendar not in texts:
        raise SettingsError(
            f"OTKLIK_CALENDAR: календаря «{settings.calendar}» нет; есть {', '.join(sorted(texts))}, "
            f"свой положите в {settings.data_dir / FOLDER / f'{settings.calendar}.json'}"
        )
    return texts


def database_url(settings: Settings) -> URL:
    """Return the address that the settings name. Raises SettingsError."""
    try:
        url = parse_database_url(settings.database_url.get_secret_value(), settings.data_dir)
    except ValueError:
        raise SettingsError("OTKLIK_DATABASE_URL: адрес не понят; порт – это число") from None
    if url.get_backend_name() == "sqlite" and Path(str(url.database)).is_dir():
        raise SettingsError(f"OTKLIK_DATABASE_URL: «{url.database}» – это папка, а нужен файл")
    return url


def connect(url: URL, vault: Vault) -> Database:
    """Make the door to the database; nothing is read yet. Raises StorageError when its folder cannot be made."""
    try:
        return Database(url=url, vault=vault)
    except OSError as error:
        folder = Path(str(url.database)).parent
        raise StorageError(f"папку «{folder}» нельзя создать ({error.strerror}); проверьте OTKLIK_DATA_DIR") from error


def make_vault(settings: Settings) -> Vault:
    """Return the vault with the key of the settings or of the key file, which is made when absent."""
    try:
        return Vault(read_or_make_key(settings.secret_key.get_secret_value(), settings.key_file))
    except OSError as error:
        raise SettingsError(
            f"{settings.key_file}: ключ не читается или не пишется ({error.strerror}); проверьте место и права"
        ) from error


def has_key(settings: Settings) -> bool:
    """Tell whether there is a key already."""
    return bool(settings.secret_key.get_secret_value()) or settings.key_file.exists()


async def _vault(settings: Settings, url: URL, *, makes: bool) -> Vault:
    """A new key is made only where nothing is sealed yet: otherwise the old words would be lost behind it."""
    if has_key(settings):
        return make_vault(settings)
    database = connect(url, _random_vault())
    try:
        await _require_revision(database, makes=makes)
        async with database.reading() as connection:
            if await has_sealed(connection):
                raise SettingsError(f"нет ключа к базе данных: верните файл {settings.key_file} или OTKLIK_SECRET_KEY")
    finally:
        await database.close()
    return make_vault(settings)


def _random_vault() -> Vault:
    return Vault(os.urandom(KEY_BYTES))


def _require_file(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise NotFoundError(
            f"базы данных «{url.database}» ещё нет; загрузите учреждения: otklik institutions import ФАЙЛ"
        )


async def _require_revision(database: Database, *, makes: bool) -> None:
    if makes:
        await upgrade(database)
        return
    match await revision_state(database):
        case RevisionState.ABSENT:
            raise NotFoundError("база данных пуста; загрузите учреждения: otklik institutions import ФАЙЛ")
        case RevisionState.BEHIND:
            raise StorageError("база данных старее программы; выполните: otklik database upgrade")
        case RevisionState.NEWER:
            raise NewerDatabaseError("база данных новее программы; обновите программу")
        case RevisionState.CURRENT:
            return
