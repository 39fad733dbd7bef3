"""What a line of the sheet leaves of the institution that is stored already."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from bot.directory.columns import ERASE, REQUIRED, SECRETS
from bot.domain.institution import Institution

_EMPTY: Mapping[str, Any] = {field.name: field.default for field in fields(Institution) if field.name not in REQUIRED}


def merge(stored: Institution | None, cells: Mapping[str, Any]) -> Institution:
    """Return the institution after the import of `cells` (known columns of the sheet; None for an empty cell).

    * A column that the sheet does not have keeps the stored value.
    * An empty cell clears the value, but never a secret: sheets are exported without secrets, and importing such a
      sheet again must not cut institutions off. `-` erases a secret.
    * A secret of a community belongs to that community: when `vk_group_id` changes or is cleared, the stored `vk_token`
      and `vk_secret` go with it unless the sheet brings new ones.
    * A community's link with a name keeps the number that VK has told for it (`otklik institutions resolve`).
    """
    kept: set[str] = {column for column in SECRETS if column in cells and cells[column] is None}
    changes = {
        column: _EMPTY[column] if value is None or value == ERASE else value
        for column, value in cells.items()
        if column not in kept
    }
    group = changes.get("vk_group_id", "")
    if group.startswith("@"):
        # A link with a name: the number that VK told for it stays, until the name is another one.
        is_same = stored is not None and stored.vk_name == group[1:]
        changes |= {"vk_name": group[1:], "vk_group_id": stored.vk_group_id if stored and is_same else ""}
    elif group and changes.get("vk_name") is None and (stored is None or group != stored.vk_group_id):
        changes["vk_name"] = ""
    if stored is None:
        return Institution(**changes)
    group = changes.get("vk_group_id", stored.vk_group_id)
    if group != stored.vk_group_id:
        changes = {"vk_token": "", "vk_secret": "", **changes}
    return replace(stored, **changes)
