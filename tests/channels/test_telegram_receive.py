"""Receiving from Telegram: durable before the offset moves, and nothing stops it but a bad token or a rival."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.raw import incoming, next_offset
from bot.channels.telegram.receive import pause_after
from bot.domain.errors import ChannelRefusedError, ConflictError, RefusalReason
from tests.channels.telegram_parts import CITIZEN, GROUP, channel_at, receiving
from tests.pretend.telegram import PretendTelegram
from tests.pretend.telegram_intake import RememberingIntake


async def test_words_are_stored_with_key_lane_and_position_before_the_offset_confirms_them() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "Когда включат воду")
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.kept)
            await telegram.until(lambda: not telegram.unconfirmed())
        event = intake.kept["1001"]
        assert (event.channel, event.community, event.lane) == ("telegram", "1000", "telegram:1000:501")
        assert intake.at == "1002"
        assert intake.texts == ["Когда включат воду"]


async def test_what_could_not_be_stored_is_delivered_again() -> None:
    intake = RememberingIntake()
    intake.fail_times = 1
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "Не потеряйте")
        with pytest.raises(OSError, match="disk full"):
            await channel.receive(telegram.account(), intake)
        assert telegram.unconfirmed() == 1
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.texts == ["Не потеряйте"])


async def test_it_tells_when_telegram_is_out_of_reach_and_when_it_is_back() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.drop_next("getUpdates")
        telegram.garble_next("getUpdates")
        telegram.fail_next("getUpdates", status=429, retry_after=0.01)  # wants patience, and is well
        await telegram.citizen_writes(CITIZEN, "Вы здесь?")
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.texts == ["Вы здесь?"])
        assert intake.reaches[:3] == [False, False, True]


async def test_a_restart_begins_at_the_stored_position_and_repeats_nothing() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        for text in ("один", "два"):
            await telegram.citizen_writes(CITIZEN, text)
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: len(intake.kept) == 2)
        await telegram.citizen_writes(CITIZEN, "три")
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: len(intake.kept) == 3)
        assert intake.batches == [["1001", "1002"], ["1003"]]


async def test_it_asks_for_the_kinds_it_needs_and_no_others() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        async with receiving(channel, telegram.account(), intake):
            await telegram.until(lambda: telegram.calls_of("getUpdates"))
            telegram.create_group(GROUP)
            await intake.until(lambda: intake.kept)
        assert telegram.bot().allowed == frozenset(
            {"message", "edited_message", "message_reaction", "message_reaction_count"}
            | {"callback_query", "my_chat_member"}
        )
        assert telegram.calls_of("getUpdates")[0].params["limit"] == 100


NAMELESS: list[object] = [
    None,
    [],
    "words",
    17,
    {},
    {"update_id": None},
    {"update_id": "5"},
    {"update_id": True},
    {"update_id": -3},
    {"update_id": [], "message": {"chat": {"id": 501}}},
]


async def test_updates_without_an_id_are_kept_and_stop_nothing() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        for update in NAMELESS:
            telegram.push_raw(update, as_is=True)
        await telegram.citizen_writes(CITIZEN, "А я по делу")
        async with receiving(channel, telegram.account(), intake):
            await telegram.until(lambda: not telegram.unconfirmed())
        assert len(intake.kept) == len(NAMELESS) + 1
        assert intake.payloads[-1]["message"]["text"] == "А я по делу"


async def test_updates_without_an_id_do_not_hold_up_those_that_come_after_them() -> None:
    intake = RememberingIntake(position="1001")
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.push_raw({"message": "rubbish"}, as_is=True)
        telegram.push_raw([], as_is=True)
        async with receiving(channel, telegram.account(), intake):
            await telegram.until(lambda: not telegram.unconfirmed())
            await telegram.citizen_writes(CITIZEN, "Дальше")
            await intake.until(lambda: len(intake.kept) == 3)


async def test_bytes_that_only_a_tolerant_reader_takes_are_kept() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.push_raw(
            b'{"update_id":1001,"message":{"text":"\\ud83d","n":NaN,"big":123456789012345678901234567890}}'
        )
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.kept)
        assert b"\\ud83d" in intake.kept["1001"].payload


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"update_id": 7, "message": {"chat": {"id": -5}}}, "telegram:1000:-5"),
        ({"update_id": 7, "callback_query": {"message": {"chat": {"id": 9}}}}, "telegram:1000:9"),
        ({"update_id": 7, "my_chat_member": {"chat": {"id": -5}}}, "telegram:1000:-5"),
        ({"update_id": 7, "message": {"chat": {"id": "9"}}}, "telegram:1000:update:7"),
        ({"update_id": 7, "message": {"chat": None}}, "telegram:1000:update:7"),
        ({"update_id": 7, "inline_query": {"id": "1"}}, "telegram:1000:update:7"),
        ({"update_id": 7, "callback_query": {"message": []}}, "telegram:1000:update:7"),
    ],
)
def test_the_lane_is_the_conversation_or_a_name_of_its_own(update: dict[str, object], lane: str) -> None:
    assert lane == incoming("1000", update).lane


def test_the_same_bytes_without_an_id_have_the_same_key() -> None:
    assert incoming("1000", {"a": 1}).key == incoming("1000", {"a": 1}).key
    assert incoming("1000", {"a": 1}).key != incoming("1000", {"a": 2}).key


def test_ids_that_jump_down_after_a_week_of_silence_are_followed() -> None:
    assert next_offset([{"update_id": 12}, {"update_id": 13}], 900_000) == (14, True)


async def test_an_outage_is_survived_and_nothing_is_lost() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.fail_next("getUpdates", status=500, times=2)
        telegram.garble_next("getUpdates", times=1)
        telegram.garble_next("getUpdates", status=200, times=1)
        telegram.drop_next("getUpdates", times=2)
        telegram.drop_next("getUpdates", taken=True)
        await telegram.citizen_writes(CITIZEN, "Терпение")
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.kept)
            await telegram.stop()
            await asyncio.sleep(0.02)
            await telegram.citizen_writes(CITIZEN, "Ещё раз")
            await telegram.start()
            await intake.until(lambda: intake.texts == ["Терпение", "Ещё раз"])


async def test_telegrams_own_wish_to_wait_is_obeyed() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.fail_next("getUpdates", status=429, retry_after=0.08)
        await telegram.citizen_writes(CITIZEN, "Позже")
        started = asyncio.get_running_loop().time()
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.kept)
        assert asyncio.get_running_loop().time() - started >= 0.08


async def test_a_webhook_is_removed_and_what_waited_is_kept() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.bot().webhook = "https://example.org/old"
        await telegram.citizen_writes(CITIZEN, "Ждал")
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.texts == ["Ждал"])
        assert telegram.bot().webhook == ""


async def test_another_program_with_the_same_token_is_told_after_the_third_conflict() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.fail_next("getUpdates", status=409, description="Conflict: terminated by other getUpdates", times=3)
        with pytest.raises(ConflictError, match="Another program"):
            await channel.receive(telegram.account(), intake)
        assert len(telegram.calls_of("getUpdates")) == 3


async def test_two_receivers_of_one_token_find_each_other() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as one, channel_at(telegram.url) as two:
        first = asyncio.create_task(one.receive(telegram.account(), RememberingIntake()))
        second = asyncio.create_task(two.receive(telegram.account(), RememberingIntake()))
        done, rest = await asyncio.wait([first, second], timeout=5, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        await asyncio.wait([first, second], timeout=5)
        assert isinstance(next(iter(done)).exception(), ConflictError)


async def test_one_conflict_after_a_restart_does_not_matter() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.fail_next("getUpdates", status=409, description="Conflict: terminated by other getUpdates", times=2)
        await telegram.citizen_writes(CITIZEN, "Здравствуйте")
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.kept)


async def test_conflicts_count_only_in_a_row() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:

        async def fails_twice_and_goes_on(failed: int) -> None:
            telegram.fail_next("getUpdates", status=409, description="Conflict: terminated by other", times=2)
            await telegram.citizen_writes(CITIZEN, "Раз")  # ends a poll that waits, so that the next one fails
            await telegram.until(lambda: telegram.refusals["getUpdates"] == failed)
            await telegram.citizen_writes(CITIZEN, "Два")
            await intake.until(lambda: len(intake.kept) == failed)

        async with receiving(channel, telegram.account(), intake):
            await fails_twice_and_goes_on(2)
            await fails_twice_and_goes_on(4)


async def test_a_wrong_token_ends_receiving() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        with pytest.raises(ChannelRefusedError) as refused:
            await channel.receive(telegram.account("2000:revoked"), RememberingIntake())
        assert refused.value.reason is RefusalReason.BAD_TOKEN


async def test_a_dead_server_never_shows_the_token(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = RememberingIntake()
    async with PretendTelegram("1000:very-secret") as telegram:
        account, url = telegram.account(), telegram.url
    printed = ""
    async with asyncio.timeout(30), channel_at(url) as channel, receiving(channel, account, intake):
        while "telegram_receiving_paused" not in printed:
            await asyncio.sleep(0.01)
            printed += "".join(capsys.readouterr())
    assert "very-secret" not in printed + "".join(capsys.readouterr()) + caplog.text


def test_pauses_grow_to_a_minute_and_no_further() -> None:
    pauses = [pause_after(failures, first=timedelta(seconds=1)).seconds for failures in (1, 2, 3, 4, 5, 6, 7, 8, 9999)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_a_server_that_never_waits_is_not_asked_without_a_pause() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram:
        channel = TelegramChannel(api_url=telegram.url, poll_wait=timedelta(0))
        try:
            async with receiving(channel, telegram.account(), intake):
                await telegram.until(lambda: telegram.calls_of("getUpdates"))
                await asyncio.sleep(0.1)
        finally:
            await channel.close()
        assert len(telegram.calls_of("getUpdates")) == 1
