"""Numbers of communities that the sheet knows by the name in their link: VK tells them to whoever has a token."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.accounts import vk_account
from bot.domain.channel import Channel
from bot.domain.errors import ChannelError
from bot.domain.institution import Institution
from storage.database import Database
from storage.institutions import read_institutions, write_institutions


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What became of one name."""

    institution: Institution
    number: str = ""
    reason: str = ""
    """Why there is no number, in plain Russian."""


async def find_numbers(database: Database, channel: Channel, *, now: datetime) -> list[Named]:
    """Ask for every name that has no number yet, keep what is told, and return what became of each.

    Raises StorageError.
    """
    async with database.reading() as connection:
        known = await read_institutions(connection, database.vault)
    owners = {each.vk_group_id: each for each in known if each.vk_group_id}
    tokens = [each.vk_token for each in known if each.vk_token]
    found = []
    for institution in known:
        if institution.vk_name and not institution.vk_group_id:
            named = await _ask(channel, institution, tokens)
            owner = owners.get(named.number) if named.number else None
            if owner is not None:
                says = f"сообщество {named.number} уже принадлежит учреждению {owner.code}"
                named = Named(institution=institution, reason=says)
            elif named.number:
                owners[named.number] = institution
            found.append(named)
    await _keep(database, [named for named in found if named.number], now)
    return found


async def _ask(channel: Channel, institution: Institution, tokens: Sequence[str]) -> Named:
    token = institution.vk_token or next(iter(tokens), "")
    if not token:
        return Named(institution=institution, reason="нет ни одного vk_token, которым можно спросить ВКонтакте")
    try:
        number = await channel.community_named(vk_account(institution, token), institution.vk_name)
    except ChannelError as error:
        return Named(institution=institution, reason=f"ВКонтакте не ответил: {error}")
    if number is None:
        return Named(institution=institution, reason=f"сообщества vk.com/{institution.vk_name} нет")
    return Named(institution=institution, number=number)


async def _keep(database: Database, found: Sequence[Named], now: datetime) -> None:
    if not found:
        return
    numbers = {named.institution.code: named for named in found}
    async with database.unit() as connection:
        # The directory may have changed meanwhile: only the same name gets the number.
        fresh = await read_institutions(connection, database.vault)
        changed = [
            replace(each, vk_group_id=numbers[each.code].number)
            for each in fresh
            if each.code in numbers and not each.vk_group_id and each.vk_name == numbers[each.code].institution.vk_name
        ]
        await write_institutions(connection, database.vault, changed, now=now)
