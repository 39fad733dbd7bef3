"""What people see in a pretend messenger: every conversation from its first message to its last."""

import asyncio
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.message import Attachment, Button
from bot.domain.quotation import Spans


class ShownAuthor(StrEnum):
    """Which side said something."""

    PERSON = "person"
    BOT = "bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMessage:
    """One bubble, as everyone in the conversation sees it now."""

    id: str
    author: ShownAuthor
    user_id: str = ""
    """Empty for the bot."""
    name: str = ""
    text: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = ()
    """Their `reference` can be fetched from the channel that shows them."""
    quotes: Spans = ()
    """Where in the text somebody's words are drawn as a quotation."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[Button, ...], ...] = ()
    """Commands that stand below the dialogue from here on."""
    reply_to: str = ""
    edited: bool = False
    at: datetime
    row: int | None = None
    """The outbox row, for the bot's messages."""
    thread: str = ""
    """The topic in which it stands, in a group with topics; empty for the general one."""
    album: str = ""
    """Several messages with the same album are one to their author."""
    reactions: tuple[tuple[str, str], ...] = ()
    """Who reacted, and with what."""
    is_deleted: bool = False
    """Nobody sees it any more."""
    is_taken: bool = False
    """A person's message that our program has confirmed: the second tick."""


class Transcripts:
    """All conversations of one pretend messenger, by community and chat.

    Ids count from 1 in every chat, as VK's do: whoever forgets that an id means nothing without its chat is found out.
    """

    def __init__(self) -> None:
        self._chats: dict[tuple[str, str], list[ShownMessage]] = {}
        self._changed: dict[tuple[str, str], int] = {}
        self._version = 0
        self._bell = asyncio.Event()

    @property
    def version(self) -> int:
        """How often anything has changed."""
        return self._version

    def of(self, community: str, chat: str) -> list[ShownMessage]:
        """Return a conversation's messages, the oldest first; empty for an unknown one."""
        return [message for message in self._chats.get((community, chat), []) if not message.is_deleted]

    def with_deleted(self, community: str, chat: str) -> list[ShownMessage]:
        """Return a conversation's messages, those taken away too, for a page that says that something was there."""
        return list(self._chats.get((community, chat), []))

    def changed_since(self, version: int) -> Set[tuple[str, str]]:
        """Return the conversations (community, chat) that have changed after `version`."""
        return {key for key, changed in self._changed.items() if changed > version}

    def find(self, community: str, chat: str, message_id: str) -> ShownMessage | None:
        """Return one message, None when there is none of this id."""
        messages = self._chats.get((community, chat), [])
        if not message_id.isdecimal() or not 0 < int(message_id) <= len(messages):
            return None
        found = messages[int(message_id) - 1]
        return None if found.is_deleted else found

    def next_id(self, community: str, chat: str) -> str:
        """Return the id that the next message of a conversation will have."""
        return str(len(self._chats.get((community, chat), [])) + 1)

    def add(self, community: str, chat: str, message: ShownMessage) -> None:
        """Show a new message; its id must be `next_id`."""
        self._chats.setdefault((community, chat), []).append(message)
        self._change(community, chat)

    def edit(
        self,
        community: str,
        chat: str,
        message_id: str,
        *,
        text: str,
        buttons: tuple[tuple[Button, ...], ...],
        attachments: tuple[Attachment, ...] | None = None,
        quotes: Spans = (),
    ) -> None:
        """Change an existing message's words and buttons, and its files if there are others."""
        messages = self._chats[community, chat]
        index = int(message_id) - 1
        files = messages[index].attachments if attachments is None else attachments
        messages[index] = replace(
            messages[index], text=text, quotes=quotes, buttons=buttons, attachments=files, edited=True
        )
        self._change(community, chat)

    def delete(self, community: str, chat: str, message_id: str) -> None:
        """Take a message away from everybody's eyes; its id is never given again."""
        messages = self._chats[community, chat]
        messages[int(message_id) - 1] = replace(messages[int(message_id) - 1], is_deleted=True)
        self._change(community, chat)

    def restore(self, community: str, chat: str, message_id: str) -> ShownMessage:
        """Bring a message that was taken away back and return it."""
        messages = self._chats[community, chat]
        index = int(message_id) - 1
        messages[index] = replace(messages[index], is_deleted=False)
        self._change(community, chat)
        return messages[index]

    def react(self, community: str, chat: str, message_id: str, user_id: str, reactions: Sequence[str]) -> None:
        """Show what somebody put under a message in place of what they had put before; an unknown one is let be."""
        if self.find(community, chat, message_id) is not None:
            messages = self._chats[community, chat]
            index = int(message_id) - 1
            others = tuple(each for each in messages[index].reactions if each[0] != user_id)
            own = tuple((user_id, reaction) for reaction in reactions)
            messages[index] = replace(messages[index], reactions=(*others, *own))
        self.touch(community, chat)

    def touch(self, community: str, chat: str) -> None:
        """Tell everyone that something about a conversation has changed."""
        self._change(community, chat)

    def take(self, community: str, chat: str, message_id: str) -> None:
        """Mark a person's message as confirmed by its receiver."""
        if self.find(community, chat, message_id) is not None:
            messages = self._chats[community, chat]
            index = int(message_id) - 1
            messages[index] = replace(messages[index], is_taken=True)
            self._change(community, chat)

    def move(self, community: str, chat: str, new_chat: str) -> None:
        """Give a conversation another id."""
        self._chats[community, new_chat] = self._chats.pop((community, chat), [])
        self._change(community, new_chat)

    def ring(self) -> None:
        """Wake everyone who waits for a change."""
        self._version += 1
        self._bell.set()
        self._bell = asyncio.Event()

    async def change(self) -> None:
        """Wait for the next change."""
        await self._bell.wait()

    def _change(self, community: str, chat: str) -> None:
        self._changed[community, chat] = self._version + 1
        self.ring()
