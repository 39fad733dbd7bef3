"""What Telegram's refusals mean to the house."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import error_from
from bot.domain.errors import (
    ChannelBusyError,
    ChannelError,
    ChannelRefusedError,
    ChatMovedError,
    ConflictError,
    RefusalReason,
    SettingsError,
)
from bot.domain.message import OutgoingMessage
from tests.channels.telegram_parts import CITIZEN, GROUP, channel_at, no_files, place, sends
from tests.pretend.telegram import PretendTelegram

HELLO = OutgoingMessage(text="Здравствуйте")
REASONS = [
    (403, "Forbidden: bot was blocked by the user", RefusalReason.BLOCKED),
    (403, "Forbidden: user is deactivated", RefusalReason.PERSON_GONE),
    (403, "Forbidden: bot can't initiate conversation with a user", RefusalReason.NOT_STARTED),
    (403, "Forbidden: bot was kicked from the supergroup chat", RefusalReason.CHAT_GONE),
    (403, "Forbidden: bot is not a member of the supergroup chat", RefusalReason.CHAT_GONE),
    (403, "Forbidden: the group chat was deleted", RefusalReason.CHAT_GONE),
    (403, "Forbidden: bots can't send messages to bots", RefusalReason.FORBIDDEN),
    (400, "Bad Request: chat not found", RefusalReason.CHAT_GONE),
    (400, "Bad Request: PEER_ID_INVALID", RefusalReason.CHAT_GONE),
    (400, "Bad Request: message thread not found", RefusalReason.TOPIC_GONE),
    (400, "Bad Request: TOPIC_CLOSED", RefusalReason.TOPIC_GONE),
    (400, "Bad Request: TOPIC_DELETED", RefusalReason.TOPIC_GONE),
    (400, "Bad Request: TOPIC_ID_INVALID", RefusalReason.TOPIC_GONE),
    (400, "Bad Request: the chat is not a forum", RefusalReason.FORBIDDEN),
    (400, "Bad Request: not enough rights to create a topic", RefusalReason.FORBIDDEN),
    (400, "Bad Request: not enough rights to send text messages to the chat", RefusalReason.FORBIDDEN),
    (400, "Bad Request: have no rights to send a message", RefusalReason.FORBIDDEN),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", RefusalReason.FORBIDDEN),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", RefusalReason.FORBIDDEN),
    (400, "Bad Request: have no write access to the chat", RefusalReason.FORBIDDEN),
    # A right about one kind of content says nothing of the chat.
    *(
        (400, f"Bad Request: not enough rights to send {kind} to the chat", RefusalReason.BAD_MESSAGE)
        for kind in ("photos", "videos", "documents", "music", "voice notes", "video notes", "stickers", "polls")
    ),
    *(
        (400, f"Bad Request: CHAT_SEND_{kind}_FORBIDDEN", RefusalReason.BAD_MESSAGE)
        for kind in ("PHOTOS", "VIDEOS", "DOCS", "AUDIOS", "VOICES", "ROUNDVIDEOS", "GIFS", "STICKERS", "MEDIA", "POLL")
    ),
    (400, "Bad Request: not enough rights to add web page previews to the message", RefusalReason.BAD_MESSAGE),
    (400, "Bad Request: message to edit not found", RefusalReason.MESSAGE_GONE),
    (400, "Bad Request: message can't be edited", RefusalReason.TOO_LATE),
    (400, "Bad Request: there is no caption in the message to edit", RefusalReason.TOO_LATE),
    (400, "Bad Request: message can't be deleted", RefusalReason.TOO_LATE),
    (400, "Bad Request: message can't be deleted for everyone", RefusalReason.TOO_LATE),
    (400, "Bad Request: message to be replied not found", RefusalReason.MESSAGE_GONE),
    (400, "Bad Request: message is too long", RefusalReason.BAD_MESSAGE),
    (400, "Bad Request: BUTTON_DATA_INVALID", RefusalReason.BAD_MESSAGE),
    (413, "Request Entity Too Large", RefusalReason.BAD_MESSAGE),
    (401, "Unauthorized", RefusalReason.BAD_TOKEN),
    (404, "Not Found", RefusalReason.BAD_TOKEN),
]


@pytest.mark.parametrize(("status", "words", "reason"), REASONS)
def test_what_telegram_will_never_do_has_its_reason(status: int, words: str, reason: RefusalReason) -> None:
    error = error_from(status=status, answer={"ok": False, "description": words}, in_private=False)
    assert isinstance(error, ChannelRefusedError)
    assert (error.reason, str(error)) == (reason, words)


def test_a_private_chat_that_does_not_exist_is_a_person_who_never_wrote() -> None:
    error = error_from(status=400, answer={"description": "Bad Request: chat not found"}, in_private=True)
    assert isinstance(error, ChannelRefusedError)
    assert error.reason is RefusalReason.NOT_STARTED


@pytest.mark.parametrize("status", [429, 500, 502, 504, 408, 200, 302])
def test_everything_passing_is_tried_again(status: int) -> None:
    error = error_from(status=status, answer={"ok": False}, in_private=False)
    assert isinstance(error, ChannelBusyError)
    assert error.retry_after is None


@pytest.mark.parametrize("status", [429, 400, 500])
def test_a_wish_to_wait_counts_beside_any_status(status: int) -> None:
    answer = {"ok": False, "description": "Slow down", "parameters": {"retry_after": 17}}
    error = error_from(status=status, answer=answer, in_private=False)
    assert isinstance(error, ChannelBusyError)
    assert error.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_new_address_of_a_chat_counts_beside_any_status(status: int) -> None:
    answer = {"ok": False, "parameters": {"migrate_to_chat_id": -1005}}
    error = error_from(status=status, answer=answer, in_private=False)
    assert isinstance(error, ChatMovedError)
    assert error.new_chat == "-1005"


def test_a_conflict_is_told_as_one() -> None:
    assert isinstance(error_from(status=409, answer={"description": "Conflict"}, in_private=False), ConflictError)


@pytest.mark.parametrize("answer", [{"description": 5}, {"parameters": []}, {"parameters": {"retry_after": "x"}}, {}])
def test_an_odd_refusal_is_still_a_refusal(answer: dict[str, object]) -> None:
    assert isinstance(error_from(status=400, answer=answer, in_private=False), ChannelError)


def blocks(telegram: PretendTelegram) -> None:
    telegram.block(CITIZEN)


def deletes_the_account(telegram: PretendTelegram) -> None:
    telegram.gone.add(CITIZEN)


@pytest.mark.parametrize(
    ("happens", "reason"), [(blocks, RefusalReason.BLOCKED), (deletes_the_account, RefusalReason.PERSON_GONE)]
)
async def test_a_citizen_who_turned_away_is_told_as_such(
    happens: Callable[[PretendTelegram], None], reason: RefusalReason
) -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        happens(telegram)
        with pytest.raises(ChannelRefusedError) as refused:
            await sends(channel, telegram, HELLO)
        assert refused.value.reason is reason


async def test_a_stranger_cannot_be_written_to() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.strangers.add(CITIZEN)
        for person in (CITIZEN, 502):
            with pytest.raises(ChannelRefusedError) as refused:
                await sends(channel, telegram, HELLO, to=person)
            assert refused.value.reason is RefusalReason.NOT_STARTED


async def test_a_group_that_moved_tells_where_it_lives_now() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(-55)
        moved_to = telegram.migrate(-55)
        with pytest.raises(ChatMovedError) as moved:
            await sends(channel, telegram, HELLO, to=-55)
        assert moved.value.new_chat == str(moved_to)
        await sends(channel, telegram, HELLO, to=moved_to)


async def test_a_group_that_put_the_bot_out_or_silenced_it_is_told() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP).muted = True
        with pytest.raises(ChannelRefusedError) as silenced:
            await sends(channel, telegram, HELLO, to=GROUP)
        telegram.remove_from_group(GROUP)
        with pytest.raises(ChannelRefusedError) as put_out:
            await sends(channel, telegram, HELLO, to=GROUP)
        assert (silenced.value.reason, put_out.value.reason) == (RefusalReason.FORBIDDEN, RefusalReason.CHAT_GONE)


async def test_passing_failures_are_busy_and_cost_nothing() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        telegram.fail_next("sendMessage", status=500)
        telegram.fail_next("sendMessage", status=429, retry_after=9, chat=CITIZEN)
        telegram.garble_next("sendMessage")
        telegram.garble_next("sendMessage", status=200)
        telegram.drop_next("sendMessage")
        wishes = []
        for _ in range(5):
            with pytest.raises(ChannelBusyError) as busy:
                await sends(channel, telegram, HELLO)
            wishes.append(busy.value.retry_after)
        assert wishes == [None, timedelta(seconds=9), None, None, None]
        await sends(channel, telegram, HELLO)
        assert [each.text for each in telegram.messages(CITIZEN)] == ["?", "Здравствуйте"]


async def test_an_answer_that_never_comes_is_not_waited_for_for_ever() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.hang_next("getMe")
        with pytest.raises(ChannelBusyError, match="TimeoutError"):
            await channel._api.call(telegram.account(), "getMe", timeout=timedelta(milliseconds=30))


async def test_no_error_names_the_token() -> None:
    async with PretendTelegram("1000:very-secret") as telegram:
        account, url = telegram.account(), telegram.url
    for address in (url, "http://no such host", "ftp://x"):
        async with channel_at(address) as channel:
            with pytest.raises(ChannelBusyError) as busy:
                await channel.send(HELLO, account=account, place=place(CITIZEN), row=1, open_file=no_files)
            assert "very-secret" not in f"{busy.value}{busy.value.__cause__}"
            assert busy.value.__suppress_context__


async def test_a_proxy_takes_the_calls() -> None:
    # An HTTP proxy gets the whole address in the first line; the pretend server reads its path.
    async with PretendTelegram() as telegram:
        channel = TelegramChannel(api_url="http://telegram.invalid", proxy=telegram.url)
        assert (await channel.profile(telegram.account())).title == "Отклик"
        await channel.close()


def test_a_socks_proxy_without_its_package_is_told_in_plain_words() -> None:
    with pytest.raises(SettingsError, match="aiohttp-socks"):
        TelegramChannel(api_url="https://api.telegram.org", proxy="socks5://127.0.0.1:1080")
