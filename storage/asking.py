"""Whether somebody may see a scope's figures, asked of the database when they are worked out; where supervisors ask."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope, ScopeKind
from bot.domain.message import Place
from storage.tables import supervisors, work_chats


async def may_see(connection: AsyncConnection, *, place: Place, asked_by: str, scope: Scope) -> bool:
    """Tell whether the figures of `scope` may be shown in `place` to whoever asked (an identity).

    In a work chat everybody may see the institution that it serves; in private a supervisor the scopes that they have.
    """
    if place.is_group:
        if scope.kind is not ScopeKind.INSTITUTION:
            return False
        served = select(work_chats.c.institution).where(
            work_chats.c.institution == scope.name,
            work_chats.c.channel == place.channel,
            work_chats.c.community == place.community,
            work_chats.c.chat == place.chat,
            work_chats.c.is_lost.is_(False),
        )
        return (await connection.execute(served)).first() is not None
    channel, _, user_id = asked_by.partition(":")
    given = select(supervisors.c.scope).where(
        supervisors.c.channel == channel, supervisors.c.user_id == user_id, supervisors.c.scope == str(scope)
    )
    return (await connection.execute(given)).first() is not None


async def read_supervisor_places(connection: AsyncConnection) -> dict[tuple[str, str], list[str]]:
    """Return the private dialogues of supervisors, by channel and community."""
    query = select(supervisors.c.channel, supervisors.c.community, supervisors.c.chat).distinct()
    found: dict[tuple[str, str], list[str]] = {}
    for channel, community, chat in await connection.execute(query.order_by(supervisors.c.chat)):
        found.setdefault((channel, community), []).append(chat)
    return found
