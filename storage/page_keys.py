"""Who may open the supervisors' pages: one-time links, and the sessions that they begin; only keyed hashes are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope
from storage import people_rows
from storage.tables import page_keys, supervisors
from storage.vault import Vault

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
OLD_COOKIE_LASTS = timedelta(minutes=1)
"""Requests that were under way while the cookie changed still carry the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKey:
    """A one-time link for one supervisor."""

    key: str = field(repr=False)
    identity: str
    language: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut:
    """A supervisor ends all sessions and links of theirs."""

    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A supervisor's visit."""

    identity: str
    language: str
    made_at: datetime
    """When its present cookie was made."""
    expires_at: datetime
    is_replaced: bool = False
    """Whether it has a newer cookie already."""


async def write_page_keys(
    connection: AsyncConnection, vault: Vault, changes: Iterable[PageKey | SignedOut], *, now: datetime
) -> None:
    """Keep new links and end sessions, in order; what has expired is cleared away with it."""
    await connection.execute(delete(page_keys).where(page_keys.c.expires_at < now))
    for change in changes:
        match change:
            case PageKey():
                await connection.execute(
                    insert(page_keys).values(
                        key_hash=_hash(vault, change.key, is_session=False),
                        is_session=False,
                        identity=change.identity,
                        language=change.language,
                        made_at=now,
                        expires_at=change.expires_at,
                    )
                )
            case SignedOut():
                await connection.execute(delete(page_keys).where(page_keys.c.identity == change.identity))


async def find_link(connection: AsyncConnection, vault: Vault, key: str, *, now: datetime) -> PageKey | None:
    """Return the link that this key opens, None when it is unknown, used or too old; nothing is used up."""
    query = select(page_keys).where(
        page_keys.c.key_hash == _hash(vault, key, is_session=False),
        page_keys.c.used_at.is_(None),
        page_keys.c.expires_at > now,
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    return PageKey(key=key, identity=row.identity, language=row.language, expires_at=row.expires_at)


async def begin_session(
    connection: AsyncConnection, vault: Vault, *, key: str, cookie: str, now: datetime
) -> Session | None:
    """Use a link up and begin a session with this cookie; None when the link opens nothing, also the second time."""
    link = await find_link(connection, vault, key, now=now)
    used = await connection.execute(
        update(page_keys)
        .where(page_keys.c.key_hash == _hash(vault, key, is_session=False), page_keys.c.used_at.is_(None))
        .values(used_at=now)
    )
    if link is None or not _count(used):
        return None
    session = Session(identity=link.identity, language=link.language, made_at=now, expires_at=now + SESSION_LASTS)
    await _keep(connection, vault, session, cookie)
    return session


async def read_session(connection: AsyncConnection, vault: Vault, cookie: str, *, now: datetime) -> Session | None:
    """Return the session of a cookie, None when there is none any more."""
    query = select(page_keys).where(
        page_keys.c.key_hash == _hash(vault, cookie, is_session=True), page_keys.c.expires_at > now
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None or (row.used_at is not None and row.used_at + OLD_COOKIE_LASTS < now):
        return None
    return Session(
        identity=row.identity,
        language=row.language,
        made_at=row.made_at,
        expires_at=row.expires_at,
        is_replaced=row.used_at is not None,
    )


async def renew_cookie(
    connection: AsyncConnection, vault: Vault, *, old: str, new: str, now: datetime
) -> Session | None:
    """Give a session a new cookie; None when another request has just done so. The session ends no later for it."""
    replaced = await connection.execute(
        update(page_keys)
        .where(page_keys.c.key_hash == _hash(vault, old, is_session=True), page_keys.c.used_at.is_(None))
        .values(used_at=now)
    )
    session = await read_session(connection, vault, old, now=now)
    if session is None or not _count(replaced):
        return None
    session = Session(identity=session.identity, language=session.language, made_at=now, expires_at=session.expires_at)
    await _keep(connection, vault, session, new)
    return session


async def set_language(connection: AsyncConnection, *, identity: str, language: str) -> None:
    """Let all sessions of a supervisor speak a language."""
    await connection.execute(update(page_keys).where(page_keys.c.identity == identity).values(language=language))


async def end_session(connection: AsyncConnection, vault: Vault, cookie: str) -> None:
    """Forget a session."""
    await connection.execute(delete(page_keys).where(page_keys.c.key_hash == _hash(vault, cookie, is_session=True)))


async def read_scopes(connection: AsyncConnection, identity: str) -> list[Scope]:
    """Return what a supervisor may see at this moment, the earliest given first; nothing for anybody else."""
    channel, _, user_id = identity.partition(":")
    query = (
        select(supervisors)
        .where(supervisors.c.channel == channel, supervisors.c.user_id == user_id)
        .order_by(supervisors.c.joined_at, supervisors.c.scope)
    )
    return [people_rows.read_supervisor(row).scope for row in await connection.execute(query)]


async def _keep(connection: AsyncConnection, vault: Vault, session: Session, cookie: str) -> None:
    await connection.execute(
        insert(page_keys).values(
            key_hash=_hash(vault, cookie, is_session=True),
            is_session=True,
            identity=session.identity,
            language=session.language,
            made_at=session.made_at,
            expires_at=session.expires_at,
        )
    )


def _hash(vault: Vault, key: str, *, is_session: bool) -> str:
    """A link is no cookie and a cookie no link, even if somebody tries one for the other."""
    return vault.fingerprint(f"{'session' if is_session else 'link'}:{key}")


def _count(result: "CursorResult[tuple[()]]") -> int:
    return result.rowcount
