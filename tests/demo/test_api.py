"""The demo page's API: the visitor speaks for its people, sees what they see, and nothing else."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from aiohttp import ClientSession

from bot.demo.institutions import GROUPS
from bot.demo.town import BOT_ID
from bot.web.listen import Listen
from tests import present
from tests.demo.little_bot import Stage, on_stage

SCHOOL = GROUPS["kazan-school-512"]
DIALOGUE = {"pane": "vk-citizen", "chat": f"vk/{SCHOOL}/501"}
COMMENTS = {"pane": "vk-citizen", "chat": f"vk/{SCHOOL}/wall-{SCHOOL}_1"}
TEAM = {"pane": "telegram-team", "chat": f"telegram/{BOT_ID}/-1000000000101"}
PNG = {"name": "двор.png", "mime": "image/png", "content": base64.b64encode(b"\x89PNG").decode()}


class Visitor:
    """A person at the page, without the page."""

    def __init__(self, stage: Stage, browser: ClientSession) -> None:
        self.stage = stage
        self.browser = browser

    async def get(self, path: str):
        async with self.browser.get(f"/demo/api/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, body: object):
        async with self.browser.post(f"/demo/api/{path}", json=body) as answer:
            return answer.status, (await answer.json() if answer.status == 200 else await answer.text())

    async def sees(self, chat: str, words: str):
        """Wait until a conversation shows these words from the bot."""
        _, community, place = chat.split("/")
        await self.stage.channels[chat.partition("/")[0]].shows(community, place, words)
        return (await self.get("changes"))["chats"][chat]


@asynccontextmanager
async def visit() -> AsyncIterator[Visitor]:
    async with on_stage(Listen(host="127.0.0.1", port=0)) as stage, ClientSession(stage.listen.url) as browser:
        yield Visitor(stage, browser)


async def test_the_page_shows_five_people_with_their_conversations():
    async with visit() as visitor:
        panes = (await visitor.get("town"))["panes"]
        assert [pane["id"] for pane in panes] == [
            "vk-citizen",
            "telegram-citizen",
            "telegram-team",
            "vk-team",
            "supervisor",
        ]
        keys = [chat["key"] for pane in panes for chat in pane["chats"]]
        assert len(keys) == len(set(keys))
        assert {DIALOGUE["chat"], COMMENTS["chat"], TEAM["chat"]} <= set(keys)


async def test_a_question_becomes_a_card_and_the_reply_comes_back():
    async with visit() as visitor:
        assert (await visitor.post("say", {**DIALOGUE, "text": "Где <b>вход</b>?"}))[0] == 200
        card = (await visitor.sees(TEAM["chat"], "Где <b>вход</b>?"))[-1]
        assert [button["text"] for button in card["buttons"][0]] == ["Взять", "Закрыть"]
        await visitor.post("say", {**TEAM, "text": "С улицы Тополиной", "reply_to": card["id"]})
        dialogue = await visitor.sees(DIALOGUE["chat"], "С улицы Тополиной")
        assert [message["author"] for message in dialogue] == ["person", "bot", "bot"]
        assert dialogue[0]["name"] == "Алия Сафина"


async def test_a_comment_is_answered_under_the_comment():
    async with visit() as visitor:
        await visitor.post("say", {**COMMENTS, "text": "А продлёнка будет?"})
        card = (await visitor.sees(TEAM["chat"], "А продлёнка"))[-1]
        await visitor.post("say", {**TEAM, "text": "Будет", "reply_to": card["id"]})
        comments = await visitor.sees(COMMENTS["chat"], "Будет")
        assert comments[-1]["reply_to"] == comments[0]["id"]


async def test_an_institutions_link_is_followed_as_a_deep_link():
    async with visit() as visitor:
        citizen = {"pane": "telegram-citizen", "chat": f"telegram/{BOT_ID}/601"}
        await visitor.post("say", {**citizen, "text": "/start kazan-school-512"})
        assert (await visitor.sees(citizen["chat"], "/start kazan-school-512"))[0]["text"] == "/start kazan-school-512"


async def test_a_picture_goes_over_and_can_be_opened():
    async with visit() as visitor:
        await visitor.post("say", {**DIALOGUE, "text": "Вот", "files": [PNG]})
        [photo] = (await visitor.sees(TEAM["chat"], "Вот"))[-1]["files"]
        assert photo["is_photo"]
        async with visitor.browser.get(photo["url"]) as answer:
            assert (answer.content_type, await answer.read()) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize(("name", "mime"), [("x.html", "text/html"), ("x.svg", "image/svg+xml"), ("x", "")])
async def test_a_file_that_could_run_as_a_page_is_only_offered_for_download(name, mime):
    async with visit() as visitor:
        script = {"name": name, "mime": mime, "content": base64.b64encode(b"<script>").decode()}
        await visitor.post("say", {**DIALOGUE, "files": [script]})
        [file] = (await visitor.sees(TEAM["chat"], "Алия"))[-1]["files"]
        async with visitor.browser.get(file["url"]) as answer:
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"] == "attachment"


async def test_a_press_returns_what_the_bot_says_to_it():
    async with visit() as visitor:
        await visitor.post("say", {**DIALOGUE, "text": "Вопрос"})
        card = (await visitor.sees(TEAM["chat"], "Вопрос"))[-1]
        press = {**TEAM, "message": card["id"], "action": "take"}
        assert await visitor.post("press", press) == (200, {"says": "Сделано"})
        await visitor.sees(TEAM["chat"], "take")
        assert await visitor.post("press", press) == (400, "этой кнопки уже нет")


async def test_changes_wait_for_something_new_and_name_only_what_changed():
    async with visit() as visitor:
        before = await visitor.get("changes")
        waiting = asyncio.create_task(visitor.get(f"changes?after={before['after']}"))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        visitor.stage.channels["vk"].citizen_writes(SCHOOL, "999", "чужой диалог")
        await waiting
        await visitor.post("say", {"pane": "supervisor", "chat": f"telegram/{BOT_ID}/801", "text": "/report"})
        await visitor.sees(f"telegram/{BOT_ID}/801", "/report")
        after = await visitor.get(f"changes?after={before['after']}")
        assert set(after["chats"]) == {f"telegram/{BOT_ID}/801", TEAM["chat"]}


async def test_a_stopping_server_does_not_wait_for_the_pages():
    async with ClientSession() as browser:
        async with on_stage(Listen(host="127.0.0.1", port=0)) as stage:
            changes = f"{stage.listen.url}/demo/api/changes"
            async with browser.get(changes) as answer:
                before = (await answer.json())["after"]
            waiting = asyncio.create_task(browser.get(f"{changes}?after={before}"))
            await asyncio.sleep(0.02)
            leaving_at = time.monotonic()
        assert (await waiting).status == 200
        assert time.monotonic() - leaving_at < 1


async def test_the_clock_can_be_pushed_ahead_but_never_back():
    async with visit() as visitor:
        status, answer = await visitor.post("clock", {"minutes": 60})
        ahead = datetime.fromisoformat(answer["now"]) - present.now()
        assert status == 200
        assert timedelta(minutes=59) < ahead < timedelta(minutes=61)
        for minutes in (0, -60, 60 * 24 * 365, "60", None, True):
            assert (await visitor.post("clock", {"minutes": minutes}))[0] == 400


async def test_figures_come_with_the_demos_time():
    async with visit() as visitor:
        figures = await visitor.get("figures")
        assert figures.keys() == {"open", "overdue", "in_time_share", "median_seconds", "now"}


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {**DIALOGUE},  # nothing said
        {**DIALOGUE, "text": " \n"},
        {**DIALOGUE, "text": 5},
        {**DIALOGUE, "text": "я" * 20_001},
        {**DIALOGUE, "chat": TEAM["chat"], "text": "не своё окно"},
        {**DIALOGUE, "chat": f"vk/{SCHOOL}/999", "text": "чужой диалог"},
        {**DIALOGUE, "pane": "nobody", "text": "…"},
        {**DIALOGUE, "files": {}},
        {**DIALOGUE, "files": [PNG] * 11},
        {**DIALOGUE, "files": ["x"]},
        {**DIALOGUE, "files": [{**PNG, "content": "не base64"}]},
    ],
)
async def test_nonsense_is_refused_and_nothing_is_said(body):
    async with visit() as visitor:
        assert (await visitor.post("say", body))[0] == 400
        assert (await visitor.get("changes"))["chats"] == {}


async def test_another_sites_form_cannot_speak_for_the_visitor():
    async with visit() as visitor, visitor.browser.post("/demo/api/say", data='{"text": "x"}') as answer:
        assert answer.status == 415


@pytest.mark.parametrize("path", ["files/vk/file-1", "files/max/file-1", "nothing"])
async def test_what_is_not_there_is_not_found(path):
    async with visit() as visitor, visitor.browser.get(f"/demo/api/{path}") as answer:
        assert answer.status == 404


async def test_an_album_in_telegram_is_several_messages_and_one_bubble():
    dialogue = {"pane": "telegram-citizen", "chat": f"telegram/{BOT_ID}/601"}
    async with visit() as visitor:
        await visitor.post("say", {**dialogue, "text": "Двор", "files": [PNG, PNG, PNG]})
        shown = (await visitor.get("changes"))["chats"][dialogue["chat"]]
        assert [(message["text"], len(message["files"])) for message in shown if message["author"] == "person"] == [
            ("Двор", 3)
        ]
        said = visitor.stage.channels["telegram"].transcript(BOT_ID, "601")
        assert len({message.album for message in said if message.user_id == "601"} - {""}) == 1


async def test_a_place_is_shown_where_it_was_sent():
    async with visit() as visitor:
        assert (await visitor.post("place", {**DIALOGUE, "place": "Альметьевск"}))[0] == 200
        shown = (await visitor.get("changes"))["chats"][DIALOGUE["chat"]][0]
        assert shown["places"][0]["url"].startswith("https://yandex.ru/maps/")
        assert shown["files"] == []
        assert (await visitor.post("place", {**DIALOGUE, "place": "Луна"}))[0] == 400
        assert (await visitor.post("place", {**TEAM, "place": "Альметьевск"}))[0] == 400


async def test_a_reaction_is_put_and_taken_away():
    async with visit() as visitor:
        for expected in ([{"sign": "👎", "count": 1, "by": ["501"]}], []):
            assert (await visitor.post("react", {**COMMENTS, "message": "", "sign": "👎"}))[0] == 200
            assert (await visitor.get("changes"))["posts"][COMMENTS["chat"]] == expected
        assert (await visitor.post("react", {**DIALOGUE, "message": "", "sign": "👎"}))[0] == 400


async def test_only_own_words_are_changed_and_taken_away():
    async with visit() as visitor:
        await visitor.post("say", {**COMMENTS, "text": "Во сколько?"})
        mine = (await visitor.get("changes"))["chats"][COMMENTS["chat"]][0]["id"]
        other = visitor.stage.channels["vk"].comments(SCHOOL, "1", "999", "Чужое").id
        assert (await visitor.post("edit", {**COMMENTS, "message": other, "text": "Моё"}))[0] == 400
        assert (await visitor.post("delete", {**COMMENTS, "message": other}))[0] == 400
        assert (await visitor.post("edit", {**COMMENTS, "message": mine, "text": "Когда?"}))[0] == 200
        assert (await visitor.post("delete", {**COMMENTS, "message": mine}))[0] == 200
        gone = (await visitor.get("changes"))["chats"][COMMENTS["chat"]][0]
        assert (gone["is_deleted"], gone["text"]) == (True, "")
        assert (await visitor.post("restore", {**COMMENTS, "message": mine}))[0] == 200
        back = (await visitor.get("changes"))["chats"][COMMENTS["chat"]][0]
        assert (back["is_deleted"], back["text"], back["edited"]) == (False, "Когда?", True)


async def test_two_administrators_speak_in_one_work_chat_and_nobody_else():
    async with visit() as visitor:
        for person, status in (("701", 200), ("711", 200), ("601", 400)):
            assert (await visitor.post("say", {**TEAM, "person": person, "text": "// вижу"}))[0] == status
        shown = (await visitor.get("changes"))["chats"][TEAM["chat"]]
        assert [message["name"] for message in shown] == ["Анна", "Марат"]


async def test_a_scene_that_is_not_known_is_refused():
    async with visit() as visitor:
        assert (await visitor.post("scene", {"scene": "angry"}))[0] == 200
        assert (await visitor.get("changes"))["posts"][COMMENTS["chat"]][0]["count"] == 4
        assert (await visitor.post("scene", {"scene": "flying"}))[0] == 400
