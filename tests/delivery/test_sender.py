"""The way out: order in a lane, busy messengers obeyed, refusals told, nothing lost or needlessly repeated."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.memory_limits import TELEGRAM_LIKE, VK_LIKE
from bot.delivery.pace import Pace
from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.message import OutgoingKind, Place
from storage.database import Database
from storage.outbox import claim, move_lane
from storage.outbox_row import OutboxKind
from storage.tables import outbox
from tests.delivery.parts import TELEGRAM, VK, PostRoom

MINUTE = timedelta(minutes=1)
GROUP = "2000000001"


def all_sent(states: dict[int, str]) -> bool:
    return set(states.values()) == {"sent"}


async def test_a_lane_is_sent_in_order(database: Database) -> None:
    room = PostRoom(database)
    texts = [f"строка {number}" for number in range(45)]
    for text in texts:
        await room.put_out(text)
    async with room.sending():
        await room.until(all_sent)
    assert room.said(VK, "31") == texts


async def test_a_busy_messengers_wish_is_obeyed_to_the_second(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("429", retry_after=MINUTE))
    await room.put_out("первая")
    await room.put_out("вторая")
    async with room.sending():
        await room.until_tried(1)
        await room.later(MINUTE - timedelta(seconds=1))
        await asyncio.sleep(0.02)
        assert room.said(VK, "31") == []
        await room.later(timedelta(seconds=1))
        await room.until(all_sent)
    assert room.said(VK, "31") == ["первая", "вторая"]


async def test_failures_without_a_wish_are_tried_again_ever_later(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("500"), times=4)
    row = await room.put_out("текст")
    async with room.sending():
        for tries, seconds in enumerate((1, 2, 4, 8), start=1):
            await room.until_tried(tries, row=row)
            await room.later(timedelta(seconds=seconds) - timedelta(milliseconds=1))
            await asyncio.sleep(0.02)
            assert room.said(VK, "31") == []
            await room.later(timedelta(milliseconds=1))
        await room.until(all_sent)


async def test_a_blocked_lane_does_not_hold_up_the_others(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("429", retry_after=MINUTE), chat="31")
    for chat in ("31", "31", "32", "33"):
        await room.put_out("текст", chat=chat)
    async with room.sending():
        await room.until(lambda states: [states[n] for n in (1, 2, 3, 4)] == ["todo", "todo", "sent", "sent"])
        await room.later(MINUTE)
        await room.until(all_sent)


async def test_tickets_of_one_work_chat_do_not_wait_for_each_other(database: Database) -> None:
    room = PostRoom(database)
    held = asyncio.Event()
    real = room.vk.send

    async def send(outgoing, *, account, place, row, open_file):
        if outgoing.text == "№ 1":
            await held.wait()
        return await real(outgoing, account=account, place=place, row=row, open_file=open_file)

    room.vk.send = send  # type: ignore[method-assign]
    for text, ticket in (("№ 1", 1), ("№ 1, ещё", 1), ("№ 2", 2), ("№ 2, ещё", 2), ("№ 3", 3)):
        await room.put_out(text, chat=GROUP, kind=OutboxKind.CARD, of=ticket)
    async with room.sending():
        await room.until(lambda states: [states[n] for n in (3, 4, 5)] == ["sent"] * 3)
        assert room.said(VK, GROUP) == ["№ 2", "№ 3", "№ 2, ещё"] or room.said(VK, GROUP)[:2] == ["№ 2", "№ 2, ещё"]
        held.set()
        await room.until(all_sent)
    assert [text for text in room.said(VK, GROUP) if text.startswith("№ 1")] == ["№ 1", "№ 1, ещё"]


async def test_a_chat_that_takes_twenty_a_minute_costs_nothing_while_a_thousand_tickets_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = PostRoom(database)
    pace = Pace(limits={"telegram": TELEGRAM_LIKE, "vk": VK_LIKE}, clock=room.clock)
    monkeypatch.setattr(room.sender, "_pace", pace)
    await room.put_out("№ 1", chat="-1001", account=TELEGRAM, kind=OutboxKind.CARD, of=1)
    await room.repeat(1_000)
    await room.put_out("ответ", chat="-1001", account=TELEGRAM, of=1)
    for chat in ("-1002", "31"):
        await room.put_out("другим", chat=chat, account=TELEGRAM)
    async with room.sending():
        await room.until(lambda states: Counter(states.values()) == {"sent": 15 + 3, "todo": 1_001 - 15})
        await room.later(timedelta(seconds=30))
        await asyncio.sleep(0.1)
        states = await room.states()
    assert Counter(states.values()) == {"sent": 18, "todo": 986}
    assert room.said(TELEGRAM, "-1001")[1] == "ответ" or "ответ" in room.said(TELEGRAM, "-1001")
    assert await room.tried_again() == 0, "what waits for its chat is not touched"


async def test_a_chat_that_asks_for_time_is_left_alone_by_all_its_tickets(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("429", retry_after=MINUTE), chat=GROUP)
    await room.put_out("№ 1", chat=GROUP, kind=OutboxKind.CARD, of=1)
    async with room.sending():
        await room.until_tried(1)
        for ticket in (2, 3, 4):
            await room.put_out(f"№ {ticket}", chat=GROUP, kind=OutboxKind.CARD, of=ticket)
        await room.put_out("другим")
        await room.until(lambda states: states[5] == "sent")
        assert room.said(VK, GROUP) == []
        await room.later(MINUTE)
        await room.until(all_sent)
    assert sorted(room.said(VK, GROUP)) == ["№ 1", "№ 2", "№ 3", "№ 4"]


async def test_what_refers_to_a_message_of_an_older_lane_waits_until_that_is_sent(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("later"), chat=GROUP)
    card = await room.put_out("карточка", chat=GROUP, kind=OutboxKind.CARD)
    edit = {"kind": OutboxKind.CARD_EDIT, "does": OutgoingKind.EDIT, "refers_to": card}
    await room.put_out("состояние", chat=GROUP, of=1, **edit)  # type: ignore[arg-type]
    async with room.sending():
        await room.until_tried(1)
        assert (await room.states())[2] == "todo"
        await room.later(timedelta(seconds=1))
        await room.until(lambda states: states[1] == "sent")
        await room.later(timedelta(seconds=1))
        await room.until(all_sent)
    assert room.said(VK, GROUP) == ["состояние"]


async def test_a_ticket_whose_words_are_urgent_goes_ahead_with_its_card(database: Database) -> None:
    room = PostRoom(database)
    await room.put_out("№ 1", chat=GROUP, kind=OutboxKind.CARD, of=1)
    await room.put_out("№ 2", chat=GROUP, kind=OutboxKind.CARD, of=2)
    await room.put_out("пожар", chat=GROUP, kind=OutboxKind.NOTICE, of=2)
    async with database.unit() as connection:
        rows = await claim(connection, database.vault, now=room.clock.now(), lanes=1, rows_per_lane=20)
    assert [row.message.text for row in rows] == ["№ 2", "пожар"]


async def test_everything_of_a_chat_goes_to_the_chat_that_it_became(database: Database) -> None:
    room = PostRoom(database)
    await room.put_out("без номера", chat="-1", account=TELEGRAM)
    await room.put_out("№ 1", chat="-1", account=TELEGRAM, kind=OutboxKind.CARD, of=1)
    await room.put_out("чужое", chat="-12", account=TELEGRAM)
    old = Place(channel="telegram", community="500", chat="-1")
    async with database.unit() as connection:
        await move_lane(connection, old, "-1001")
        found = await connection.execute(select(outbox.c.lane, outbox.c.room, outbox.c.chat).order_by(outbox.c.id))
        assert [tuple(row) for row in found] == [
            ("telegram:500:-1001", "telegram:500:-1001", "-1001"),
            ("telegram:500:-1001:ticket:1", "telegram:500:-1001", "-1001"),
            ("telegram:500:-12", "telegram:500:-12", "-12"),
        ]


async def test_a_refusal_is_told_to_the_desk_and_the_lane_goes_on(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelRefusedError("blocked", reason=RefusalReason.BLOCKED))
    await room.put_out("отказано")
    await room.put_out("дошло")
    async with room.sending():
        await room.until(lambda states: states == {1: "dead", 2: "sent"})
    assert [(key, state) for key, state, _ in await room.events()] == [("failed:1:0", "todo")]


async def test_a_bug_in_one_message_ends_after_five_tries(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ZeroDivisionError("a bug"), times=9)  # type: ignore[arg-type]
    await room.put_out("текст")
    async with room.sending():
        for tries in range(1, 5):
            await room.until_tried(tries)
            await room.later(MINUTE)
        await room.until(lambda states: states == {1: "dead"})


async def test_after_three_days_a_message_is_given_up_and_told(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("down"), times=2)
    await room.put_out("текст")
    async with room.sending():
        await room.until_tried(1)
        await room.later(timedelta(days=3))
        await room.until(lambda states: states == {1: "dead"})
    assert [key for key, _, _ in await room.events()] == ["failed:1:1"]


async def test_a_revoked_token_delays_and_never_costs(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelRefusedError("token", reason=RefusalReason.BAD_TOKEN))
    await room.put_out("текст")
    async with room.sending():
        await room.until_tried(1)
        await room.later(MINUTE)
        await room.until(all_sent)


async def test_newer_states_of_a_card_make_older_ones_needless(database: Database) -> None:
    room = PostRoom(database)
    card = await room.put_out("карточка", chat="2000000001", kind=OutboxKind.CARD)
    for number in range(5):
        await room.put_out(
            f"состояние {number}",
            chat="2000000001",
            kind=OutboxKind.CARD_EDIT,
            does=OutgoingKind.EDIT,
            refers_to=card,
        )
    async with room.sending():
        await room.until(all_sent)
    assert room.said(VK, "2000000001") == ["состояние 4"]
    assert sum(room.vk.sent_rows.values()) == 2


async def test_an_edit_of_a_card_that_was_never_shown_is_needless(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelRefusedError("bad", reason=RefusalReason.BAD_MESSAGE))
    card = await room.put_out("карточка", kind=OutboxKind.CARD)
    await room.put_out("состояние", kind=OutboxKind.CARD_EDIT, does=OutgoingKind.EDIT, refers_to=card)
    await room.put_out("добавка", kind=OutboxKind.FOLLOW_UP, refers_to=card)
    async with room.sending():
        await room.until(lambda states: states == {1: "dead", 2: "sent", 3: "sent"})
    assert room.said(VK, "31") == ["добавка"]


async def test_a_reply_names_the_card_as_the_messenger_numbered_it(database: Database) -> None:
    room = PostRoom(database)
    await room.put_out("приветствие")
    card = await room.put_out("карточка", kind=OutboxKind.CARD)
    async with room.sending():
        await room.until(all_sent)
        await room.put_out("добавка", kind=OutboxKind.FOLLOW_UP, refers_to=card)
        await room.until(all_sent)
    assert [shown.reply_to for shown in room.vk.transcript("77", "31")] == ["", "", "2"]


async def test_an_unknown_community_waits_until_it_is_connected_again(database: Database) -> None:
    room = PostRoom(database)
    room.accounts = [TELEGRAM]
    await room.put_out("текст")
    await room.put_out("другим", account=TELEGRAM)
    async with room.sending():
        await room.until_tried(1)
        await room.until(lambda states: states[2] == "sent")
        room.accounts = [TELEGRAM, VK]
        await room.later(MINUTE)
        await room.until(all_sent)


async def test_a_new_community_is_served_though_the_sender_is_never_idle(database: Database) -> None:
    room = PostRoom(database)
    new = Account(channel="vk", community="99", token="n")
    held = asyncio.Event()
    real = room.vk.send

    async def send(outgoing, *, account, place, row, open_file):
        if outgoing.text == "держит":
            await held.wait()
        return await real(outgoing, account=account, place=place, row=row, open_file=open_file)

    room.vk.send = send  # type: ignore[method-assign]
    await room.put_out("держит")
    async with room.sending():
        await room.until(lambda states: states == {1: "sending"})
        room.accounts = [TELEGRAM, VK, new]
        await room.put_out("новому", account=new)
        await room.until(lambda states: states[2] == "sent")
        held.set()
        await room.until(all_sent)


@pytest.mark.parametrize(("account", "shown"), [(VK, 1), (TELEGRAM, 2)], ids=["vk", "telegram"])
async def test_a_crash_between_sent_and_recorded_repeats_nothing_in_vk_and_once_in_telegram(
    database: Database, monkeypatch: pytest.MonkeyPatch, account: Account, shown: int
) -> None:
    class CrashError(BaseException):
        """The process ends here."""

    room = PostRoom(database)
    await room.put_out("текст", account=account)
    crashed = asyncio.Event()

    async def put(results):
        crashed.set()
        raise CrashError

    monkeypatch.setattr(room.outcomes, "put", put)
    running = asyncio.create_task(room.sender.run())
    await crashed.wait()
    await asyncio.sleep(0.01)
    assert await room.states() == {1: "sending"}
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.wait({running})
    async with database.unit() as connection:  # the crashed process took nothing back
        from sqlalchemy import update

        from storage.tables import outbox

        await connection.execute(update(outbox).values(state="sending"))

    again = PostRoom(database, clock=room.clock, messengers=(room.telegram, room.vk))
    async with again.sending():
        await again.until(all_sent)
    assert room.said(account, "31") == ["текст"] * shown


async def test_stopping_finishes_what_is_under_way_and_gives_the_rest_back(database: Database) -> None:
    room = PostRoom(database)
    under_way, finish = asyncio.Event(), asyncio.Event()
    real = room.vk.send

    async def send(outgoing, *, account, place, row, open_file):
        under_way.set()
        await finish.wait()
        return await real(outgoing, account=account, place=place, row=row, open_file=open_file)

    room.vk.send = send  # type: ignore[method-assign]
    for number in range(3):
        await room.put_out(f"строка {number}")
    running = asyncio.create_task(room.sender.run())
    await under_way.wait()
    running.cancel()
    await asyncio.sleep(0.01)
    finish.set()
    await asyncio.wait({running})
    assert await room.states() == {1: "sent", 2: "todo", 3: "todo"}
    assert room.said(VK, "31") == ["строка 0"]
