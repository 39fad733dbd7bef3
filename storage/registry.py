"""Institutions, work chats and supervisors: few and slow to change, so every process keeps them in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Institution, Supervisor, WorkChat
from bot.domain.message import Place
from storage import rows
from storage.institutions import read_institutions
from storage.tables import supervisors, work_chats
from storage.vault import Vault


@dataclass(slots=True, kw_only=True)
class Registry:
    """A picture of the directory at one version; tokens are left out."""

    version: int = -1
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    """By code, in the order of the sheet."""
    communities: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Institution code by channel and community."""
    work_chats: dict[str, WorkChat] = field(default_factory=dict)
    """By institution code."""
    codes_by_lane: dict[str, list[str]] = field(default_factory=dict)
    """Codes of the institutions that a work chat serves, by the chat's lane."""
    supervisors: dict[str, list[Supervisor]] = field(default_factory=dict)
    """By identity."""

    def institution_of(self, place: Place) -> Institution | None:
        """Return the institution whose own community this place belongs to."""
        code = self.communities.get((place.channel, place.community))
        return self.institutions.get(code) if code else None

    def served_by(self, place: Place) -> list[str]:
        """Return the codes of the institutions whose work chat this place is."""
        return self.codes_by_lane.get(place.lane, [])

    def bind(self, chat: WorkChat) -> None:
        """Show a new or changed work chat."""
        before = self.work_chats.get(chat.institution)
        if before is not None:
            self.codes_by_lane[before.place.lane].remove(chat.institution)
        self.work_chats[chat.institution] = chat
        self.codes_by_lane.setdefault(chat.place.lane, []).append(chat.institution)

    def join(self, person: Supervisor) -> None:
        """Show a new supervisor."""
        key = rows.identity(person.channel, person.user_id)
        others = [known for known in self.supervisors.get(key, []) if known.scope != person.scope]
        self.supervisors[key] = [*others, person]


async def read_registry(connection: AsyncConnection, vault: Vault, version: int) -> Registry:
    """Read the whole registry."""
    institutions = await read_institutions(connection, vault)
    found = Registry(
        version=version,
        institutions={institution.code: _without_secrets(institution) for institution in institutions},
        communities=communities_of(institutions),
    )
    for row in await connection.execute(select(work_chats)):
        found.bind(rows.read_work_chat(row, vault))
    for row in await connection.execute(select(supervisors).order_by(supervisors.c.joined_at)):
        found.join(rows.read_supervisor(row))
    return found


def communities_of(institutions: Iterable[Institution]) -> dict[tuple[str, str], str]:
    """Return the institution code of each VK community and each institution's own bot."""
    known = {}
    for institution in institutions:
        if institution.vk_group_id:
            known["vk", institution.vk_group_id] = institution.code
        if institution.telegram_token:
            known["telegram", institution.telegram_token.partition(":")[0]] = institution.code
    return known


def _without_secrets(institution: Institution) -> Institution:
    return replace(institution, vk_token="", vk_secret="", telegram_token="", max_token="")
