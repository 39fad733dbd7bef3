"""The pretend messenger behaves as the real ones do, so that a story played on it proves something."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE, VK_LIKE
from bot.domain.channel import Account, Channel, Incoming
from bot.domain.clock import ManualClock
from bot.domain.errors import (
    ChannelBusyError,
    ChannelRefusedError,
    ChatMovedError,
    FileUnavailableError,
    MalformedEventError,
    RefusalReason,
)
from bot.domain.event import (
    ButtonPressed,
    ChatJoined,
    ChatKind,
    ChatLeft,
    ChatMigrated,
    CommentReceived,
    Event,
    MessageEdited,
    MessageReceived,
)
from bot.domain.message import Attachment, AttachmentKind, Button, File, OutgoingKind, OutgoingMessage, Place, Sent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACCOUNT = Account(channel="telegram", community="900", token="t")
TAKE = Button(text="Взять", action="take:1")


class Notebook:
    """An intake that keeps events in memory, and a position that survives the receiver."""

    def __init__(self) -> None:
        self.events: list[Incoming] = []
        self.stored_position: str | None = None
        self.is_broken = False
        self._bell = asyncio.Event()

    async def position(self, account: Account) -> str | None:
        return self.stored_position

    async def reached(self, account: Account, *, is_reached: bool) -> None:
        """A messenger in memory is always reached."""

    async def store(self, account: Account, events: Sequence[Incoming], *, position: str | None) -> None:
        if self.is_broken:
            raise OSError("disk full")
        self.events += events
        self.stored_position = position
        self._bell.set()

    async def until(self, count: int) -> list[Incoming]:
        async with asyncio.timeout(30):
            while len(self.events) < count:
                self._bell.clear()
                await self._bell.wait()
        return self.events


def messenger(name: str = "telegram", **more) -> MemoryChannel:
    limits = VK_LIKE if name == "vk" else TELEGRAM_LIKE
    return MemoryChannel(name, limits, clock=ManualClock(NOON), **more)


async def events_of(channel: MemoryChannel, count: int = 1) -> list[Event | None]:
    notebook = Notebook()
    receiver = asyncio.create_task(channel.receive(ACCOUNT, notebook))
    incoming = await notebook.until(count)
    receiver.cancel()
    return [channel.convert("900", json.loads(event.payload)) for event in incoming]


async def send(
    channel: MemoryChannel, chat: str = "5", *, row: int = 1, community: str = "900", source=None, **what
) -> Sent:
    async def open_file(attachment: Attachment) -> File:
        return await (source or channel).fetch(attachment, account=ACCOUNT)

    place = Place(channel=channel.name, community=community, chat=chat)
    return await channel.send(OutgoingMessage(**what), account=ACCOUNT, place=place, row=row, open_file=open_file)


def test_it_fits_the_port():
    channel: Channel = messenger()
    assert channel.name == "telegram"


async def test_a_private_message_comes_with_everything_the_person_said():
    channel = messenger(address="http://localhost/demo#")
    channel.citizen_writes(
        "900",
        "5",
        "Где <врач>?",
        name="Алия",
        language="tt",
        deep_link="sch-1",
        attachments=[("дом.png", "image/png", b"PNG")],
    )
    photo = Attachment(
        kind=AttachmentKind.PHOTO,
        channel="telegram",
        community="900",
        reference="file-1",
        name="дом.png",
        size=3,
        mime="image/png",
    )
    [event] = await events_of(channel)
    assert isinstance(event, MessageReceived)
    assert event.place == Place(channel="telegram", community="900", chat="5")
    assert event.chat_kind is ChatKind.PRIVATE
    assert (event.sender.user_id, event.sender.name, event.sender.language) == ("5", "Алия", "tt")
    assert (event.text, event.deep_link, event.sent_at) == ("Где <врач>?", "sch-1", NOON)
    assert event.attachments == (photo,)
    assert event.link == "http://localhost/demo#/telegram/900/5/1"
    assert await channel.fetch(photo, account=ACCOUNT) == File(name="дом.png", mime="image/png", content=b"PNG")


async def test_a_reply_in_a_group_names_the_message_and_the_bots_words():
    channel = messenger()
    await send(channel, "-100", text="№ 7")
    channel.group_writes("900", "-100", "8", "Ответ", title="Школа 1", reply_to="1")
    [event] = await events_of(channel)
    assert isinstance(event, MessageReceived)
    assert (event.chat_kind, event.chat_title) == (ChatKind.GROUP, "Школа 1")
    assert (event.message_id, event.reply_to, event.reply_text) == ("2", "1", "№ 7")


async def test_a_comment_belongs_to_its_post():
    channel = messenger("vk", address="http://localhost")
    channel.comments("900", "12", "5", "Когда починят свет?", name="Иван")
    [event] = await events_of(channel)
    assert isinstance(event, CommentReceived)
    assert event.place.chat == "wall-900_12"
    assert event.link == "http://localhost/vk/900/wall-900_12/1"


async def test_a_press_carries_the_action_of_the_button():
    channel = messenger()
    await send(channel, "-100", text="№ 7", buttons=((TAKE,),))
    press_id = channel.presses("900", "-100", "8", "1", "Взять", name="Ольга")
    [event] = await events_of(channel)
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.message_id, event.press_id, event.chat_kind) == (
        "take:1",
        "1",
        press_id,
        ChatKind.GROUP,
    )


async def test_nobody_presses_a_button_that_is_not_there():
    channel = messenger()
    await send(channel, text="№ 7", buttons=((TAKE,),))
    await send(channel, row=2, kind=OutgoingKind.EDIT, target="1", text="№ 7, закрыто")
    with pytest.raises(LookupError):
        channel.presses("900", "5", "5", "", "Взять")


async def test_groups_are_joined_moved_and_left():
    channel = messenger()
    channel.joins_group("900", "-5", "8", title="Школа 1")
    channel.group_moves("900", "-5", "-1005")
    channel.leaves_group("900", "-1005")
    joined, moved, left = await events_of(channel, 3)
    assert isinstance(joined, ChatJoined)
    assert isinstance(moved, ChatMigrated)
    assert isinstance(left, ChatLeft)
    assert (joined.chat_title, moved.new_chat, left.place.chat) == ("Школа 1", "-1005", "-1005")
    with pytest.raises(ChatMovedError) as moved_error:
        await send(channel, "-5", text="…")
    assert moved_error.value.new_chat == "-1005"
    with pytest.raises(ChannelRefusedError) as refused:
        await send(channel, "-1005", text="…")
    assert refused.value.reason is RefusalReason.CHAT_GONE


async def test_unconfirmed_events_come_again_and_confirmed_ones_do_not():
    channel, notebook = messenger(), Notebook()
    channel.citizen_writes("900", "5", "раз")
    channel.citizen_writes("900", "5", "два")
    notebook.is_broken = True
    with pytest.raises(OSError, match="disk full"):
        await channel.receive(ACCOUNT, notebook)
    notebook.is_broken = False
    receiver = asyncio.create_task(channel.receive(ACCOUNT, notebook))
    await notebook.until(2)
    receiver.cancel()
    channel.citizen_writes("900", "6", "три")
    receiver = asyncio.create_task(channel.receive(ACCOUNT, notebook))
    events = await notebook.until(3)
    receiver.cancel()
    assert [event.key for event in events] == ["1", "2", "3"]
    assert [event.lane for event in events] == ["telegram:900:5", "telegram:900:5", "telegram:900:6"]


async def test_a_message_gets_its_second_tick_once_it_is_stored():
    channel, notebook = messenger(), Notebook()
    channel.citizen_writes("900", "5", "раз")
    notebook.is_broken = True
    with pytest.raises(OSError, match="disk full"):
        await channel.receive(ACCOUNT, notebook)
    assert not channel.transcript("900", "5")[0].is_taken
    assert not channel.is_idle
    await events_of(channel)
    assert channel.transcript("900", "5")[0].is_taken
    assert channel.is_idle


async def test_the_same_event_can_be_offered_twice_under_one_key():
    channel, notebook = messenger(), Notebook()
    raw = {"kind": "left", "chat": "-5", "at": NOON.isoformat()}
    key = channel.push_raw("900", raw)
    channel.push_raw("900", raw, key=key)
    receiver = asyncio.create_task(channel.receive(ACCOUNT, notebook))
    first, second = await notebook.until(2)
    receiver.cancel()
    assert first == second


COMMENT = {"kind": "comment", "chat": "5", "from": {"id": "5"}, "message_id": "1", "at": NOON.isoformat()}


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"kind": None},
        {"kind": "message"},
        {"kind": "message", "chat": 5},
        {"kind": "left", "chat": "-5", "at": "yesterday"},
        {"kind": "left", "chat": "-5", "at": "2026-11-20T12:00:00"},  # no zone
        {"kind": "joined", "chat": "-5", "at": NOON.isoformat(), "from": None},
        {"kind": "message", "chat": "5", "chat_kind": "public"},
        {**COMMENT, "files": [None]},
        {**COMMENT, "files": [{}]},
        [],
        None,
    ],
)
def test_rubbish_is_malformed(raw):
    with pytest.raises(MalformedEventError):
        messenger().convert("900", raw)


def test_an_unknown_kind_is_of_no_interest():
    assert messenger().convert("900", {"kind": "like"}) is None


async def test_the_transcript_holds_what_both_sides_said():
    channel = messenger()
    channel.titles["900"] = "Отклик"
    channel.citizen_writes("900", "5", "Здравствуйте", name="Алия")
    sent = await send(channel, text="№ 1 принято", reply_to="1", buttons=((TAKE,),))
    await send(channel, row=2, kind=OutgoingKind.EDIT, target="2", text="№ 1 закрыто")
    asked, answered = channel.transcript("900", "5")
    assert (asked.author, asked.name, asked.text, asked.edited) == ("person", "Алия", "Здравствуйте", False)
    assert sent == Sent(message_ids=("2",), at=NOON)
    assert (answered.author, answered.name, answered.reply_to, answered.row) == ("bot", "Отклик", "1", 1)
    assert (answered.text, answered.edited, answered.buttons) == ("№ 1 закрыто", True, ())


async def test_what_is_taken_away_is_seen_by_nobody_and_its_id_is_never_given_again():
    channel = messenger()
    await send(channel, text="Не туда")
    await send(channel, row=2, kind=OutgoingKind.DELETE, target="1")
    assert channel.transcript("900", "5") == []
    with pytest.raises(ChannelRefusedError) as refused:
        await send(channel, row=3, kind=OutgoingKind.DELETE, target="1")
    assert refused.value.reason is RefusalReason.MESSAGE_GONE
    assert (await send(channel, row=4, text="Туда")).message_ids == ("2",)


async def test_people_change_only_their_own_words():
    channel = messenger()
    channel.citizen_writes("900", "5", "Где бассейн", name="Алия")
    channel.edits("900", "5", "5", "1", "Где бассейн?", name="Алия")
    _, edited = await events_of(channel, 2)
    assert isinstance(edited, MessageEdited)
    assert (edited.message_id, edited.text, edited.sender.name) == ("1", "Где бассейн?", "Алия")
    assert channel.transcript("900", "5")[0].edited
    with pytest.raises(LookupError):
        channel.edits("900", "5", "6", "1", "Чужое")


@pytest.mark.parametrize(("idempotent", "shown"), [(True, 1), (False, 2)])
async def test_a_row_sent_twice_is_shown_once_only_where_the_messenger_knows_it(idempotent, shown):
    channel = messenger(idempotent=idempotent)
    first = await send(channel, text="Ответ", row=3)
    second = await send(channel, text="Ответ", row=3)
    assert shown == len(channel.transcript("900", "5"))
    assert idempotent == (first == second)
    assert channel.sent_rows[3] == 2


async def test_files_are_carried_over_from_the_other_messenger_and_the_rest_is_told():
    vk, telegram = messenger("vk"), messenger()
    vk.citizen_writes("77", "5", "", attachments=[("а.pdf", "application/pdf", b"%PDF")])
    [file] = vk.transcript("77", "5")[0].attachments
    place = Attachment(kind=AttachmentKind.LOCATION, channel="vk", community="77", fallback="Место: Казань")
    gone = Attachment(
        kind=AttachmentKind.PHOTO, channel="vk", community="77", reference="no", fallback="Фото не открылось"
    )
    await send(telegram, source=vk, text="Вопрос", attachments=(file, place, gone))
    [shown] = telegram.transcript("900", "5")
    [carried] = shown.attachments
    assert shown.text == "Вопрос\nМесто: Казань\nФото не открылось"
    assert telegram.file(carried.reference).content == b"%PDF"
    with pytest.raises(FileUnavailableError):
        await telegram.fetch(gone, account=ACCOUNT)


FILE = Attachment(kind=AttachmentKind.DOCUMENT, channel="vk", community="77", reference="1")


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"text": "  \n"},
        {"text": "я" * 4097},
        {"text": "😀" * 2049},  # two UTF-16 units each
        {"text": "я" * 1025, "attachments": (FILE,)},
        {"attachments": (FILE,) * 11},
        {"attachments": (FILE, FILE), "buttons": ((TAKE,),)},
        {"text": "…", "buttons": ((TAKE,) * 101,)},
        {"text": "…", "buttons": ((Button(text="?"),),)},
        {"text": "…", "buttons": ((Button(text="?", action="я" * 33),),)},  # 66 bytes
    ],
)
async def test_what_the_limits_forbid_is_refused(what):
    with pytest.raises(ChannelRefusedError) as refused:
        await send(messenger(), **what)
    assert refused.value.reason is RefusalReason.BAD_MESSAGE


@pytest.mark.parametrize(
    "what",
    [
        {"kind": OutgoingKind.EDIT, "target": "7", "text": "…"},
        {"kind": OutgoingKind.EDIT, "text": "…"},
        {"kind": OutgoingKind.COMMENT, "reply_to": "7", "text": "…"},
    ],
)
async def test_a_message_that_is_gone_is_neither_edited_nor_answered(what):
    with pytest.raises(ChannelRefusedError) as refused:
        await send(messenger(), **what)
    assert refused.value.reason is RefusalReason.MESSAGE_GONE


async def test_a_press_answer_makes_no_message():
    channel = messenger()
    sent = await send(channel, kind=OutgoingKind.PRESS_ANSWER, target="press-1", text="Взято")
    assert (sent.message_ids, channel.press_answers, channel.transcript("900", "5")) == ((), {"press-1": "Взято"}, [])


async def test_a_blocked_bot_is_refused_until_the_person_writes_again():
    channel = messenger()
    channel.block("5")
    with pytest.raises(ChannelRefusedError) as refused:
        await send(channel, text="…")
    assert refused.value.reason is RefusalReason.BLOCKED
    await send(channel, "6", text="другому можно")
    channel.citizen_writes("900", "5", "я снова здесь")
    await send(channel, text="…")
    assert len(channel.transcript("900", "5")) == 2


async def test_faults_come_as_often_and_where_they_were_ordered():
    channel = messenger()
    busy = ChannelBusyError("429", retry_after=timedelta(seconds=3))
    channel.fail_next(busy, times=2, chat="5")
    await send(channel, "6", text="другой чат")
    for _ in range(2):
        with pytest.raises(ChannelBusyError) as error:
            await send(channel, text="…")
        assert error.value.retry_after == timedelta(seconds=3)
    await send(channel, text="прошло")
    assert [message.text for message in channel.transcript("900", "5")] == ["прошло"]


async def test_a_lost_answer_leaves_the_message_shown():
    channel = messenger(idempotent=True)
    channel.fail_next(ChannelBusyError("connection lost"), taken=True)
    with pytest.raises(ChannelBusyError):
        await send(channel, text="Ответ", row=4)
    await send(channel, text="Ответ", row=4)
    assert len(channel.transcript("900", "5")) == 1


async def test_one_can_wait_for_words_of_the_bot():
    channel = messenger()
    channel.citizen_writes("900", "5", "принято?")
    waiting = asyncio.create_task(channel.shows("900", "5", "принято"))
    await asyncio.sleep(0)
    assert not waiting.done(), "one's own words are not the bot's"
    await send(channel, text="№ 1 принято")
    shown = await waiting
    assert shown.id == "2"
    with pytest.raises(AssertionError, match="never showed"):
        await channel.shows("900", "5", "принято", after="2", timeout=0.01)


async def test_the_conversations_that_changed_are_known():
    channel = messenger()
    channel.citizen_writes("900", "5", "раз")
    before = channel.transcripts.version
    assert channel.transcripts.changed_since(before) == set()
    channel.citizen_writes("900", "6", "два")
    assert channel.transcripts.changed_since(before) == {("900", "6")}
    assert channel.transcripts.changed_since(0) == {("900", "5"), ("900", "6")}


async def test_a_profile_has_the_communitys_title_and_address():
    channel = messenger("vk", address="http://localhost/demo#/")
    channel.titles["900"] = "Школа № 1"
    profile = await channel.profile(ACCOUNT)
    assert (profile.title, profile.address) == ("Школа № 1", "http://localhost/demo#/vk/900")
