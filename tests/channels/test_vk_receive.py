"""VK's Long Poll: nothing is lost, whatever the server, the network or the disk do."""

import asyncio
import hashlib
import json
from datetime import timedelta

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.channels.vk.incoming import incoming
from bot.channels.vk.receive import EVENTS
from bot.domain.channel import IDLE_PAUSE
from bot.domain.errors import ChannelRefusedError, RefusalReason
from bot.domain.event import CommentReceived, MessageReceived
from tests.channels.vk_kit import ACCOUNT, GROUP, PNG, HurryingClock, RememberingIntake, post, until
from tests.pretend.vk import PretendVk


async def test_listening_switches_on_what_we_handle_in_our_version() -> None:
    async with post(long_poll_on=False) as room, room.listening(RememberingIntake()):
        community = room.vk.communities[GROUP]
        assert community.long_poll_on
        assert set(EVENTS) == community.enabled
        assert community.events_version == "5.199"


async def test_events_are_kept_with_their_key_lane_and_position() -> None:
    async with post() as room:
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "Когда откроется бассейн?")
            room.vk.comments(GROUP, 9, 6, "И мне скажите")
            await intake.until(2)
        message, comment = intake.kept.values()
        assert (message.lane, comment.lane) == ("vk:77:5", "vk:77:wall-77_9")
        assert message.key == json.loads(message.payload)["event_id"]
        assert intake.at == "2"


async def test_whoever_speaks_has_a_name_and_a_lost_answer_costs_only_the_name() -> None:
    async with post() as room:
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "Когда откроется бассейн?")
            await intake.until(1)
            room.vk.fail_next("users.get", code=10)
            room.vk.comments(GROUP, 9, 6, "И мне скажите")
            await intake.until(2)
        message, comment = (room.channel.convert(str(GROUP), json.loads(one.payload)) for one in intake.kept.values())
        assert isinstance(message, MessageReceived)
        assert message.sender.name == "Житель 5"
        assert isinstance(comment, CommentReceived)
        assert comment.sender.name == ""


async def test_a_community_without_the_right_to_set_up_is_still_listened_to() -> None:
    async with post() as room:
        community = room.vk.communities[GROUP]
        community.rights = frozenset({"messages"})
        intake = RememberingIntake()
        with capture_logs() as logs:
            async with room.listening(intake):
                room.vk.citizen_writes(GROUP, 5, "Здравствуйте")
                await intake.until(1)
        assert [line["event"] for line in logs] == ["long_poll_settings_refused"]


async def test_a_restart_goes_on_where_the_last_stored_position_was() -> None:
    async with post() as room:
        first = RememberingIntake()
        async with room.listening(first):
            room.vk.citizen_writes(GROUP, 5, "до остановки")
            await first.until(1)
        room.vk.citizen_writes(GROUP, 5, "пока никто не слушал")
        second = RememberingIntake(first.at)
        async with room.listening(second):
            await second.until(1)
        assert second.texts == ["пока никто не слушал"]


async def test_the_first_start_keeps_its_position_before_anything_comes() -> None:
    # Otherwise what arrives between the first question and a crash would be behind the next beginning.
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "до нас")
        intake = RememberingIntake()
        async with room.listening(intake):
            pass
        assert intake.at == "1"


async def test_events_that_could_not_be_stored_come_again() -> None:
    async with post() as room:
        intake = RememberingIntake("0")
        intake.failures = 1
        room.vk.citizen_writes(GROUP, 5, "важное")
        with pytest.raises(OSError, match="disk is full"):
            await room.channel.receive(ACCOUNT, intake)
        assert (intake.at, intake.texts) == ("0", [])
        async with room.listening(intake):
            await intake.until(1)
        assert intake.texts == ["важное"]


async def test_failed_1_goes_on_from_the_position_that_vk_names_and_says_so() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "забыто")
        room.vk.forget_events(GROUP)
        intake = RememberingIntake("0")
        with capture_logs() as logs:
            async with room.listening(intake):
                await until(lambda: intake.at == "1")
                room.vk.citizen_writes(GROUP, 5, "дальше")
                await intake.until(1)
        assert intake.texts == ["дальше"]
        assert [(line["event"], line["failed"]) for line in logs] == [("events_may_be_missing", 1)]


async def test_failed_2_takes_a_new_key_and_loses_nothing() -> None:
    async with post() as room:
        room.vk.fail_poll(GROUP, {"failed": 2})
        room.vk.citizen_writes(GROUP, 5, "на месте")
        intake = RememberingIntake("0")
        async with room.listening(intake):
            await intake.until(1)
        assert intake.texts == ["на месте"]
        assert room.vk.calls["groups.getLongPollServer"] == 2


async def test_failed_3_takes_a_new_position_and_says_so() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "пропало")
        room.vk.fail_poll(GROUP, {"failed": 3})
        intake = RememberingIntake("0")
        with capture_logs() as logs:
            async with room.listening(intake):
                await until(lambda: intake.at == "1")
                room.vk.citizen_writes(GROUP, 5, "после")
                await intake.until(1)
        assert intake.texts == ["после"]
        assert [(line["event"], line["failed"]) for line in logs] == [("events_may_be_missing", 3)]


@pytest.mark.parametrize(
    "answer",
    [
        {"failed": 4, "min_version": 0, "max_version": 3},
        {"failed": "soon"},  # unknown
        {"failed": None, "updates": []},
        {"updates": []},  # no position
        {"ts": "5"},  # no events
        {"ts": None, "updates": []},
        {"ts": "1", "updates": {}},
        [],
        None,
        "busy",
    ],
)
async def test_an_answer_that_makes_no_sense_costs_a_pause_and_nothing_else(answer: object) -> None:
    clock = HurryingClock()
    async with post(clock=clock) as room:
        room.vk.fail_poll(GROUP, answer)
        room.vk.citizen_writes(GROUP, 5, "на месте")
        intake = RememberingIntake("0")
        async with room.listening(intake):
            await intake.until(1)
        assert intake.texts == ["на месте"]
        assert [timedelta(seconds=1)] == clock.slept


@pytest.mark.parametrize("how", ["drop", "not-json", "500", "accept-then-drop"])
async def test_network_failures_are_survived_with_growing_pauses(how: str) -> None:
    clock = HurryingClock()
    async with post(clock=clock) as room:
        room.vk.fail_next("long_poll", how=how, times=9)  # type: ignore[arg-type] # a row of the table
        room.vk.citizen_writes(GROUP, 5, "дошло")
        intake = RememberingIntake("0")
        async with room.listening(intake):
            await intake.until(1)
        pauses = [pause.total_seconds() for pause in clock.slept]
        # aiohttp itself asks once more when a connection that had served before breaks: then there are fewer pauses.
        assert [1, 2, 4, 8, 16, 32, 60, 60, 60][: len(pauses)] == pauses
        assert len(pauses) >= 4
        assert intake.texts == ["дошло"]
        assert intake.reaches[: len(pauses) + 1] == [False] * len(pauses) + [True]


async def test_failed_answers_without_end_do_not_become_a_storm_of_questions() -> None:
    clock = HurryingClock()
    async with post(clock=clock) as room:
        room.vk.fail_poll(GROUP, {"failed": 3}, times=6)
        room.vk.citizen_writes(GROUP, 5, "мимо")
        intake = RememberingIntake("0")
        async with room.listening(intake):
            await until(lambda: room.vk.polls > 0)
        assert [pause.total_seconds() for pause in clock.slept] == [2, 4, 8, 16, 32]


async def test_vk_unreachable_at_the_start_is_waited_for() -> None:
    async with post(long_poll_on=False) as room:
        room.vk.fail_next("groups.setLongPollSettings", how="500", times=2)
        room.vk.fail_next("groups.getLongPollServer", code=10)
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "есть")
            await intake.until(1)
        assert intake.texts == ["есть"]


async def test_long_poll_switched_off_by_the_owner_is_asked_for_again() -> None:
    async with post() as room:
        room.vk.fail_next("groups.getLongPollServer", code=100, times=3)
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "есть")
            await intake.until(1)
        assert intake.texts == ["есть"]


async def test_a_bad_token_ends_the_listening_with_its_reason() -> None:
    async with post() as room:
        room.vk.revoke(GROUP)
        with pytest.raises(ChannelRefusedError) as refused:
            await room.channel.receive(ACCOUNT, RememberingIntake())
        assert refused.value.reason is RefusalReason.BAD_TOKEN
        assert ACCOUNT.token not in str(refused.value)


async def test_the_key_is_renewed_every_six_hours_and_the_position_stays() -> None:
    clock = HurryingClock()
    async with post(clock=clock) as room:
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "раз")
            await intake.until(1)
            clock.advance(timedelta(hours=6))
            room.vk.citizen_writes(GROUP, 5, "два")
            await intake.until(2)
            room.vk.citizen_writes(GROUP, 5, "три")
            await intake.until(3)
        assert intake.texts == ["раз", "два", "три"]
        assert room.vk.calls["groups.getLongPollServer"] == 2


@pytest.mark.parametrize("rubbish", [None, 5, "x", [], {}, {"type": 3}, {"type": "message_new", "object": None}])
async def test_rubbish_among_the_events_is_kept_and_stops_nobody(rubbish: object) -> None:
    async with post() as room:
        room.vk.push_raw(GROUP, rubbish)
        room.vk.citizen_writes(GROUP, 5, "живой")
        intake = RememberingIntake("0")
        async with room.listening(intake):
            await intake.until(2)
        assert rubbish in intake.raw
        assert intake.texts == ["живой"]


async def test_characters_that_utf8_cannot_hold_do_not_poison_the_batch() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "половина \ud83d знака")  # half of a surrogate pair
        room.vk.citizen_writes(GROUP, 6, "целый")
        first, second = await room.events(2)
        assert isinstance(first, MessageReceived)
        assert first.text == "половина ? знака"
        assert isinstance(second, MessageReceived)


async def test_the_same_event_has_the_same_key_even_without_an_id() -> None:
    async with post() as room:
        room.vk.push_raw(GROUP, {"type": "message_new", "object": {}})
        room.vk.push_raw(GROUP, {"type": "message_new", "object": {}})
        room.vk.push_raw(GROUP, {"type": "message_new", "object": {"a": 1}})
        intake = RememberingIntake("0")
        async with room.listening(intake):
            await intake.until(2)
            await until(lambda: intake.at == "3")
        assert len(intake.kept) == 2


async def test_listening_ends_at_once_when_it_is_stopped() -> None:
    async with post() as room:
        intake = RememberingIntake()
        async with room.listening(intake):
            await until(lambda: room.vk.polls > 0)
            before = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - before < 1


@pytest.mark.parametrize(
    ("event", "lane"),
    [
        ({"type": "message_new", "object": {"message": {"peer_id": 5}}}, "vk:77:5"),
        ({"type": "message_new", "object": {"peer_id": 5}}, "vk:77:5"),  # the layout before 5.103
        ({"type": "message_event", "object": {"peer_id": 2_000_000_003}}, "vk:77:2000000003"),
        ({"type": "wall_reply_new", "object": {"post_id": 9}}, "vk:77:wall-77_9"),
        ({"type": "wall_reply_new", "object": {"post_id": 9, "owner_id": -78}}, "vk:77:wall-78_9"),
        ({"type": "wall_reply_new", "object": {"post_id": None}, "event_id": "e"}, "vk:77:event:e"),
        ({"type": "wall_reply_delete", "object": {"post_id": 9, "owner_id": -77}}, "vk:77:wall-77_9"),
        ({"type": "photo_comment_edit", "object": {"photo_id": 9}}, "vk:77:photo-77_9"),
        ({"type": "board_post_new", "object": {"topic_id": 9}}, "vk:77:topic-77_9"),
        (
            {"type": "like_add", "object": {"object_type": "post", "object_owner_id": -77, "object_id": 9}},
            "vk:77:wall-77_9",
        ),
        ({"type": "like_add", "object": {"object_type": "note"}, "event_id": "e"}, "vk:77:event:e"),
        ({"type": "message_deny", "object": {"user_id": 5}}, "vk:77:5"),
        ({"type": "message_reaction_event", "object": {"peer_id": 5}}, "vk:77:5"),
        ({"type": "message_new", "object": {"message": {"peer_id": "5"}}, "event_id": "e"}, "vk:77:event:e"),
        ({"type": "group_join", "object": {"user_id": 5}, "event_id": "e"}, "vk:77:event:e"),
        ([1], "vk:77:event:" + hashlib.sha256(b"[1]").hexdigest()),
    ],
)
def test_events_of_one_conversation_share_a_lane_and_others_have_their_own(event: object, lane: str) -> None:
    assert incoming(ACCOUNT, event, names={}).lane == lane


async def test_a_benchmark_drives_the_pretend_vk_from_outside() -> None:
    async with PretendVk(communities={}) as vk, aiohttp.ClientSession() as session:

        async def control(verb: str, body: object) -> object:
            async with session.post(f"{vk.url}/control/{verb}", json=body) as response:
                return await response.json()

        await control("communities", {"77": "token"})
        await control("writes", [{"group_id": 77, "user_id": 5, "text": text} for text in ("раз", "два")])
        shown = await control("messages", {"group_id": 77, "peer_id": 5})
        assert isinstance(shown, list)
        assert [message["text"] for message in shown] == ["раз", "два"]
        await control("reset", {})
        assert vk.messages(77, 5) == []
        async with session.get(f"{vk.url}/control/counters") as response:
            assert (await response.json())["taken"] == 0


@pytest.mark.parametrize("fault", [{"code": 3}, {"how": "404"}])
async def test_a_server_that_cannot_set_up_or_name_people_is_still_listened_to(fault: dict[str, object]) -> None:
    async with post() as room:
        for method in ("groups.setLongPollSettings", "users.get"):
            room.vk.fail_next(method, **fault)  # type: ignore[arg-type] # the two kinds of fault
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "Когда?")
            await intake.until(1)
        assert intake.texts == ["Когда?"]


async def test_a_long_poll_that_never_waits_is_not_asked_without_a_pause() -> None:
    clock = HurryingClock()
    async with post(wait=timedelta(0), clock=clock) as room, room.listening(RememberingIntake()):
        await until(lambda: room.vk.polls >= 3)
        assert clock.slept[:2] == [IDLE_PAUSE, IDLE_PAUSE]


async def test_what_vk_cut_from_a_large_message_is_asked_for_before_it_is_kept() -> None:
    async with post() as room:
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(
                GROUP, 5, "Три фото", photo=PNG, ref="school-12", extra={"is_cropped": True, "attachments": []}
            )
            await intake.until(1)
        event = room.channel.convert(str(GROUP), intake.raw[0])
        assert isinstance(event, MessageReceived)
        assert [attachment.kind for attachment in event.attachments] == ["photo"]
        assert event.deep_link == "school-12"
        assert room.vk.calls["messages.getByConversationMessageId"] == 1


async def test_a_message_that_stays_cut_says_where_the_rest_is() -> None:
    async with post() as room:
        room.vk.fail_next("messages.getByConversationMessageId", code=10)
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "Три фото", photo=PNG, extra={"is_cropped": True, "attachments": []})
            await intake.until(1)
        event = room.channel.convert(str(GROUP), intake.raw[0])
        assert isinstance(event, MessageReceived)
        [rest] = event.attachments
        assert "другие вложения" in rest.title


async def test_events_without_large_messages_cost_no_question() -> None:
    async with post() as room:
        intake = RememberingIntake()
        async with room.listening(intake):
            room.vk.citizen_writes(GROUP, 5, "Фото", photo=PNG)
            await intake.until(1)
        assert room.vk.calls["messages.getByConversationMessageId"] == 0


async def test_who_said_a_forwarded_message_first_is_named() -> None:
    async with post() as room:
        room.vk.names[6] = "Пётр Сосед"
        intake = RememberingIntake()
        async with room.listening(intake):
            forwarded = [{"from_id": 6, "text": "Воды нет с утра", "date": 1, "attachments": []}]
            room.vk.citizen_writes(GROUP, 5, "", extra={"fwd_messages": forwarded})
            await intake.until(1)
        event = room.channel.convert(str(GROUP), intake.raw[0])
        assert isinstance(event, MessageReceived)
        assert (event.text, event.forwarded_from, event.attachments) == ("Воды нет с утра", "Пётр Сосед", ())
