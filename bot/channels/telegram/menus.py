"""The menu of commands: who is offered what, in which language (`setMyCommands`, Latin names only)."""

from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.destination import as_number
from bot.domain.channel import Account, Menu

_LONGEST = 256


async def show_commands(api: BotApi, account: Account, menu: Menu) -> None:
    """Set one menu, or take it away when it has no commands; raises ChannelBusyError, ChannelRefusedError."""
    scope: dict[str, Any] = {"type": "all_group_chats" if menu.is_for_groups else "all_private_chats"}
    if menu.chat:
        scope = {"type": "chat", "chat_id": as_number(menu.chat)}
    params: dict[str, Any] = {"scope": scope, "language_code": menu.language}
    if not menu.commands:
        await api.call(account, "deleteMyCommands", params)
        return
    commands = [{"command": name, "description": does[:_LONGEST]} for name, does in menu.commands]
    await api.call(account, "setMyCommands", params | {"commands": commands})
