"""Text is shown as text, whatever characters it has; rubbish is kept for the operator and disturbs nobody."""

import orjson
import pytest
from sqlalchemy import select

from bot.domain.channel import Account, Incoming
from storage.queues import list_inbox
from storage.tables import inbox
from tests.stories.region import BOT, SCHOOL_VK, Region

STRANGE = [
    "<b>жирно</b> & <script>alert(1)</script>",
    "_курсив_ *звезда* [ссылка](http://x) `код`",
    "=1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "ноль\u200bширины",
    "\u202eсправа налево\u202c",
    "эмодзи 👨‍👩‍👧‍👦🏴‍☠️",
    "{ $number } %s %(name)s {0} \\n \\u0000",
    "'; DROP TABLE tickets; --",
    "Җәмгыять өчен ҺӘМ ңүө",
]


@pytest.mark.parametrize("text", STRANGE)
async def test_strange_words_arrive_as_they_are_on_both_sides(region: Region, text: str) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", text, name=text)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    # The only changes: a citizen's links and commands cannot be clicked, and no sign turns the card's own lines round.
    shown = text.replace("http://", "hxxp://").replace(" /C", " /\u2060C").strip("\u202e\u202c")
    assert shown in card.text.splitlines()
    assert card.text.startswith(f"№ 1 · до 18:00 · {shown}, ВКонтакте")
    region.telegram.group_writes(BOT, chat, "9001", text, name=text, reply_to=card.id)
    await region.settled()
    if "http://" in text:
        # A link to a foreign site is asked about before it goes.
        region.telegram.presses(BOT, chat, "9001", "", "Отправить всё равно")
        await region.settled()
    assert region.said_in(region.vk, SCHOOL_VK, "11")[-1] == text
    assert [message.text for message in (await region.ticket(1)).messages] == [text, text]
    await region.telegram.shows(BOT, chat, f"({text})")


async def raw(region: Region, payload: bytes, *, key: str, chat: str = "11") -> None:
    """Store a raw event of the school's community as its listener would."""
    account = Account(channel="vk", community=SCHOOL_VK, token="x")
    event = Incoming(channel="vk", community=SCHOOL_VK, key=key, lane=f"vk:{SCHOOL_VK}:{chat}", payload=payload)
    await region.application.listeners._intake.store(account, [event], position=None)
    await region.settled()


def question(region: Region, **changes: object) -> dict[str, object]:
    """A raw private message as the pretend messenger writes it."""
    return {
        "kind": "message",
        "chat": "11",
        "chat_kind": "private",
        "from": {"id": "11", "name": "Гульнара"},
        "message_id": "500",
        "text": "Вопрос",
        "files": [],
        "at": region.clock.now().isoformat(),
        **changes,
    }


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\ude00\\ud83d"], ids=["high", "low", "swapped"])
async def test_half_a_surrogate_pair_does_not_cost_the_message(region: Region, half: str) -> None:
    chat = await region.bind_telegram("school-12")
    payload = orjson.dumps(question(region, text="Где HALF врач?")).replace(b"HALF", half.encode())
    await raw(region, payload, key="half")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Где " in card.text
    assert " врач?" in card.text


async def test_a_nul_character_is_stored_on_both_databases(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await raw(
        region, orjson.dumps(question(region, text="до\x00после", message_id="5\x000", link="a\x00b")), key="n\x001"
    )
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "до" in card.text
    region.vk.citizen_writes(SCHOOL_VK, "12", "Следующий вопрос")
    await region.vk.shows(SCHOOL_VK, "12", "Принято")


async def test_somebody_whose_id_has_a_nul_harms_nobody(region: Region) -> None:
    await raw(region, orjson.dumps(question(region, **{"from": {"id": "1\x001"}, "chat": "1\x001"})), key="n2")
    region.vk.citizen_writes(SCHOOL_VK, "12", "Следующий вопрос")
    await region.vk.shows(SCHOOL_VK, "12", "Принято")


RUBBISH: list[object] = [
    None,
    [],
    "text",
    42,
    {"kind": "message"},
    {"kind": "message", "chat": "11", "chat_kind": "private", "from": None, "message_id": "1", "at": "now"},
    {"kind": "message", "chat": 11, "chat_kind": "private", "from": {"id": 11}, "message_id": 1, "at": 0},
    {"kind": "comment", "chat": None},
    {"kind": "press", "chat": "11", "action": ["t:1:take"]},
    {"kind": None},
]


@pytest.mark.both_databases
async def test_rubbish_is_kept_for_the_operator_and_everyone_else_goes_on(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for rubbish in RUBBISH:
        region.vk.push_raw(SCHOOL_VK, rubbish, chat="11")
        region.telegram.push_raw(BOT, rubbish, chat="-1001")
    await raw(region, b'{"kind": "mess', key="cut")
    await raw(region, b"\xff\xfe", key="bytes")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вопрос после мусора")
    await region.telegram.shows(BOT, chat, "Вопрос после мусора")
    await region.settled()
    async with region.database.reading() as connection:
        dead = await list_inbox(connection, region.database.vault, is_dead=True)
        errors = [row.error for row in await connection.execute(select(inbox.c.error).where(inbox.c.state == "dead"))]
    assert len(dead) == 2 * len(RUBBISH) + 2
    assert all(error.startswith("malformed:") for error in errors)


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["like", "message_typing_state", "wall_post_new", ""])
async def test_kinds_of_no_interest_disturb_nobody(region: Region, kind: str) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Вопрос")
    said = region.said_in(region.telegram, BOT, chat), region.said_in(region.vk, SCHOOL_VK, "11")
    region.vk.push_raw(SCHOOL_VK, question(region, kind=kind, text="Изменённый вопрос"), chat="11")
    region.telegram.push_raw(BOT, {"kind": kind, "chat": chat}, chat=chat)
    await region.settled()
    assert (region.said_in(region.telegram, BOT, chat), region.said_in(region.vk, SCHOOL_VK, "11")) == said
    assert [message.text for message in (await region.ticket(1)).messages] == ["Вопрос"]
    assert await region.count(inbox, inbox.c.state == "dead") == 0


async def test_the_same_event_twice_is_one(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    event = question(region, text="Один вопрос")
    region.vk.push_raw(SCHOOL_VK, event, key="event-1", chat="11")
    await region.settled()
    region.vk.push_raw(SCHOOL_VK, event, key="event-1", chat="11")
    await region.settled()
    assert [message.text for message in (await region.ticket(1)).messages] == ["Один вопрос"]
    assert sum("Один вопрос" in text for text in region.said_in(region.telegram, BOT, chat)) == 1
