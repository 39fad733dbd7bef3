"""A messenger that forbids an edit or the answer to a press does not forbid the chat."""

from bot.domain.errors import ChannelRefusedError, RefusalReason
from tests.stories.region import BOT, Region


async def test_a_card_that_may_not_be_edited_costs_no_work_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    await region.asks("Первый вопрос")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    forbidden = ChannelRefusedError("message can't be edited by you", reason=RefusalReason.FORBIDDEN)
    region.telegram.fail_next(forbidden, times=2, chat=chat)
    region.telegram.presses(BOT, chat, "9001", card.id, "Взять", name="Анна")
    await region.settled()
    await region.asks("Второй вопрос", user_id="12", name="Олег")
    await region.telegram.shows(BOT, chat, "Второй вопрос")
    assert not [text for text in region.said_in(region.telegram, BOT, boss) if "рабочий чат недоступен" in text]
