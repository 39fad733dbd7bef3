"""The addresses under which an institution can be written to: what stands behind the codes on its door."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.institution import Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way to write to one institution."""

    channel: str
    """`telegram` or `vk`."""
    address: str
    """Opens a dialogue in which the institution need not be chosen."""


def doors_of(institution: Institution, *, telegram: Mapping[str, str], regional_bot: str) -> tuple[Door, ...]:
    """Return the doors of an institution, VK first: it is what most citizens have.

    `telegram`: id of a bot → its address; `regional_bot`: the id of the region's own one, empty when there is none. An
    institution's own bot is preferred; with the regional one the code goes along
    (https://core.telegram.org/bots/features#deep-linking). A VK community needs none (https://vk.me).
    """
    doors = []
    if institution.vk_group_id:
        doors.append(Door(channel="vk", address=f"https://vk.me/club{institution.vk_group_id}"))
    own = telegram.get(institution.telegram_token.partition(":")[0], "")
    address = own or telegram.get(regional_bot, "")
    if address:
        doors.append(Door(channel="telegram", address=f"{address}?start={institution.code}"))
    return tuple(doors)
