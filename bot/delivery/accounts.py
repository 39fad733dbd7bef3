"""The tokens through which we speak: the regional bot's from the settings, the institutions' own from the directory."""

import time
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.channel import Account
from bot.domain.institution import Institution
from bot.domain.legal import LegalMode, mode_for
from bot.settings import Settings
from storage.database import Database
from storage.institutions import read_directory_version, read_institutions
from storage.legal import read_legal_rules

_ASK_EVERY_SECONDS = 1.0


def accounts_of(
    institutions: Iterable[Institution], settings: Settings, legal_modes: Mapping[str, LegalMode] | None = None
) -> list[Account]:
    """Return every account: the regional Telegram bot, institutions' own bots, VK communities with a token.

    Telegram has none while the setting disables it, and no own bot of an institution whose kind may not use it
    (`legal_modes`, by kind).
    """
    telegram_is_on = settings.telegram_mode is not LegalMode.DISABLED
    regional = settings.telegram_token.get_secret_value()
    found = [_telegram(regional, None)] if regional and telegram_is_on else []
    for institution in institutions:
        if institution.vk_group_id and institution.vk_token:
            found.append(vk_account(institution, institution.vk_token))
        mode = mode_for(institution.kind, legal_modes or {}, settings.telegram_mode)
        if institution.telegram_token and telegram_is_on and mode is not LegalMode.DISABLED:
            found.append(_telegram(institution.telegram_token, institution.code))
    return found


class Accounts:
    """The accounts as they stand now; the directory is read anew only when it has changed."""

    def __init__(self, *, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._version: int | None = None
        self._known: Sequence[Account] = ()
        self._asked_at = -_ASK_EVERY_SECONDS

    async def __call__(self) -> Sequence[Account]:
        """Return them; the directory is asked at most once a second. Raises StorageError."""
        now = time.monotonic()
        if now - self._asked_at < _ASK_EVERY_SECONDS:
            return self._known
        async with self._database.reading() as connection:
            version = await read_directory_version(connection)
            if version != self._version:
                institutions = await read_institutions(connection, self._database.vault)
                legal_modes = {rule.kind.value: rule.mode for rule in await read_legal_rules(connection)}
                self._known = accounts_of(institutions, self._settings, legal_modes)
                self._version = version
        self._asked_at = now
        return self._known


def vk_account(institution: Institution, token: str) -> Account:
    """Return an institution's VK community as an account; without a number it can only ask."""
    return Account(channel="vk", community=institution.vk_group_id, token=token, institution=institution.code)


def _telegram(token: str, institution: str | None) -> Account:
    return Account(channel="telegram", community=token.partition(":")[0], token=token, institution=institution)
