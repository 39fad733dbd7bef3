"""Closing without an answer: the work chat says why, the citizen reads it and can open the ticket again."""

from datetime import timedelta

import pytest

from bot.domain.ticket import MessageKind
from bot.texts import Texts
from tests.stories.region import BOT, SCHOOL_VK, Region, words
from tests.stories.test_buttons import press, shown_card
from tests.stories.test_what_counts import total


def heard(region: Region) -> str:
    return region.said_in(region.vk, SCHOOL_VK, "11")[-1]


async def closed_detail(region: Region) -> str:
    return next(event.detail for event in (await region.ticket(1)).events if event.kind == "closed")


@pytest.mark.parametrize("why", ["by_phone", "not_ours", "no_details"])
async def test_the_citizen_reads_the_reason_and_opens_the_ticket_again(region: Region, why: str) -> None:
    chat, card = await shown_card(region)
    asked_at = region.clock.now()
    assert await press(region, chat, card, "Закрыть") == words("press-closing-why", number=1)
    assert (await region.ticket(1)).ticket.state == "open", "nothing is closed before the reason is told"
    region.clock.advance(timedelta(minutes=5))
    region.telegram.presses(BOT, chat, "9001", "", words(f"closing-{why}"), name="Анна")
    await region.settled()
    reason = words(f"closing-{why}")
    assert heard(region) == words("closed-because", number=1, institution="Школа № 12", reason=reason)
    assert words("closing-done", number=1, reason=reason, name="Анна") in region.said_in(region.telegram, BOT, chat)
    assert ((await region.ticket(1)).ticket.state, await closed_detail(region)) == ("closed", why)
    figures = await total(region)
    assert [figures[name] for name in ("questions", "unanswered", "answered")] == [1, 1, 0]

    region.clock.advance(timedelta(minutes=5))
    region.vk.presses(SCHOOL_VK, "11", "11", "", words("button-reopen"))
    await region.settled()
    ticket = (await region.ticket(1)).ticket
    assert (ticket.state, ticket.waiting_since, ticket.reopened) == ("open", asked_at, 1)
    assert words("opened-again", number=1, institution="Школа № 12") in region.said_in(region.vk, SCHOOL_VK, "11")
    assert words("button-reopen") in region.said_in(region.telegram, BOT, chat)[-1]


async def test_a_typed_reason_stays_in_the_work_chat(region: Region) -> None:
    chat, card = await shown_card(region)
    await press(region, chat, card, "Закрыть")
    region.telegram.presses(BOT, chat, "9001", "", words("closing-other"), name="Анна")
    await region.settled()
    question = next(m for m in reversed(region.telegram.transcript(BOT, chat)) if m.text.startswith("✖"))
    assert question.text == words("closing-type", number=1)
    assert (await region.ticket(1)).ticket.state == "open"
    region.telegram.group_writes(BOT, chat, "9001", "Пишет третий раз, был у директора", reply_to=question.id)
    await region.settled()
    line = await region.ticket(1)
    assert (line.ticket.state, await closed_detail(region)) == ("closed", "other")
    assert [m.text for m in line.messages if m.kind is MessageKind.NOTE] == ["Пишет третий раз, был у директора"]
    assert heard(region) == words("closed-without-answer", number=1, institution="Школа № 12")
    assert "Закрыто без ответа" in heard(region)
    assert not any("директора" in text for text in region.said_in(region.vk, SCHOOL_VK, "11"))


async def test_a_ticket_may_be_left_open_after_all(region: Region) -> None:
    chat, card = await shown_card(region)
    await press(region, chat, card, "Закрыть")
    region.telegram.presses(BOT, chat, "9001", "", words("button-closing-leave"), name="Анна")
    await region.settled()
    assert (await region.ticket(1)).ticket.state == "open"
    assert words("closing-left", number=1) in region.said_in(region.telegram, BOT, chat)


async def test_a_promise_is_no_answer(region: Region) -> None:
    chat, card = await shown_card(region)
    region.telegram.group_writes(BOT, chat, "9001", "… Выясняем.", name="Анна", reply_to=card)
    await region.settled()
    assert await press(region, chat, card, "Закрыть") == words("press-closing-why", number=1)


async def test_under_a_public_comment_nothing_is_written(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда ёлка?", name="Гульнара")
    await region.settled()
    card = (await region.telegram.shows(BOT, chat, "№ 1 ·")).id
    before = region.said_in(region.vk, SCHOOL_VK, "wall-77_5")
    await region.closes(chat, card, why="not_ours")
    assert (await region.ticket(1)).ticket.state == "closed"
    assert region.said_in(region.vk, SCHOOL_VK, "wall-77_5") == before
    assert region.said_in(region.vk, SCHOOL_VK, "11") == []


async def test_the_reason_is_read_in_the_citizens_language(region: Region) -> None:
    tatar = Texts.load()
    chat = await region.bind_telegram("school-12")
    await region.asks("Мәктәптә салкын, балалар өши")
    await region.closes(chat, (await region.telegram.shows(BOT, chat, "№ 1 ·")).id)
    assert tatar.say("tt", "closing-by_phone") in heard(region)


async def test_a_vk_work_chat_closes_the_same_way(region: Region) -> None:
    chat = await region.bind_vk("school-12", SCHOOL_VK)
    await region.asks()
    card = (await region.vk.shows(SCHOOL_VK, chat, "№ 1 ·")).id
    region.vk.presses(SCHOOL_VK, chat, "9101", card, words("button-close"), name="Мария")
    await region.settled()
    region.vk.presses(SCHOOL_VK, chat, "9101", "", words("closing-by_phone"), name="Мария")
    await region.settled()
    assert words("closing-by_phone") in heard(region)
