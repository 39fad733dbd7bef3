"""What the operator is told of the bot's rights in work chats and channels, and what to press there."""

from bot.domain.channel import Finding, Severity
from bot.domain.message import Place
from tests.channels.telegram_parts import GROUP, channel_at
from tests.pretend.telegram import PretendTelegram

CHANNEL, DISCUSSION, FORUM = -1_001_000_000_500, -1_001_000_000_600, -1_001_000_000_800


async def found(telegram: PretendTelegram, *chats: object) -> list[Finding]:
    """Return what is wrong with these chats; the first line is that of the token."""
    places = [Place(channel="telegram", community="1000", chat=str(chat)) for chat in chats]
    async with channel_at(telegram.url) as channel:
        _, *findings = await channel.check(telegram.account(), places=places)
        return findings


async def test_chats_in_good_order_need_no_words() -> None:
    async with PretendTelegram() as telegram:
        telegram.create_group(GROUP)
        telegram.create_forum(FORUM)
        telegram.create_channel(CHANNEL, username="school7")
        telegram.create_discussion(DISCUSSION, CHANNEL)
        telegram.promote(DISCUSSION)
        assert await found(telegram, GROUP, FORUM, CHANNEL, "@school7") == []


async def test_a_forum_needs_the_right_to_manage_topics() -> None:
    async with PretendTelegram() as telegram:
        telegram.create_forum(FORUM, "Школа 7", may_manage=False)
        (finding,) = await found(telegram, FORUM)
        assert (finding.subject, finding.severity) == ("Telegram, чат «Школа 7»", Severity.WARNING)
        assert "«Управление темами»" in finding.remedy


async def test_a_channel_without_the_bot_among_its_administrators_tells_no_reactions() -> None:
    async with PretendTelegram() as telegram:
        telegram.create_channel(CHANNEL).rights.clear()
        (finding,) = await found(telegram, CHANNEL)
        assert "реакции" in finding.says
        assert "«Администраторы»" in finding.remedy


async def test_a_channel_whose_discussion_lacks_the_bot_tells_no_comments() -> None:
    async with PretendTelegram() as telegram:
        telegram.create_channel(CHANNEL)
        telegram.create_discussion(DISCUSSION, CHANNEL)
        (no_rights,) = await found(telegram, CHANNEL)
        telegram.groups[DISCUSSION].bots.clear()
        (not_there,) = await found(telegram, CHANNEL)
        assert no_rights == not_there
        assert "комментарии" in no_rights.says


async def test_a_discussion_group_is_no_good_work_chat() -> None:
    async with PretendTelegram() as telegram:
        telegram.create_channel(CHANNEL)
        telegram.create_discussion(DISCUSSION, CHANNEL)
        (finding,) = await found(telegram, DISCUSSION)
        assert "/bind" in finding.remedy


async def test_a_chat_that_the_bot_does_not_see_is_told() -> None:
    async with PretendTelegram() as telegram:
        (finding,) = await found(telegram, "@no_such_channel")
        assert "не видит" in finding.says
        assert finding.subject == "Telegram, @no_such_channel"
