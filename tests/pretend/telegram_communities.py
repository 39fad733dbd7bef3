"""What people do around the pretend Telegram's channels and topics, and with what was said before."""

from collections.abc import Mapping
from typing import Any

from bot.domain.clock import SystemClock
from tests.pretend.telegram_people import People
from tests.pretend.telegram_world import PretendBot, PretendChat, bots_in, raw_chat, raw_message


class Communities(People):
    """Channels with their discussion groups and mailboxes, forums, reactions, edits."""

    def create_channel(self, chat_id: int, title: str = "Школа", *, username: str = "") -> PretendChat:
        """Make a channel in which all bots are administrators."""
        chat = self.create_group(chat_id, title, tell=False)
        chat.is_channel, chat.username = True, username
        for bot in bots_in(self, chat):
            chat.rights[bot.id] = frozenset()
        return chat

    def create_discussion(self, chat_id: int, channel: int, title: str = "Обсуждение") -> PretendChat:
        """Make the group in which the posts of a channel are discussed."""
        chat = self.create_group(chat_id, title, tell=False)
        chat.linked, self.groups[channel].linked = channel, chat_id
        return chat

    def create_mailbox(self, chat_id: int, channel: int) -> PretendChat:
        """Let people write to a channel."""
        chat = self.create_group(chat_id, self.groups[channel].title, tell=False)
        chat.is_mailbox, chat.linked = True, channel
        return chat

    def create_forum(self, chat_id: int, title: str = "Рабочий чат", *, may_manage: bool = True) -> PretendChat:
        """Make a group with topics; with `may_manage` the bots are administrators who may make topics."""
        chat = self.create_group(chat_id, title, tell=False)
        chat.is_forum = True
        if may_manage:
            self.promote(chat_id, "can_manage_topics")
        return chat

    def promote(self, chat_id: int, *rights: str) -> None:
        """Make all bots of a chat administrators with these rights."""
        chat = self.groups[chat_id]
        for bot in bots_in(self, chat):
            chat.rights[bot.id] = frozenset(rights)

    async def posts(self, channel: int, text: str) -> tuple[int, int | None]:
        """Publish a post; return its number and that of its copy in the discussion group, if there is one."""
        chat = self.groups[channel]
        signed = {"sender_chat": raw_chat(chat, None, self.bot())}
        post = self._write(chat, channel, text, name=chat.title, files=(), reply_to=None, extra=signed)
        if chat.linked is None:
            return post, None
        origin = {
            "type": "channel",
            "date": int(SystemClock().now().timestamp()),
            "chat": signed["sender_chat"],
            "message_id": post,
        }
        forwarded = signed | {"is_automatic_forward": True, "forward_origin": origin}
        copy = self._write(
            self.groups[chat.linked], 777000, text, name="Telegram", files=(), reply_to=None, extra=forwarded
        )
        return post, copy

    async def speaks_for_channel(self, chat_id: int, text: str, *, reply_to: int | None = None, **fields: Any) -> int:
        """Write into a discussion group or mailbox in the name of its channel."""
        chat = self.groups[chat_id]
        assert chat.linked is not None
        channel = self.groups[chat.linked]
        signed = {
            "sender_chat": raw_chat(channel, None, self.bot()),
            "from": {"is_bot": True, "username": "Channel_Bot"},
        }
        return self._write(chat, 136817688, text, name="Channel", files=(), reply_to=reply_to, extra=signed, **fields)

    async def writes_to_channel(self, mailbox: int, user_id: int, text: str, *, name: str = "Житель") -> int:
        """Write to a channel itself and return the message's id."""
        chat = self.groups[mailbox]
        return self._write(chat, user_id, text, name=name, files=(), reply_to=None, extra={}, mailbox=user_id)

    async def edits(self, chat_id: int, message_id: int, text: str, *, bot: int | str | None = None) -> None:
        """Change the words of what a person wrote."""
        chat = self.chat(chat_id, bot)
        message = chat.messages[message_id]
        message.text, message.edited = text, True
        for each in bots_in(self, chat):
            each.push("edited_message", raw_message(self, chat, message, each))
        self.changed()

    async def reacts(
        self,
        user_id: int,
        chat_id: int,
        message_id: int,
        *emojis: str,
        before: tuple[str, ...] = (),
        name: str = "Житель",
    ) -> None:
        """Put reactions under a message; in groups only a bot that is an administrator hears of it."""
        chat = self.chat(chat_id)
        assert not chat.is_channel, "reactions under posts have no names: use post_reactions"
        for bot in self._hearing_reactions(chat):
            bot.push(
                "message_reaction",
                {
                    "chat": raw_chat(chat, None, bot),
                    "message_id": message_id,
                    "date": int(SystemClock().now().timestamp()),
                    "user": {"id": user_id, "is_bot": False, "first_name": name},
                    "old_reaction": [{"type": "emoji", "emoji": each} for each in before],
                    "new_reaction": [{"type": "emoji", "emoji": each} for each in emojis],
                },
            )

    async def post_reactions(self, channel: int, post: int, totals: Mapping[str, int]) -> None:
        """Let a post have so many reactions by now."""
        chat = self.groups[channel]
        for bot in self._hearing_reactions(chat):
            reactions = [{"type": {"type": "emoji", "emoji": each}, "total_count": n} for each, n in totals.items()]
            told = {"chat": raw_chat(chat, None, bot), "message_id": post, "date": int(SystemClock().now().timestamp())}
            bot.push("message_reaction_count", told | {"reactions": reactions})

    def close_topic(self, chat_id: int, thread: int) -> None:
        """Close a topic."""
        self.groups[chat_id].topics[thread].closed = True

    def delete_topic(self, chat_id: int, thread: int) -> None:
        """Delete a topic with everything in it."""
        chat = self.groups[chat_id]
        del chat.topics[thread]
        for message in [each for each in chat.messages.values() if each.thread == thread]:
            del chat.messages[message.id]

    def _hearing_reactions(self, chat: PretendChat) -> list[PretendBot]:
        return [bot for bot in bots_in(self, chat) if chat.is_private or bot.id in chat.rights]
