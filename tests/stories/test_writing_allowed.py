"""Whoever forbids a community to write is known before anybody types an answer."""

from storage.tables import citizens
from tests.stories.region import BOT, CLINIC_VK, SCHOOL_VK, Region, words

FORBIDDEN = words("card-writing-forbidden")


async def test_the_card_says_that_an_answer_would_not_arrive(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(user_id="11")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.vk.forbids_writing(SCHOOL_VK, "11")
    told = await region.telegram.shows(BOT, chat, "житель запретил писать")
    await region.settled()
    shown = region.telegram.transcripts.find(BOT, chat, card.id)
    assert shown is not None
    assert FORBIDDEN in shown.text
    assert told.reply_to == card.id

    region.vk.allows_writing(SCHOOL_VK, "11")
    await region.telegram.shows(BOT, chat, "житель снова разрешил сообщения")
    await region.settled()
    shown = region.telegram.transcripts.find(BOT, chat, card.id)
    assert shown is not None
    assert FORBIDDEN not in shown.text
    assert (await region.ticket(1)).ticket.waiting_since is not None


async def test_whoever_writes_again_may_be_answered(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(user_id="11")
    region.vk.forbids_writing(SCHOOL_VK, "11")
    await region.telegram.shows(BOT, chat, "житель запретил писать")
    await region.asks("Вы тут?", user_id="11")
    assert await region.count(citizens, citizens.c.forbids != "") == 0


async def test_one_community_forbidden_is_not_another(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(user_id="11")
    region.vk.forbids_writing(CLINIC_VK, "11")
    await region.settled()
    assert not [text for text in region.said_in(region.telegram, BOT, chat) if FORBIDDEN in text]


async def test_nothing_is_kept_of_somebody_who_never_wrote(region: Region) -> None:
    region.vk.allows_writing(SCHOOL_VK, "55")
    region.vk.forbids_writing(SCHOOL_VK, "56")
    await region.settled()
    assert await region.count(citizens) == 0
