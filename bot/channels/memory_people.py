"""The people on the pretend messenger: they write, comment, press, and take the bot into their groups.

Each deed is shown in the transcript at once and offered to the receiver as a raw event.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.channels.memory_events import kind_of_file, location_at
from bot.channels.memory_queue import EventQueue
from bot.channels.memory_topics import PretendTopics
from bot.channels.memory_transcript import ShownAuthor, ShownMessage, Transcripts
from bot.domain.clock import Clock
from bot.domain.event import ChatKind
from bot.domain.message import Attachment, Button, File, Place

PretendFile = tuple[str, str, bytes]
"""Name, MIME type and bytes of a file that a pretend person attaches."""


class PretendPeople:
    """What people do on one pretend messenger, and what has come of it."""

    def __init__(self, name: str, *, clock: Clock, address: str) -> None:
        self.name = name
        self.address = address
        self.transcripts = Transcripts()
        self.topics = PretendTopics()
        self._clock = clock
        self._queues: dict[str, EventQueue] = {}
        self._files: dict[str, File] = {}
        self._blocked: set[str] = set()
        self._gone: set[tuple[str, str]] = set()
        self._moved: dict[tuple[str, str], str] = {}
        self._presses = 0
        self._posts: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        """What people put under posts."""

    def citizen_writes(
        self,
        community: str,
        user_id: str,
        text: str,
        *,
        name: str = "",
        language: str = "",
        attachments: Sequence[PretendFile] = (),
        at: datetime | None = None,
        deep_link: str = "",
        reply_to: str = "",
        more: Mapping[str, object] | None = None,
    ) -> ShownMessage:
        """Write in the private dialogue with a community; whoever had blocked it has thereby unblocked it.

        `more`, here and in the other verbs: what else the messenger tells (`album`, `quote`, `forwarded_from`,
        `sources`).
        """
        self._blocked.discard(user_id)
        return self._say(
            self._place(community, user_id),
            {"kind": "message", "chat_kind": ChatKind.PRIVATE.value, "deep_link": deep_link, **(more or {})},
            sender={"id": user_id, "name": name, "language": language},
            text=text,
            attachments=attachments,
            at=at,
            reply_to=reply_to,
        )

    def answers_elsewhere(
        self, community: str, citizen: str, user_id: str, text: str, *, name: str = "", at: datetime | None = None
    ) -> ShownMessage:
        """Answer a citizen as the community in the messenger's own interface, past the work chat."""
        return self._say(
            self._place(community, citizen),
            {"kind": "elsewhere"},
            sender={"id": user_id, "name": name},
            text=text,
            attachments=(),
            at=at,
            reply_to="",
        )

    def citizen_sends_place(
        self,
        community: str,
        user_id: str,
        latitude: float,
        longitude: float,
        *,
        text: str = "",
        name: str = "",
        at: datetime | None = None,
    ) -> ShownMessage:
        """Send a place on the map in the private dialogue, with words where the messenger lets them stand beside it."""
        self._blocked.discard(user_id)
        return self._say(
            self._place(community, user_id),
            {
                "kind": "message",
                "chat_kind": ChatKind.PRIVATE.value,
                "map": {"latitude": latitude, "longitude": longitude},
            },
            sender={"id": user_id, "name": name},
            text=text,
            attachments=(),
            at=at,
            reply_to="",
            place_on_map=location_at(self.name, community, latitude, longitude),
        )

    def group_writes(
        self,
        community: str,
        chat: str,
        user_id: str,
        text: str,
        *,
        name: str = "",
        title: str = "",
        attachments: Sequence[PretendFile] = (),
        at: datetime | None = None,
        reply_to: str = "",
        thread: str = "",
        more: Mapping[str, object] | None = None,
    ) -> ShownMessage:
        """Write in a group where the bot is; with `thread` in one of its topics."""
        return self._say(
            self._place(community, chat),
            {
                "kind": "message",
                "chat_kind": ChatKind.GROUP.value,
                "title": title,
                "thread": thread,
                **self._forum(community, chat),
                **(more or {}),
            },
            sender={"id": user_id, "name": name},
            text=text,
            attachments=attachments,
            at=at,
            reply_to=reply_to,
            thread=thread,
        )

    def closes_topic(self, community: str, chat: str, thread: str) -> None:
        """Close a topic of a group: nobody may write in it."""
        self.topics.close(community, chat, thread)

    def deletes_topic(self, community: str, chat: str, thread: str) -> None:
        """Delete a topic of a group with everything said in it."""
        self.topics.delete(community, chat, thread)
        for message in self.transcripts.of(community, chat):
            if message.thread == thread:
                self.transcripts.delete(community, chat, message.id)

    def edits(
        self,
        community: str,
        chat: str,
        user_id: str,
        message_id: str,
        text: str,
        *,
        name: str = "",
        attachments: Sequence[PretendFile] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Change the words of a message or comment of one's own, and with `attachments` also its files."""
        before = self.transcripts.find(community, chat, message_id)
        if before is None or before.user_id != user_id:
            raise LookupError(f"{user_id} has no message {message_id!r} there")
        self.transcripts.edit(community, chat, message_id, text=text, buttons=())
        raw = {
            "kind": "edited",
            "chat": chat,
            "from": {"id": user_id, "name": name},
            "message_id": message_id,
            "text": text,
            "files": [
                {"id": file.reference, "name": file.name, "mime": file.mime, "size": file.size}
                for file in (before.attachments if attachments is None else self._keep_all(community, attachments))
            ],
            "at": self._moment(at).isoformat(),
        }
        self._push(community, chat, raw)

    def deletes_comment(self, community: str, post: str, message_id: str, *, at: datetime | None = None) -> None:
        """Take away a comment under a post, one's own or as a moderator."""
        chat = f"wall-{community}_{post}"
        self.transcripts.delete(community, chat, message_id)
        raw = {"kind": "deleted", "chat": chat, "message_id": message_id, "at": self._moment(at).isoformat()}
        self._push(community, chat, raw)

    def restores_comment(self, community: str, post: str, message_id: str, *, name: str = "") -> None:
        """Bring a deleted comment back; the messenger offers it once more."""
        chat = f"wall-{community}_{post}"
        shown = self.transcripts.restore(community, chat, message_id)
        raw = {
            "kind": "comment",
            "is_restored": True,
            "chat": chat,
            "from": {"id": shown.user_id, "name": name or shown.name},
            "message_id": shown.id,
            "text": shown.text,
            "files": [],
            "reply_to": shown.reply_to,
            "link": self._link(community, chat, shown.id),
            "at": shown.at.isoformat(),
        }
        self._push(community, chat, raw)

    def comments(
        self,
        community: str,
        post: str,
        user_id: str,
        text: str,
        *,
        name: str = "",
        attachments: Sequence[PretendFile] = (),
        at: datetime | None = None,
        reply_to: str = "",
        thing: str = "wall",
        more: Mapping[str, object] | None = None,
    ) -> ShownMessage:
        """Comment on a post of a community, or on its `photo`, `video` …; the conversation is `wall-COMMUNITY_POST`."""
        return self._say(
            self._place(community, f"{thing}-{community}_{post}"),
            {"kind": "comment", **(more or {})},
            sender={"id": user_id, "name": name},
            text=text,
            attachments=attachments,
            at=at,
            reply_to=reply_to,
        )

    def presses(
        self,
        community: str,
        chat: str,
        user_id: str,
        message_id: str,
        action_or_text: str,
        *,
        name: str = "",
        at: datetime | None = None,
    ) -> str:
        """Press a button that stands under a message; returns the press id. LookupError when there is no such button.

        An empty `message_id` means the latest message that has this button.
        """
        message, button = self._button(community, chat, message_id, action_or_text)
        self._presses += 1
        press_id = f"press-{self._presses}"
        self._push(
            community,
            chat,
            {
                "kind": "press",
                "chat": chat,
                "chat_kind": (ChatKind.PRIVATE if chat == user_id else ChatKind.GROUP).value,
                "from": {"id": user_id, "name": name},
                "message_id": message.id,
                "action": button.action,
                "press_id": press_id,
                "thread": message.thread,
                "at": self._moment(at).isoformat(),
            },
        )
        return press_id

    def joins_group(
        self,
        community: str,
        chat: str,
        user_id: str,
        *,
        title: str = "",
        name: str = "",
        at: datetime | None = None,
    ) -> None:
        """Add the bot to a group."""
        self._gone.discard((community, chat))
        sender = {"id": user_id, "name": name}
        raw = {"kind": "joined", "chat": chat, "title": title, "from": sender, "at": self._moment(at).isoformat()}
        self._push(community, chat, raw)

    def leaves_group(self, community: str, chat: str, *, at: datetime | None = None) -> None:
        """Remove the bot from a group: it may not speak there any more."""
        self._gone.add((community, chat))
        self._push(community, chat, {"kind": "left", "chat": chat, "at": self._moment(at).isoformat()})

    def group_moves(self, community: str, chat: str, new_chat: str, *, at: datetime | None = None) -> None:
        """Turn a group into a supergroup with another id."""
        self._moved[community, chat] = new_chat
        self.transcripts.move(community, chat, new_chat)
        raw = {"kind": "moved", "chat": chat, "new_chat": new_chat, "at": self._moment(at).isoformat()}
        self._push(community, chat, raw)

    def push_raw(self, community: str, raw: object, *, key: str = "", chat: str = "raw") -> str:
        """Offer any JSON value as an event, rubbish too; returns its key. A `key` used before makes a duplicate."""
        payload = json.dumps(raw, ensure_ascii=False).encode()
        return self._queue(community).put(payload, chat=chat, key=key).key

    def newest(self) -> dict[str, int]:
        """Return the number of the newest event of each community: the position of a receiver that knows them all."""
        return {community: queue.newest for community, queue in self._queues.items()}

    @property
    def is_idle(self) -> bool:
        """Tell whether everything that people did has been stored by its receiver."""
        return all(queue.is_idle for queue in self._queues.values())

    def block(self, user_id: str) -> None:
        """Forbid messages to this person's private dialogues."""
        self._blocked.add(user_id)

    def unblock(self, user_id: str) -> None:
        """Allow them again."""
        self._blocked.discard(user_id)

    def _say(
        self,
        place: Place,
        raw: dict[str, object],
        *,
        sender: dict[str, str],
        text: str,
        attachments: Sequence[PretendFile],
        at: datetime | None,
        reply_to: str,
        thread: str = "",
        place_on_map: Attachment | None = None,
    ) -> ShownMessage:
        shown = ShownMessage(
            id=self.transcripts.next_id(place.community, place.chat),
            author=ShownAuthor.PERSON,
            user_id=sender["id"],
            name=sender["name"],
            text=text,
            attachments=(*self._keep_all(place.community, attachments), *((place_on_map,) if place_on_map else ())),
            reply_to=reply_to,
            thread=thread,
            album=str(raw.get("album", "")),
            at=self._moment(at),
        )
        answered = self.transcripts.find(place.community, place.chat, reply_to)
        self.transcripts.add(place.community, place.chat, shown)
        raw |= {
            "chat": place.chat,
            "from": sender,
            "message_id": shown.id,
            "text": text,
            "files": [
                {"id": file.reference, "name": file.name, "mime": file.mime, "size": file.size}
                for file in shown.attachments
                if file.reference
            ],
            "reply_to": reply_to,
            "reply_text": answered.text if answered and answered.author is ShownAuthor.BOT else "",
            **({"reply_is_ours": True} if answered is not None and answered.author is ShownAuthor.BOT else {}),
            "link": self._link(place.community, place.chat, shown.id),
            "at": shown.at.isoformat(),
        }
        payload = json.dumps(raw, ensure_ascii=False).encode()
        self._queue(place.community).put(payload, chat=place.chat, key="", message_id=shown.id)
        return shown

    def _push(self, community: str, chat: str, raw: Mapping[str, object]) -> None:
        self.push_raw(community, raw, chat=chat)

    def _button(self, community: str, chat: str, message_id: str, action_or_text: str) -> tuple[ShownMessage, Button]:
        for message in reversed(self.transcripts.of(community, chat)):
            if message_id and message.id != message_id:
                continue
            for button in (button for line in message.buttons for button in line):
                if button.action and action_or_text in (button.action, button.text):
                    return message, button
        raise LookupError(f"there is no button {action_or_text!r}")

    def _keep_all(self, community: str, files: Sequence[PretendFile]) -> tuple[Attachment, ...]:
        return tuple(self._keep(community, File(name=n, mime=m, content=c)) for n, m, c in files)

    def _keep(self, community: str, file: File) -> Attachment:
        reference = f"file-{len(self._files) + 1}"
        self._files[reference] = file
        return Attachment(
            kind=kind_of_file(file.mime),
            channel=self.name,
            community=community,
            reference=reference,
            name=file.name,
            size=file.size,
            mime=file.mime,
        )

    def _forum(self, community: str, chat: str) -> dict[str, object]:
        return {"is_forum": True} if self.topics.are_on(community, chat) else {}

    def _queue(self, community: str) -> EventQueue:
        return self._queues.setdefault(community, EventQueue())

    def _place(self, community: str, chat: str) -> Place:
        return Place(channel=self.name, community=community, chat=chat)

    def _link(self, *parts: str) -> str:
        return "/".join([self.address.rstrip("/"), self.name, *parts]) if self.address else ""

    def _moment(self, at: datetime | None) -> datetime:
        """Whole seconds, as messengers tell them."""
        return (at or self._clock.now()).astimezone(UTC).replace(microsecond=0)
