"""Cutting messages: nothing is lost, nothing exceeds what a call can carry, order stays."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.channel import Limits, Rate
from bot.domain.message import Attachment, AttachmentKind, Button, OutgoingMessage
from bot.domain.parts import split_message, split_text, utf16_length

RATE = Rate(calls=1, per=timedelta(seconds=1))


def limits(
    *,
    text: int = 40,
    caption: int = 10,
    files: int = 3,
    mixed_files: bool = False,
    files_with_buttons: bool = False,
    quotations: bool = True,
) -> Limits:
    return Limits(
        text=text,
        caption=caption,
        files=files,
        mixed_files=mixed_files,
        files_with_buttons=files_with_buttons,
        buttons=100,
        quotations=quotations,
        account_rate=RATE,
        private_rate=RATE,
        group_rate=RATE,
    )


def photo(number: int) -> Attachment:
    return Attachment(kind=AttachmentKind.PHOTO, channel="vk", community="77", reference=f"photo{number}")


def document(number: int) -> Attachment:
    return Attachment(kind=AttachmentKind.DOCUMENT, channel="vk", community="77", reference=f"doc{number}")


BUTTONS = ((Button(text="Взять", action="take"),),)
CHARACTERS = st.sampled_from(["а", "b", " ", "\n", ". ", "\n\n", "😀", "👨‍👩‍👧", "е́", "\t", "<", "&"])
TEXTS = st.lists(CHARACTERS, max_size=120).map("".join)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("   ", ["   "]),
        ("ровно десять"[:10], ["ровно десять"[:10]]),
        # At a paragraph, a line, a sentence, a word, as late as possible.
        ("Раз два\n\nтри", ["Раз два", "три"]),
        ("Раз два\nтри четыре", ["Раз два", "три четыре"]),
        ("Один д. а бвг", ["Один д.", "а бвг"]),
        ("сегодня воды нет", ["сегодня", "воды нет"]),
        # A separator in the first half would leave a stump: cut the word instead.
        ("а бвгдежзиклмн", ["а бвгдежзи", "клмн"]),
        ("абвгдежзиклмн", ["абвгдежзик", "лмн"]),
        # An emoji counts twice and is never cut in two.
        ("😀" * 6, ["😀" * 5, "😀"]),
        ("а" + "😀" * 5, ["а" + "😀" * 4, "😀"]),
    ],
)
def test_where_a_text_is_cut(text: str, pieces: list[str]) -> None:
    assert split_text(text, 10) == pieces


def test_an_emoji_has_two_units() -> None:
    assert [utf16_length(text) for text in ("", "ә", "😀", "👨‍👩‍👧")] == [0, 1, 2, 8]


@given(text=TEXTS, limit=st.integers(1, 50))
def test_nothing_is_lost_but_white_space_at_a_cut(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(text=TEXTS, limit=st.integers(2, 50))
def test_no_piece_exceeds_the_limit_and_none_is_empty(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(utf16_length(piece) <= limit for piece in pieces)
    assert len(pieces) == 1 or all(pieces)


@given(text=TEXTS)
def test_a_text_that_fits_is_left_as_it_is(text: str) -> None:
    assert split_text(text, max(utf16_length(text), 1)) == [text]


def test_a_short_text_goes_with_the_files() -> None:
    message = OutgoingMessage(text="Фото", attachments=(photo(1), photo(2)), reply_to="7")
    assert split_message(message, limits()) == [message]


def test_a_text_too_long_for_a_caption_goes_before_the_files() -> None:
    message = OutgoingMessage(text="Длинный ответ", attachments=(photo(1),), buttons=BUTTONS, reply_to="7")
    assert split_message(message, limits()) == [
        OutgoingMessage(text="Длинный ответ", buttons=BUTTONS, reply_to="7"),
        OutgoingMessage(attachments=(photo(1),)),
    ]


def test_buttons_stand_under_the_last_piece_of_the_words() -> None:
    message = OutgoingMessage(text="слово " * 12 + "конец", buttons=BUTTONS, reply_to="7")
    calls = split_message(message, limits())
    assert [bool(call.buttons) for call in calls] == [False] * (len(calls) - 1) + [True]
    assert len(calls) == 3
    assert [call.reply_to for call in calls] == ["7", "", ""]


def test_photos_and_documents_go_apart_where_they_must() -> None:
    message = OutgoingMessage(attachments=(photo(1), photo(2), document(3), photo(4)))
    assert [call.attachments for call in split_message(message, limits())] == [
        (photo(1), photo(2)),
        (document(3),),
        (photo(4),),
    ]
    assert split_message(message, limits(mixed_files=True, files=10)) == [message]


def test_several_files_that_cannot_carry_buttons_follow_the_words() -> None:
    message = OutgoingMessage(text="Фото", attachments=(photo(1), photo(2)), buttons=BUTTONS)
    assert split_message(message, limits()) == [
        OutgoingMessage(text="Фото", buttons=BUTTONS),
        OutgoingMessage(attachments=(photo(1), photo(2))),
    ]
    assert split_message(message, limits(files_with_buttons=True)) == [message]


def test_buttons_without_words_stand_under_the_first_file() -> None:
    message = OutgoingMessage(attachments=(photo(1), photo(2), photo(3)), buttons=BUTTONS)
    assert split_message(message, limits()) == [
        OutgoingMessage(attachments=(photo(1),), buttons=BUTTONS),
        OutgoingMessage(attachments=(photo(2), photo(3))),
    ]


def test_one_file_carries_text_and_buttons() -> None:
    message = OutgoingMessage(text="Фото", attachments=(photo(1),), buttons=BUTTONS)
    assert split_message(message, limits()) == [message]


@given(
    text=TEXTS,
    attachments=st.lists(st.one_of(st.integers(1, 9).map(photo), st.integers(1, 9).map(document)), max_size=8),
    buttons=st.sampled_from([(), BUTTONS]),
    carried=st.builds(
        limits,
        text=st.integers(20, 60),
        caption=st.integers(2, 20),
        files=st.integers(1, 5),
        mixed_files=st.booleans(),
        files_with_buttons=st.booleans(),
    ),
)
def test_every_call_can_be_made_and_together_they_say_everything(
    text: str, attachments: list[Attachment], buttons, carried: Limits
) -> None:
    message = OutgoingMessage(text=text, attachments=tuple(attachments), buttons=buttons, reply_to="7")
    calls = split_message(message, carried)
    for call in calls:
        assert utf16_length(call.text) <= (carried.caption if call.attachments else carried.text)
        assert len(call.attachments) <= carried.files
        assert carried.mixed_files or len({attachment.kind for attachment in call.attachments}) <= 1
        assert not call.buttons or len(call.attachments) <= 1 or carried.files_with_buttons
    assert "".join("".join(call.text for call in calls).split()) == "".join(text.split())
    assert [attachment for call in calls for attachment in call.attachments] == attachments
    assert [call.buttons for call in calls if call.buttons] == ([BUTTONS] if buttons else [])
    assert [call.reply_to for call in calls] == ["7"] + [""] * (len(calls) - 1)


@pytest.mark.parametrize("mixed", [True, False])
def test_a_place_goes_alone_and_without_the_words(mixed: bool) -> None:
    photo = Attachment(kind=AttachmentKind.PHOTO, channel="vk", community="1", reference="p")
    place = Attachment(kind=AttachmentKind.LOCATION, channel="vk", community="1", latitude=1.0, longitude=2.0)
    own = limits(mixed_files=mixed)
    calls = split_message(OutgoingMessage(text="Тут", attachments=(photo, place, photo)), own)
    assert [(call.text, call.attachments) for call in calls] == [("Тут", (photo,)), ("", (place,)), ("", (photo,))]
    calls = split_message(OutgoingMessage(text="Тут", attachments=(place,)), own)
    assert [(call.text, call.attachments) for call in calls] == [("Тут", ()), ("", (place,))]
