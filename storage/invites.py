"""Invitations: single-use codes that bind a work chat or give a supervisor a scope; only their keyed hash is stored."""

import secrets
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import InviteRole, Scope
from storage.tables import cursors, invites
from storage.vault import Vault

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O and U, which are misread or misheard."""
CODE_LENGTH = 10
"""Characters of five bits each: fifty bits, far beyond what slowed-down guessing finds."""

LINK_PREFIX = {InviteRole.ADMINISTRATOR: "bind_", InviteRole.SUPERVISOR: "join_"}
"""What stands before the code in the payload of a link."""
_LINK_PARAMETER = {InviteRole.ADMINISTRATOR: "startgroup", InviteRole.SUPERVISOR: "start"}

_MISREAD = str.maketrans("OIL" + "АВЕКМНОРСТУХ", "011" + "ABEKMH0PCTYX")
"""Letters that stand for others, among them the Cyrillic ones that look the same."""


async def make_invite(
    connection: AsyncConnection, vault: Vault, *, role: InviteRole, scope: Scope, expires_at: datetime
) -> str:
    """Store a new invitation and return its code in two groups, `K7QM2-XPD9T`; it is nowhere else to be had."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    await connection.execute(
        insert(invites),
        {"code_hash": vault.fingerprint(code), "role": role.value, "scope": str(scope), "expires_at": expires_at},
    )
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def normalise_code(text: str) -> str:
    """Return a code as it was made, however a person typed it: case, hyphens, spaces, O for 0, I or L for 1."""
    return "".join(filter(str.isalnum, text)).upper().translate(_MISREAD)


async def invite_link(
    connection: AsyncConnection, *, code: str, role: InviteRole, telegram_bot: str, vk_group: str
) -> str | None:
    """Return the address that carries the code to our bot, None when there is none.

    `telegram_bot` is the regional bot's id, `vk_group` an institution's community; each may be empty. Telegram's links
    (https://core.telegram.org/bots/features#deep-linking) come first; the bot's name is known once it has connected.
    VK has no link that takes a community into a conversation: there administrators type `/bind CODE` themselves.
    """
    payload = f"{LINK_PREFIX[role]}{normalise_code(code)}"
    query = select(cursors.c.address).where(cursors.c.channel == "telegram", cursors.c.community == telegram_bot)
    address = (await connection.execute(query)).scalar_one_or_none() if telegram_bot else None
    if address:
        return f"{address}?{_LINK_PARAMETER[role]}={payload}"
    if vk_group and role is InviteRole.SUPERVISOR:
        return f"https://vk.me/club{vk_group}?ref={payload}"
    return None
