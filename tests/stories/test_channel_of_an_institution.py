"""Stories: comments under a Telegram channel's posts and words to its mailbox go to the channel's institution."""

from dataclasses import replace
from pathlib import Path

from storage.database import Database
from tests.stories.region import BOT, CLINIC, SCHOOL, living_region, words

SOURCES = {"sources": ["@School_12", "-1001234567"]}


async def test_a_comment_under_a_channels_post_is_answered_under_it(database: Database, tmp_path: Path) -> None:
    school = replace(SCHOOL, telegram_channel="https://t.me/school_12")
    async with living_region(database, tmp_path, institutions=(school, CLINIC)) as region:
        chat = await region.bind_telegram("school-12")
        asked = region.telegram.comments(BOT, "7", "55", "Когда каникулы?", name="Марат", more=SOURCES)
        card = await region.telegram.shows(BOT, chat, "Когда каникулы?")
        region.telegram.group_writes(BOT, chat, "9001", "С 28 декабря", name="Анна", reply_to=card.id)
        answer = await region.telegram.shows(BOT, f"wall-{BOT}_7", "С 28 декабря")
        assert answer.reply_to == asked.id
        region.telegram.comments(BOT, "8", "55", "А где?", name="Марат", more={"sources": ["@somebody_else"]})
        await region.settled()
        assert await region.tickets() == 1, "a channel of nobody we know is nobody's"


async def test_words_to_a_channels_mailbox_need_no_choice(database: Database, tmp_path: Path) -> None:
    school = replace(SCHOOL, telegram_channel="-1001234567")
    async with living_region(database, tmp_path, institutions=(school, CLINIC)) as region:
        chat = await region.bind_telegram("school-12")
        region.telegram.citizen_writes(BOT, "direct-1009_31", "Где расписание?", name="Олег", more=SOURCES)
        card = await region.telegram.shows(BOT, chat, "Где расписание?")
        await region.settled()
        said = region.said_in(region.telegram, BOT, "direct-1009_31")
        assert not [text for text in said if words("choose-institution") in text]
        region.telegram.group_writes(BOT, chat, "9001", "На сайте", name="Анна", reply_to=card.id)
        await region.telegram.shows(BOT, "direct-1009_31", "На сайте")
