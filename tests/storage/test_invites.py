"""Invitations are single-use codes that people can read aloud; the archive knows only their keyed hash."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from bot.domain.institution import InviteRole, Scope, ScopeKind
from storage.database import Database
from storage.invites import ALPHABET, CODE_LENGTH, invite_link, make_invite, normalise_code
from storage.people_rows import read_invite
from storage.tables import cursors, invites

EXPIRES_AT = datetime(2026, 12, 1, tzinfo=UTC)
SCOPE = Scope(kind=ScopeKind.INSTITUTION, name="school-12")


async def test_a_code_is_stored_only_by_its_keyed_hash(database: Database) -> None:
    code = await _invite(database)
    async with database.reading() as connection:
        row = (await connection.execute(select(invites))).one()
    assert normalise_code(code) not in str(tuple(row))
    invite = read_invite(row)
    assert invite.code_hash == database.vault.fingerprint(normalise_code(code))
    assert (invite.role, invite.scope, invite.expires_at) == (InviteRole.ADMINISTRATOR, SCOPE, EXPIRES_AT)
    assert invite.used_at is None


async def test_codes_have_fifty_bits_in_two_groups_and_differ(database: Database) -> None:
    codes = {await _invite(database) for _ in range(20)}
    assert len(codes) == 20
    assert len(ALPHABET) == 2**5
    assert all([len(group) for group in code.split("-")] == [5, 5] for code in codes)
    assert all(set(normalise_code(code)) <= set(ALPHABET) for code in codes)
    assert CODE_LENGTH * 5 == 50


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("K7QM2-XPD9T", "K7QM2XPD9T"),  # as it was printed
        (" k7qm2 xpd9t\n", "K7QM2XPD9T"),  # small letters, a space for the hyphen
        ("K7QM2–XPD9T.", "K7QM2XPD9T"),  # a dash and a full stop that a phone made of it
        ("OIL12-ABCDE", "01112ABCDE"),  # letters that the alphabet has not
        ("К7Ом2-ХРд9Т".replace("м", "M").replace("д", "D"), "K70M2XPD9T"),  # Cyrillic letters that look the same
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str, meant: str) -> None:
    assert meant == normalise_code(typed)


@pytest.mark.parametrize(
    ("role", "telegram_bot", "vk_group", "link"),
    [
        (InviteRole.ADMINISTRATOR, "42", "77", "https://t.me/otklik_bot?startgroup=bind_K7QM2XPD9T"),
        (InviteRole.SUPERVISOR, "42", "", "https://t.me/otklik_bot?start=join_K7QM2XPD9T"),
        (InviteRole.SUPERVISOR, "", "77", "https://vk.me/club77?ref=join_K7QM2XPD9T"),  # Telegram is off
        (InviteRole.SUPERVISOR, "43", "77", "https://vk.me/club77?ref=join_K7QM2XPD9T"),  # a bot that never connected
        (InviteRole.ADMINISTRATOR, "", "77", None),  # VK has no link into a conversation
        (InviteRole.SUPERVISOR, "", "", None),
    ],
)
async def test_a_link_carries_the_code_to_a_bot_that_is_known(
    database: Database, role: InviteRole, telegram_bot: str, vk_group: str, link: str | None
) -> None:
    async with database.unit() as connection:
        known = {"channel": "telegram", "community": "42", "address": "https://t.me/otklik_bot"}
        await connection.execute(insert(cursors), known)
    async with database.reading() as connection:
        assert link == await invite_link(
            connection, code="K7QM2-XPD9T", role=role, telegram_bot=telegram_bot, vk_group=vk_group
        )


async def _invite(database: Database) -> str:
    async with database.unit() as connection:
        return await make_invite(
            connection, database.vault, role=InviteRole.ADMINISTRATOR, scope=SCOPE, expires_at=EXPIRES_AT
        )
