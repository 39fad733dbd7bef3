"""A citizen asks, the right administrators answer, the answer comes back where the question was asked."""

from datetime import timedelta

from bot.safety.links import defang
from tests.stories.region import BOT, CLINIC_VK, SCHOOL_VK, Region, words


async def test_a_question_in_an_institutions_community_is_answered_from_a_telegram_group(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Когда откроется бассейн?", name="Гульнара")

    promise = await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
    assert "Школа № 12" in promise.text
    assert promise.text.splitlines() == [
        "Принято, № 1 · Школа № 12. Ответим сегодня до 18:00, сюда же.",
        "Это не обращение по 59-ФЗ. При беде – 112. Кодов из СМС никто не спросит.",
    ]
    assert [[button.text for button in row] for row in promise.buttons] == [["Не туда", "Отменить"]]
    card = await region.telegram.shows(BOT, chat, "Когда откроется бассейн?")
    assert card.text.startswith("№ 1 · до 18:00 · Гульнара, ВКонтакте\n")

    region.clock.advance(timedelta(minutes=30))
    region.telegram.group_writes(BOT, chat, "9001", "В декабре, после ремонта.", name="Анна", reply_to=card.id)
    answer = await region.vk.shows(SCHOOL_VK, "11", "В декабре")
    assert answer.text == "В декабре, после ремонта."
    await region.telegram.shows(BOT, chat, "✔ Ответ 10:30 (Анна)")


async def test_a_telegram_question_is_answered_from_a_vk_conversation(region: Region) -> None:
    chat = await region.bind_vk("clinic-6", CLINIC_VK)
    region.telegram.citizen_writes(BOT, "31", "/start clinic-6", name="Олег", deep_link="clinic-6")
    await region.telegram.shows(BOT, "31", "Это Детская поликлиника № 6.")
    region.telegram.citizen_writes(BOT, "31", "Есть ли запись к окулисту?", name="Олег")
    card = await region.vk.shows(CLINIC_VK, chat, "Есть ли запись к окулисту?")

    region.vk.group_writes(CLINIC_VK, chat, "9101", "Да, на пятницу.", name="Мария", reply_to=card.id)
    answer = await region.telegram.shows(BOT, "31", "Да, на пятницу.")
    assert answer.text == "Ответ на сообщение № 1, Детская поликлиника № 6:\n\nДа, на пятницу."


async def test_a_comment_is_answered_under_the_comment(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.comments(SCHOOL_VK, "5", "12", "А каникулы когда?", name="Ильдар")
    card = await region.telegram.shows(BOT, chat, "А каникулы когда?")
    assert words("card-comment") in card.text
    assert "wall-77_5" in card.text

    region.telegram.group_writes(BOT, chat, "9001", "С 28 декабря.", name="Анна", reply_to=card.id)
    answer = await region.vk.shows(SCHOOL_VK, "wall-77_5", "С 28 декабря.")
    assert answer.reply_to == asked.id


async def test_the_card_of_a_comment_says_under_which_post_it_stands(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    long = "Родительское собрание пройдёт в актовом зале школы 1 декабря в 18:00,\nвход со двора"
    posts = (("5", long), ("6", "Каникулы: http://bad.example"), ("7", ""))
    for post, text in posts:
        region.vk.comments(SCHOOL_VK, post, f"2{post}", "А каникулы когда?", name="Ильдар", more={"post": text})
    await region.settled()
    cards = [text.splitlines()[1] for text in region.said_in(region.telegram, BOT, chat) if "А каникулы" in text]
    assert cards == [
        words("card-comment-under", post="Родительское собрание пройдёт в актовом зале школы 1 декабр…"),
        words("card-comment-under", post=defang("Каникулы: http://bad.example")),
        words("card-comment"),
    ]


async def test_a_note_stays_in_the_work_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Когда собрание?")
    card = await region.telegram.shows(BOT, chat, "Когда собрание?")
    region.telegram.group_writes(BOT, chat, "9001", "// спросите у завуча", name="Анна", reply_to=card.id)
    await region.settled()

    assert not [shown for shown in region.vk.transcript(SCHOOL_VK, "11") if "завуч" in shown.text]
    line = await region.ticket(1)
    assert [message.kind.value for message in line.messages] == ["question", "note"]
    assert line.ticket.first_answered_at is None


async def test_quick_first_messages_are_one_ticket_in_order(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for number in range(1, 6):
        region.vk.citizen_writes(SCHOOL_VK, "11", f"Часть {number}", name="Гульнара")
    await region.telegram.shows(BOT, chat, "Часть 5")
    await region.settled()

    assert await region.tickets() == 1
    [card] = [message.text for message in region.telegram.transcript(BOT, chat) if "Часть" in message.text]
    assert card.splitlines()[1:6] == [f"Часть {number}" for number in range(1, 6)]
    promises = [message for message in region.vk.transcript(SCHOOL_VK, "11") if "Принято" in message.text]
    assert len(promises) == 1


async def test_equal_numbers_on_two_messengers_are_two_people(region: Region) -> None:
    await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вопрос из ВК")
    await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
    region.telegram.citizen_writes(BOT, "11", "/start school-12")
    region.telegram.citizen_writes(BOT, "11", "Вопрос из Телеграма")
    await region.telegram.shows(BOT, "11", "Принято, № 2 ·")
    await region.settled()

    assert not [shown for shown in region.telegram.transcript(BOT, "11") if "№ 1 " in shown.text]
