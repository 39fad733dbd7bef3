"""What the loader promises: the reader's language, plain text, nothing lost, wrong texts found at the start."""

import timeit
from pathlib import Path

import pytest

from bot.texts import LANGUAGES, Texts

RUSSIAN = """
-bot = «Отклик»
hello = Это { -bot }.
accepted = № { $number } принято, ответим до { $until }.
card = { $words }
left = Осталось { $count ->
    [0] ничего
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[many] { NUMBER($count) } сообщений
}.
state = { $state ->
    [open] в работе
   *[other] закрыто
}
greeting = Здравствуйте. { hello }
several =
    Первая строка
    вторая строка
"""
TATAR = """
accepted = № { $number } кабул ителде.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    (tmp_path / "ru.ftl").write_text(RUSSIAN, encoding="utf-8")
    (tmp_path / "ru-more.ftl").write_text("more = Ещё\n", encoding="utf-8")
    (tmp_path / "tt.ftl").write_text(TATAR, encoding="utf-8")
    return Texts.load(folder=tmp_path)


def test_numbers_are_written_as_they_are(texts: Texts) -> None:
    assert texts.say("ru", "accepted", number=1412, until="вторника") == "№ 1412 принято, ответим до вторника."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Осталось ничего."),
        (1, "Осталось 1 сообщение."),
        (2, "Осталось 2 сообщения."),
        (5, "Осталось 5 сообщений."),
        (11, "Осталось 11 сообщений."),
        (21, "Осталось 21 сообщение."),
        (112, "Осталось 112 сообщений."),
        (12345, "Осталось 12\u00a0345 сообщений."),
    ],
)
def test_russian_counts_have_their_form(texts: Texts, count: int, said: str) -> None:
    assert texts.say("ru", "left", count=count) == said


@pytest.mark.parametrize(("state", "said"), [("open", "в работе"), ("spam", "закрыто")])
def test_words_choose_a_variant(texts: Texts, state: str, said: str) -> None:
    assert texts.say("ru", "state", state=state) == said


def test_messages_and_terms_are_quoted_in_others(texts: Texts) -> None:
    assert texts.say("ru", "greeting") == "Здравствуйте. Это «Отклик»."


def test_lines_stay_lines(texts: Texts) -> None:
    assert texts.say("ru", "several") == "Первая строка\nвторая строка"


def test_long_words_of_a_citizen_are_not_lost(texts: Texts) -> None:
    words = "{ $until } <b>_*" * 1000
    assert texts.say("ru", "card", words=words) == words


def test_every_file_of_a_language_is_read(texts: Texts) -> None:
    assert texts.say("ru", "more") == "Ещё"


@pytest.mark.parametrize("language", ["tt", "tt-RU", "TT_ru"])
def test_a_known_language_is_spoken(texts: Texts, language: str) -> None:
    assert texts.say(language, "accepted", number=3) == "№ 3 кабул ителде."


@pytest.mark.parametrize("language", ["", "en", "de-DE"])
def test_an_unknown_language_gets_the_default(texts: Texts, language: str) -> None:
    assert texts.say(language, "hello") == "Это «Отклик»."


def test_a_missing_message_is_an_error(texts: Texts) -> None:
    with pytest.raises(KeyError, match="hello"):
        texts.say("tt", "hello")


def test_a_missing_argument_is_an_error(texts: Texts) -> None:
    with pytest.raises(KeyError, match="until"):
        texts.say("ru", "accepted", number=1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("hello = Это { $", "ru.ftl: not understood"),
        ("hello = Раз\nhello = Два\n", "hello is there twice"),
        ("hello = { DATETIME($at) }\n", "hello: FunctionReference"),
        ("hello = { nowhere }\n", "nowhere is nowhere"),
        ("hello = { hello }\n", "hello refers to itself"),
        ("hello =\n    .attribute = Да\n", "hello has no words"),
    ],
)
def test_wrong_texts_are_found_at_the_start(tmp_path: Path, wrong: str, says: str) -> None:
    (tmp_path / "ru.ftl").write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        Texts.load(languages=("ru",), folder=tmp_path)


def test_saying_is_quick(texts: Texts) -> None:
    seconds = min(timeit.repeat(lambda: texts.say("ru", "accepted", number=1, until="a"), number=1000, repeat=5))
    assert seconds / 1000 < 15e-6


def test_every_language_has_the_same_messages() -> None:
    texts = Texts.load()
    assert texts.languages == LANGUAGES
    for language in LANGUAGES:
        assert texts.keys(language) == texts.keys(LANGUAGES[0]), language
