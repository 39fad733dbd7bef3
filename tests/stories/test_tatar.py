"""A citizen whose phone speaks Tatar reads Tatar everywhere, the work chat its own language."""

from datetime import timedelta

from bot.channels.memory_transcript import ShownAuthor, ShownMessage
from bot.texts import Texts
from tests.stories.region import BOT, SCHOOL_VK, Region

CITIZEN = "31"
TATAR = frozenset("әөүҗңһ")
TEXTS = Texts.load()


async def test_a_tatar_phone_is_spoken_to_in_tatar_from_the_greeting_to_the_end(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await writes(region, "/start", "/help", "/my", "Мәктәптә салкын, балалар өши")
    for choice in (TEXTS.say("tt", "button-by-branch"), "Образование", "Альметьевский район", "Школа № 12"):
        region.telegram.presses(BOT, CITIZEN, CITIZEN, "", choice, name="Алия")
        await region.settled()
    await writes(region, "/my", "/language", "/start school-12")
    card = await region.telegram.shows(BOT, chat, "Мәктәптә салкын")
    region.telegram.group_writes(BOT, chat, "9001", "Иртәгә җылытабыз.", name="Анна", reply_to=card.id)
    await region.settled()
    await writes(region, "Рәхмәт, ә кайчан?")
    await region.closes(chat, card.id, why="no_details")
    await writes(region, "Тагын салкын")
    region.telegram.group_writes(BOT, chat, "9001", "Җылыттык.", name="Анна", reply_to=card.id)
    await region.settled()
    await region.later(timedelta(hours=1))
    await region.later(timedelta(days=8))

    heard = [shown for shown in region.telegram.transcript(BOT, CITIZEN) if shown.author is ShownAuthor.BOT]
    assert len(heard) == 15
    assert [shown.text for shown in heard if not is_tatar(shown)] == []
    assert "№ 1 хәбәр ябылды: җаваптан соң" in heard[-1].text
    assert "последний 24.11 10:00 (Анна)" in (await region.telegram.shows(BOT, chat, "Мәктәптә салкын")).text


async def test_who_chose_tatar_in_vk_reads_it_from_then_on(region: Region) -> None:
    await region.asks("Где бассейн?")
    region.vk.citizen_writes(SCHOOL_VK, "11", "/language", name="Гульнара")
    await region.settled()
    region.vk.presses(SCHOOL_VK, "11", "11", "", "Татарча", name="Гульнара")
    await region.vk.shows(SCHOOL_VK, "11", TEXTS.say("tt", "language-saved"))
    region.vk.citizen_writes(SCHOOL_VK, "11", "/my", name="Гульнара")
    await region.vk.shows(SCHOOL_VK, "11", "№ 1, Школа № 12: эштә, җавап бүген 18:00 сәгатькә кадәр")


async def writes(region: Region, *texts: str) -> None:
    for text in texts:
        region.telegram.citizen_writes(BOT, CITIZEN, text, name="Алия", language="tt")
        await region.settled()


def is_tatar(shown: ShownMessage) -> bool:
    """Every paragraph has a letter that Russian has not, or is one of two that happen to have none."""
    return all(
        TATAR & set(part.lower()) or part.startswith(("Сайланды", "Телне сайлагыз"))
        for part in shown.text.split("\n\n")
    )
