"""A press is only what names a button of ours; a payload that means nothing to us never costs the words beside it."""

import pytest

from handlers.buttons import names_button
from tests.stories.region import BOT
from tests.stories.vk_school import CHAT, GROUP, School


@pytest.mark.parametrize(
    "payload",
    [
        '{"a":"menu"}',
        '{"a":"c"}',
        '{"a":"c:"}',
        '{"a":"c:i:Школа"}',
        '{"a":"w:1"}',
        '{"a":"t:first:take"}',
        '{"a":"g:yes"}',
        '{"a":""}',
        '{"a":12}',
        '{"a":["c:bs:0"]}',
        '{"a":null}',
        '{"button":"1"}',
        '["a"]',
        '"c:bs:0"',
        "12",
        "not json",
        "",
    ],
)
async def test_words_with_a_payload_that_is_not_ours_are_words(school: School, payload: str) -> None:
    school.vk.citizen_writes(GROUP, 11, "В подъезде нет света", payload=payload)
    await school.telegram.shows(BOT, CHAT, "В подъезде нет света")


async def test_a_picture_is_no_press_whatever_payload_goes_with_it(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Вот яма", photo=b"picture", payload='{"a":"c:bs:0"}')
    await school.telegram.shows(BOT, CHAT, "Вот яма")


async def test_a_text_button_that_is_ours_is_pressed_and_opens_nothing(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Татарча", payload='{"a":"l:tt"}')
    school.vk.citizen_writes(GROUP, 11, "Начать", payload='{"command":"start"}')
    school.vk.citizen_writes(GROUP, 12, "Где столовая?")
    await school.telegram.shows(BOT, CHAT, "Где столовая?")
    assert [ticket.text for ticket in school.telegram.transcript(BOT, CHAT) if "Татарча" in ticket.text] == []
    assert (await school.ticket(1)).citizen.user_id == "12"


@pytest.mark.parametrize(
    "action",
    [
        *("t:412:take", "t:412:topic=roads", "t:412:topic.1", "a:4:9:send", "x:4:0", "x:4:0:school-12", "u:4", "u:4:5"),
        *("p:4:look:2", "n:3:close", "s:school-12:water", "c:bs:0", "c:b:0a1b2c3d:0", "c:m:0a1b2c3d:0a1b2c3d:12"),
        *("c:i:school-12", "l:tt", "m:4", "m:4:yes", "m:4:5", "q:4:roads", "r:0a1b2c3d:week:summary", "g:yes:ru"),
        *("g:language:tt", "g:no:tt:chosen", "z:20261124:20261125:region", "d:yes"),
    ],
)
def test_every_button_of_ours_is_known(action: str) -> None:
    assert names_button(action)
