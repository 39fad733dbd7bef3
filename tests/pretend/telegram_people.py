"""Pretend people of the pretend Telegram: they write, reply, press buttons, block bots and make groups."""

from collections.abc import Mapping
from typing import Any

import orjson

from bot.domain.clock import SystemClock
from tests.pretend.telegram_world import (
    SUPERGROUPS_BELOW,
    PretendBot,
    PretendChat,
    PretendFile,
    Shown,
    World,
    bots_in,
    raw_chat,
    raw_message,
    thread_of,
)


class People(World):
    """What people can do."""

    async def citizen_writes(
        self,
        user_id: int,
        text: str = "",
        *,
        name: str = "Житель",
        username: str = "",
        language: str = "ru",
        photo: bytes | None = None,
        document: tuple[str, bytes] | None = None,
        size: int | None = None,
        reply_to: int | None = None,
        bot: int | str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> int:
        """Write to a bot in private and return the message's id; `extra` adds raw fields, `size` pretends one."""
        chat = self.chat(user_id, bot)
        chat.started, chat.blocked = True, False
        sender = {"language_code": language, **({"username": username} if username else {})}
        return self._write(
            chat,
            user_id,
            text,
            name=name,
            files=self._files(photo, document, size),
            reply_to=reply_to,
            extra={"from": sender, **(extra or {})},
        )

    async def group_message(
        self,
        chat_id: int,
        user_id: int,
        text: str = "",
        *,
        name: str = "Администратор",
        photo: bytes | None = None,
        document: tuple[str, bytes] | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> int:
        """Write into a group, or into its topic `thread`, and return the message's id."""
        files = self._files(photo, document, None)
        chat = self.groups[chat_id]
        return self._write(
            chat, user_id, text, name=name, files=files, reply_to=reply_to, thread=thread, extra=dict(extra or {})
        )

    async def presses(
        self,
        user_id: int,
        chat_id: int,
        message_id: int | str,
        button: str,
        *,
        name: str = "Администратор",
        bot: int | str | None = None,
    ) -> str:
        """Press the button with this text or action and return the press's id; AssertionError if it is not there."""
        chat = self.chat(chat_id, bot)
        message = chat.messages[int(message_id)]
        there = [each for row in message.buttons for each in row if button in (each.text, each.action)]
        assert there, f"message {message_id} offers {[each.text for row in message.buttons for each in row]}"
        owner = self.bot(message.author)
        press_id = str(10**17 + self.unique())
        owner.presses[press_id] = None
        owner.push(
            "callback_query",
            {
                "id": press_id,
                "from": {"id": user_id, "is_bot": False, "first_name": name, "language_code": "ru"},
                "message": raw_message(self, chat, message, owner),
                "chat_instance": str(-chat.id),
                "data": there[0].action,
            },
        )
        return press_id

    def press_answer(self, press_id: str) -> str | None:
        """Return what the person who pressed was shown, None while the button waits."""
        return next(bot.presses[press_id] for bot in self.bots.values() if press_id in bot.presses)

    def expire_presses(self) -> None:
        """Let every button stop waiting, so that answering it is refused."""
        for bot in self.bots.values():
            bot.presses.clear()

    def create_group(self, chat_id: int, title: str = "Рабочий чат", *, by: int = 1, tell: bool = True) -> PretendChat:
        """Make a group with all bots in it; ids below -1000000000000 are supergroups."""
        chat = self.groups[chat_id] = PretendChat(id=chat_id, title=title)
        for bot in self.bots.values():
            self.add_to_group(chat_id, bot, by=by, tell=tell)
        return chat

    def add_to_group(self, chat_id: int, bot: PretendBot, *, by: int = 1, tell: bool = True) -> None:
        """Take a bot into a group."""
        self.groups[chat_id].bots.add(bot.id)
        if tell:
            self._tell_membership(chat_id, bot, by=by, was="left", now="member")

    def remove_from_group(self, chat_id: int, bot: PretendBot | None = None, *, by: int = 1) -> None:
        """Put a bot out of a group."""
        removed = bot or self.bot()
        self._tell_membership(chat_id, removed, by=by, was="member", now="kicked")
        self.groups[chat_id].bots.discard(removed.id)

    def migrate(self, chat_id: int) -> int:
        """Turn a group into a supergroup and return its new id; messages stay behind, as in Telegram."""
        old = self.groups[chat_id]
        new = PretendChat(id=SUPERGROUPS_BELOW + chat_id, title=old.title, bots=set(old.bots))
        self.groups[new.id] = new
        self._write(old, 1, "", name="Администратор", files=(), reply_to=None, extra={"migrate_to_chat_id": new.id})
        self._write(new, 1, "", name="Администратор", files=(), reply_to=None, extra={"migrate_from_chat_id": old.id})
        old.moved_to = new.id
        return new.id

    def block(self, user_id: int, bot: int | str | None = None) -> None:
        """Let a person block a bot."""
        self.chat(user_id, bot).blocked = True

    def push_raw(self, update: Any, *, bot: int | str | None = None, as_is: bool = False) -> None:
        """Queue anything: a dict gets the next `update_id` unless it has one or `as_is`; bytes go out unchanged."""
        receiver = self.bot(bot)
        if isinstance(update, bytes):
            receiver.push_bytes(update)
            return
        if isinstance(update, dict) and not as_is:
            update = {"update_id": receiver.next_update, **update}
        named = update.get("update_id") if isinstance(update, dict) else None
        number = named if isinstance(named, int) and not isinstance(named, bool) and named > 0 else None
        receiver.push_bytes(orjson.dumps(update), update_id=number)

    def unconfirmed(self, bot: int | str | None = None) -> int:
        """Return how many updates a bot has not confirmed."""
        return len(self.bot(bot).queue)

    def _write(
        self,
        chat: PretendChat,
        user_id: int,
        text: str,
        *,
        name: str,
        files: tuple[PretendFile, ...],
        reply_to: int | None,
        extra: dict[str, Any],
        thread: int | None = None,
        mailbox: int | None = None,
    ) -> int:
        message = Shown(
            id=self.number_message(chat),
            author=user_id,
            is_bot=False,
            name=name,
            text=text,
            files=files,
            reply_to=reply_to,
            at=SystemClock().now().timestamp(),
            thread=thread if chat.is_forum else thread_of(chat, reply_to),
            mailbox=mailbox,
            extra=extra,
        )
        self.show(chat, message)
        answered = chat.messages.get(reply_to) if reply_to is not None else None
        for bot in bots_in(self, chat):
            is_for_bot = text.startswith("/") or (answered is not None and answered.author == bot.id)
            if chat.is_private or bot.reads_all or is_for_bot or not (text or files):
                bot.push("channel_post" if chat.is_channel else "message", raw_message(self, chat, message, bot))
        return message.id

    def _files(
        self, photo: bytes | None, document: tuple[str, bytes] | None, size: int | None
    ) -> tuple[PretendFile, ...]:
        if photo is not None:
            return (self.keep(kind="photo", name="photo.jpg", content=photo, mime="image/jpeg", size=size),)
        if document is not None:
            name, content = document
            return (self.keep(kind="document", name=name, content=content, size=size),)
        return ()

    def _tell_membership(self, chat_id: int, bot: PretendBot, *, by: int, was: str, now: str) -> None:
        described = {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}
        bot.push(
            "my_chat_member",
            {
                "chat": raw_chat(self.groups[chat_id], None, bot),
                "from": {"id": by, "is_bot": False, "first_name": "Администратор"},
                "date": int(SystemClock().now().timestamp()),
                "old_chat_member": {"user": described, "status": was},
                "new_chat_member": {"user": described, "status": now},
            },
        )
