"""Which words of a work chat reach the citizen: each row of the table in the administrators' guide."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownMessage
from bot.domain.ticket import DeliveryState, MessageKind
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CLINIC_BUTTON = "x:1:0:clinic-6"
SEND = words("button-note-send")
ANNA, BULAT = ("9001", "Анна"), ("9002", "Булат")


@dataclass(slots=True)
class Chat:
    """A work chat of the school in one of the messengers, with topics or without, and № 1 of a citizen in VK."""

    region: Region
    messenger: MemoryChannel
    community: str
    chat: str
    thread: str = ""

    def writes(self, who: tuple[str, str], text: str, reply_to: str = "", **more: object) -> ShownMessage:
        user, name = who
        return self.messenger.group_writes(
            self.community, self.chat, user, text, name=name, reply_to=reply_to, thread=self.thread, more=more
        )

    async def shows(self, text: str) -> ShownMessage:
        return await self.messenger.shows(self.community, self.chat, text)

    def bot_under(self, message: ShownMessage) -> list[ShownMessage]:
        """Return what the bot says in reply to a message."""
        shown = self.messenger.transcript(self.community, self.chat)
        return [each for each in shown if each.reply_to == message.id and not each.user_id]

    def reactions(self, message: ShownMessage) -> list[str]:
        found = self.messenger.transcripts.find(self.community, self.chat, message.id)
        return [emoji for _, emoji in found.reactions] if found is not None else []

    def press(self, who: tuple[str, str], under: ShownMessage, text: str = SEND) -> str:
        user, name = who
        return self.messenger.presses(self.community, self.chat, user, under.id, text, name=name)

    async def citizen_reads(self) -> list[str]:
        await self.region.settled()
        return [text for text in self.region.said_in(self.region.vk, SCHOOL_VK, "11") if "№ 1" not in text]


@pytest.fixture(params=["telegram", "forum", "vk"])
async def chat(request: pytest.FixtureRequest, region: Region) -> Chat:
    if request.param == "forum":
        region.telegram.topics.switch_on(BOT, "-1001")
    if request.param == "vk":
        await region.bind_vk("school-12", SCHOOL_VK, "2000000001", by="9001")
        made = Chat(region, region.vk, SCHOOL_VK, "2000000001")
    else:
        await region.bind_telegram("school-12", "-1001")
        made = Chat(region, region.telegram, BOT, "-1001")
    await region.asks("Где бассейн?")
    if request.param == "forum":
        made.thread = region.telegram.topics.of(BOT, "-1001")[0].thread
    return made


async def answered(chat: Chat, text: str = "С понедельника.") -> ShownMessage:
    """Let Anna answer the card."""
    said = chat.writes(ANNA, text, (await chat.shows("№ 1 ·")).id)
    assert text in await chat.citizen_reads()
    return said


async def kept(chat: Chat) -> list[tuple[str, str]]:
    await chat.region.settled()
    return [(said.kind.value, said.text) for said in (await chat.region.ticket(1)).messages[1:]]


async def test_a_reply_to_the_card_to_the_citizens_words_and_to_a_notice_reaches_the_citizen(chat: Chat) -> None:
    card = await chat.shows("№ 1 ·")
    chat.writes(ANNA, "Во дворе.", card.id)
    await chat.region.settled()
    await chat.region.asks("А сколько стоит?")
    chat.writes(ANNA, "Бесплатно.", (await chat.shows("А сколько стоит?")).id)
    await chat.region.settled()
    chat.region.vk.edits(SCHOOL_VK, "11", "11", chat.region.vk.transcript(SCHOOL_VK, "11")[0].id, "Где бассейн и душ?")
    chat.writes(ANNA, "Там же.", (await chat.shows("сообщение изменено")).id)
    assert await chat.citizen_reads() == ["Во дворе.", "Бесплатно.", "Там же."]


async def test_a_reply_to_ones_own_delivered_answer_reaches_the_citizen(chat: Chat) -> None:
    said = await answered(chat)
    chat.writes(ANNA, "И полотенце возьмите.", said.id)
    assert await chat.citizen_reads() == ["С понедельника.", "И полотенце возьмите."]


async def test_a_reply_to_a_colleagues_answer_or_note_is_a_note_and_its_writer_is_told(chat: Chat) -> None:
    said = await answered(chat)
    note = chat.writes(ANNA, "// завуч в отпуске?", (await chat.shows("№ 1 ·")).id)
    await chat.region.settled()
    first = chat.writes(BULAT, "Да, она в отпуске, пусть ждут", note.id)
    await chat.region.settled()
    [told] = chat.bot_under(first)
    assert told.text == words("note-not-sent", number=1)
    assert [button.text for row in told.buttons for button in row] == [SEND]

    again = chat.writes(BULAT, "И директора нет", said.id)
    assert await chat.citizen_reads() == ["С понедельника."]
    if chat.messenger.name == "telegram":
        assert (chat.reactions(again), chat.bot_under(again)) == (["✍"], [])
    else:
        assert [each.text for each in chat.bot_under(again)] == [words("note-not-sent", number=1)]
    assert await kept(chat) == [
        ("answer", "С понедельника."),
        ("note", "завуч в отпуске?"),
        ("note", "Да, она в отпуске, пусть ждут"),
        ("note", "И директора нет"),
    ]


async def test_each_administrator_is_told_once_in_each_ticket(chat: Chat) -> None:
    said = await answered(chat)
    for who in (BULAT, ("9003", "Вера")):
        told = chat.writes(who, "Вот как", said.id)
        await chat.region.settled()
        assert len(chat.bot_under(told)) == 1


async def test_a_reply_to_ones_own_note_or_undelivered_answer_is_a_note_and_is_told(chat: Chat) -> None:
    card = await chat.shows("№ 1 ·")
    note = chat.writes(ANNA, "// спрошу", card.id)
    held = chat.writes(ANNA, "Пришлите код из СМС", card.id)
    await chat.region.settled()
    first = chat.writes(ANNA, "не отвечает", note.id)
    await chat.region.settled()
    assert [each.text for each in chat.bot_under(first)] == [words("note-not-sent", number=1)]
    second = chat.writes(ANNA, "точно ли?", held.id)
    assert await chat.citizen_reads() == []
    assert chat.reactions(second) == ["✍"] or chat.bot_under(second)
    assert await kept(chat) == [
        ("note", "спрошу"),
        ("answer", "Пришлите код из СМС"),
        ("note", "не отвечает"),
        ("note", "точно ли?"),
    ]


async def test_a_reply_to_the_bots_other_words_about_a_ticket_is_a_note(chat: Chat) -> None:
    chat.writes(ANNA, "/ticket 1")
    output = await chat.shows("№ 1 · Школа № 12\n🕓")
    chat.writes(ANNA, "Пришлите код из СМС", (await chat.shows("№ 1 ·")).id)
    question = await chat.shows("ещё не отправлен")
    for other in (output, question):
        chat.writes(BULAT, "Кто это писал?", other.id)
    assert await chat.citizen_reads() == []
    assert [kind for kind, _ in await kept(chat)] == ["answer", "note", "note"]


async def test_a_reply_to_choose_a_template_is_a_note(region: Region) -> None:
    chat = Chat(region, region.telegram, BOT, await region.bind_telegram("school-12"))
    chat.writes(ANNA, "/template Приём\nПо вторникам.")
    await region.settled()
    await region.asks("Когда приём?")
    card = await chat.shows("№ 1 ·")
    chat.press(ANNA, card, words("button-templates"))
    listed = await chat.shows("выберите шаблон")
    told = chat.writes(ANNA, "какой тут брать?", listed.id)
    assert await chat.citizen_reads() == []
    assert [each.text for each in chat.bot_under(told)] == [words("note-not-sent", number=1)]


async def test_the_writer_sends_a_note_with_the_button_and_nobody_else_can(chat: Chat) -> None:
    said = await answered(chat)
    note = chat.writes(BULAT, "Вход со двора.", said.id)
    await chat.region.settled()
    [told] = chat.bot_under(note)
    press = chat.press(ANNA, told)
    assert await chat.citizen_reads() == ["С понедельника."]
    assert chat.messenger.press_answers[press] == words("note-not-yours")
    chat.region.clock.advance(timedelta(minutes=20))
    chat.press(BULAT, told)
    assert await chat.citizen_reads() == ["С понедельника.", "Вход со двора."]
    [shown] = chat.bot_under(note)
    assert (shown.text, shown.buttons) == (words("note-sent", number=1), ())


async def test_a_note_that_was_sent_is_an_answer_given_at_that_moment(chat: Chat) -> None:
    card = await chat.shows("№ 1 ·")
    note = chat.writes(ANNA, "// во дворе", card.id)
    await chat.region.settled()
    chat.region.clock.advance(timedelta(minutes=20))
    chat.writes(ANNA, "/send", note.id)
    assert await chat.citizen_reads() == ["во дворе"]
    line = await chat.region.ticket(1)
    [_, said] = line.messages
    assert (said.kind, said.delivery, said.said_at) == (
        MessageKind.ANSWER,
        DeliveryState.DELIVERED,
        chat.region.clock.now(),
    )
    assert line.ticket.first_answered_at == chat.region.clock.now()
    # from now on an edit of it edits the answer
    chat.messenger.edits(chat.community, chat.chat, "9001", note.id, "во дворе школы")
    assert await chat.citizen_reads() == ["во дворе школы"]


async def test_send_goes_through_the_guard_and_only_once(chat: Chat) -> None:
    card = await chat.shows("№ 1 ·")
    note = chat.writes(ANNA, "// Пришлите код из СМС", card.id)
    await chat.region.settled()
    chat.writes(ANNA, "/send", note.id)
    question = await chat.shows("ещё не отправлен")
    assert await chat.citizen_reads() == []
    twice = chat.writes(ANNA, "/send", note.id)
    await chat.region.settled()
    assert [each.text for each in chat.bot_under(twice)] == [words("note-sent-already", number=1)]
    chat.press(ANNA, question, words("button-send-anyway"))
    assert await chat.citizen_reads() == ["Пришлите код из СМС"]


async def test_send_is_refused_to_others_and_needs_ones_own_words(chat: Chat) -> None:
    card = await chat.shows("№ 1 ·")
    note = chat.writes(ANNA, "// во дворе", card.id)
    await chat.region.settled()
    for who, reply_to, told in (
        (BULAT, note.id, "note-not-yours"),
        (ANNA, "", "send-what"),
        (ANNA, card.id, "send-what"),
    ):
        asked = chat.writes(who, "/send", reply_to)
        await chat.region.settled()
        assert [each.text for each in chat.bot_under(asked)] == [words(told)]
    assert await chat.citizen_reads() == []


async def test_an_edit_never_makes_a_note_an_answer(chat: Chat) -> None:
    note = chat.writes(ANNA, "// во дворе", (await chat.shows("№ 1 ·")).id)
    await chat.region.settled()
    chat.messenger.edits(chat.community, chat.chat, "9001", note.id, "во дворе")
    assert await chat.citizen_reads() == []
    assert await kept(chat) == [("note", "во дворе")] or [kind for kind, _ in await kept(chat)] == ["note", "edit"]


async def test_an_unknown_command_is_no_answer_and_is_told(chat: Chat) -> None:
    said = chat.writes(ANNA, "/opne", (await chat.shows("№ 1 ·")).id)
    assert await chat.citizen_reads() == []
    [told] = chat.bot_under(said)
    assert told.text == words("command-unknown")
    chat.press(ANNA, told)
    assert await chat.citizen_reads() == ["/opne"]


@pytest.mark.parametrize("text", ["/3 этаж", "/ 3 этаж", "//"])
async def test_words_with_a_stroke_are_words(region: Region, text: str) -> None:
    chat = Chat(region, region.telegram, BOT, await region.bind_telegram("school-12"))
    await region.asks()
    chat.writes(ANNA, text, (await chat.shows("№ 1 ·")).id)
    assert await chat.citizen_reads() == ([] if text == "//" else [text])


async def test_a_command_for_another_bot_is_nobodys(chat: Chat) -> None:
    before = len(chat.messenger.transcript(chat.community, chat.chat))
    card = await chat.shows("№ 1 ·")
    for text in ("/ban@combot", "/help@other_bot", "/open@combot мои"):
        chat.writes(ANNA, text, card.id)
    assert await chat.citizen_reads() == []
    assert await kept(chat) == []
    assert len(chat.messenger.transcript(chat.community, chat.chat)) == before + 3
    chat.writes(ANNA, "/open@otklik_bot")
    await chat.shows("Ждёт ответа 1")


FAKE = "Здравствуйте\n✅ Есть ответ\n✔ Ответ доставлен 24.11 10:00 (Анна)"


async def test_a_citizens_words_never_look_like_the_bots_own_lines(chat: Chat) -> None:
    await chat.region.asks(FAKE, user_id="12", name="Олег\n✅ Есть ответ")
    chat.region.clock.advance(timedelta(minutes=1))
    await chat.region.asks(f"{FAKE} снова", user_id="12", name="Олег\n✅ Есть ответ")
    chat.writes(ANNA, "/ticket 2")
    await chat.region.settled()
    shown = chat.messenger.transcript(chat.community, chat.chat)
    told = [each for each in shown if "Здравствуйте" in each.text and not each.user_id]
    assert len(told) == 3
    for each in told:
        if chat.messenger.name == "vk":
            lines = [line for line in each.text.split("\n") if not line.startswith("│")]
        else:
            outside = [each.text[: each.quotes[0][0]], each.text[each.quotes[-1][1] :]]
            assert FAKE in "".join(each.text[start:end] for start, end in each.quotes)
            lines = "\n".join(outside).split("\n")
        assert not [line for line in lines if line.startswith(("✔ Ответ доставлен", "✅"))]


async def test_talk_among_people_is_left_alone(chat: Chat) -> None:
    thread, chat.thread = chat.thread, ""
    first = chat.writes(ANNA, "Кто на смене?")
    chat.writes(BULAT, "Я", first.id)
    chat.writes(BULAT, "// тоже я", first.id)
    chat.thread = thread
    assert await chat.citizen_reads() == []
    assert await kept(chat) == []
    assert chat.bot_under(first) == []


async def test_a_reply_to_a_list_is_shown_the_ways_to_the_cards(chat: Chat) -> None:
    await chat.region.asks("Школа № 1 закрыта?", user_id="12")
    chat.writes(ANNA, "/open")
    listed = await chat.shows("Ждут ответа 2")
    said = chat.writes(ANNA, "Завтра ответим", listed.id)
    assert await chat.citizen_reads() == []
    [told] = chat.bot_under(said)
    assert told.text == words("reply-to-list")
    assert [button.text for row in told.buttons for button in row] == ["№ 1", "№ 2"]


async def test_a_reply_to_a_card_that_went_elsewhere_says_where_it_is(region: Region) -> None:
    chat = Chat(region, region.telegram, BOT, await region.bind_telegram("school-12"))
    await region.bind_telegram("clinic-6", "-1002", by="9005")
    await region.asks()
    card = await chat.shows("№ 1 ·")
    note = chat.writes(ANNA, "// это к ним", card.id)
    await region.settled()
    chat.writes(ANNA, "/transfer 1 Детская поликлиника № 6")
    question = await chat.shows("нашлось по названию")
    chat.press(ANNA, question, CLINIC_BUTTON)
    await region.settled()
    for reply_to in (card.id, note.id):
        late = chat.writes(ANNA, "Во дворе.", reply_to)
        sent = chat.writes(ANNA, "/send", reply_to) if reply_to == note.id else late
        await region.settled()
        for said in (late, sent):
            assert "передано: Детская поликлиника № 6" in chat.bot_under(said)[0].text
    # who holds it now reads the note
    await region.telegram.shows(BOT, "-1002", "это к ним")
    assert not [text for text in await chat.citizen_reads() if "дворе" in text]


async def test_a_lost_link_is_mended_only_by_the_form_of_a_card(region: Region) -> None:
    chat = Chat(region, region.telegram, BOT, await region.bind_telegram("school-12"))
    await region.asks()
    old = "№ 1 · Школа № 12\nГульнара, 24.11 10:00 · ВКонтакте, личное сообщение\n\nГде бассейн?"
    new = "№ 1 · до 17:00 · Гульнара, ВКонтакте\nГде бассейн?"
    for index, text in enumerate((old, new)):
        region.telegram.push_raw(BOT, reply_to_lost(f"Ответ {index}", text, number=900 + index), chat="-1001")
    assert await chat.citizen_reads() == ["Ответ 0", "Ответ 1"]
    for index, text in enumerate(
        ("№ 1: не доставлено", "№ 1 · Школа № 12\n✅ Есть ответ\nслова", "№ 1 · Гульнара:\nслова")
    ):
        region.telegram.push_raw(BOT, reply_to_lost(f"Мимо {index}", text, number=910 + index), chat="-1001")
        await region.settled()
    assert await chat.citizen_reads() == ["Ответ 0", "Ответ 1"]
    told = [text for text in region.said_in(region.telegram, BOT, "-1001") if "никому не отправлен" in text]
    assert len(told) >= 1


def reply_to_lost(text: str, answered_text: str, *, number: int) -> dict[str, object]:
    """Return a raw reply to a message of the bot of which no link is known."""
    return {
        "kind": "message",
        "chat_kind": "group",
        "chat": "-1001",
        "from": {"id": "9001", "name": "Анна"},
        "message_id": str(number),
        "text": text,
        "reply_to": str(number + 500),
        "reply_text": answered_text,
        "reply_is_ours": True,
        "at": "2026-11-24T07:00:00+00:00",
    }


async def test_a_reply_from_another_chat_or_topic_is_told_or_found(region: Region) -> None:
    chat = Chat(region, region.telegram, BOT, await region.bind_telegram("school-12"))
    await region.asks()
    lost = chat.writes(ANNA, "Во дворе.", replies_elsewhere=True, reply_is_ours=True)
    await region.settled()
    assert [each.text for each in chat.bot_under(lost)] == [words("reply-to-unknown")]
    assert await chat.citizen_reads() == []
