"""An answer that looks like fraud goes nowhere until somebody in the work chat says that it should."""

from pathlib import Path

import pytest

from bot.domain.clock import ManualClock
from storage.database import Database
from storage.tables import outbox
from tests.stories.region import BOT, SCHOOL_VK, TUESDAY, Region, living_region, pretend_messengers, words

ASKS_CODE = "Пришлите код из СМС, и мы всё решим"
SEND, DROP = words("button-send-anyway"), words("button-do-not-send")


async def question_about(region: Region, answer: str, *, chat: str = "-1001") -> str:
    """Let Anna answer the card; return the id of the bot's question about it."""
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", answer, name="Анна", reply_to=card.id)
    return (await region.telegram.shows(BOT, chat, "ещё не отправлен")).id


def seen(region: Region) -> list[str]:
    return [text for text in region.said_in(region.vk, SCHOOL_VK, "11") if "Принято" not in text]


@pytest.mark.parametrize(
    ("answer", "doubt"),
    [
        (ASKS_CODE, words("doubt-code")),
        ("Запишитесь на zapis-shkola.xyz", words("doubt-link", link="zapis-shkola[.]xyz")),
        ("Вы идиоты", words("doubt-insult")),
    ],
)
async def test_a_doubtful_answer_waits_and_the_doubt_is_told(region: Region, answer: str, doubt: str) -> None:
    await region.bind_telegram("school-12")
    await region.asks()
    question = await question_about(region, answer)
    await region.settled()
    asked = region.telegram.transcripts.find(BOT, "-1001", question)
    assert asked is not None
    assert doubt in asked.text
    assert seen(region) == []
    card = await region.telegram.shows(BOT, "-1001", "№ 1 ·")
    assert words("card-answer-held", name="Анна") in card.text
    assert (await region.ticket(1)).ticket.waiting_since is not None


async def test_whoever_confirms_it_goes_exactly_once(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks()
    question = await question_about(region, ASKS_CODE)
    first = region.telegram.presses(BOT, "-1001", "9002", question, SEND, name="Булат")
    second = region.telegram.presses(BOT, "-1001", "9001", question, DROP, name="Анна")
    await region.settled()
    assert seen(region) == [ASKS_CODE]
    assert region.telegram.press_answers[first] == words("press-answer-sent", number=1)
    assert region.telegram.press_answers[second] == words("press-answer-decided")
    decided = region.telegram.transcripts.find(BOT, "-1001", question)
    assert decided is not None
    assert decided.text == words("answer-confirmed", number=1, name="Булат")
    assert decided.buttons == ()
    line = await region.ticket(1)
    assert line.ticket.waiting_since is None
    assert [event.kind for event in line.events] == ["opened", "confirmed"]


async def test_what_is_dropped_is_never_sent_and_a_new_answer_is_free(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks()
    question = await question_about(region, ASKS_CODE)
    region.telegram.presses(BOT, "-1001", "9001", question, DROP, name="Анна")
    await region.settled()
    assert seen(region) == []
    card = await region.telegram.shows(BOT, "-1001", "№ 1 ·")
    region.telegram.group_writes(BOT, "-1001", "9001", "Приходите завтра", name="Анна", reply_to=card.id)
    await region.settled()
    assert seen(region) == ["Приходите завтра"]
    region.telegram.group_writes(BOT, "-1001", "9001", "/ticket 1", name="Анна")
    shown = await region.telegram.shows(BOT, "-1001", "ответ, Анна (✖ не отправлен)")
    assert ASKS_CODE in shown.text


@pytest.mark.both_databases
async def test_the_question_outlives_a_restart(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(TUESDAY)
    messengers = pretend_messengers(clock)
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as before:
        await before.bind_telegram("school-12")
        await before.asks()
        question = await question_about(before, ASKS_CODE)
        await before.settled()
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as after:
        after.telegram.presses(BOT, "-1001", "9001", question, SEND, name="Анна")
        await after.settled()
        assert seen(after) == [ASKS_CODE]
        assert await after.count(outbox, outbox.c.kind == "answer") == 1


async def test_another_chat_cannot_confirm(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.bind_telegram("clinic-6", "-1002", "9005", "Чужой")
    await region.asks()
    question = await question_about(region, ASKS_CODE)
    asked = region.telegram.transcripts.find(BOT, "-1001", question)
    assert asked is not None
    raw = {
        "kind": "press",
        "chat": "-1002",
        "chat_kind": "group",
        "from": {"id": "9005", "name": "Чужой"},
        "message_id": "1",
        "action": asked.buttons[0][0].action,
        "press_id": "stranger",
        "at": region.clock.now().isoformat(),
    }
    region.telegram.push_raw(BOT, raw, chat="-1002")
    await region.settled()
    assert region.telegram.press_answers["stranger"] == words("press-void")
    assert seen(region) == []
