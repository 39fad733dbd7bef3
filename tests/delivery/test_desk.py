"""The desk: order within a lane, others go on; what cannot be handled or stored is set aside alone."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from bot.delivery import desk as desk_module
from bot.domain.errors import RuleError
from bot.domain.event import Event, MessageReceived
from handlers import contents
from handlers.desk import Desk
from handlers.question import as_message
from storage.database import Database
from storage.institutions import write_institutions
from storage.outbox_row import OutboxKind
from storage.tables import messages, tickets
from tests.delivery.parts import NOON, VK, PostRoom, incoming
from tests.stories.region import SCHOOL


@pytest.fixture
async def room(database: Database) -> PostRoom:
    """A post room with one school."""
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, (SCHOOL,))
    return PostRoom(database)


def question(key: str, text: str, *, user: str = "11", lane: str = "", **more: object):
    """A citizen's private message to the school."""
    payload = {
        "kind": "message",
        "chat": user,
        "chat_kind": "private",
        "from": {"id": user},
        "message_id": key,
        "text": text,
        "files": [],
        "at": NOON.isoformat(),
        **more,
    }
    return incoming(key, lane=lane or f"vk:77:{user}", payload=orjson.dumps(payload))


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The real handlers, but for messages with the word «яд», on which they break; returns what was handled."""
    handled: list[str] = []

    def handle(event: Event, desk: Desk) -> None:
        contents.handle(event, desk)
        if isinstance(event, MessageReceived):
            if "яд" in event.text:
                raise KeyError("a bug")
            handled.append(event.text)

    monkeypatch.setattr(desk_module, "handle", handle)
    return handled


async def drain(room: PostRoom) -> None:
    while await room.desk.work():
        pass


async def count(room: PostRoom, table) -> int:
    async with room.database.reading() as connection:
        return len((await connection.execute(table.select())).all())


async def test_a_poison_event_is_tried_four_times_and_its_lane_waits_meanwhile(
    room: PostRoom, poison: list[str]
) -> None:
    await room.intake.store(
        VK,
        [
            question("1", "до"),
            question("2", "яд"),
            question("3", "после"),
            question("4", "сосед", user="12"),
        ],
        position=None,
    )
    await drain(room)
    assert poison == ["до", "сосед"]
    for attempts, pause in ((1, 1), (2, 2), (3, 4)):
        assert await room.events() == [
            ("1", "done", 0),
            ("2", "todo", attempts),
            ("3", "todo", 0),
            ("4", "done", 0),
        ]
        room.clock.advance(timedelta(seconds=pause) - timedelta(milliseconds=1))
        await drain(room)
        assert (await room.events())[1] == ("2", "todo", attempts), "not before its time"
        room.clock.advance(timedelta(milliseconds=1))
        await drain(room)
    assert (await room.events())[1:3] == [("2", "dead", 4), ("3", "done", 0)]
    assert poison == ["до", "сосед", "после"]


async def test_a_failed_events_changes_do_not_count(room: PostRoom, poison: list[str]) -> None:
    await room.intake.store(VK, [question("1", "яд"), question("2", "вопрос", user="12")], position=None)
    await drain(room)
    assert await count(room, messages) == 1
    assert await count(room, tickets) == 1
    async with room.database.reading() as connection:
        assert [row.number for row in await connection.execute(tickets.select())] == [1], "its number is not used up"


async def test_what_is_malformed_is_dead_at_once_and_its_lane_goes_on(room: PostRoom) -> None:
    await room.intake.store(
        VK,
        [
            incoming("1", lane="vk:77:11", payload=b"{"),
            incoming("2", lane="vk:77:11", payload=b"[]"),
            incoming("3", lane="vk:77:11", payload=b'{"kind": "message", "chat": 5}'),
            incoming("4", lane="vk:77:11", payload=b"[" * 100_000),
            question("5", "вопрос"),
        ],
        position=None,
    )
    assert await room.desk.work() == 5
    assert [state for _, state, _ in await room.events()] == ["dead"] * 4 + ["done"]


@pytest.mark.parametrize("fault", ["duplicate", "number", "half"])
async def test_a_value_that_cannot_be_stored_sets_aside_only_its_own_event(
    room: PostRoom, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    await room.intake.store(VK, [question("0", "раньше", user="100")], position=None)
    await drain(room)

    def handle(event: Event, desk: Desk) -> None:
        contents.handle(event, desk)
        if isinstance(event, MessageReceived) and event.text == "не помещается":
            citizen = desk.citizen(event.sender, event.place)
            match fault:
                case "duplicate":
                    desk.keep_message(replace(as_message(desk, event, citizen, None), id=1))
                case "number":
                    desk.send(event.place, OutboxKind.NOTICE, "слова", refers_to=1 << 70)
                case "half":
                    desk.link(event.place, "\ud800", desk.tickets_of(citizen)[0])

    monkeypatch.setattr(desk_module, "handle", handle)
    events = [question(str(n), f"вопрос {n}", user=str(n)) for n in range(1, 6)]
    events.insert(2, question("77", "не помещается", user="77"))
    await room.intake.store(VK, events, position=None)
    await drain(room)
    states = {key: state for key, state, _ in await room.events()}
    assert states == {**{str(n): "done" for n in range(6)}, "77": "todo"}
    for _ in range(3):
        room.clock.advance(timedelta(seconds=10))
        await drain(room)
    assert (await room.events())[3] == ("77", "dead", 4)
    await room.intake.store(VK, [question("9", "ещё вопрос", user="9")], position=None)
    await drain(room)
    assert await count(room, tickets) == 7


async def test_events_of_one_batch_that_touch_the_same_ticket_see_each_other(room: PostRoom) -> None:
    events = [question(str(n), f"часть {n}", user="11") for n in range(1, 51)]
    await room.intake.store(VK, events, position=None)
    assert await room.desk.work() == 50
    async with room.database.reading() as connection:
        rows = (await connection.execute(messages.select().order_by(messages.c.id))).all()
    assert [row.message_id for row in rows] == [str(n) for n in range(1, 51)]
    assert {row.ticket for row in rows} == {1}


async def test_order_is_kept_within_a_lane_over_many_batches(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "BATCH", 7)
    events = [question(f"{n}-{u}", f"{n}", user=str(u)) for n in range(20) for u in range(1, 4)]
    await room.intake.store(VK, events, position=None)
    await drain(room)
    async with room.database.reading() as connection:
        rows = (await connection.execute(messages.select().order_by(messages.c.id))).all()
    for user in range(1, 4):
        assert [row.message_id for row in rows if row.chat == str(user)] == [f"{n}-{user}" for n in range(20)]


async def test_two_desks_on_one_database_handle_each_event_once(room: PostRoom) -> None:
    other = PostRoom(room.database, clock=room.clock)
    events = [question(f"{n}", "вопрос", user=str(n % 30 + 1)) for n in range(300)]
    await room.intake.store(VK, events, position=None)
    await asyncio.gather(drain(room), drain(other))
    assert {state for _, state, _ in await room.events()} == {"done"}
    assert await count(room, messages) == 300
    assert await count(room, tickets) == 30


async def test_a_refusal_in_kind_words_is_no_failure(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(event: Event, desk: Desk) -> None:
        raise RuleError("code-wrong")

    monkeypatch.setattr(desk_module, "handle", handle)
    await room.intake.store(VK, [question("1", "вопрос")], position=None)
    await drain(room)
    assert await room.events() == [("1", "done", 0)]
    assert await room.states() == {1: "todo"}
