"""The columns of the institution sheet, in the order in which they are written."""

import unicodedata

COLUMNS = (
    "code",
    "name",
    "short_name",
    "branch",
    "municipality",
    "address",
    "phone",
    "email",
    "aliases",
    "latitude",
    "longitude",
    "vk_group_id",
    "vk_token",
    "vk_secret",
    "telegram_channel",
    "telegram_token",
    "max_token",
    "work_hours",
    "time_zone",
    "calendar",
    "kind",
    "parent",
    "ogrn",
    "inn",
)
REQUIRED = ("code", "name", "branch", "municipality")
SECRETS = ("vk_token", "vk_secret", "telegram_token", "max_token")
"""Columns that give power over a community: never shown, never logged, exported only when asked for."""

ERASE = "-"
"""Typed as the whole cell of a secret column, it erases the stored secret."""

ALIAS_SEPARATOR = "|"


def cell_text(value: object) -> str:
    """Return a value of an institution as its cell is written."""
    if value is None:
        return ""
    text = f" {ALIAS_SEPARATOR} ".join(value) if isinstance(value, tuple) else str(value)
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
