"""Files both ways: by id within one bot, with their bytes from elsewhere, as a sentence when they cannot go."""

import dataclasses
from collections.abc import Sequence

import orjson
import pytest

from bot.domain.errors import ChannelBusyError, ChannelRefusedError, FileUnavailableError, RefusalReason
from bot.domain.event import MessageReceived
from bot.domain.message import Attachment, AttachmentKind, Button, File, OutgoingKind, OutgoingMessage
from tests.channels.telegram_parts import CITIZEN, GROUP, channel_at, place, sends
from tests.pretend.telegram import PretendTelegram

PHOTO = AttachmentKind.PHOTO
DOCUMENT = AttachmentKind.DOCUMENT


def from_vk(kind: AttachmentKind, reference: str, *, name: str = "", fallback: str = "") -> Attachment:
    return Attachment(kind=kind, channel="vk", community="77", reference=reference, name=name, fallback=fallback)


class Files:
    """What lies in another messenger."""

    def __init__(self, **contents: bytes) -> None:
        self.contents = contents
        self.opened: list[str] = []

    async def open(self, attachment: Attachment) -> File:
        self.opened.append(attachment.reference)
        if attachment.reference not in self.contents:
            raise FileUnavailableError("expired")
        return File(name=f"{attachment.reference}.bin", mime="", content=self.contents[attachment.reference])


def shown(telegram: PretendTelegram) -> list[tuple[str, list[tuple[str, bytes]]]]:
    """What the work chat shows: words and files."""
    return [(each.text, [(file.kind, file.content) for file in each.files]) for each in telegram.messages(GROUP)]


async def carried(
    telegram: PretendTelegram, attachments: Sequence[Attachment], files: Files, text: str = "", **fields: object
) -> tuple[str, ...]:
    outgoing = OutgoingMessage(text=text, attachments=tuple(attachments), **fields)  # type: ignore[arg-type] # real fields
    async with channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        return (await sends(channel, telegram, outgoing, to=GROUP, open_file=files.open)).message_ids


async def test_a_photo_from_elsewhere_goes_with_its_words_reply_and_buttons() -> None:
    async with PretendTelegram() as telegram:
        buttons = ((Button(text="Взять", action="take:1"),),)
        ids = await carried(telegram, [from_vk(PHOTO, "p")], Files(p=b"jpeg"), "Яма <b>", buttons=buttons)
        assert shown(telegram) == [("Яма <b>", [("photo", b"jpeg")])]
        assert (ids, telegram.messages(GROUP)[0].buttons) == (("1",), buttons)


async def test_a_document_keeps_its_name() -> None:
    async with PretendTelegram() as telegram:
        await carried(telegram, [from_vk(DOCUMENT, "акт № 7")], Files(**{"акт № 7": b"pdf"}))
        assert [file.name for file in telegram.messages(GROUP)[0].files] == ["акт № 7.bin"]


@pytest.mark.parametrize(("kind", "shown_as"), [(PHOTO, "photo"), (DOCUMENT, "document")])
async def test_several_files_are_one_album_with_the_words_on_the_first(kind: AttachmentKind, shown_as: str) -> None:
    async with PretendTelegram() as telegram:
        ids = await carried(telegram, [from_vk(kind, "a"), from_vk(kind, "b")], Files(a=b"1", b=b"2"), "Две")
        assert shown(telegram) == [("Две", [(shown_as, b"1")]), ("", [(shown_as, b"2")])]
        assert ids == ("1", "2")
        assert len({each.album for each in telegram.messages(GROUP)}) == 1


async def test_a_file_that_the_same_bot_knows_goes_by_its_id() -> None:
    files = Files()
    async with PretendTelegram() as telegram:
        await telegram.citizen_writes(CITIZEN, "Вот", photo=b"jpeg")
        await telegram.citizen_writes(CITIZEN, document=("акт.pdf", b"pdf"))
        for message_id, file in ((1, ("photo", b"jpeg")), (2, ("document", b"pdf"))):
            attachment = await received_attachment(telegram, message_id)
            await carried(telegram, [attachment], files)
            assert shown(telegram) == [("", [file])]
            await carried(telegram, [attachment, attachment], files)
            assert shown(telegram) == [("", [file]), ("", [file])]
        assert files.opened == []


async def received_attachment(telegram: PretendTelegram, message_id: int) -> Attachment:
    """The attachment as it comes out of the first bot's queue."""
    async with channel_at(telegram.url) as channel:
        for _, raw in telegram.bot().queue:
            event = channel.convert("1000", orjson.loads(raw))
            if isinstance(event, MessageReceived) and event.message_id == str(message_id):
                return event.attachments[0]
    raise AssertionError(f"no message {message_id}")


async def test_another_bots_file_is_fetched_and_sent_with_its_bytes() -> None:
    async with PretendTelegram("1000:regional", "2000:school") as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, photo=b"jpeg")
        attachment = await received_attachment(telegram, 1)
        telegram.create_group(GROUP)

        async def fetched(wanted: Attachment) -> File:
            return await channel.fetch(wanted, account=telegram.account("1000:regional"))

        await channel.send(
            OutgoingMessage(attachments=(attachment,)),
            account=telegram.account("2000:school"),
            place=place(GROUP, "2000"),
            row=1,
            open_file=fetched,
        )
        assert shown(telegram) == [("", [("photo", b"jpeg")])]


async def test_a_voice_message_goes_by_id_and_a_round_video_with_words_as_a_document() -> None:
    async with PretendTelegram() as telegram:
        voice = telegram.keep(kind="voice", name="voice.ogg", content=b"ogg")
        note = telegram.keep(kind="video_note", name="note.mp4", content=b"mp4")
        ours = Attachment(
            kind=AttachmentKind.VOICE, channel="telegram", community="1000", reference=f"1000-{voice.number}"
        )
        round_video = dataclasses.replace(ours, kind=AttachmentKind.VIDEO_NOTE, reference=f"1000-{note.number}")
        files = Files(**{round_video.reference: b"mp4"})
        await carried(telegram, [ours], files, "Послушайте")
        assert shown(telegram) == [("Послушайте", [("voice", b"ogg")])]
        await carried(telegram, [round_video], files)
        assert shown(telegram) == [("", [("video_note", b"mp4")])]
        await carried(telegram, [round_video], files, "Посмотрите")  # a round video carries no caption
        assert shown(telegram) == [("Посмотрите", [("document", b"mp4")])]


async def test_a_file_that_cannot_be_had_leaves_its_sentence() -> None:
    lost = from_vk(PHOTO, "lost", fallback="Фото: https://vk.com/photo1_2")
    async with PretendTelegram() as telegram:
        await carried(telegram, [lost], Files(), "Яма")
        assert shown(telegram) == [("Яма\n\nФото: https://vk.com/photo1_2", [])]
        await carried(telegram, [lost], Files())
        assert shown(telegram) == [("Фото: https://vk.com/photo1_2", [])]
        await carried(telegram, [lost, from_vk(PHOTO, "a")], Files(a=b"1"), "Яма")
        assert shown(telegram) == [("Яма\n\nФото: https://vk.com/photo1_2", [("photo", b"1")])]
        await carried(telegram, [from_vk(DOCUMENT, "lost", name="акт.pdf")], Files())
        assert shown(telegram) == [("Файл «акт.pdf» передать не удалось.", [])]


async def test_a_sentence_that_does_not_fit_under_the_photo_comes_after_it() -> None:
    lost = from_vk(PHOTO, "lost", fallback="Фото: https://vk.com/photo1_2")
    text = "а" * 1020
    async with PretendTelegram() as telegram:
        ids = await carried(telegram, [lost, from_vk(PHOTO, "a")], Files(a=b"1"), text)
        assert shown(telegram) == [(text, [("photo", b"1")]), ("Фото: https://vk.com/photo1_2", [])]
        assert ids == ("1", "2")


@pytest.mark.parametrize("content", [b"", b"x" * ((50 << 20) + 1)])
async def test_an_empty_or_too_large_file_leaves_its_sentence(content: bytes) -> None:
    async with PretendTelegram() as telegram:
        await carried(telegram, [from_vk(DOCUMENT, "d", fallback="Файл велик")], Files(d=content), "Акт")
        assert shown(telegram) == [("Акт\n\nФайл велик", [])]
        assert telegram.calls_of("sendDocument") == []


async def test_a_photo_that_telegram_does_not_take_for_one_goes_as_a_document() -> None:
    async with PretendTelegram() as telegram:
        await carried(telegram, [from_vk(PHOTO, "p")], Files(p=b"not a picture"), "Яма")
        assert shown(telegram) == [("Яма", [("document", b"not a picture")])]
        large = b"x" * ((10 << 20) + 1)
        await carried(telegram, [from_vk(PHOTO, "p"), from_vk(PHOTO, "q")], Files(p=large, q=b"2"), "Яма")
        assert shown(telegram) == [("Яма", [("document", large)]), ("", [("document", b"2")])]


async def test_a_file_that_telegram_refuses_twice_leaves_its_sentence() -> None:
    async with PretendTelegram() as telegram:
        telegram.fail_next("sendDocument", status=413, description="Request Entity Too Large", times=2)
        await carried(telegram, [from_vk(DOCUMENT, "d", fallback="Файл велик")], Files(d=b"1"), "Акт")
        assert shown(telegram) == [("Акт\n\nФайл велик", [])]


RIGHTS = ("not enough rights to send photos to the chat", "CHAT_SEND_PHOTOS_FORBIDDEN", "CHAT_SEND_MEDIA_FORBIDDEN")


@pytest.mark.parametrize("words", RIGHTS)
async def test_a_kind_of_file_that_the_chat_does_not_let_in_is_named_and_the_words_go(words: str) -> None:
    async with PretendTelegram() as telegram:
        telegram.fail_next("sendPhoto", status=400, description=f"Bad Request: {words}")
        await carried(telegram, [from_vk(PHOTO, "p", fallback="Фото яма.jpg")], Files(p=b"1"), "Яма")
        assert shown(telegram) == [("Яма\n\nФото яма.jpg", [])]


async def test_a_chat_where_nothing_at_all_may_be_written_refuses_words_and_file() -> None:
    async with PretendTelegram() as telegram:
        for method in ("sendPhoto", "sendMessage"):
            telegram.fail_next(method, status=400, description="Bad Request: CHAT_WRITE_FORBIDDEN")
        with pytest.raises(ChannelRefusedError) as refused:
            await carried(telegram, [from_vk(PHOTO, "p")], Files(p=b"1"), "Яма")
        assert refused.value.reason is RefusalReason.FORBIDDEN


async def test_a_busy_source_or_a_busy_telegram_delays_the_files_and_loses_none() -> None:
    async def busy(attachment: Attachment) -> File:
        raise ChannelBusyError("VK is slow")

    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        outgoing = OutgoingMessage(text="Яма", attachments=(from_vk(PHOTO, "p"),))
        with pytest.raises(ChannelBusyError):
            await sends(channel, telegram, outgoing, to=GROUP, open_file=busy)
        telegram.fail_next("sendPhoto", status=429, retry_after=3)
        with pytest.raises(ChannelBusyError):
            await sends(channel, telegram, outgoing, to=GROUP, open_file=Files(p=b"1").open)
        assert shown(telegram) == []


async def test_the_words_under_a_photo_can_be_changed() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        (card,) = await carried(telegram, [from_vk(PHOTO, "p")], Files(p=b"1"), "Ждёт")
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, target=card, text="Взято")
        await sends(channel, telegram, edit, to=GROUP)
        assert shown(telegram) == [("Взято", [("photo", b"1")])]
        # more words than a caption holds are cut visibly
        await sends(channel, telegram, dataclasses.replace(edit, text="слово " * 300), to=GROUP)
        assert shown(telegram)[0][0] == "слово " * 169 + "слово…"


async def test_what_came_can_be_fetched() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, document=("акт № 7.pdf", b"pdf"))
        await telegram.citizen_writes(CITIZEN, photo=b"jpeg")
        document = await received_attachment(telegram, 1)
        photo = await received_attachment(telegram, 2)
        fetched = [await channel.fetch(each, account=telegram.account()) for each in (document, photo)]
        assert fetched == [
            File(name="акт № 7.pdf", mime="application/pdf", content=b"pdf"),
            File(name="file_2.jpg", mime="image/jpeg", content=b"jpeg"),
        ]


@pytest.mark.parametrize("tells_its_size", [True, False])
async def test_a_file_larger_than_telegram_gives_is_unavailable(tells_its_size: bool) -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, document=("видео.mp4", b"mp4"), size=(20 << 20) + 1)
        attachment = await received_attachment(telegram, 1)
        if not tells_its_size:
            attachment = dataclasses.replace(attachment, size=None)
        with pytest.raises(FileUnavailableError):
            await channel.fetch(attachment, account=telegram.account())
        assert [call.method for call in telegram.calls] == ([] if tells_its_size else ["getFile"])


async def test_a_file_that_is_gone_or_never_was_is_unavailable() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        for reference in ("1000-99", "rubbish", ""):
            gone = Attachment(kind=DOCUMENT, channel="telegram", community="1000", reference=reference)
            with pytest.raises(FileUnavailableError):
                await channel.fetch(gone, account=telegram.account())


async def test_a_busy_telegram_delays_a_fetch() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, photo=b"jpeg")
        attachment = await received_attachment(telegram, 1)
        telegram.fail_next("getFile", status=429, retry_after=2)
        with pytest.raises(ChannelBusyError):
            await channel.fetch(attachment, account=telegram.account())


@pytest.mark.parametrize(
    ("kind", "mime", "shown_as"),
    [
        # what Telegram plays or shows in the talk itself
        (AttachmentKind.VOICE, "audio/ogg", "voice"),
        (AttachmentKind.AUDIO, "audio/mpeg", "audio"),
        (AttachmentKind.VIDEO, "video/mp4", "video"),
        (AttachmentKind.VIDEO_NOTE, "video/mp4", "video"),
        (AttachmentKind.ANIMATION, "image/gif", "animation"),
        (AttachmentKind.STICKER, "image/png", "photo"),
        # what it would not play stays a file
        (AttachmentKind.VOICE, "audio/mpeg", "document"),
        (AttachmentKind.VIDEO, "video/x-msvideo", "document"),
        (AttachmentKind.DOCUMENT, "video/mp4", "document"),
    ],
)
async def test_what_comes_from_elsewhere_is_shown_as_what_it_is(kind: AttachmentKind, mime: str, shown_as: str) -> None:
    async def opened(_: Attachment) -> File:
        return File(name="file", mime=mime, content=b"bytes")

    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        outgoing = OutgoingMessage(text="Вот", attachments=(from_vk(kind, "one"),))
        await sends(channel, telegram, outgoing, to=GROUP, open_file=opened)
        assert shown(telegram) == [("Вот", [(shown_as, b"bytes")])]


async def test_a_moving_sticker_from_elsewhere_is_told_in_words() -> None:
    async def opened(_: Attachment) -> File:
        return File(name="sticker.tgs", mime="application/x-tgsticker", content=b"bytes")

    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sticker = from_vk(AttachmentKind.STICKER, "one", fallback="[Стикер: 👍]")
        await sends(channel, telegram, OutgoingMessage(attachments=(sticker,)), to=GROUP, open_file=opened)
        assert shown(telegram) == [("[Стикер: 👍]", [])]


@pytest.mark.parametrize(
    ("title", "latitude", "shown_as"),
    [
        ("Кафе «Идель», ул. Баумана, 5", 55.79, "🗺 Кафе «Идель», ул. Баумана, 5 55.79 49.12"),
        ("Парк", 55.79, "🗺 Парк, Парк 55.79 49.12"),
        ("55.790000, 49.120000", 55.79, "🗺 55.79 49.12"),
        # no such place on earth: the sentence arrives all the same
        ("95.000000, 49.120000", 95.0, "[Место на карте]"),
    ],
)
async def test_a_place_is_shown_on_telegrams_own_map(title: str, latitude: float, shown_as: str) -> None:
    async with PretendTelegram() as telegram:
        place_on_map = dataclasses.replace(
            from_vk(AttachmentKind.LOCATION, "", fallback="[Место на карте]"),
            title=title,
            latitude=latitude,
            longitude=49.12,
        )
        await carried(telegram, [place_on_map], Files())
        assert shown(telegram) == [(shown_as, [])]


async def test_an_edit_puts_another_picture_in_place_of_the_first() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        files = Files(a=b"1", b=b"2")
        for before in ((from_vk(PHOTO, "a"),), ()):  # also where only words stood
            shown_first = OutgoingMessage(text="Месяц", attachments=before)
            sent = await sends(channel, telegram, shown_first, to=GROUP, open_file=files.open)
            edit = OutgoingMessage(
                kind=OutgoingKind.EDIT, text="Год", target=sent.message_ids[0], attachments=(from_vk(PHOTO, "b"),)
            )
            assert (await sends(channel, telegram, edit, to=GROUP, open_file=files.open)).message_ids == ()
            assert shown(telegram)[-1] == ("Год", [("photo", b"2")])


async def test_an_edit_whose_picture_is_refused_changes_the_words_at_least() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sent = await sends(channel, telegram, OutgoingMessage(text="Месяц"), to=GROUP)
        telegram.fail_next("editMessageMedia", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
        edit = OutgoingMessage(
            kind=OutgoingKind.EDIT, text="Год", target=sent.message_ids[0], attachments=(from_vk(PHOTO, "b"),)
        )
        await sends(channel, telegram, edit, to=GROUP, open_file=Files(b=b"2").open)
        assert shown(telegram) == [("Год", [])]
