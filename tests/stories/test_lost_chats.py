"""A blocked bot, a lost work chat, a group that moved: a person is told, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.message import OutgoingMessage, Place
from bot.domain.ticket import DeliveryState
from storage.loading import lock
from storage.outbox_row import OutboxKind, OutboxRow
from storage.tables import outbox
from storage.working_set import Changes
from storage.writing import write
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"


async def test_an_answer_to_a_citizen_who_blocked_the_bot_is_told_and_does_not_count(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.vk.block("11")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    reason = words("refused-blocked")
    told = await region.telegram.shows(BOT, chat, words("answer-not-delivered", number=1, reason=reason))
    assert told.reply_to == card.id
    await region.telegram.shows(BOT, chat, words("card-answer-refused", name="Анна", reason=reason))
    line = await region.ticket(1)
    assert line.messages[-1].delivery is DeliveryState.REFUSED
    assert line.ticket.first_answered_at is None
    assert line.ticket.waiting_since is not None


async def test_the_next_answer_counts_after_the_citizen_came_back(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.vk.block("11")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.settled()
    await region.asks("Я снова здесь")
    region.clock.advance(timedelta(minutes=3))
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.vk.shows(SCHOOL_VK, "11", "Завтра.")
    await region.settled()
    assert (await region.ticket(1)).ticket.first_answered_at == region.clock.now()


async def test_a_long_answer_that_is_refused_is_told_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.vk.block("11")
    region.telegram.group_writes(BOT, chat, "9001", "Слово. " * 2000, name="Анна", reply_to=card.id)
    await region.settled()
    told = [text for text in region.said_in(region.telegram, BOT, chat) if "не доставлен:" in text and "·" not in text]
    assert len(told) == 1


@pytest.mark.both_databases
async def test_a_removed_bot_is_told_to_the_supervisor_and_nothing_is_lost(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    region.telegram.leaves_group(BOT, chat)
    await region.telegram.shows(BOT, boss, words("work-chat-lost", institution="Школа № 12"))
    await region.asks("Вопрос в пустоту")
    await region.asks("и вдогонку")
    assert len(region.said_in(region.telegram, BOT, chat)) == 1
    assert await region.count(outbox, outbox.c.state == "dead") == 0

    region.telegram.joins_group(BOT, chat, "9001")
    await region.telegram.shows(BOT, chat, "Вопрос в пустоту\nи вдогонку")
    await region.settled()
    assert len([text for text in region.said_in(region.telegram, BOT, boss) if "Школа № 12" in text]) == 1


async def test_any_word_from_a_lost_work_chat_revives_it_and_so_does_its_list(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    for question, word in (("Первый вопрос", "Коллеги, вы здесь?"), ("Второй вопрос", "/open")):
        region.telegram._gone.add((BOT, chat))
        await region.asks(question, user_id=str(10 + len(question)))
        await region.settled()
        region.telegram._gone.discard((BOT, chat))
        region.telegram.group_writes(BOT, chat, "9001", word, name="Анна")
        await region.telegram.shows(BOT, chat, question)
        await region.settled()
    lost = words("work-chat-lost", institution="Школа № 12")
    assert region.said_in(region.telegram, BOT, boss).count(lost) == 1, "told once, however often it is tried again"


async def test_a_refusal_of_one_message_or_of_days_leaves_the_work_chat_in_use(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.join()
    for reason in (RefusalReason.BAD_MESSAGE, RefusalReason.TOO_MANY_TRIES):
        region.telegram.fail_next(ChannelRefusedError("not this", reason=reason), chat=chat)
        await region.asks(f"Вопрос {reason}", user_id=f"1{len(reason)}")
        await region.settled()
    await region.asks("Следующий вопрос", user_id="15")
    await region.telegram.shows(BOT, chat, "Следующий вопрос")


async def test_a_change_that_is_forbidden_says_nothing_of_the_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.fail_next(ChannelRefusedError("no right to edit", reason=RefusalReason.FORBIDDEN), chat=chat)
    region.telegram.presses(BOT, chat, "9001", card.id, "Взять", name="Анна")
    await region.settled()
    await region.asks("Второй вопрос", user_id="12")
    await region.telegram.shows(BOT, chat, "Второй вопрос")


async def test_a_card_that_a_lost_chat_refused_comes_when_the_bot_is_back(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    region.telegram._gone.add((BOT, chat))
    await region.asks("Вопрос в пустоту")
    await region.telegram.shows(BOT, boss, words("work-chat-lost", institution="Школа № 12"))
    region.telegram.joins_group(BOT, chat, "9001")
    await region.telegram.shows(BOT, chat, "Вопрос в пустоту")


async def test_further_words_that_a_lost_chat_refused_come_when_another_chat_is_bound(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram._gone.add((BOT, chat))
    await region.asks("и вдогонку")
    new = await region.bind_telegram("school-12", "-1002", by="9002")
    await region.telegram.shows(BOT, new, "Первый вопрос")
    await region.telegram.shows(BOT, new, "и вдогонку")


async def test_a_deadline_in_a_lost_work_chat_still_reaches_the_supervisor(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    region.telegram.leaves_group(BOT, chat)
    await region.settled()
    await region.asks()
    await region.later(timedelta(days=1))
    await region.later(timedelta(days=1))
    assert [text for text in region.said_in(region.telegram, BOT, boss) if "№ 1, Школа № 12" in text]


async def test_two_institutions_of_one_lost_chat_are_both_told(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.bind_telegram("club-1", chat)
    boss = await region.join()
    region.telegram.leaves_group(BOT, chat)
    await region.telegram.shows(BOT, boss, words("work-chat-lost", institution="Школа № 12"))
    await region.telegram.shows(BOT, boss, words("work-chat-lost", institution="Дом культуры «Нефтьче»"))


@pytest.mark.both_databases
async def test_a_group_that_became_a_supergroup_is_followed(region: Region) -> None:
    old = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    await region.telegram.shows(BOT, old, "№ 1 ·")
    region.telegram.group_moves(BOT, old, "-100200")
    await region.settled()
    await region.asks("и вдогонку")
    further = await region.telegram.shows(BOT, "-100200", "и вдогонку")
    region.telegram.group_writes(BOT, "-100200", "9001", "Завтра.", name="Анна", reply_to=further.id)
    await region.vk.shows(SCHOOL_VK, "11", "Завтра.")
    await region.telegram.shows(BOT, "-100200", "✔ Ответ")


async def test_a_supergroup_is_followed_when_only_sending_tells_of_it(region: Region) -> None:
    old = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    await region.telegram.shows(BOT, old, "№ 1 ·")
    region.telegram._moved[BOT, old] = "-100200"
    region.telegram.transcripts.move(BOT, old, "-100200")
    await region.asks("и вдогонку")
    await region.later(timedelta(seconds=1))
    further = await region.telegram.shows(BOT, "-100200", "и вдогонку")
    region.telegram.group_writes(BOT, "-100200", "9001", "Завтра.", name="Анна", reply_to=further.id)
    await region.vk.shows(SCHOOL_VK, "11", "Завтра.")


async def test_what_was_put_out_for_the_old_group_after_it_moved_still_arrives(region: Region) -> None:
    old = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    await region.telegram.shows(BOT, old, "№ 1 ·")
    region.telegram._moved[BOT, old] = "-100200"
    await region.asks("и вдогонку")
    await region.later(timedelta(seconds=1))
    await _put(region, Place(channel="telegram", community=BOT, chat=old), OutboxKind.NOTICE, "Поздние слова")
    await region.settled()
    await region.later(timedelta(seconds=1))
    await region.telegram.shows(BOT, "-100200", "Поздние слова")


async def _put(region: Region, place: Place, kind: OutboxKind, text: str) -> None:
    async with region.database.unit() as connection:
        number = (await lock(connection))["outbox"] + 1
        row = OutboxRow(
            id=number,
            place=place,
            lane=place.lane,
            kind=kind,
            message=OutgoingMessage(text=text),
            created_at=region.clock.now(),
        )
        changes = Changes(outbox=[row], counters={"outbox": number})
        await write(connection, region.database.vault, changes, now=region.clock.now())


async def test_a_busy_messenger_delays_and_never_costs(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.telegram.fail_next(ChannelBusyError("429", retry_after=timedelta(seconds=40)), times=3, chat=chat)
    await region.asks("Первый вопрос")
    await region.asks("и вдогонку")
    assert len(region.said_in(region.telegram, BOT, chat)) == 1
    for _ in range(3):
        await region.later(timedelta(seconds=39))
        assert len(region.said_in(region.telegram, BOT, chat)) == 1
        await region.later(timedelta(seconds=1))
    [_, card] = region.said_in(region.telegram, BOT, chat)
    assert "Первый вопрос\nи вдогонку" in card


async def test_a_busy_work_chat_does_not_hold_up_the_citizens(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.telegram.fail_next(ChannelBusyError("429", retry_after=timedelta(hours=1)), chat=chat)
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "Вопрос")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
