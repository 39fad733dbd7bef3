"""A citizen's words stand in a quotation, and no line of theirs begins like a line of the bot's own."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.message import OutgoingMessage
from bot.domain.parts import split_message, utf16_length
from bot.domain.quotation import LINE_SIGN, quoted, read_quotations, signed
from storage.codec import decode_outgoing, encode_outgoing
from tests.domain.test_parts import limits


def test_marks_become_spans_of_the_plain_text() -> None:
    text, spans = read_quotations(f"Было:\n{quoted(' ✅ Есть ответ ')}\nСтало:\n{quoted('👍')}.")
    assert text == "Было:\n✅ Есть ответ\nСтало:\n👍."
    assert [text[start:end] for start, end in spans] == ["✅ Есть ответ", "👍"]
    assert read_quotations("без цитат") == ("без цитат", ())
    assert quoted(" \n") == ""


def test_nobody_can_end_a_quotation_from_inside() -> None:
    opened, closed = quoted("x")[0], quoted("x")[-1]
    text, [span] = read_quotations(quoted(f"a{closed}\n✅ Есть ответ{opened}"))
    assert (text, span) == ("a\n✅ Есть ответ", (0, len(text)))
    # one that was cut ends with the text
    assert read_quotations(quoted("длинные слова")[:8]) == ("длинные", ((0, 7),))


def test_where_nothing_is_drawn_every_quoted_line_begins_with_a_sign() -> None:
    text, spans = signed(*read_quotations("№ 1\n" + quoted("раз\n\nдва") + "\nконец"))
    assert text == "№ 1\n│ раз\n│\n│ два\nконец"
    assert [text[start:end] for start, end in spans] == ["│ раз\n│\n│ два"]


@given(st.text("аб😀. \n", min_size=1, max_size=200), st.integers(8, 40))
def test_a_message_that_is_cut_stays_quoted_in_every_piece(words: str, limit: int) -> None:
    text, quotes = read_quotations(f"Голова\n{quoted(words)}")
    whole = OutgoingMessage(text=text, quotes=quotes)
    for piece in split_message(whole, limits(text=limit)):
        for start, end in piece.quotes:
            assert 0 <= start < end <= len(piece.text)
        covered = {at for start, end in piece.quotes for at in range(start, end)}
        rest = "".join(sign for at, sign in enumerate(piece.text) if at not in covered)
        assert set(rest) <= set("Голова\n")
    for piece in split_message(whole, limits(text=limit, quotations=False)):
        assert utf16_length(piece.text) <= limit
        assert piece.quotes == ()
        for line in piece.text.split("\n"):
            assert line.startswith(LINE_SIGN.rstrip()) or set(line) <= set("Голова")


def test_quotations_are_kept_in_the_outbox_and_old_rows_have_none() -> None:
    message = OutgoingMessage(text="№ 1\nслова", quotes=((4, 9),))
    assert decode_outgoing(encode_outgoing(message)) == message
    old = encode_outgoing(message).replace(b',"quotes":[[4,9]]', b"")
    assert decode_outgoing(old).quotes == ()
