"""The menus of commands as Telegram takes them: each scope and language, only Latin names, and taken away again."""

import pytest

from bot.domain.channel import Account, Menu
from bot.domain.errors import ChannelRefusedError
from bot.texts import LANGUAGES, Texts
from handlers.commands import Reader, menu_of
from tests.channels.telegram_parts import CITIZEN, channel_at
from tests.pretend.telegram import PretendTelegram


async def test_telegram_takes_every_menu_and_shows_it_to_its_readers() -> None:
    texts = Texts.load()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        bot = telegram.bot()
        account = Account(channel="telegram", community=str(bot.id), token=bot.token)
        telegram.chat(CITIZEN)
        for language in LANGUAGES:
            for reader, where in ((Reader.CITIZEN, Menu()), (Reader.WORK_CHAT, Menu(is_for_groups=True))):
                commands = menu_of(texts, language, reader)
                menu = Menu(commands=commands, language=language, is_for_groups=where.is_for_groups)
                await channel.show_commands(account, menu)
                scope = "all_group_chats" if where.is_for_groups else "all_private_chats"
                assert bot.commands[scope, 0, language] == list(commands)
            own = Menu(commands=menu_of(texts, language, Reader.SUPERVISOR), language=language, chat=str(CITIZEN))
            await channel.show_commands(account, own)
            assert bot.commands["chat", CITIZEN, language] == list(own.commands)
        await channel.show_commands(account, Menu(language="tt", chat=str(CITIZEN)))
        assert ("chat", CITIZEN, "tt") not in bot.commands
        with pytest.raises(ChannelRefusedError):
            await channel.show_commands(account, Menu(commands=(("мои", "слова"),)))
