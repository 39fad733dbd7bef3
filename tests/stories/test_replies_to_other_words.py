"""A reply to words of ours that are about no ticket goes to nobody."""

from tests.stories.region import BOT, SCHOOL_VK, Region, words


async def test_a_reply_to_words_that_name_a_school_by_number_reaches_no_citizen(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for number in range(1, 13):
        region.vk.citizen_writes(SCHOOL_VK, str(100 + number), f"Вопрос {number}")
        await region.telegram.shows(BOT, chat, f"Вопрос {number}")
    bound = await region.telegram.shows(BOT, chat, "это рабочий чат, Школа № 12")
    region.telegram.group_writes(BOT, chat, "9001", "Ура, теперь отвечаем тут", name="Анна", reply_to=bound.id)
    await region.telegram.shows(BOT, chat, "какому жителю")
    region.telegram.group_writes(BOT, chat, "9001", "/open", name="Анна")
    listed = await region.telegram.shows(BOT, chat, "Ждут ответа 12")
    region.telegram.group_writes(BOT, chat, "9001", "Разберём завтра", name="Анна", reply_to=listed.id)
    await region.telegram.shows(BOT, chat, words("reply-to-list"), after=listed.id)
    await region.settled()

    for number in range(1, 13):
        said = " ".join(shown.text for shown in region.vk.transcript(SCHOOL_VK, str(100 + number)))
        assert "Ура" not in said
        assert "завтра" not in said
