"""An answer that cannot go is told, goes on waiting, and after a day goes only when somebody says so."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.directory.compare import Change, Comparison, leaving
from bot.domain.errors import ChannelRefusedError, RefusalReason
from bot.domain.ticket import DeliveryState
from storage.outbox_row import OutboxKind
from storage.queues import open_tickets_in
from storage.tables import institutions, outbox
from tests.stories.region import BOT, CLINIC, SCHOOL, SCHOOL_VK, Region, words

CHAT = "-1001"
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def bad_token(times: int) -> tuple[ChannelRefusedError, int]:
    return ChannelRefusedError("revoked", reason=RefusalReason.BAD_TOKEN), times


async def answered(region: Region, text: str = "Приходите завтра.") -> None:
    """Let the school be asked and answer."""
    await region.bind_telegram("school-12", CHAT)
    await region.asks()
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    region.telegram.group_writes(BOT, CHAT, "9001", text, name="Анна", reply_to=card.id)


def in_chat(region: Region, text: str) -> int:
    return region.said_in(region.telegram, BOT, CHAT).count(text)


async def until_tried(region: Region, minutes: int) -> None:
    for _ in range(minutes):
        await region.later(MINUTE)


async def test_an_answer_whose_token_is_refused_is_told_within_minutes_and_goes_with_a_new_one(region: Region) -> None:
    error, times = bad_token(4)
    region.vk.fail_next(error, times, chat="11")
    await answered(region)
    await region.settled()
    told = words("answer-waits-token", number=1)
    await until_tried(region, 4)
    assert in_chat(region, told) == 1
    assert "Приходите завтра." in region.said_in(region.vk, SCHOOL_VK, "11")[-1]
    assert (await region.ticket(1)).ticket.first_answered_at is not None


async def test_an_answer_in_a_community_that_left_the_sheet_is_told(region: Region) -> None:
    await region.bind_telegram("school-12", CHAT)
    await region.asks()
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    async with region.database.unit() as connection:
        await connection.execute(update(institutions).values(vk_token=None, vk_group_id=""))
        await connection.execute(update(outbox).where(outbox.c.state == "todo").values(state="sent"))
    sender = region.application.sender
    sender._accounts_now = lambda: _without_vk(region)
    region.telegram.group_writes(BOT, CHAT, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await until_tried(region, 3)
    assert in_chat(region, words("answer-waits-community", number=1)) == 1


async def _without_vk(region: Region):
    return [each for each in await region.application.accounts() if each.channel != "vk"]


async def test_an_answer_that_waited_for_a_day_goes_only_by_a_press(region: Region) -> None:
    error, times = bad_token(2)
    region.vk.fail_next(error, times, chat="11")
    await answered(region)
    await until_tried(region, 1)
    await region.later(DAY)
    await region.settled()
    asked = await region.telegram.shows(BOT, CHAT, "ответ больше суток не удавалось отправить")
    assert "Приходите завтра." in asked.text
    assert [button.text for row in asked.buttons for button in row] == ["Отправить сейчас", "Не отправлять"]
    assert all("Приходите" not in text for text in region.said_in(region.vk, SCHOOL_VK, "11"))
    # What is said to the citizen later does not wait behind it.
    region.vk.citizen_writes(SCHOOL_VK, "11", "/my")
    await region.settled()
    region.telegram.group_writes(BOT, CHAT, "9001", "/open", name="Анна")
    await region.telegram.shows(BOT, CHAT, words("open-undecided", count=1, numbers="№ 1"))
    await region.later(DAY)
    await region.settled()
    assert sum("больше суток" in text for text in region.said_in(region.telegram, BOT, CHAT)) == 2, (
        "on each working day"
    )
    region.telegram.presses(BOT, CHAT, "9001", asked.id, "Отправить сейчас", name="Анна")
    await region.vk.shows(SCHOOL_VK, "11", "Приходите завтра.")
    await region.settled()
    assert (await region.ticket(1)).ticket.first_answered_at == region.clock.now()
    await region.later(3 * DAY)
    # The message that was pressed says now what became of it.
    assert sum("больше суток" in text for text in region.said_in(region.telegram, BOT, CHAT)) == 1


async def test_an_answer_that_waited_for_a_day_can_be_dropped(region: Region) -> None:
    error, times = bad_token(2)
    region.vk.fail_next(error, times, chat="11")
    await answered(region)
    await until_tried(region, 1)
    await region.later(DAY)
    asked = await region.telegram.shows(BOT, CHAT, "ответ больше суток не удавалось отправить")
    region.telegram.presses(BOT, CHAT, "9001", asked.id, "Не отправлять", name="Анна")
    await region.settled()
    await region.later(DAY)
    line = await region.ticket(1)
    assert line.messages[-1].delivery is DeliveryState.DROPPED
    assert line.ticket.first_answered_at is None
    assert await region.count(outbox, outbox.c.kind == OutboxKind.ANSWER.value, outbox.c.state == "todo") == 0


async def test_an_import_knows_who_waits_in_a_community_that_goes_away(region: Region) -> None:
    await region.bind_telegram("school-12", CHAT)
    await region.asks()
    moved = replace(SCHOOL, vk_group_id="78")
    other = replace(CLINIC, vk_group_id=SCHOOL.vk_group_id)
    change = Change(stored=SCHOOL, institution=moved, columns=("vk_group_id",))
    comparison = Comparison(added=(), changed=(change,), unchanged=(), refused=())
    places = leaving(comparison, [SCHOOL])
    assert places == {("vk", SCHOOL_VK): "school-12"}
    async with region.database.reading() as connection:
        assert await open_tickets_in(connection, places) == {("vk", SCHOOL_VK): 1}
    assert leaving(replace(comparison, added=(other,)), [SCHOOL]) == {}, "somebody else answers there"
