"""Sending to VK: each outbox row arrives exactly once, whatever happens on the way."""

import asyncio
import json
import re
from typing import Any

import pytest

from bot.channels.vk.once import OnceKeys
from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.event import AnsweredElsewhere, MessageReceived
from bot.domain.message import Attachment, AttachmentKind, Button, File, OutgoingKind, OutgoingMessage, Sent
from bot.domain.parts import split_message, utf16_length
from tests.channels.vk_kit import GROUP, PNG, Post, post

CHAT = 2_000_000_003
WALL = "wall-77_9"
ROWS = ((Button(text="Взять", action="take:412"), Button(text="Открыть", url="https://vk.com/gim77?sel=5")),)


def photo(name: str = "a.png", fallback: str = "") -> Attachment:
    return Attachment(
        kind=AttachmentKind.PHOTO, channel="telegram", community="1", reference=name, name=name, fallback=fallback
    )


def document(name: str = "план.pdf", fallback: str = "") -> Attachment:
    return Attachment(
        kind=AttachmentKind.DOCUMENT, channel="telegram", community="1", reference=name, name=name, fallback=fallback
    )


async def test_a_message_arrives_and_is_known_by_the_number_that_replies_name() -> None:
    async with post() as room:
        asked = room.vk.citizen_writes(GROUP, 5, "Когда?")
        sent = await room.send(OutgoingMessage(text="Во вторник", reply_to=str(asked)), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert sent.message_ids == (str(answer.cmid),)
        assert (answer.text, answer.reply_to) == ("Во вторник", asked)


async def test_in_a_conversation_the_number_is_known_too() -> None:
    # With `peer_id` VK answers 0 there, and no reply could be matched.
    async with post() as room:
        room.vk.chat_message(GROUP, 3, 6, "[club77|Бот] /bind АБВ")
        sent = await room.send(OutgoingMessage(text="Карточка", buttons=ROWS), to=CHAT)
        (card,) = room.vk.answers(GROUP, CHAT)
        assert sent.message_ids == (str(card.cmid),)
        assert card.buttons == [["Взять", "Открыть"]]


async def test_a_press_on_our_button_comes_back_as_its_action_and_is_answered() -> None:
    async with post() as room:
        room.vk.chat_message(GROUP, 3, 6, "здесь")
        sent = await room.send(OutgoingMessage(text="Карточка", buttons=ROWS), to=CHAT)
        event_id = room.vk.presses(GROUP, 6, CHAT, int(sent.message_ids[0]), "Взять")
        _, _, press = await room.events(3)  # between them our own card comes back
        assert press is not None
        assert (press.action, press.message_id) == ("take:412", sent.message_ids[0])  # type: ignore[union-attr]
        answer = OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, text="Взято", target=press.press_id)  # type: ignore[union-attr]
        await room.send(answer, to=CHAT)
        assert room.vk.press_answer(GROUP, event_id) == "Взято"
        await room.send(answer, to=CHAT)  # once more after a crash: VK no longer knows the press, which is all right


async def test_a_press_is_answered_without_words_and_with_too_many() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        sent = await room.send(OutgoingMessage(text="Выберите", buttons=ROWS), to=5)
        for words, shown in (("", ""), ("д" * 200, "д" * 89 + "…")):
            event_id = room.vk.presses(GROUP, 5, 5, int(sent.message_ids[0]), "take:412")
            target = f"{event_id}:5:5"
            await room.send(OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, text=words, target=target), to=5)
            assert room.vk.press_answer(GROUP, event_id) == shown


@pytest.mark.parametrize("kind", [OutgoingKind.MESSAGE, OutgoingKind.COMMENT])
@pytest.mark.parametrize("how", ["accept-then-drop", "drop", "500", "not-json"])
async def test_a_row_arrives_exactly_once_even_if_vks_answer_was_lost(kind: OutgoingKind, how: Any) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "Когда?")
        room.vk.comments(GROUP, 9, 5, "Когда?")
        to = WALL if kind is OutgoingKind.COMMENT else 5
        room.vk.fail_next("*", how=how)
        with pytest.raises(ChannelBusyError):
            await room.send(OutgoingMessage(kind=kind, text="Во вторник"), to=to, row=41)
        sent = await room.send(OutgoingMessage(kind=kind, text="Во вторник"), to=to, row=41)
        again = await room.send(OutgoingMessage(kind=kind, text="Во вторник"), to=to, row=41)
        assert sent == again
        ours = [words for words in room.vk.comments_of(GROUP, 9) if words.from_id == -GROUP]
        assert len(ours if kind is OutgoingKind.COMMENT else room.vk.answers(GROUP, 5)) == 1


async def test_two_rows_with_the_same_words_are_two_messages() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "Когда?")
        room.vk.comments(GROUP, 9, 5, "Когда?")
        for row in (1, 2):
            await room.send(OutgoingMessage(text="Да"), to=5, row=row)
            await room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Да"), to=WALL, row=row)
        assert len(room.vk.answers(GROUP, 5)) == 2
        assert len(room.vk.comments_of(GROUP, 9)) == 3


def test_random_ids_are_never_zero_fit_and_differ_for_rows_and_installations() -> None:
    one, other = OnceKeys("one"), OnceKeys("other")
    rows = [0, 1, 2, 10**6, 2**31 - 3, 2**31 - 2]
    assert all(1 <= keys.random_id(row) < 2**31 for keys in (one, other, OnceKeys()) for row in rows)
    assert len({one.random_id(row) for row in rows}) == len(rows)
    assert one.random_id(1) == OnceKeys("one").random_id(1)
    assert one.random_id(1) != other.random_id(1)
    assert one.guid(1, chat=WALL, text="Да") != one.guid(2, chat=WALL, text="Да")


async def test_a_comment_is_answered_under_that_comment_as_the_community() -> None:
    async with post() as room:
        asked = room.vk.comments(GROUP, 9, 5, "Когда?")
        sent = await room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Скоро", reply_to=str(asked)), to=WALL)
        answer = room.vk.comments_of(GROUP, 9)[-1]
        assert (answer.from_id, answer.text, answer.reply_to) == (-GROUP, "Скоро", asked)
        assert sent.message_ids == (str(answer.number),)
        _, echo = await room.events(2)
        # Whose words these are the desk knows by their number.
        assert isinstance(echo, AnsweredElsewhere)
        assert echo.message_id == sent.message_ids[0]


async def test_an_edit_changes_words_and_buttons_and_keeps_the_files() -> None:
    async with post() as room:
        room.vk.chat_message(GROUP, 3, 6, "здесь")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=PNG)
        sent = await room.send(OutgoingMessage(text="Карточка", buttons=ROWS, attachments=(photo(),)), to=CHAT)
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, text="Взято", target=sent.message_ids[0])
        await room.send(edit, to=CHAT, row=2)
        (card,) = room.vk.answers(GROUP, CHAT)
        assert (card.text, card.buttons, card.is_edited) == ("Взято", [], True)
        assert [file.kind for file in card.files] == ["photo"]


async def test_an_edit_with_a_file_of_its_own_puts_it_in_place_of_the_first() -> None:
    async with post() as room:
        room.vk.chat_message(GROUP, 3, 6, "здесь")
        for name in ("a.png", "b.png"):
            room.files[name] = File(name=name, mime="image/png", content=PNG + name.encode())
        sent = await room.send(OutgoingMessage(text="Месяц", attachments=(photo(),)), to=CHAT)
        for row, text in enumerate(("Год", "Квартал"), start=2):  # the second edit keeps the new picture
            attachments = (photo("b.png"),) if text == "Год" else ()
            edit = OutgoingMessage(
                kind=OutgoingKind.EDIT, text=text, target=sent.message_ids[0], attachments=attachments
            )
            await room.send(edit, to=CHAT, row=row)
            (shown,) = room.vk.answers(GROUP, CHAT)
            assert (shown.text, [file.content for file in shown.files]) == (text, [PNG + b"b.png"])


async def test_the_files_of_a_message_from_before_a_restart_are_kept_by_an_edit_too() -> None:
    async with post() as room:
        room.vk.chat_message(GROUP, 3, 6, "здесь")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=PNG)
        sent = await room.send(OutgoingMessage(text="Карточка", attachments=(photo(),)), to=CHAT)
        restarted = Post(room.vk, type(room.channel)(api_url=room.vk.url, threads=1))
        try:
            edit = OutgoingMessage(kind=OutgoingKind.EDIT, text="Закрыто", target=sent.message_ids[0], buttons=ROWS)
            await restarted.send(edit, to=CHAT, row=2)
        finally:
            await restarted.channel.close()
        (card,) = room.vk.answers(GROUP, CHAT)
        assert ([file.kind for file in card.files], card.buttons) == (["photo"], [["Взять", "Открыть"]])


@pytest.mark.parametrize("target", ["99", "id", ""])
async def test_an_edit_of_a_message_that_is_not_there(target: str) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(kind=OutgoingKind.EDIT, text="x", target=target), to=5)
        assert refused.value.reason is RefusalReason.MESSAGE_GONE


async def test_an_edit_that_came_too_late() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        sent = await room.send(OutgoingMessage(text="Карточка"), to=5)
        room.vk.too_old.add(int(sent.message_ids[0]))
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(kind=OutgoingKind.EDIT, text="x", target=sent.message_ids[0]), to=5)
        assert refused.value.reason is RefusalReason.TOO_LATE


async def test_photos_and_documents_arrive_together_under_the_words_and_buttons() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=PNG)
        room.files["план.pdf"] = File(name="план.pdf", mime="application/pdf", content=b"%PDF-1")
        outgoing = OutgoingMessage(text="Вот план", attachments=(photo(), document()), buttons=ROWS)
        await room.send(outgoing, to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        shown = [(file.kind, file.name, file.content) for file in answer.files]
        assert shown == [("photo", "a.png", PNG), ("doc", "план.pdf", b"%PDF-1")]
        assert (answer.text, answer.buttons) == ("Вот план", [["Взять", "Открыть"]])


async def test_a_picture_that_vk_does_not_take_as_one_goes_as_a_document() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=b"not a picture at all")
        await room.send(OutgoingMessage(text="Смотрите", attachments=(photo(),)), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert [file.kind for file in answer.files] == ["doc"]


async def test_a_comment_carries_pictures_as_documents() -> None:
    async with post() as room:
        room.vk.comments(GROUP, 9, 5, "?")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=PNG)
        await room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Вот", attachments=(photo(),)), to=WALL)
        assert [file.kind for file in room.vk.comments_of(GROUP, 9)[-1].files] == ["doc"]


@pytest.mark.parametrize("to", [5, WALL])
async def test_a_file_that_cannot_go_along_is_told_in_words(to: int | str) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.comments(GROUP, 9, 5, "?")
        kind = OutgoingKind.MESSAGE if to == 5 else OutgoingKind.COMMENT
        room.files["вирус.exe"] = File(name="вирус.exe", mime="application/x-dosexec", content=b"MZ")
        lost = photo("big.png", fallback="Фото слишком велико.")
        refused = document("вирус.exe", fallback="Файл вирус.exe не передан.")
        await room.send(OutgoingMessage(kind=kind, text="Ответ", attachments=(lost, refused)), to=to)
        shown = room.vk.answers(GROUP, 5)[-1].text if to == 5 else room.vk.comments_of(GROUP, 9)[-1].text
        assert shown == "Ответ\n\nФото слишком велико.\nФайл вирус.exe не передан."


@pytest.mark.parametrize("code", [7, 15, 200, 204, 1151])
@pytest.mark.parametrize("to", [5, WALL])
async def test_a_file_that_vk_does_not_let_in_is_told_in_words(code: int, to: int | str) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.comments(GROUP, 9, 5, "?")
        kind = OutgoingKind.MESSAGE if to == 5 else OutgoingKind.COMMENT
        room.files["акт.pdf"] = File(name="акт.pdf", mime="application/pdf", content=b"%PDF")
        room.vk.fail_next("messages.send" if to == 5 else "wall.createComment", code=code)
        act = document("акт.pdf", fallback="Файл акт.pdf не передан.")
        await room.send(OutgoingMessage(kind=kind, text="Ответ", attachments=(act,)), to=to)
        shown = room.vk.answers(GROUP, 5)[-1].text if to == 5 else room.vk.comments_of(GROUP, 9)[-1].text
        assert shown == "Ответ\n\nФайл акт.pdf не передан."


@pytest.mark.parametrize("code", [1, 10])
async def test_a_reply_on_which_vk_fails_goes_without_the_reply_from_the_second_time_on(code: int) -> None:
    async with post() as room:
        asked = room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.fail_next("messages.send", code=code)
        reply = OutgoingMessage(text="Ответ", reply_to=str(asked))
        with pytest.raises(ChannelBusyError):
            await room.send(reply, to=5, row=7)
        await room.send(reply, to=5, row=7)
        await room.send(reply, to=5, row=8)
        assert [answer.reply_to for answer in room.vk.answers(GROUP, 5)] == [None, asked]


async def test_the_sentences_about_files_never_make_a_message_too_long() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        lost = tuple(photo(f"{n}.png", fallback="Ф" * 400) for n in range(10))
        (first, *_) = split_message(OutgoingMessage(text="О" * 3000, attachments=lost), room.channel.limits)
        await room.send(first, to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert answer.text.startswith("О" * 3000)
        assert utf16_length(answer.text) <= 4096


async def test_an_upload_that_breaks_off_delays_the_message_and_does_not_cost_it() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=PNG)
        outgoing = OutgoingMessage(text="Смотрите", attachments=(photo(fallback="Не удалось."), photo()))
        room.vk.fail_next("upload", how="500")
        with pytest.raises(ChannelBusyError):
            await room.send(outgoing, to=5)
        await room.send(outgoing, to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert (answer.text, len(answer.files)) == ("Смотрите", 2)


async def test_ten_files_stay_below_vks_twenty_requests_a_second() -> None:
    async with post(pretend={"is_strict_about_pace": True}) as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        pictures = tuple(photo(f"{n}.png") for n in range(10))
        for picture in pictures:
            room.files[picture.name] = File(name=picture.name, mime="image/png", content=PNG)
        await room.send(OutgoingMessage(text="Смотрите", attachments=pictures), to=5)
        assert [file.name for file in room.vk.answers(GROUP, 5)[0].files] == [picture.name for picture in pictures]


async def test_too_many_requests_during_an_upload_are_waited_out() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.files["a.png"] = File(name="a.png", mime="image/png", content=PNG)
        room.vk.fail_next("photos.saveMessagesPhoto", code=6, times=3)
        await room.send(OutgoingMessage(text="Смотрите", attachments=(photo(),)), to=5)
        assert [file.kind for file in room.vk.answers(GROUP, 5)[0].files] == ["photo"]


async def test_an_answer_to_a_deleted_comment_is_refused_as_such() -> None:
    async with post() as room:
        room.vk.comments(GROUP, 9, 5, "?")
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Да", reply_to="404"), to=WALL)
        assert refused.value.reason is RefusalReason.MESSAGE_GONE
        assert len(room.vk.comments_of(GROUP, 9)) == 1


async def test_the_other_messenger_being_busy_delays_the_message() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.files["a.png"] = ChannelBusyError("later")
        with pytest.raises(ChannelBusyError):
            await room.send(OutgoingMessage(text="Смотрите", attachments=(photo(),)), to=5)
        assert room.vk.answers(GROUP, 5) == []


async def test_a_reply_to_a_message_that_is_gone_arrives_without_the_reply() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        await room.send(OutgoingMessage(text="Ответ", reply_to="999"), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert (answer.text, answer.reply_to) == ("Ответ", None)


async def test_without_bot_abilities_the_words_arrive_without_buttons() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.communities[GROUP].has_bot_abilities = False
        sent = await room.send(OutgoingMessage(text="Карточка", buttons=ROWS), to=5)
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, text="Взято", target=sent.message_ids[0], buttons=ROWS)
        await room.send(edit, to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert (answer.text, answer.buttons) == ("Взято", [])


@pytest.mark.parametrize(
    ("rows", "shape"),
    [
        ([1] * 10, [2, 2, 2, 2, 2]),  # more than six rows
        ([7], [2, 2, 2, 1]),  # more than five in a row
        ([5, 5], [5, 5]),
        ([1] * 6, [1] * 6),
    ],
)
async def test_buttons_are_laid_out_as_vk_takes_them(rows: list[int], shape: list[int]) -> None:
    numbers = iter(range(100))
    buttons = tuple(
        tuple(Button(text=f"Кнопка {next(numbers)} " + "о" * 40, action="a") for _ in range(n)) for n in rows
    )
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        await room.send(OutgoingMessage(text="Выберите", buttons=buttons), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert [len(row) for row in answer.buttons] == shape
        labels = [int(label.split()[1]) for row in answer.buttons for label in row]
        assert labels == sorted(labels)


@pytest.mark.parametrize(
    "words",
    [
        "[id1|Павел] и @id1 и *id1 (Павел) и @all, @все",
        "[https://vk.com/durov|сюда]",
        "&#64;id1 &lt;b&gt;",
    ],
)
async def test_a_citizens_marks_mention_nobody_and_change_nothing(words: str) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        await room.send(OutgoingMessage(text=words), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert not re.search(r"\[[^\[\]|\u2060][^\[\]|]*\||(?<!\w)[@*]\w|&#?\w+;", answer.text)
        assert answer.text.replace("\u2060", "") == words


@pytest.mark.parametrize(
    "words", ["<b>_2*3*4_</b> & co", "school@mail.ru", "a[1] | b", "№ 5, 50 % #рахмат", "=СУММ(A1)"]
)
async def test_other_characters_arrive_as_they_are(words: str) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        await room.send(OutgoingMessage(text=words), to=5)
        assert room.vk.answers(GROUP, 5)[0].text == words


async def test_a_text_full_of_marks_is_not_too_long() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        (piece, *_) = split_message(OutgoingMessage(text="@a " * 1400), room.channel.limits)
        await room.send(piece, to=5)
        shown = room.vk.answers(GROUP, 5)[0].text
        assert utf16_length(shown) <= 4096
        assert not re.search(r"@\w", shown)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (900, RefusalReason.BLOCKED),
        (901, RefusalReason.BLOCKED),
        (902, RefusalReason.BLOCKED),
        (18, RefusalReason.PERSON_GONE),
        (5, RefusalReason.BAD_TOKEN),
        (27, RefusalReason.BAD_TOKEN),
        (28, RefusalReason.BAD_TOKEN),
        (7, RefusalReason.FORBIDDEN),
        (15, RefusalReason.FORBIDDEN),
        (917, RefusalReason.FORBIDDEN),
        (212, RefusalReason.FORBIDDEN),
        (213, RefusalReason.FORBIDDEN),
        (100, RefusalReason.BAD_MESSAGE),
        (911, RefusalReason.BAD_MESSAGE),
        (914, RefusalReason.BAD_MESSAGE),
        (909, RefusalReason.TOO_LATE),
        (927, RefusalReason.CHAT_GONE),
        (936, RefusalReason.CHAT_GONE),
        (945, RefusalReason.CHAT_GONE),
    ],
)
async def test_what_vk_will_never_do_has_its_reason(code: int, reason: RefusalReason) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.fail_next("messages.send", code=code)
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(text="Да"), to=5)
        assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("code", "seconds"),
    [(1, None), (6, 1), (10, None), (9, None), (14, 600), (29, 1800), (103, 1800), (99999, None)],
)
async def test_what_vk_will_do_later_says_when(code: int, seconds: int | None) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.fail_next("messages.send", code=code)
        with pytest.raises(ChannelBusyError) as busy:
            await room.send(OutgoingMessage(text="Да"), to=5)
        wish = busy.value.retry_after
        assert (wish.total_seconds() if wish else None) == seconds
        await room.send(OutgoingMessage(text="Да"), to=5)
        assert len(room.vk.answers(GROUP, 5)) == 1


@pytest.mark.parametrize(
    ("person", "reason"),
    [(6, RefusalReason.BLOCKED), (7, RefusalReason.BLOCKED), (2_000_000_009, RefusalReason.FORBIDDEN)],
)
async def test_a_refusal_inside_an_answer_is_understood(person: int, reason: RefusalReason) -> None:
    # With `peer_ids` the error stands inside the array, not around it.
    async with post() as room:
        room.vk.citizen_writes(GROUP, 6, "?")
        room.vk.citizen_writes(GROUP, 7, "?")
        room.vk.forbids_messages(GROUP, 6)
        room.vk.is_blacklisted(GROUP, 7)
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(text="Да"), to=person)
        assert refused.value.reason is reason


async def test_a_hanging_vk_does_not_hold_the_sender_for_ever() -> None:
    from datetime import timedelta

    async with post(timeout=timedelta(seconds=0.05)) as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.fail_next("messages.send", how="hang")
        with pytest.raises(ChannelBusyError):
            await room.send(OutgoingMessage(text="Да"), to=5)


async def test_the_token_never_appears_in_an_error() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        for fault in ({"how": "drop"}, {"how": "500"}, {"how": "not-json"}, {"code": 5}):
            room.vk.fail_next("messages.send", **fault)
            with pytest.raises((ChannelBusyError, ChannelRefusedError)) as failed:
                await room.send(OutgoingMessage(text="Да"), to=5)
            told: BaseException | None = failed.value
            while told is not None:
                assert "secret-token" not in repr(told)
                told = told.__cause__ or told.__context__


@pytest.mark.parametrize("answer", [{}, [], 1, {"error": None}, {"error": {}}])
@pytest.mark.parametrize("kind", [OutgoingKind.MESSAGE, OutgoingKind.COMMENT])
async def test_an_answer_that_cannot_be_read_means_once_more(answer: Any, kind: OutgoingKind) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.comments(GROUP, 9, 5, "?")
        to = 5 if kind is OutgoingKind.MESSAGE else WALL
        method = "messages.send" if kind is OutgoingKind.MESSAGE else "wall.createComment"
        room.vk.answer_next(method, answer)
        with pytest.raises(ChannelBusyError):
            await room.send(OutgoingMessage(kind=kind, text="Да"), to=to)
        assert (await room.send(OutgoingMessage(kind=kind, text="Да"), to=to)).message_ids


async def test_a_stopped_send_leaves_nothing_behind() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.fail_next("messages.send", how="hang")
        before = room.vk.requests
        sending = asyncio.create_task(room.send(OutgoingMessage(text="Да"), to=5))
        async with asyncio.timeout(30):
            while room.vk.requests == before:  # noqa: ASYNC110 - VK rings no bell
                await asyncio.sleep(0.005)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await room.send(OutgoingMessage(text="Да"), to=5)
        assert len(room.vk.answers(GROUP, 5)) == 1


def test_the_keyboard_says_what_vk_reads() -> None:
    from bot.channels.vk.keyboard import keyboard

    written = keyboard(ROWS)
    assert written is not None
    take, link = json.loads(written)["buttons"][0]
    assert take["action"] == {"type": "callback", "label": "Взять", "payload": '{"a":"take:412"}'}
    assert link["action"] == {"type": "open_link", "label": "Открыть", "link": "https://vk.com/gim77?sel=5"}


async def test_keys_stand_below_the_dialogue_and_never_take_the_place_of_buttons() -> None:
    keys = ((Button(text="Мои сообщения", action="my"), Button(text="Помощь", action="help")),)
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        await room.send(OutgoingMessage(text="Здравствуйте", keys=keys), to=5)
        await room.send(OutgoingMessage(text="Кому?", keys=keys, buttons=ROWS), to=5, row=2)
        greeting, choice = (each.keyboard for each in room.vk.answers(GROUP, 5))
        assert greeting is not None
        assert (greeting["inline"], greeting["one_time"]) == (False, False)
        assert [key["action"] for key in greeting["buttons"][0]] == [
            {"type": "text", "label": "Мои сообщения", "payload": '{"otklik":"my"}'},
            {"type": "text", "label": "Помощь", "payload": '{"otklik":"help"}'},
        ]
        assert choice is not None
        assert choice["inline"]


@pytest.mark.parametrize("answer", [1051, [1051], {"message_id": 1051}, [{"peer_id": 5, "message_id": 1051}]])
async def test_a_message_is_known_by_its_other_number_where_vk_tells_no_number_of_the_dialogue(answer: object) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.answer_next("messages.send", {"response": answer})
        sent = await room.send(OutgoingMessage(text="Да"), to=5)
        assert sent.message_ids == ("id1051",)
        room.vk.push_raw(GROUP, _reply_by_number(1051))
        reply = (await room.events(2))[1]
        assert isinstance(reply, MessageReceived)
        assert (reply.reply_to, reply.message_id) == ("id1051", "id1060")


def _reply_by_number(number: int) -> dict[str, Any]:
    replied = {"id": number, "date": 1, "from_id": -GROUP, "text": "Да"}
    message = {"id": 1060, "date": 2, "from_id": 5, "peer_id": 5, "text": "Спасибо", "reply_message": replied}
    return {"type": "message_new", "event_id": "plain", "group_id": GROUP, "object": {"message": message}}


@pytest.mark.parametrize("answer", [0, None, [], "?"])
async def test_an_answer_without_any_number_still_means_sent(answer: object) -> None:
    # The same call would bring the same answer again, for days.
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.answer_next("messages.send", {"response": answer})
        assert await room.send(OutgoingMessage(text="Да"), to=5) == Sent()


async def test_a_message_known_by_its_other_number_is_edited_by_it() -> None:
    async with post() as room:
        room.vk.answer_next("messages.edit", {"response": 1})
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, text="Взято", target="id1051")
        assert (await room.send(edit, to=5)).message_ids == ("id1051",)


async def test_an_edit_does_not_need_to_know_what_is_on_the_message() -> None:
    async with post() as room:
        room.vk.fail_next("messages.getByConversationMessageId", code=3)
        room.vk.answer_next("messages.edit", {"response": 1})
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, text="Взято", target="7")
        assert (await room.send(edit, to=5)).message_ids == ("7",)


@pytest.mark.parametrize(("answer", "ids"), [(31, ("31",)), ({"comment_id": 31}, ("31",)), ({}, ()), (1.5, ())])
async def test_a_comment_is_sent_whatever_vk_says_about_its_number(answer: object, ids: tuple[str, ...]) -> None:
    async with post() as room:
        room.vk.answer_next("wall.createComment", {"response": answer})
        sent = await room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Да"), to=WALL)
        assert sent.message_ids == ids


@pytest.mark.parametrize(
    ("kind", "mime", "content", "shown_as"),
    [
        (AttachmentKind.VOICE, "audio/ogg", b"OggS voice", ["audio_message"]),
        # VK does not take these bytes for a voice: they still arrive
        (AttachmentKind.VOICE, "audio/ogg", b"no voice", ["doc"]),
        (AttachmentKind.STICKER, "image/webp", PNG, ["photo"]),
        (AttachmentKind.STICKER, "application/x-tgsticker", b"tgs", []),
        (AttachmentKind.VIDEO, "video/mp4", b"mp4", ["doc"]),
        (AttachmentKind.ANIMATION, "video/mp4", b"mp4", ["doc"]),
    ],
)
async def test_what_comes_from_elsewhere_is_shown_as_what_it_is(
    kind: AttachmentKind, mime: str, content: bytes, shown_as: list[str]
) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.files["one"] = File(name="one.bin", mime=mime, content=content)
        attached = Attachment(
            kind=kind, channel="telegram", community="1", reference="one", name="one.bin", fallback="[файл словами]"
        )
        await room.send(OutgoingMessage(text="Вот", attachments=(attached,)), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert [file.kind for file in answer.files] == shown_as
        assert answer.text == ("Вот" if shown_as else "Вот\n\n[файл словами]")


async def test_a_place_is_shown_on_vks_own_map_below_its_sentence() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        on_map = Attachment(
            kind=AttachmentKind.LOCATION,
            channel="telegram",
            community="1",
            title="Парк",
            latitude=55.79,
            longitude=49.12,
            fallback="[Место на карте: Парк]",
        )
        await room.send(OutgoingMessage(attachments=(on_map,)), to=5)
        (answer,) = room.vk.answers(GROUP, 5)
        assert (answer.text, answer.place) == ("[Место на карте: Парк]", ("55.79", "49.12"))


async def test_typing_is_shown_and_never_tried_again() -> None:
    async with post() as room:
        typing = OutgoingMessage(kind=OutgoingKind.TYPING)
        room.vk.fail_next("messages.setActivity", how="500")
        for _ in range(2):
            assert await room.send(typing, to=5) == Sent()
