"""What is cleared away after a month is never missed."""

from datetime import timedelta

import pytest

from tests.stories.region import BOT, SCHOOL_VK, Region


@pytest.mark.parametrize("ends", [False, True], ids=["open", "closed lately"])
async def test_a_ticket_that_is_a_month_old_goes_on_under_its_card(region: Region, ends: bool) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.later(timedelta(days=40))
    if ends:
        await region.closes(chat, card.id)
    while await region.application.deadlines.tidy():
        pass
    await region.asks("Ну так где?")
    further = await region.telegram.shows(BOT, chat, "Ну так где?")
    assert further.reply_to == card.id
    region.telegram.group_writes(BOT, chat, "9001", "На Ленина, 5.", name="Анна", reply_to=further.id)
    await region.vk.shows(SCHOOL_VK, "11", "На Ленина, 5.")
    await region.settled()
    shown = region.telegram.transcripts.find(BOT, chat, card.id)
    assert shown is not None
    assert "✔ Ответ" in shown.text
