"""How typed words are read: commands, ticket numbers in our own words, the beginning that a card shows."""

import pytest

from handlers.administrator_reply import number_in
from handlers.card import WORDS_ON_CARD, first_words
from handlers.reception import Command, read_command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/open", Command(name="open")),
        ("/OPEN", Command(name="open")),
        ("/open@otklik_bot", Command(name="open")),
        ("/ticket 412", Command(name="ticket", argument="412")),
        ("/bind  K7QM2-XPD9T \n", Command(name="bind", argument="K7QM2-XPD9T")),
        ("[club77|@school12], /bind K7QM2", Command(name="bind", argument="K7QM2")),
        ("[public77|Школа] /help", Command(name="help")),
        ("/start school-12", Command(name="start", argument="school-12")),
        ("/start bind_K7QM2XPD9T", Command(name="bind", argument="K7QM2XPD9T")),
        ("/start JOIN_K7QM2XPD9T", Command(name="join", argument="K7QM2XPD9T")),
        # words over several lines belong to the command
        ("/report week\nи ещё", Command(name="report", argument="week\nи ещё")),
    ],
)
def test_a_command_is_understood(text: str, command: Command) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize(
    "text",
    ["", "open", " /open", "/", "//заметка", "/школа", "смотрите /open", "/open-school", "1/2", "[club77|x], вопрос"],
)
def test_other_words_are_no_command(text: str) -> None:
    assert read_command(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№ 412 · Школа № 12", 412),
        ("№\u00a0412 · Гульнара:\nслова", 412),
        ("№412", 412),
        # a school's number is no ticket
        ("Готово: это рабочий чат, Школа № 12.", None),
        ("", None),
        # longer than any number that we give
        ("№ 1234567890123", None),
    ],
)
def test_our_own_words_name_their_ticket_at_the_beginning(text: str, number: int | None) -> None:
    assert number_in(text) == number


def test_a_card_shows_short_words_whole_and_long_ones_to_a_word() -> None:
    assert first_words("Где бассейн?") == "Где бассейн?"
    long = "слово " * 1000
    shown = first_words(long)
    assert len(shown) <= WORDS_ON_CARD
    assert long.startswith(shown)
    assert shown.endswith("слово")
