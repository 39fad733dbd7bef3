"""People and where they meet us as rows: citizens, administrators, work chats, supervisors, invitations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from bot.domain.citizen import Citizen, CitizenStage, Shown
from bot.domain.institution import Invite, InviteRole, Supervisor, WorkChat, parse_scope
from bot.domain.ticket import Administrator
from storage.keys import identity
from storage.place_rows import read_place
from storage.tables import acting, administrators
from storage.vault import Vault


def read_citizen(row: Any, vault: Vault) -> Citizen:
    """Read a citizen."""
    return Citizen(
        id=row.id,
        channel=row.channel,
        user_id=row.user_id,
        name=vault.open_text(row.name),
        language=row.language,
        has_chosen_language=row.has_chosen_language,
        institution=row.institution,
        stage=CitizenStage(row.stage),
        place=read_place(row),
        created_at=row.created_at,
        consented_at=row.consented_at,
        greeted_at=row.greeted_at,
        recent=tuple(row.recent.split("|")) if row.recent else (),
        forbids=tuple(row.forbids.split("|")) if row.forbids else (),
        shown=_read_shown(row.shown),
        moving=row.moving,
    )


def write_citizen(citizen: Citizen, vault: Vault) -> dict[str, Any]:
    """Write a citizen."""
    return {
        "id": citizen.id,
        "identity": identity(citizen.channel, citizen.user_id),
        "channel": citizen.channel,
        "user_id": citizen.user_id,
        "name": vault.seal_text(citizen.name),
        "language": citizen.language,
        "has_chosen_language": citizen.has_chosen_language,
        "institution": citizen.institution,
        "stage": citizen.stage.value,
        "community": citizen.place.community,
        "chat": citizen.place.chat,
        "created_at": citizen.created_at,
        "consented_at": citizen.consented_at,
        "greeted_at": citizen.greeted_at,
        "recent": "|".join(citizen.recent),
        "forbids": "|".join(citizen.forbids),
        "shown": orjson.dumps(citizen.shown).decode() if citizen.shown else "",
        "moving": citizen.moving,
    }


def _read_shown(text: str) -> tuple[Shown, ...]:
    found: list[dict[str, Any]] = orjson.loads(text) if text else []
    for each in found:
        for moment in ("looked_at", "confirmed_at"):
            each[moment] = datetime.fromisoformat(each[moment]) if each[moment] else None
    return tuple(Shown(**each) for each in found)


def read_administrator(row: Any, vault: Vault) -> Administrator:
    """Read an administrator."""
    return Administrator(
        id=row.id,
        channel=row.channel,
        user_id=row.user_id,
        name=vault.open_text(row.name),
        institution=row.institution,
        acted_at=row.acted_at,
    )


def read_administrators(rows: Iterable[Any], vault: Vault) -> list[Administrator]:
    """Read administrators from rows that have a line for each institution for which somebody acts (`WHO_ACTS`)."""
    found: dict[int, Administrator] = {}
    for row in rows:
        person = found.get(row.id) or read_administrator(row, vault)
        if row.acts_for is not None:
            person = replace(person, acts_for=(*person.acts_for, (row.acts_for, row.acted_for_at)))
        found[row.id] = person
    return list(found.values())


def write_acting(person: Administrator) -> list[dict[str, Any]]:
    """Write for whom an administrator acts."""
    return [
        {"administrator": person.id, "institution": institution, "acted_at": acted_at}
        for institution, acted_at in person.acts_for
    ]


WHO_ACTS = (
    select(administrators, acting.c.institution.label("acts_for"), acting.c.acted_at.label("acted_for_at"))
    .outerjoin(acting, acting.c.administrator == administrators.c.id)
    .order_by(administrators.c.id, acting.c.institution)
)
"""Administrators with a line for each institution for which they act."""


def write_administrator(person: Administrator, vault: Vault) -> dict[str, Any]:
    """Write an administrator."""
    return {
        "id": person.id,
        "identity": identity(person.channel, person.user_id),
        "channel": person.channel,
        "user_id": person.user_id,
        "name": vault.seal_text(person.name),
        "institution": person.institution,
        "acted_at": person.acted_at,
    }


def read_work_chat(row: Any, vault: Vault) -> WorkChat:
    """Read a work chat."""
    return WorkChat(
        place=read_place(row),
        institution=row.institution,
        title=vault.open_text(row.title),
        bound_at=row.bound_at,
        is_lost=row.is_lost,
        lost_at=row.lost_at,
        is_forum=row.is_forum,
        may_not_make_topics=row.may_not_make_topics,
        gathered=row.gathered,
        reminded_at=row.reminded_at,
        hinted=tuple(int(number) for number in row.hinted.split()),
    )


def write_work_chat(chat: WorkChat, vault: Vault) -> dict[str, Any]:
    """Write a work chat."""
    return {
        "institution": chat.institution,
        "channel": chat.place.channel,
        "community": chat.place.community,
        "chat": chat.place.chat,
        "title": vault.seal_text(chat.title),
        "bound_at": chat.bound_at,
        "is_lost": chat.is_lost,
        "lost_at": chat.lost_at,
        "is_forum": chat.is_forum,
        "may_not_make_topics": chat.may_not_make_topics,
        "gathered": chat.gathered,
        "reminded_at": chat.reminded_at,
        "hinted": " ".join(map(str, chat.hinted)),
    }


def read_supervisor(row: Any) -> Supervisor:
    """Read a supervisor."""
    return Supervisor(
        channel=row.channel,
        user_id=row.user_id,
        place=read_place(row),
        scope=parse_scope(row.scope),
        joined_at=row.joined_at,
    )


def write_supervisor(person: Supervisor) -> dict[str, Any]:
    """Write a supervisor."""
    return {
        "channel": person.channel,
        "user_id": person.user_id,
        "scope": str(person.scope),
        "community": person.place.community,
        "chat": person.place.chat,
        "joined_at": person.joined_at,
    }


def read_invite(row: Any) -> Invite:
    """Read an invitation."""
    return Invite(
        code_hash=row.code_hash,
        role=InviteRole(row.role),
        scope=parse_scope(row.scope),
        expires_at=row.expires_at,
        used_at=row.used_at,
    )
