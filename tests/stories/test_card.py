"""The card in the work chat says all that an administrator must know, and stays up to date."""

from datetime import timedelta

import pytest

from bot.domain.message import Place
from bot.domain.quotation import LINE_SIGN
from tests.stories.region import BOT, CLINIC_VK, SCHOOL_VK, Region, words

LONG = "".join(f"Предложение номер {number} о бассейне 🏊🏽‍♀️ и школе. " for number in range(1, 460))


async def test_the_card_says_who_asks_until_when_and_what(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Когда откроется бассейн?", name="Гульнара")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert card.text.splitlines() == [
        "№ 1 · до 18:00 · Гульнара, ВКонтакте",
        "Когда откроется бассейн?",
        words("card-hint"),
    ]
    assert [[button.text for button in row] for row in card.buttons] == [["Передать"], ["Ответ не нужен", "Ещё…"]]


async def test_only_the_first_three_cards_of_a_chat_say_how_to_answer(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.bind_telegram("clinic-6", chat)
    for person in ("11", "12"):
        await region.asks("Где бассейн?", user_id=person)
    for person in ("13", "14"):
        region.vk.citizen_writes(CLINIC_VK, person, "Где врач?")
        await region.settled()
    texts = [text for text in region.said_in(region.telegram, BOT, chat) if text.startswith("№")]
    assert [words("card-hint") in text for text in texts] == [True, True, True, False]
    assert [text.splitlines()[1] for text in texts] == ["Школа № 12"] * 2 + ["Детская поликлиника № 6"] * 2


async def test_another_day_than_the_cards_own_is_named(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.clock.advance(timedelta(hours=8, minutes=30))
    await region.asks()
    await region.telegram.shows(BOT, chat, "№ 1 · до 25.11 17:00 · Гульнара, ВКонтакте")
    await region.later(timedelta(days=2))
    await region.telegram.shows(BOT, chat, "№ 1 · 🔴 срок был до 25.11 17:00 · Гульнара, ВКонтакте")


async def test_words_that_follow_at_once_stand_on_the_card(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("У нас холодно.")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    for text in ("Где бассейн?", "И сколько стоит?"):
        region.clock.advance(timedelta(seconds=29))
        await region.asks(text)
    assert len(region.said_in(region.telegram, BOT, chat)) == 2, "the greeting of the chat and one card"
    grown = region.telegram.transcripts.find(BOT, chat, card.id)
    assert grown is not None
    assert grown.text.splitlines()[1:4] == ["У нас холодно.", "Где бассейн?", "И сколько стоит?"]
    told = [text for text in region.said_in(region.vk, SCHOOL_VK, "11") if "№ 1" in text]
    assert len(told) == 1, "the citizen is told once, however much they add"


@pytest.mark.parametrize("what", ["later", "file", "emergency", "pressed", "answered", "full"])
async def test_other_words_come_as_replies_to_the_card(region: Region, what: str) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн? " + ("слово " * 400 if what == "full" else ""))
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    words = "В школе пожар" if what == "emergency" else "И сколько стоит?" * (10 if what == "full" else 1)
    match what:
        case "later":
            region.clock.advance(timedelta(seconds=31))
        case "pressed":
            region.telegram.presses(BOT, chat, "9001", card.id, "Ещё…", name="Анна")
        case "answered":
            region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.settled()
    files = [("дом.png", "image/png", b"PNG")] if what == "file" else []
    region.vk.citizen_writes(SCHOOL_VK, "11", words, name="Гульнара", attachments=files)
    further = await region.telegram.shows(BOT, chat, words)
    assert further.reply_to == card.id
    assert further.text.startswith("№ 1 · Гульнара:\n")


async def test_a_card_that_somebody_deleted_comes_anew_with_the_words_that_followed(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.transcripts.delete(BOT, chat, card.id)
    await region.asks("И сколько стоит?")
    new = await region.telegram.shows(BOT, chat, "Где бассейн?\nИ сколько стоит?", after=card.id)
    region.telegram.group_writes(BOT, chat, "9001", "На Ленина, 5.", name="Анна", reply_to=new.id)
    await region.vk.shows(SCHOOL_VK, "11", "На Ленина, 5.")


async def test_words_that_came_before_the_card_stand_on_it_together_and_go_on_so(region: Region) -> None:
    for text in ("Где бассейн?", "И сколько стоит?"):
        await region.asks(text)
        region.clock.advance(timedelta(minutes=5))
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вот", name="Гульнара", attachments=[("дом.png", "image/png", b"PNG")])
    await region.settled()
    chat = await region.bind_telegram("school-12")
    await region.settled()
    _, card, photo = region.said_in(region.telegram, BOT, chat)
    assert card.splitlines()[1:3] == ["Где бассейн?", "И сколько стоит?"]
    assert photo == "№ 1 · Гульнара:\nВот"


async def test_very_long_words_arrive_whole_and_in_order_in_the_work_chat(region: Region) -> None:
    chat = await region.bind_vk("school-12", SCHOOL_VK)
    assert len(LONG) > 20_000
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", LONG, name="Олег")
    await region.settled()

    shown = region.vk.transcript(SCHOOL_VK, chat)[2:]
    card, *further = [message.text for message in shown if "Предложение" in message.text]
    words = card.splitlines()[1] + " " + " ".join(text.removeprefix("№ 1 · Олег:\n") for text in further)
    assert words.replace(LINE_SIGN, "").split() == LONG.split()
    assert all(LINE_SIGN in text for text in (card, *further))
    assert (await region.ticket(1)).messages[0].text == LONG


async def test_a_very_long_answer_arrives_whole_and_in_order_and_counts_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", LONG, name="Анна", reply_to=card.id)
    held = await region.telegram.shows(BOT, chat, words("doubt-long", count="20000"))
    assert not region.said_in(region.vk, SCHOOL_VK, "11")[1:], "nothing slips through behind what was looked at"
    region.telegram.presses(BOT, chat, "9001", held.id, words("button-send-anyway"), name="Анна")
    await region.settled()

    parts = [text for text in region.said_in(region.vk, SCHOOL_VK, "11") if "Предложение" in text]
    assert len(parts) > 4
    assert " ".join(parts).split() == LONG.split()
    line = await region.ticket(1)
    assert [message.delivery for message in line.messages] == [None, "delivered"]


async def test_the_card_shows_each_answer_and_whether_it_arrived(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.settled()
    region.clock.advance(timedelta(minutes=5))
    region.telegram.group_writes(BOT, chat, "9002", "То есть в среду.", name="Булат", reply_to=card.id)
    await region.settled()

    now = region.telegram.transcripts.find(BOT, chat, card.id)
    assert now is not None
    assert "✅ Есть ответ" in now.text
    assert words("card-taken", name="Анна") in now.text, "the last answer was somebody else's"
    assert "✔ 2 ответа, последний 10:05 (Булат)" in now.text
    assert [button.text for row in now.buttons for button in row] == ["Передать", "Ещё…"]


async def test_an_answer_on_its_way_is_shown_as_such(region: Region) -> None:
    from bot.domain.errors import ChannelBusyError

    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.vk.fail_next(ChannelBusyError("busy", retry_after=timedelta(minutes=3)), chat="11")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    region.telegram.presses(BOT, chat, "9001", card.id, "Закрыть", name="Анна")
    await region.telegram.shows(BOT, chat, words("card-answer-on-the-way", name="Анна"))
    await region.later(timedelta(minutes=4))
    await region.telegram.shows(BOT, chat, "✔ Ответ 10:04 (Анна)")


async def test_new_words_after_an_answer_make_the_card_wait_again(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.telegram.shows(BOT, chat, "✔ Ответ")
    region.clock.advance(timedelta(hours=1))
    await region.asks("А послезавтра?")

    now = region.telegram.transcripts.find(BOT, chat, card.id)
    assert now is not None
    assert now.text.startswith("№ 1 · до 25.11 10:00 · Гульнара, ВКонтакте\n")
    await region.vk.shows(SCHOOL_VK, "11", "Передали, № 1 ·")


async def test_a_reply_to_the_citizens_words_or_to_ones_own_answer_reaches_the_citizen(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    region.clock.advance(timedelta(minutes=1))
    await region.asks("И сколько стоит?")
    further = await region.telegram.shows(BOT, chat, "И сколько стоит?")
    own = region.telegram.group_writes(BOT, chat, "9001", "На Ленина, 5.", name="Анна", reply_to=further.id)
    await region.vk.shows(SCHOOL_VK, "11", "На Ленина, 5.")
    region.telegram.group_writes(BOT, chat, "9001", "Бесплатно.", name="Анна", reply_to=own.id)
    await region.vk.shows(SCHOOL_VK, "11", "Бесплатно.")


async def test_talk_among_administrators_stays_among_them(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    hello = region.telegram.group_writes(BOT, chat, "9001", "Коллеги, кто сегодня дежурит?", name="Анна")
    region.telegram.group_writes(BOT, chat, "9002", "Я.", name="Булат", reply_to=hello.id)
    before = region.said_in(region.telegram, BOT, chat)
    await region.settled()
    assert region.said_in(region.telegram, BOT, chat) == before
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 1


async def test_one_work_chat_may_serve_two_institutions(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.bind_telegram("clinic-6", chat)
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вопрос школе")
    region.vk.citizen_writes(CLINIC_VK, "11", "Вопрос врачу")
    school = await region.telegram.shows(BOT, chat, "Вопрос школе")
    clinic = await region.telegram.shows(BOT, chat, "Вопрос врачу")
    region.telegram.group_writes(BOT, chat, "9001", "Ответ школы", name="Анна", reply_to=school.id)
    region.telegram.group_writes(BOT, chat, "9001", "Ответ врача", name="Анна", reply_to=clinic.id)
    await region.vk.shows(SCHOOL_VK, "11", "Ответ школы")
    await region.vk.shows(CLINIC_VK, "11", "Ответ врача")


async def test_the_whole_time_line_is_shown_on_request(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "// спрошу", name="Анна", reply_to=card.id)
    region.telegram.group_writes(BOT, chat, "9001", "На Ленина, 5.", name="Анна", reply_to=card.id)
    await region.settled()
    region.telegram.group_writes(BOT, chat, "9001", "/ticket 1", name="Анна")
    shown = await region.telegram.shows(BOT, chat, "24.11 10:00 Гульнара: Где бассейн?")
    assert shown.text.splitlines()[3:] == [
        "24.11 10:00 Гульнара: Где бассейн?",
        "24.11 10:00 заметка, Анна: спрошу",
        "24.11 10:00 ответ, Анна (✔ доставлен 24.11 10:00): На Ленина, 5.",
    ]


async def test_what_waits_is_listed_the_longest_waiting_first(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос", user_id="11")
    region.clock.advance(timedelta(hours=2))
    await region.asks("Второй вопрос", user_id="12")
    region.clock.advance(timedelta(hours=7))
    region.telegram.group_writes(BOT, chat, "9001", "/open", name="Анна")
    shown = await region.telegram.shows(BOT, chat, "Ждут ответа 2 сообщения")
    first, second = shown.text.splitlines()[1:]
    assert first.startswith("🔴 № 1")
    assert second.startswith("№ 2")
    assert "Второй вопрос" in second


async def test_a_lost_link_is_found_by_the_number_in_our_own_words(region: Region) -> None:
    from sqlalchemy import delete

    from storage.tables import links

    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    async with region.database.unit() as connection:
        await connection.execute(delete(links))
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.vk.shows(SCHOOL_VK, "11", "Завтра.")


async def test_a_forged_number_opens_nobody_elses_ticket(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    other = await region.bind_telegram("clinic-6", "-1002", by="9003", name="Вера")
    await region.asks()
    await region.telegram.shows(BOT, chat, "№ 1 ·")
    ours = await region.telegram.shows(BOT, other, "это рабочий чат")
    place = Place(channel="telegram", community=BOT, chat=other)
    region.telegram.push_raw(
        BOT,
        {
            "kind": "message",
            "chat": place.chat,
            "chat_kind": "group",
            "from": {"id": "9003", "name": "Вера"},
            "message_id": "900",
            "text": "Чужой ответ",
            "files": [],
            "reply_to": ours.id,
            "reply_text": "№ 1 · Школа № 12",
            "at": region.clock.now().isoformat(),
        },
        chat=other,
    )
    await region.settled()
    assert "Чужой ответ" not in region.said_in(region.vk, SCHOOL_VK, "11")
    await region.telegram.shows(BOT, other, words("reply-to-unknown"))
