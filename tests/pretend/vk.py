"""A pretend VK for tests, stories and benchmarks: a server that speaks VK's JSON, and the people on it.

In process: `async with PretendVk(communities={77: "token"}) as vk: … vk.url`. As a program of its own:
`python -m tests.pretend.vk --port 8077 --communities 40` (tokens `token-1` …, control under `/control/`).
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import mimetypes
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

from aiohttp import web

from bot.channels.vk.receive import EVENTS
from bot.domain.clock import SystemClock
from tests.pretend.vk_changes import Changes
from tests.pretend.vk_faults import Faults
from tests.pretend.vk_http import VkHttp
from tests.pretend.vk_world import FIRST_CHAT, Community, VkComment, VkFile, VkMessage, VkPress

Break = Literal["drop", "accept-then-drop", "hang", "not-json", "500", "502"]


class PretendVk(Changes):
    """VK with its communities.

    Long Poll is off in every community at first and has to be switched on by `groups.setLongPollSettings`, as in VK;
    `long_poll_on=True` spares tests of something else that step.
    """

    def __init__(
        self,
        communities: Mapping[int, str],
        *,
        long_poll_on: bool = False,
        history: int = 100_000,
        is_strict_about_pace: bool = False,
        port: int = 0,
        now: Callable[[], float] = lambda: SystemClock().now().timestamp(),
    ) -> None:
        self.communities: dict[int, Community] = {}
        self._by_token: dict[str, Community] = {}
        self._long_poll_on = long_poll_on
        self.history = history
        """How many events a community's Long Poll keeps."""
        self.is_strict_about_pace = is_strict_about_pace
        """Whether more than 20 requests a second of one community get error 6."""
        self.now = now
        self.names: dict[int, str] = {}
        self.screen_names: dict[str, int] = {}
        """Communities by the name in their link."""
        self.files: dict[int, VkFile] = {}
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        """How often each method was called, inside `execute` too."""
        self.requests = 0
        self.polls = 0
        self.taken = 0
        """Messages and comments taken from communities, repeats not counted."""
        self.too_old: set[int] = set()
        """The cmids of messages that VK will not edit any more."""
        self.closing = asyncio.Event()
        self.url = ""
        self._port = port
        self._numbers = itertools.count(1000)
        self._runner: web.AppRunner | None = None
        for group_id, token in communities.items():
            self.add_community(group_id, token)

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(VkHttp(self).application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        assert self._runner is not None
        await self._runner.cleanup()

    # The people.

    def citizen_writes(
        self,
        group_id: int,
        user_id: int,
        text: str,
        *,
        name: str = "",
        photo: bytes | None = None,
        doc: tuple[str, bytes] | None = None,
        ref: str = "",
        reply_to: int | None = None,
        payload: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> int:
        """A person writes to a community in private; returns the message's number in the dialogue (cmid)."""
        community = self.communities[group_id]
        community.wrote.add(user_id)
        community.forbade.discard(user_id)
        fields = dict(extra or {}) | ({"ref": ref, "ref_source": "link"} if ref else {})
        return self._says(
            community,
            user_id,
            user_id,
            text,
            name=name,
            files=self._files_of(user_id, photo, doc),
            reply_to=reply_to,
            payload=payload,
            extra=fields,
        )

    def chat_message(
        self,
        group_id: int,
        chat_n: int,
        user_id: int,
        text: str,
        *,
        name: str = "",
        photo: bytes | None = None,
        doc: tuple[str, bytes] | None = None,
        reply_to: int | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> int:
        """A person writes into conversation `chat_n` (peer 2000000000 + n) in which the community is."""
        community = self.communities[group_id]
        community.chats.add(FIRST_CHAT + chat_n)
        return self._says(
            community,
            FIRST_CHAT + chat_n,
            user_id,
            text,
            name=name,
            files=self._files_of(user_id, photo, doc),
            reply_to=reply_to,
            extra=extra,
        )

    def joins_chat(self, group_id: int, chat_n: int, user_id: int) -> None:
        """A person adds the community to a conversation."""
        community = self.communities[group_id]
        community.chats.add(FIRST_CHAT + chat_n)
        action = {"type": "chat_invite_user", "member_id": -group_id}
        self._says(community, FIRST_CHAT + chat_n, user_id, "", extra={"action": action})

    def leaves_chat(self, group_id: int, chat_n: int, user_id: int) -> None:
        """A person removes the community from a conversation."""
        community = self.communities[group_id]
        action = {"type": "chat_kick_user", "member_id": -group_id}
        self._says(community, FIRST_CHAT + chat_n, user_id, "", extra={"action": action})
        community.chats.discard(FIRST_CHAT + chat_n)

    def comments(
        self, group_id: int, post_id: int, user_id: int, text: str, *, name: str = "", reply_to: int | None = None
    ) -> int:
        """A person (below 0: another community) comments under a post; returns the comment's number."""
        community = self.communities[group_id]
        community.posts.add(post_id)
        if name:
            self.names[user_id] = name
        comment = VkComment(
            number=next(community.numbers), from_id=user_id, text=text, date=self.time(), reply_to=reply_to
        )
        community.comments[post_id].append(comment)
        community.announce("wall_reply_new", self.comment_as_json(community, post_id, comment), keep=self.history)
        return comment.number

    def administrator_answers(
        self, group_id: int, user_id: int, administrator: int, text: str, *, doc: tuple[str, bytes] | None = None
    ) -> int:
        """Somebody answers a person in VK's own interface, in the community's name."""
        community = self.communities[group_id]
        files = self._files_of(-group_id, None, doc)
        message = community.add(user_id, from_id=-group_id, date=self.time(), text=text, files=files)
        raw = message.as_json() | {"admin_author_id": administrator}
        community.announce("message_reply", raw, keep=self.history)
        return message.cmid

    def presses(self, group_id: int, user_id: int, peer_id: int, cmid: int, button: str) -> str:
        """A person presses the button with this label or action; returns the press's event id."""
        community = self.communities[group_id]
        message = community.message(peer_id, cmid)
        assert message is not None
        assert message.keyboard is not None, "there are no buttons under this message"
        actions = [each["action"] for row in message.keyboard["buttons"] for each in row]
        action = next(
            each for each in actions if each["label"] == button or json.loads(each["payload"]).get("a") == button
        )
        press = VkPress(event_id=secrets.token_hex(6), user_id=user_id, peer_id=peer_id, pressed_at=self.now())
        community.presses[press.event_id] = press
        thing = {
            "user_id": user_id,
            "peer_id": peer_id,
            "event_id": press.event_id,
            "payload": json.loads(action["payload"]),
            "conversation_message_id": cmid,
        }
        community.announce("message_event", thing, keep=self.history)
        return press.event_id

    def is_blacklisted(self, group_id: int, user_id: int) -> None:
        """A person is on the community's blacklist, or has it on theirs: VK answers 900."""
        self.communities[group_id].blocked.add(user_id)

    # What people see.

    def messages(self, group_id: int, peer_id: int) -> list[VkMessage]:
        """Return a conversation, the oldest message first."""
        return list(self.communities[group_id].dialogues[peer_id])

    def answers(self, group_id: int, peer_id: int) -> list[VkMessage]:
        """Return what the community said in a conversation."""
        return [message for message in self.messages(group_id, peer_id) if message.from_id == -group_id]

    def comments_of(self, group_id: int, post_id: int) -> list[VkComment]:
        """Return the comments under a post."""
        return list(self.communities[group_id].comments[post_id])

    def press_answer(self, group_id: int, event_id: str) -> str | None:
        """Return what the person who pressed was shown; "" for nothing but the end of waiting, None while waiting."""
        press = self.communities[group_id].presses[event_id]
        if not press.is_answered:
            return None
        return str(press.answer["text"]) if press.answer else ""

    # What goes wrong.

    def push_raw(self, group_id: int, event: Any) -> None:
        """Put anything into a community's queue."""
        self.communities[group_id].push(event, keep=self.history)

    def fail_next(self, method: str, *, code: int | None = None, how: Break | None = None, times: int = 1) -> None:
        """Let the next calls of a method fail by VK's error `code` or by a broken connection.

        `method` may be `long_poll`, `upload`, `download`, or `*` for any method.
        """
        self.faults.add(method, code=code, how=how, times=times)

    def answer_next(self, method: str, answer: Any) -> None:
        """Let the next call of a method do nothing and answer this JSON, whatever it is."""
        self.faults.answer_with(method, answer)

    def fail_poll(self, group_id: int, answer: Any, *, times: int = 1) -> None:
        """Let the next Long Poll questions be answered by this JSON (`{"failed": 3}`); whoever waits is woken."""
        community = self.communities[group_id]
        community.poll_faults.extend([answer] * times)

    def forget_events(self, group_id: int) -> None:
        """Forget all events so far, as VK does after a while."""
        community = self.communities[group_id]
        community.forget(len(community.events))

    def revoke(self, group_id: int) -> None:
        """Make the community's token invalid."""
        self._by_token.pop(self.communities[group_id].token, None)

    # For the server.

    def add_community(self, group_id: int, token: str) -> Community:
        """Add a community."""
        community = Community(group_id=group_id, token=token, name=f"Школа № {group_id}")
        if self._long_poll_on:
            community.long_poll_on = True
            community.enabled |= set(EVENTS)
        self.communities[group_id] = self._by_token[token] = community
        return community

    def by_token(self, token: str) -> Community | None:
        """Return whose token this is."""
        return self._by_token.get(token)

    def time(self) -> int:
        """Return the time as VK writes it."""
        return int(self.now())

    def keep_file(
        self, kind: Literal["photo", "doc", "audio_message"], *, owner: int, name: str, content: bytes
    ) -> VkFile:
        """Keep bytes under an address."""
        number = next(self._numbers)
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        url = f"{self.url}/file/{number}/{quote(name)}"
        file = VkFile(kind=kind, owner=owner, number=number, name=name, content=content, mime=mime, url=url)
        self.files[number] = file
        return file

    def comment_as_json(self, community: Community, post_id: int, comment: VkComment) -> dict[str, Any]:
        """Return a comment as recorded events show it: with `post_owner_id`, without `owner_id`."""
        thing: dict[str, Any] = {
            "id": comment.number,
            "from_id": comment.from_id,
            "date": comment.date,
            "text": comment.text,
            "post_owner_id": -community.group_id,
            "post_id": post_id,
            "parents_stack": [comment.reply_to] if comment.reply_to else [],
        }
        if comment.reply_to is not None:
            thing["reply_to_comment"] = comment.reply_to
        return thing

    async def until_closing(self, waiting: Awaitable[Any]) -> None:
        """Wait, but not beyond the end of the server."""
        tasks = [asyncio.ensure_future(waiting), asyncio.ensure_future(self.closing.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    def counters(self) -> dict[str, Any]:
        """Return what happened so far."""
        return {"taken": self.taken, "requests": self.requests, "polls": self.polls, "calls": dict(self.calls)}

    def reset_counters(self) -> None:
        """Begin to count anew and forget what was said."""
        self.calls.clear()
        self.requests = self.polls = self.taken = 0
        for community in self.communities.values():
            community.dialogues.clear()

    def _says(
        self,
        community: Community,
        peer_id: int,
        user_id: int,
        text: str,
        *,
        name: str = "",
        files: list[VkFile] | None = None,
        reply_to: int | None = None,
        payload: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> int:
        if name:
            self.names[user_id] = name
        message = community.add(
            peer_id,
            from_id=user_id,
            date=self.time(),
            text=text,
            files=files or [],
            reply_to=reply_to,
            payload=payload,
        )
        shown = message.as_json() | dict(extra or {})
        replied = community.message(peer_id, reply_to) if reply_to is not None else None
        if replied is not None:
            shown["reply_message"] = replied.as_json()
        client = {"button_actions": ["text", "callback", "open_link"], "keyboard": True, "inline_keyboard": True}
        community.announce("message_new", {"message": shown, "client_info": client | {"lang_id": 0}}, keep=self.history)
        return message.cmid

    def _files_of(self, owner: int, photo: bytes | None, doc: tuple[str, bytes] | None) -> list[VkFile]:
        files = []
        if photo is not None:
            files.append(self.keep_file("photo", owner=owner, name="photo.jpg", content=photo))
        if doc is not None:
            files.append(self.keep_file("doc", owner=owner, name=doc[0], content=doc[1]))
        return files


async def _serve(port: int, communities: int) -> None:
    tokens = {number: f"token-{number}" for number in range(1, communities + 1)}
    async with PretendVk(communities=tokens, port=port) as vk:
        print(f"pretend VK at {vk.url}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A pretend VK for benchmarks.")
    parser.add_argument("--port", type=int, default=8077)
    parser.add_argument("--communities", type=int, default=40)
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.port, arguments.communities))


if __name__ == "__main__":
    main()
