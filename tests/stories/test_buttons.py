"""The buttons under a card: take, no answer needed, close, spam, open again. Only the work chat may press them."""

from datetime import timedelta

from tests.stories.region import BOT, SCHOOL_VK, Region, words


async def shown_card(region: Region) -> tuple[str, str]:
    """Let a citizen ask; return the work chat and the card's id."""
    chat = await region.bind_telegram("school-12")
    await region.asks()
    return chat, (await region.telegram.shows(BOT, chat, "№ 1 ·")).id


async def press(region: Region, chat: str, card: str, label: str, *, by: str = "9001", name: str = "Анна") -> str:
    """Press and return what the press was answered with."""
    press_id = region.telegram.presses(BOT, chat, by, card, label, name=name)
    await region.settled()
    return region.telegram.press_answers[press_id]


def card_text(region: Region, chat: str, card: str) -> str:
    shown = region.telegram.transcripts.find(BOT, chat, card)
    assert shown is not None
    return shown.text


def labels(region: Region, chat: str, card: str) -> list[str]:
    shown = region.telegram.transcripts.find(BOT, chat, card)
    assert shown is not None
    return [button.text for row in shown.buttons for button in row]


async def test_the_card_shows_who_took_it_and_a_second_one_is_told(region: Region) -> None:
    chat, card = await shown_card(region)
    action = "t:1:take"
    assert await press(region, chat, card, "Взять") == words("press-taken", number=1)
    assert words("card-taken", name="Анна") in card_text(region, chat, card)
    await press(region, chat, card, "Ещё…")
    assert "Взять" not in labels(region, chat, card)

    for by, name, answer in (
        ("9002", "Булат", words("press-taken-already", number=1, name="Анна")),
        ("9001", "Анна", words("press-taken-by-you", number=1)),
    ):
        region.telegram.push_raw(
            BOT,
            {
                "kind": "press",
                "chat": chat,
                "chat_kind": "group",
                "from": {"id": by, "name": name},
                "message_id": card,
                "action": action,
                "press_id": f"late-{by}",
                "at": region.clock.now().isoformat(),
            },
            chat=chat,
        )
        await region.settled()
        assert region.telegram.press_answers[f"late-{by}"] == answer
    assert words("card-taken", name="Анна") in card_text(region, chat, card)


async def test_two_who_press_take_at_once_do_not_both_have_it(region: Region) -> None:
    chat, card = await shown_card(region)
    first = region.telegram.presses(BOT, chat, "9001", card, "Взять", name="Анна")
    second = region.telegram.presses(BOT, chat, "9002", card, "Взять", name="Булат")
    await region.settled()
    assert region.telegram.press_answers[first] == words("press-taken", number=1)
    assert region.telegram.press_answers[second] == words("press-taken-already", number=1, name="Анна")


async def test_no_answer_needed_ends_the_wait_without_a_time(region: Region) -> None:
    chat, card = await shown_card(region)
    assert await press(region, chat, card, "Ответ не нужен") == words("press-excused", number=1)
    ticket = (await region.ticket(1)).ticket
    assert ticket.state == "closed"
    assert ticket.waiting_since is None
    assert ticket.first_answered_at is None
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 1, "nothing is said to the citizen"


async def test_thanks_after_an_answer_need_no_answer(region: Region) -> None:
    chat, card = await shown_card(region)
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card)
    await region.settled()
    await region.asks("Спасибо, жду")
    await press(region, chat, card, "Ответ не нужен")
    assert "✅ Есть ответ" in card_text(region, chat, card)
    assert (await region.ticket(1)).ticket.waiting_since is None


async def test_closing_tells_the_citizen_and_leaves_one_button(region: Region) -> None:
    chat, card = await shown_card(region)
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card)
    await region.settled()
    assert await press(region, chat, card, "Закрыть") == words("press-closed", number=1)
    assert "☑️ Закрыто" in card_text(region, chat, card)
    await region.vk.shows(SCHOOL_VK, "11", "Сообщение № 1 закрыто: Школа № 12.")
    shown = region.telegram.transcripts.find(BOT, chat, card)
    assert shown is not None
    assert [button.text for row in shown.buttons for button in row] == ["Открыть снова"]


async def test_a_closed_ticket_is_opened_again_and_waits_from_the_first_words(region: Region) -> None:
    chat, card = await shown_card(region)
    asked_at = region.clock.now()
    await region.closes(chat, card)
    region.clock.advance(timedelta(minutes=10))
    assert await press(region, chat, card, "Открыть снова") == words("press-reopened", number=1)
    ticket = (await region.ticket(1)).ticket
    assert ticket.waiting_since == asked_at
    assert card_text(region, chat, card).startswith("№ 1 · до 18:00 ·")


async def test_spam_is_silent_towards_the_citizen(region: Region) -> None:
    chat, card = await shown_card(region)
    assert await press(region, chat, card, "Спам") == words("press-spam", number=1)
    assert "🚫 Спам" in card_text(region, chat, card)
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 1


async def test_a_press_in_another_chat_does_nothing(region: Region) -> None:
    _, card = await shown_card(region)
    for chat, kind in (("-4444", "group"), ("666", "private")):
        region.telegram.push_raw(
            BOT,
            {
                "kind": "press",
                "chat": chat,
                "chat_kind": kind,
                "from": {"id": "666", "name": "Чужой"},
                "message_id": card,
                "action": "t:1:close",
                "press_id": f"foreign-{kind}",
                "at": region.clock.now().isoformat(),
            },
            chat=chat,
        )
    await region.settled()
    assert region.telegram.press_answers["foreign-group"] == words("press-void")
    assert (await region.ticket(1)).ticket.state == "open"


async def test_another_institutions_chat_may_not_press(region: Region) -> None:
    await shown_card(region)
    other = await region.bind_telegram("clinic-6", "-1002", by="9003", name="Вера")
    for number, action in enumerate(("t:1:close", "t:999:close", "t:1:explode", "t:x:close", "", "t:1")):
        region.telegram.push_raw(
            BOT,
            {
                "kind": "press",
                "chat": other,
                "chat_kind": "group",
                "from": {"id": "9003", "name": "Вера"},
                "message_id": "1",
                "action": action,
                "press_id": f"press-{number}",
                "at": region.clock.now().isoformat(),
            },
            chat=other,
        )
    await region.settled()
    assert {region.telegram.press_answers[f"press-{number}"] for number in range(6)} == {
        "Эта кнопка здесь не действует"
    }
    assert (await region.ticket(1)).ticket.state == "open"


async def test_buttons_work_in_a_vk_conversation_too(region: Region) -> None:
    chat = await region.bind_vk("school-12", SCHOOL_VK)
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "Вопрос")
    card = await region.vk.shows(SCHOOL_VK, chat, "№ 1 ·")
    region.vk.presses(SCHOOL_VK, chat, "9101", card.id, "Взять", name="Мария")
    await region.vk.shows(SCHOOL_VK, chat, words("card-taken", name="Мария"))
