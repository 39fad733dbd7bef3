"""People who act for several institutions: who is there, who stands in, and for which of them a command is meant."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channels.memory_transcript import ShownMessage
from storage.tables import acting, closed_days, incidents, templates
from tests.stories.region import BOT, Region, words

SHARED = "-1001"
OTHER = "-1002"


async def says(
    region: Region, chat: str, text: str, *, by: str = "9001", name: str = "Анна", reply_to: str = ""
) -> str:
    said = region.telegram.group_writes(BOT, chat, by, text, name=name, reply_to=reply_to)
    await region.settled()
    return said.id


async def noted(region: Region, chat: str, number: int, *, by: str, name: str) -> None:
    """Let somebody act for the institution of a ticket."""
    card = await region.telegram.shows(BOT, chat, f"№ {number} ·")
    await says(region, chat, "// смотрю", by=by, name=name, reply_to=card.id)


async def two_chats(region: Region) -> None:
    """Let Анна and Булат act for the school, and Анна and Дина for the clinic, each in its own chat."""
    await region.bind_telegram("school-12", SHARED)
    await region.bind_telegram("clinic-6", OTHER)
    await region.asks("Где бассейн?")
    region.vk.citizen_writes("78", "12", "Где окулист?", name="Олег")
    await region.settled()
    for chat, number, by, name in (
        (SHARED, 1, "9001", "Анна"),
        (SHARED, 1, "9002", "Булат"),
        (OTHER, 2, "9003", "Дина"),
        (OTHER, 2, "9001", "Анна"),
    ):
        await noted(region, chat, number, by=by, name=name)


async def last(region: Region, chat: str) -> ShownMessage:
    return region.telegram.transcript(BOT, chat)[-1]


@pytest.mark.both_databases
async def test_who_acts_for_two_institutions_is_on_the_list_of_both(region: Region) -> None:
    await two_chats(region)
    async with region.database.reading() as connection:
        rows = (await connection.execute(select(acting.c.institution))).scalars().all()
    assert sorted(rows) == ["clinic-6", "clinic-6", "school-12", "school-12"]
    await says(region, SHARED, "/duty", by="9002", name="Булат")
    assert (await last(region, SHARED)).text.splitlines()[1:] == [
        words("duty-here", name=name) for name in ("Анна", "Булат")
    ]
    await says(region, OTHER, "/duty", by="9003", name="Дина")
    assert (await last(region, OTHER)).text.splitlines()[1:] == [
        words("duty-here", name=name) for name in ("Анна", "Дина")
    ]


async def test_who_goes_away_is_away_everywhere_and_a_deputy_stands_in_where_they_act(region: Region) -> None:
    await two_chats(region)
    for chat, number in ((SHARED, 1), (OTHER, 2)):
        card = await region.telegram.shows(BOT, chat, f"№ {number} ·")
        region.telegram.presses(BOT, chat, "9001", card.id, "Взять", name="Анна")
        await region.settled()
    await says(region, SHARED, "/away 10.12 булат")
    given = words("away-given-on", name="Анна", until="10.12", deputy="Булат", numbers="№ 1")
    free = words("away-set-free", name="Анна", until="10.12", numbers="№ 2")
    assert given in region.said_in(region.telegram, BOT, SHARED)
    # Булат knows nothing of the clinic: what she had there is free.
    assert free in region.said_in(region.telegram, BOT, OTHER)
    await says(region, OTHER, "/duty", by="9003", name="Дина")
    assert words("duty-away", name="Анна", until="10.12") in (await last(region, OTHER)).text


async def test_nobody_is_there_follows_each_institution_and_wakes_nobody_at_night(region: Region) -> None:
    await two_chats(region)
    boss = await region.join()
    nobody = {code: words("nobody-there", institution=name) for code, name in NAMES.items()}

    def told(code: str) -> int:
        return region.said_in(region.telegram, BOT, boss).count(nobody[code])

    # Дина last acted for the clinic alone; with Анна away too nobody is left there, but Булат is at the school.
    region.clock.move_to(datetime(2026, 11, 24, 19, 30, tzinfo=UTC))  # 22:30
    await says(region, OTHER, "/away 10.12", by="9003", name="Дина")
    await says(region, SHARED, "/away 10.12")
    assert (told("clinic-6"), told("school-12")) == (0, 0)
    for _ in range(10):  # until half past eight
        await region.later(timedelta(hours=1))
    assert (told("clinic-6"), told("school-12")) == (0, 0)
    await region.later(timedelta(hours=1))
    assert (told("clinic-6"), told("school-12")) == (1, 0)
    await says(region, SHARED, "/away 10.12", by="9002", name="Булат")
    assert (told("clinic-6"), told("school-12")) == (1, 1)


async def shared_chat(region: Region) -> None:
    await region.bind_telegram("school-12", SHARED)
    await region.bind_telegram("clinic-6", SHARED)


async def test_in_a_shared_chat_everybody_is_there_for_every_institution(region: Region) -> None:
    await shared_chat(region)
    boss = await region.join()
    await region.asks("Где бассейн?")
    region.vk.citizen_writes("78", "12", "Где окулист?", name="Олег")
    await region.settled()
    await noted(region, SHARED, 1, by="9001", name="Анна")
    await noted(region, SHARED, 2, by="9002", name="Булат")
    await says(region, SHARED, "/away 10.12")
    assert not any("никого" in text for text in region.said_in(region.telegram, BOT, boss))
    await says(region, SHARED, "/duty", by="9002", name="Булат")
    assert len((await last(region, SHARED)).text.splitlines()) == 3


@pytest.mark.both_databases
async def test_in_a_chat_of_several_institutions_commands_ask_which_is_meant(region: Region) -> None:
    await shared_chat(region)
    for text in ("/closed 10.12-14.12 карантин", "/template Часы\nМы работаем с 8 до 17, приходите в любой день"):
        await says(region, SHARED, text)
        asked = await last(region, SHARED)
        assert asked.text == words("which-institution")
        assert [button.text for row in asked.buttons for button in row] == list(NAMES.values())
        region.telegram.presses(BOT, SHARED, "9001", asked.id, NAMES["clinic-6"], name="Анна")
        await region.settled()
    async with region.database.reading() as connection:
        (closed,) = (await connection.execute(select(closed_days))).all()
        (template,) = (await connection.execute(select(templates))).all()
    assert (closed.scope, closed.first) == ("institution:clinic-6", "2026-12-10")
    assert template.scope == "institution:clinic-6"
    for number, (command, says_what) in enumerate((("/templates", "Часы"), ("/closed", "карантин"))):
        await says(region, SHARED, command)
        region.telegram.presses(BOT, SHARED, "9002", "", NAMES["clinic-6"], name=f"Булат {number}")
        await region.settled()
        assert says_what in (await last(region, SHARED)).text
    await says(region, SHARED, "/incident нет воды во всём районе")
    region.telegram.presses(BOT, SHARED, "9001", "", NAMES["school-12"], name="Анна")
    await region.settled()
    async with region.database.reading() as connection:
        (incident,) = (await connection.execute(select(incidents))).all()
    assert incident.institution == "school-12"


async def test_a_reply_to_a_ticket_says_which_institution_is_meant(region: Region) -> None:
    await shared_chat(region)
    region.vk.citizen_writes("78", "12", "Где окулист?", name="Олег")
    await region.settled()
    card = await region.telegram.shows(BOT, SHARED, "№ 1 ·")
    await says(region, SHARED, "/closed", reply_to=card.id)
    assert NAMES["clinic-6"] in (await last(region, SHARED)).text


async def test_a_button_of_another_chat_does_nothing(region: Region) -> None:
    await shared_chat(region)
    await says(region, SHARED, "/closed")
    asked = await last(region, SHARED)
    action = asked.buttons[1][0].action
    raw = {
        "kind": "press",
        "chat": "-1009",
        "chat_kind": "group",
        "from": {"id": "666", "name": "Чужой"},
        "message_id": "1",
        "action": action,
        "press_id": "forged",
        "at": region.clock.now().isoformat(),
    }
    region.telegram.push_raw(BOT, raw, chat="-1009")
    await region.settled()
    assert region.telegram.press_answers["forged"] == words("press-void")


NAMES = {"school-12": "Школа № 12", "clinic-6": "Детская поликлиника № 6"}
