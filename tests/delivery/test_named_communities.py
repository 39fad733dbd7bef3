"""VK tells the number of a community whose link has a name, and nothing that is known goes lost by it."""

from dataclasses import replace

from bot.channels.vk.channel import VkChannel
from bot.delivery.named_communities import find_numbers
from bot.domain.institution import Institution
from storage.database import Database
from storage.institutions import read_institutions, write_institutions
from tests.delivery.parts import NOON
from tests.pretend.vk import PretendVk

SCHOOL = Institution(
    code="school", name="Школа", branch="Образование", municipality="Казань", vk_group_id="77", vk_token="vk-school"
)


def named(code: str, name: str) -> Institution:
    return replace(SCHOOL, code=code, vk_group_id="", vk_token="", vk_name=name)


async def test_numbers_are_asked_with_any_token_and_kept(database: Database) -> None:
    left = [named("clinic", "clinic6"), named("twin", "school77"), named("gone", "nobody")]
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, [SCHOOL, *left], now=NOON)
    async with PretendVk({77: "vk-school"}) as vk:
        vk.screen_names |= {"clinic6": 78, "school77": 77}
        channel = VkChannel(api_url=vk.url)
        try:
            found = await find_numbers(database, channel, now=NOON)
        finally:
            await channel.close()
    assert [(each.institution.code, each.number) for each in found] == [("clinic", "78"), ("twin", ""), ("gone", "")]
    assert "уже принадлежит учреждению school" in found[1].reason
    assert "vk.com/nobody нет" in found[2].reason
    async with database.reading() as connection:
        stored = {each.code: each.vk_group_id for each in await read_institutions(connection, database.vault)}
    assert stored == {"school": "77", "clinic": "78", "twin": "", "gone": ""}
