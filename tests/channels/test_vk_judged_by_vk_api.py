"""The pretend VK judged by code that nobody here wrote: vk_api's own calls, uploads, pool and Long Poll."""

import asyncio
import io
from collections.abc import Callable
from typing import Any, TypeVar

import jconfig  # type: ignore[import-untyped] # comes with vk_api
import pytest
import requests
import vk_api
from vk_api.bot_longpoll import VkBotEventType, VkBotLongPoll
from vk_api.keyboard import VkKeyboard, VkKeyboardColor
from vk_api.requests_pool import VkRequestsPool, vk_request_one_param_pool

from tests.channels.vk_kit import GROUP, PNG
from tests.pretend.vk import PretendVk

Result = TypeVar("Result")


class Redirected(requests.Session):
    """vk_api has VK's address written into it; this goes to the pretend one."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", 5)
        return super().request(method, str(url).replace("https://api.vk.ru", self._url), *args, **kwargs)


async def judged(work: Callable[[PretendVk, Any], Result], *, token: str = "token", **settings: Any) -> Result:
    """Run `work` with vk_api in a thread, the pretend VK in the loop."""
    async with PretendVk(communities={GROUP: "token", 78: "other"}, **settings) as vk:
        with Redirected(vk.url) as session:
            client = vk_api.VkApi(token=token, session=session, api_version="5.199", config=jconfig.MemoryConfig)
            client.RPS_DELAY = 0
            return await asyncio.to_thread(work, vk, client)


async def test_users_messages_and_keyboards() -> None:
    def work(vk: PretendVk, client: Any) -> None:
        api = client.get_api()
        vk.names[5] = "Алсу Галиева"
        vk.communities[GROUP].wrote.add(5)
        (person,) = api.users.get(user_ids=[5])
        assert (person["first_name"], person["last_name"]) == ("Алсу", "Галиева")
        keyboard = VkKeyboard(inline=True)
        keyboard.add_callback_button("Взять", color=VkKeyboardColor.POSITIVE, payload={"a": "take"})
        keyboard.add_line()
        keyboard.add_openlink_button("Открыть", link="https://vk.com/club77")
        first = api.messages.send(user_id=5, random_id=7, message="Ответ", keyboard=keyboard.get_keyboard())
        assert first == api.messages.send(user_id=5, random_id=7, message="Ответ")
        (sent,) = api.messages.send(peer_ids=[5], random_id=0, message="Ещё")
        assert sent["conversation_message_id"] == 2
        assert vk.answers(GROUP, 5)[0].buttons == [["Взять"], ["Открыть"]]

    await judged(work)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda api: api.messages.send(user_id=6, random_id=1, message="x"), 901),
        (lambda api: api.messages.send(user_id=5, message="x"), 100),  # no random_id
        (lambda api: api.messages.send(user_id=5, random_id=2**31, message="x"), 100),
        (lambda api: api.messages.send(user_id=5, random_id=1, message="x" * 4097), 914),
        (lambda api: api.messages.send(user_id=5, random_id=1, message="x", keyboard={"a": 1}), 911),
        (lambda api: api.messages.send(user_id=5, random_id=1), 100),  # nothing to say
        (lambda api: api.wall.get(owner_id=-77), 27),
        (lambda api: api.wall.createComment(owner_id=-77, post_id=404, from_group=77, message="x"), 212),
        (lambda api: api.messages.sing(), 3),
        (lambda api: api.groups.getLongPollServer(group_id=78), 15),
        (lambda api: api.groups.getLongPollServer(group_id=77), 100),  # switched off, as at first in VK
        (lambda api: api.execute(code="return 2 + 2;"), 12),
    ],
)
async def test_vk_api_sees_the_refusals_of_vk(call: Callable[[Any], Any], code: int) -> None:
    def work(vk: PretendVk, client: Any) -> int:
        vk.communities[GROUP].wrote.add(5)
        with pytest.raises(vk_api.ApiError) as refused:
            call(client.get_api())
        return int(refused.value.code)

    assert await judged(work) == code


async def test_a_wrong_token() -> None:
    def work(vk: PretendVk, client: Any) -> int:
        with pytest.raises(vk_api.ApiError) as refused:
            client.method("users.get", {"user_ids": 5})
        return int(refused.value.code)

    assert await judged(work, token="wrong") == 5


async def test_more_than_twenty_requests_a_second_are_too_many() -> None:
    def work(vk: PretendVk, client: Any) -> int:
        client.error_handlers = {}
        for taken in range(200):  # a slow machine needs several seconds until twenty fall into one
            try:
                client.method("users.get", {"user_ids": 5})
            except vk_api.ApiError as error:
                assert taken >= 20
                return int(error.code)
        return 0

    assert await judged(work, is_strict_about_pace=True) == 6


async def test_uploads_by_vk_api() -> None:
    def work(vk: PretendVk, client: Any) -> None:
        vk.communities[GROUP].wrote.add(5)
        upload = vk_api.VkUpload(client)
        (photo,) = upload.photo_messages(io.BytesIO(PNG), peer_id=5)
        saved = upload.document_message(io.BytesIO(b"%PDF-1"), title="план.pdf", peer_id=5)["doc"]
        upload.http.close()
        names = [f"photo{photo['owner_id']}_{photo['id']}", f"doc{saved['owner_id']}_{saved['id']}"]
        client.method("messages.send", {"user_id": 5, "random_id": 1, "attachment": ",".join(names)})
        (answer,) = vk.answers(GROUP, 5)
        assert [(file.kind, file.content) for file in answer.files] == [("photo", PNG), ("doc", b"%PDF-1")]

    await judged(work)


async def test_the_pool_of_vk_api_makes_one_request_of_many() -> None:
    def work(vk: PretendVk, client: Any) -> None:
        vk.communities[GROUP].wrote |= {5, 6}
        with VkRequestsPool(client) as pool:
            sent = [
                pool.method("messages.send", {"user_id": user, "random_id": user, "message": "]; \"'"})
                for user in (5, 404, 6)
            ]
        assert [result.ok for result in sent] == [True, False, True]
        assert sent[1].error["error_code"] == 901
        with VkRequestsPool(client) as pool:
            users = pool.method("users.get", {"user_ids": [5]})
            groups = pool.method("groups.getById")
        assert users.result[0]["id"] == 5
        assert groups.result["groups"][0]["id"] == GROUP
        found, errors = vk_request_one_param_pool(client, "users.get", "user_ids", [5, 6], {"fields": "city"})
        assert (sorted(found), errors) == ([5, 6], {})
        assert vk.requests == 3

    await judged(work)


async def test_the_long_poll_of_vk_api_hears_everybody() -> None:
    loop = asyncio.get_running_loop()

    def work(vk: PretendVk, client: Any) -> None:
        def happens(what: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            async def in_loop() -> Any:
                return what(*args, **kwargs)

            return asyncio.run_coroutine_threadsafe(in_loop(), loop).result(5)

        settings = {"group_id": GROUP, "enabled": 1, "api_version": "5.199"}
        client.method(
            "groups.setLongPollSettings", settings | {"message_new": 1, "wall_reply_new": 1, "message_event": 1}
        )
        poll = VkBotLongPoll(client, GROUP, wait=1)
        happens(vk.citizen_writes, GROUP, 5, "Когда?", photo=PNG)
        happens(vk.chat_message, GROUP, 3, 6, "Ответ")
        happens(vk.comments, GROUP, 9, 7, "А вечером?")
        private, chat, comment = poll.check()
        assert private.type is VkBotEventType.MESSAGE_NEW
        assert (private.from_user, private.message.text, private.message.from_id) == (True, "Когда?", 5)
        assert (chat.from_chat, chat.chat_id) == (True, 3)
        assert (comment.type, comment.object.post_id) == (VkBotEventType.WALL_REPLY_NEW, 9)

        happens(vk.fail_poll, GROUP, {"failed": 2})
        assert poll.check() == []
        happens(vk.forget_events, GROUP)
        poll.ts = "1"
        assert poll.check() == []  # failed 1: takes the ts that is named
        happens(vk.citizen_writes, GROUP, 5, "Ещё")
        assert [event.message.text for event in poll.check()] == ["Ещё"]
        assert poll.check() == []  # nothing new within the wait
        poll.session.close()

    await judged(work)
