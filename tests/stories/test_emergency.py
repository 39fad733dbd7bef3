"""Stories: words of emergency are answered at once, and links of citizens cannot be clicked in the work chat."""

from sqlalchemy import delete

from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownMessage
from storage.tables import links
from tests.stories.region import BOT, SCHOOL_VK, Region, words

FIRE = "Помогите, у нас в подъезде пожар!"


def shown_with(messenger: MemoryChannel, community: str, chat: str, part: str) -> list[ShownMessage]:
    return [shown for shown in messenger.transcript(community, chat) if part in shown.text]


async def test_a_citizen_in_an_emergency_reads_at_once_whom_to_call(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(FIRE)
    told = region.said_in(region.vk, SCHOOL_VK, "11")
    assert told[0] == words("emergency-fire"), "before anything else"
    assert "112" in told[0]
    assert "101" in told[0]
    assert "Сообщение № 1 принято" in told[1], "the words go their way as any other"

    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    first, second, *_ = card.text.splitlines()
    assert first == "№ 1 · Школа № 12"
    assert second == words("card-emergency")


async def test_whoever_has_not_chosen_an_institution_is_told_as_well(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Бабушка упала и не дышит", name="Олег")
    await region.settled()
    first, second = region.said_in(region.telegram, BOT, "31")
    assert first == words("emergency-medical")
    assert second == words("choose-institution")


async def test_an_emergency_in_further_words_stands_above_them(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    await region.asks("В школе пахнет газом")
    further = await region.telegram.shows(BOT, chat, "В школе пахнет газом")
    assert further.text.splitlines()[1:] == [words("card-emergency"), "В школе пахнет газом"]
    assert words("emergency-gas") in region.said_in(region.vk, SCHOOL_VK, "11")


async def test_a_public_comment_is_answered_under_the_comment(region: Region) -> None:
    await region.bind_telegram("school-12")
    comment = region.vk.comments(SCHOOL_VK, "5", "11", FIRE, name="Гульнара")
    await region.settled()
    [told] = shown_with(region.vk, SCHOOL_VK, "wall-77_5", "112 или 101")
    assert told.reply_to == comment.id


async def test_a_reply_to_an_urgent_card_is_understood_when_its_link_is_lost(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(FIRE)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    async with region.database.unit() as connection:
        await connection.execute(delete(links))
    region.telegram.group_writes(BOT, chat, "9001", "Пожарные уже едут.", name="Анна", reply_to=card.id)
    await region.vk.shows(SCHOOL_VK, "11", "Пожарные уже едут.")


async def test_an_ended_emergency_does_not_stand_on_its_card(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(FIRE)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.presses(BOT, chat, "9001", card.id, "Закрыть", name="Анна")
    await region.settled()
    now = region.telegram.transcripts.find(BOT, chat, card.id)
    assert now is not None
    assert words("card-emergency") not in now.text


async def test_an_ordinary_question_is_not_taken_for_an_emergency(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Когда будет экскурсия в пожарную часть?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert words("card-emergency") not in card.text
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 1


async def test_links_of_citizens_cannot_be_clicked_in_the_work_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Это правда? https://gоsuslugi.ru/pay", name="Анна evil.com")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Это правда? hxxps://xn--gsuslugi-nbh[.]ru/pay" in card.text
    assert "Анна evil[.]com" in card.text
    await region.asks("и ещё example.com")
    await region.telegram.shows(BOT, chat, "и ещё example[.]com")
    region.telegram.group_writes(BOT, chat, "9001", "/ticket 1", name="Анна")
    line = await region.telegram.shows(BOT, chat, "24.11 10:00 Гульнара")
    assert "example.com" not in line.text
    assert "example[.]com" in line.text
    assert (await region.ticket(1)).messages[0].text.endswith("https://gоsuslugi.ru/pay"), "kept as it was said"


async def test_long_words_with_links_arrive_whole_and_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    sentences = [f"Страница {number}: https://example.com/{number}" for number in range(200)]
    await region.asks("\n".join(sentences))
    shown = "\n".join(region.said_in(region.telegram, BOT, chat))
    for number in range(200):
        assert shown.count(f"Страница {number}: hxxps://example[.]com/{number}\n") == (number < 199)
