"""Two tickets of one citizen, and one that was given away: what stories about the right ticket begin with."""

import pytest

from bot.channels.memory_transcript import ShownMessage
from tests.stories.region import BOT, Region

SCHOOL_CHAT, CLUB_CHAT = "-1001", "-1002"


@pytest.fixture
async def both(region: Region) -> Region:
    """Oleg has asked the school (№ 1) and then the club (№ 2) in the regional bot."""
    await region.bind_telegram("school-12", SCHOOL_CHAT)
    await region.bind_telegram("club-1", CLUB_CHAT)
    await region.chosen()
    await says(region, "Когда собрание?")
    await region.chosen(code="club-1")
    await says(region, "Будет ли ёлка?")
    return region


async def says(region: Region, text: str, *, reply_to: str = "") -> str:
    said = region.telegram.citizen_writes(BOT, "31", text, name="Олег", reply_to=reply_to)
    await region.settled()
    return said.id


async def opens(region: Region, number: int) -> ShownMessage:
    """Open a ticket from /my."""
    await says(region, "/my")
    listed = region.telegram.transcript(BOT, "31")[-1]
    region.telegram.presses(BOT, "31", "31", listed.id, f"m:{number}")
    await region.settled()
    return region.telegram.transcript(BOT, "31")[-1]


async def presses(region: Region, shown: ShownMessage, button: str) -> ShownMessage:
    """Press a button in Oleg's dialogue; returns the message as it reads then."""
    region.telegram.presses(BOT, "31", "31", shown.id, button)
    await region.settled()
    now = region.telegram.transcripts.find(BOT, "31", shown.id)
    assert now is not None
    return now


async def answers(region: Region, number: int, text: str, chat: str) -> None:
    card = await region.telegram.shows(BOT, chat, f"№ {number} ·")
    region.telegram.group_writes(BOT, chat, "9001", text, name="Анна", reply_to=card.id)
    await region.settled()


async def texts_of(region: Region, number: int) -> list[str]:
    return [message.text for message in (await region.ticket(number)).messages]


def told(region: Region) -> list[str]:
    return region.said_in(region.telegram, BOT, "31")


def confirmations(region: Region) -> list[ShownMessage]:
    return [shown for shown in region.telegram.transcript(BOT, "31") if shown.text.startswith("→")]


async def gives_away(region: Region, number: int = 1) -> None:
    """Let the school give a ticket to the clinic."""
    region.telegram.group_writes(BOT, SCHOOL_CHAT, "9001", f"/transfer {number} поликлиника 6", name="Анна")
    await region.settled()
    offer = region.telegram.transcript(BOT, SCHOOL_CHAT)[-1]
    action = next(b.action for row in offer.buttons for b in row if b.action.endswith("clinic-6"))
    region.telegram.presses(BOT, SCHOOL_CHAT, "9001", offer.id, action, name="Анна")
    await region.settled()


async def given(region: Region) -> None:
    """Gulnara asked the school in its community; the school gave № 1 to the clinic."""
    await region.bind_telegram("school-12", SCHOOL_CHAT)
    await region.bind_telegram("clinic-6", CLUB_CHAT)
    await region.asks("Когда прививки?")
    await gives_away(region)
    assert (await region.ticket(1)).ticket.institution == "clinic-6"
