"""The pretend messenger: the port's twin that lives in memory, and the pretend people who use it.

Stories and the demo play Telegram and VK with it. Like a real messenger it offers events again until they are
confirmed, refuses what its limits forbid, fails on demand, and shows everybody what was said.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.memory_events import read_event
from bot.channels.memory_limits import VK_SIGNS
from bot.channels.memory_signs import PretendSigns
from bot.channels.memory_transcript import ShownAuthor, ShownMessage
from bot.domain.channel import Account, Finding, Incoming, Intake, Limits, Menu, OpenFile, Profile, Severity
from bot.domain.clock import Clock, ServerClock, SystemClock
from bot.domain.errors import (
    ChannelError,
    ChannelRefusedError,
    ChatMovedError,
    FileUnavailableError,
    RefusalReason,
)
from bot.domain.event import Event
from bot.domain.message import Attachment, File, OutgoingKind, OutgoingMessage, Place, Sent
from bot.domain.parts import utf16_length

_LONGEST_ACTION = 64


@dataclass(slots=True, kw_only=True)
class _Fault:
    error: ChannelError
    times: int
    chat: str | None
    taken: bool


class MemoryChannel(PretendSigns):
    """A messenger in memory (see `bot.domain.channel.Channel`), with verbs for the people on it.

    `idempotent`: the same outbox row sent twice is shown once, as in VK; else twice, as in Telegram.
    `address`: what the links to dialogues begin with; empty where a messenger has no such links.
    """

    def __init__(
        self, name: str, limits: Limits, *, clock: Clock | None = None, idempotent: bool = False, address: str = ""
    ) -> None:
        super().__init__(name, clock=clock or SystemClock(), address=address)
        self.limits = limits
        self.server_clock = ServerClock(clock or SystemClock())
        self.idempotent = idempotent
        self.sent_rows: Counter[int] = Counter()
        """How often the messenger took each outbox row."""
        self.typed: Counter[tuple[str, str]] = Counter()
        """How often a conversation showed that an answer is being made."""
        self.press_answers: dict[str, str] = {}
        """What presses were answered with, by press id."""
        self.titles: dict[str, str] = {}
        """What the communities are called."""
        self.menus: dict[tuple[str, str, bool, str], tuple[tuple[str, str], ...]] = {}
        """The commands that are offered."""
        self._faults: list[_Fault] = []
        self._taken: dict[tuple[str, str, int], Sent] = {}

    # What tests and the demo look at.

    def transcript(self, community: str, chat: str) -> list[ShownMessage]:
        """Return what both sides said in a conversation, the oldest first."""
        return self.transcripts.of(community, chat)

    async def shows(
        self,
        community: str,
        chat: str,
        substring: str,
        *,
        after: str = "",
        timeout: float = 30.0,  # noqa: ASYNC109 - a test says how long it is ready to wait
    ) -> ShownMessage:
        """Wait until the bot has said `substring` in a conversation, later than message `after` if named.

        Raises AssertionError with the conversation's outline after `timeout` seconds.
        """
        try:
            async with asyncio.timeout(timeout):
                while True:
                    for message in self.transcript(community, chat):
                        is_later = not after or int(message.id) > int(after)
                        if message.author is ShownAuthor.BOT and is_later and substring in message.text:
                            return message
                    await self.transcripts.change()
        except TimeoutError:
            said = "\n".join(f"{m.id} {m.author.value}: {m.text}" for m in self.transcript(community, chat))
            raise AssertionError(f"{self.name} {community} {chat} never showed {substring!r}, but:\n{said}") from None

    def fail_next(self, error: ChannelError, times: int = 1, chat: str | None = None, *, taken: bool = False) -> None:
        """Let the next `times` sends (into `chat` only, if named) fail.

        `taken`: the message is shown all the same and only the messenger's answer is lost.
        """
        self._faults.append(_Fault(error=error, times=times, chat=chat, taken=taken))

    # The port.

    def convert(self, community: str, payload: Mapping[str, Any]) -> Event | None:
        """Read one raw event; MalformedEventError for rubbish."""
        return read_event(self.name, community, payload)

    async def receive(self, account: Account, intake: Intake) -> None:
        """Offer the community's events from the stored position on, until cancelled."""
        position = int(await intake.position(account) or 0)
        await intake.reached(account, is_reached=True)
        while True:
            events = await self._queue(account.community).after(position)
            position = events[-1].number
            incoming = [
                Incoming(
                    channel=self.name,
                    community=account.community,
                    key=event.key,
                    lane=self._place(account.community, event.chat).lane,
                    payload=event.payload,
                )
                for event in events
            ]
            await intake.store(account, incoming, position=str(position))
            self._queue(account.community).confirmed = position
            for event in events:
                self.transcripts.take(account.community, event.chat, event.message_id)

    async def send(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Show a message, a comment or an edit, or refuse it as a real messenger would."""
        fault = self._next_fault(place.chat)
        if fault is not None and not fault.taken:
            raise fault.error
        self._refuse(outgoing, place)
        earlier = self._taken.get((place.community, place.chat, row)) if self.idempotent else None
        sent = earlier or await self._show(outgoing, place, row, open_file)
        self._taken[place.community, place.chat, row] = sent
        self.sent_rows[row] += 1
        if fault is not None:
            raise fault.error
        return sent

    async def fetch(self, attachment: Attachment, *, account: Account) -> File:
        """Return the bytes of what somebody attached here."""
        return self.file(attachment.reference)

    def file(self, reference: str) -> File:
        """Return the bytes behind a reference; FileUnavailableError when there are none."""
        if reference not in self._files:
            raise FileUnavailableError("no such file")
        return self._files[reference]

    async def profile(self, account: Account) -> Profile:
        """Return the community's title and address."""
        title = self.titles.get(account.community, f"Сообщество {account.community}")
        return Profile(title=title, address=self._link(account.community))

    async def show_commands(self, account: Account, menu: Menu) -> None:
        """Remember what is offered, by community, conversation, kind of conversation and language."""
        self.menus[account.community, menu.chat, menu.is_for_groups, menu.language] = menu.commands

    async def community_named(self, account: Account, name: str) -> str | None:
        """Return nothing: here an address is all that is needed."""
        return None

    async def check(self, account: Account, *, places: Sequence[Place] = ()) -> Sequence[Finding]:
        """Find nothing wrong."""
        return [Finding(subject=f"{self.name} {account.community}", severity=Severity.OK, says="токен работает")]

    async def close(self) -> None:
        """Hold nothing, so let go of nothing."""

    # How it is done.

    def _next_fault(self, chat: str) -> _Fault | None:
        for fault in self._faults:
            if fault.times and fault.chat in (None, chat):
                fault.times -= 1
                return fault
        return None

    def _refuse(self, outgoing: OutgoingMessage, place: Place) -> None:
        if place.chat in self._blocked:
            raise ChannelRefusedError("blocked", reason=RefusalReason.BLOCKED)
        if (place.community, place.chat) in self._gone:
            raise ChannelRefusedError("the chat is gone", reason=RefusalReason.CHAT_GONE)
        if (place.community, place.chat) in self._moved:
            raise ChatMovedError(self._moved[place.community, place.chat])
        named = {
            OutgoingKind.EDIT: outgoing.target,
            OutgoingKind.DELETE: outgoing.target,
            OutgoingKind.COMMENT: outgoing.reply_to or None,
        }.get(outgoing.kind)
        if named is not None and self.transcripts.find(place.community, place.chat, named) is None:
            raise ChannelRefusedError("no such message", reason=RefusalReason.MESSAGE_GONE)
        self.topics.refuse(outgoing, place)
        complaint = self._complaint(outgoing)
        if complaint:
            raise ChannelRefusedError(complaint, reason=RefusalReason.BAD_MESSAGE)

    def _complaint(self, outgoing: OutgoingMessage) -> str:
        if outgoing.kind in (
            OutgoingKind.PRESS_ANSWER,
            OutgoingKind.DELETE,
            OutgoingKind.TYPING,
            OutgoingKind.REACTION,
        ):
            return ""
        buttons = [button for line in outgoing.buttons for button in line]
        checks = {
            "the message is empty": not outgoing.text.strip() and not outgoing.attachments,
            "the text is too long": utf16_length(outgoing.text)
            > (self.limits.caption if outgoing.attachments else self.limits.text),
            "too many files": len(outgoing.attachments) > self.limits.files,
            "too many buttons": len(buttons) > self.limits.buttons,
            "buttons under several files": len(outgoing.attachments) > 1
            and bool(buttons)
            and not self.limits.files_with_buttons,
            "a button says or does nothing": any(not b.text or not (b.action or b.url) for b in buttons),
            "a button's action is too long": any(len(b.action.encode()) > _LONGEST_ACTION for b in buttons),
        }
        return next((complaint for complaint, holds in checks.items() if holds), "")

    async def _show(self, outgoing: OutgoingMessage, place: Place, row: int, open_file: OpenFile) -> Sent:
        at = self._moment(None)
        if outgoing.kind is OutgoingKind.PRESS_ANSWER:
            self.press_answers[outgoing.target] = outgoing.text
            self.transcripts.ring()
            return Sent(at=at)
        if outgoing.kind is OutgoingKind.REACTION and (self.name != "vk" or outgoing.icon in VK_SIGNS):
            self.transcripts.react(place.community, place.chat, outgoing.target, place.community, (outgoing.icon,))
            return Sent(at=at)
        if outgoing.kind is OutgoingKind.TYPING:
            self.typed[place.community, place.chat] += 1
            self.transcripts.ring()
            return Sent(at=at)
        if outgoing.kind is OutgoingKind.EDIT:
            files, _ = await self._carry(outgoing.attachments, place.community, open_file)
            self.transcripts.edit(
                place.community,
                place.chat,
                outgoing.target,
                text=outgoing.text,
                buttons=outgoing.buttons,
                attachments=files or None,
                quotes=outgoing.quotes,
            )
            return Sent(at=at)
        if outgoing.kind is OutgoingKind.DELETE:
            self.transcripts.delete(place.community, place.chat, outgoing.target)
            return Sent(at=at)
        if outgoing.kind is OutgoingKind.TOPIC:
            return self._show_topic(outgoing, place, row)
        if outgoing.kind is OutgoingKind.TOPIC_EDIT:
            self.topics.rename(place, outgoing)
            self.transcripts.touch(place.community, place.chat)
            return Sent(at=at)
        files, fallbacks = await self._carry(outgoing.attachments, place.community, open_file)
        shown = ShownMessage(
            id=self.transcripts.next_id(place.community, place.chat),
            author=ShownAuthor.BOT,
            name=self.titles.get(place.community, ""),
            text="\n".join(words for words in (outgoing.text, *fallbacks) if words),
            attachments=files,
            quotes=outgoing.quotes,
            buttons=outgoing.buttons,
            keys=outgoing.keys if self.limits.standing_keys and not outgoing.buttons else (),
            reply_to=outgoing.reply_to,
            thread=outgoing.thread,
            at=at,
            row=row,
        )
        self.transcripts.add(place.community, place.chat, shown)
        return Sent(message_ids=(shown.id,), at=at)

    def _show_topic(self, outgoing: OutgoingMessage, place: Place, row: int) -> Sent:
        """Make a topic: its first message, without words, gives it its id."""
        thread = self.transcripts.next_id(place.community, place.chat)
        first = ShownMessage(id=thread, author=ShownAuthor.BOT, at=self._moment(None), row=row, thread=thread)
        self.topics.make(place, outgoing, thread)
        self.transcripts.add(place.community, place.chat, first)
        return Sent(message_ids=(thread,), at=first.at)

    async def _carry(
        self, attachments: Sequence[Attachment], community: str, open_file: OpenFile
    ) -> tuple[tuple[Attachment, ...], list[str]]:
        carried, fallbacks = [], []
        for attachment in attachments:
            if not attachment.reference:
                fallbacks.append(attachment.fallback)
                continue
            try:
                file = await open_file(attachment)
                carried.append(self._keep(community, File(name=file.name, mime=file.mime, content=file.whole())))
            except FileUnavailableError:
                fallbacks.append(attachment.fallback)
        return tuple(carried), fallbacks
