"""The first words of a person who is not asked for a consent: once, in one message, in either language."""

from bot.texts import Texts
from tests.stories.region import BOT, SCHOOL_VK, Region, words

TEXTS = Texts.load()
SCHOOL_HELLO = (
    "Здравствуйте. Это Школа № 12. Передадим ваш вопрос и ответим здесь. "
    "Это не обращение по 59-ФЗ. При беде – 112. Кодов из СМС никто не спросит."
)


async def starts(region: Region, text: str = "/start school-12") -> list[str]:
    region.telegram.citizen_writes(BOT, "31", text, name="Олег", deep_link=text.partition(" ")[2])
    await region.settled()
    return region.said_in(region.telegram, BOT, "31")


async def asks(region: Region, text: str) -> str:
    region.telegram.citizen_writes(BOT, "31", text, name="Олег")
    await region.settled()
    return region.said_in(region.telegram, BOT, "31")[-1]


async def test_a_link_brings_one_message_that_says_all_and_the_next_start_is_short(region: Region) -> None:
    assert await starts(region) == [SCHOOL_HELLO]
    shown = region.telegram.transcript(BOT, "31")[-1]
    assert [[button.text for button in row] for row in shown.buttons] == [["Татарча"]]
    said = await asks(region, "Где бассейн?")
    assert said == "Принято, № 1 · Школа № 12. Ответим сегодня до 18:00, сюда же."
    assert (await starts(region, "/start"))[-1] == words("courtesy-greeting")
    assert (await starts(region))[-1] == words("institution-chosen", institution="Школа № 12")


async def test_the_first_words_can_be_read_in_tatar_which_is_spoken_from_then_on(region: Region) -> None:
    await starts(region)
    shown = region.telegram.transcript(BOT, "31")[-1]
    region.telegram.presses(BOT, "31", "31", shown.id, "Татарча", name="Олег")
    await region.settled()
    shown = region.telegram.transcript(BOT, "31")[-1]
    assert shown.text == TEXTS.say("tt", "hello-of", institution="Школа № 12")
    assert [[button.text for button in row] for row in shown.buttons] == [["Русский"]]
    assert (await asks(region, "Где бассейн?")).startswith("Кабул ителде, № 1 · Школа № 12.")


async def test_who_begins_with_words_reads_the_rest_with_the_first_acceptance_and_never_again(region: Region) -> None:
    await region.asks("Где бассейн?")
    [first] = region.said_in(region.vk, SCHOOL_VK, "11")
    assert first.splitlines()[1:] == [words("essentials")]
    region.vk.citizen_writes(SCHOOL_VK, "11", "/start", name="Гульнара")
    await region.settled()
    said = region.said_in(region.vk, SCHOOL_VK, "11")
    assert said[1:] == [words("courtesy-greeting-of", institution="Школа № 12")]


async def test_a_commenter_reads_them_when_they_write_in_private(region: Region) -> None:
    region.vk.comments(SCHOOL_VK, "5", "11", "Где бассейн?", name="Гульнара")
    await region.settled()
    [public] = region.said_in(region.vk, SCHOOL_VK, "wall-77_5")
    assert public == "Принято, № 1. Ответим сегодня до 18:00, сюда же."
    await region.asks("А когда откроют?")
    assert region.said_in(region.vk, SCHOOL_VK, "11")[0].endswith(words("essentials"))


async def test_who_was_erased_reads_them_anew(region: Region) -> None:
    await starts(region)
    assert await asks(region, "/delete") == words("erase-ask")
    region.telegram.presses(BOT, "31", "31", "", words("button-erase"), name="Олег")
    await region.settled()
    assert (await starts(region))[-1] == SCHOOL_HELLO
