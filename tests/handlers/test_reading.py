"""How typed words are read: commands, ticket numbers in our own words, the beginning that a card shows."""

from unicodedata import normalize

import pytest

from handlers.card import WORDS_ON_CARD, first_words
from handlers.card_words import number_on_card
from handlers.commands import COMMANDS, Command, read_bare_name, read_command
from handlers.staff_words import listed_numbers


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/open", Command(name="open")),
        ("/OPEN", Command(name="open")),
        ("/open@otklik_bot", Command(name="open")),
        ("/Go_2", Command(name="go_2")),
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
    [
        "",
        "open",
        " /open",
        "/",
        "//заметка",
        "/школа",
        "/3 этаж",
        "/ 3 этаж",
        "смотрите /open",
        "/open-school",
        "1/2",
        "[club77|x], вопрос",
    ],
)
def test_other_words_are_no_command(text: str) -> None:
    assert read_command(text) is None


NAMES = {
    "start": ("начать", "башлау"),
    "my": ("мои", "минем"),
    "language": ("язык", "тел"),
    "help": ("помощь", "ярдәм"),
    "delete": ("удалить", "бетерү"),
    "open": ("ждут", "көтәләр"),
    "ticket": ("сообщение", "хәбәр"),
    "templates": ("шаблоны", "үрнәкләр"),
    "report": ("отчёт", "хисап"),
    "overdue": ("просрочено", "кичеккән"),
    "rating": ("рейтинг", "рейтинг"),
    "subscribe": ("подписка", "язылу"),
    "send": ("отправить", "җибәрү"),
    "silenced": ("заглушённые", "тавышсыз"),
    "bind": ("привязать", "бәйләү"),
    "join": ("войти", "керү"),
    "duty": ("дежурство", "дежурлык"),
    "away": ("отсутствую", "юк"),
    "closed": ("закрыто", "ябык"),
    "people": ("люди", "кешеләр"),
}
"""The names that are promised."""


@pytest.mark.parametrize("name", NAMES)
def test_a_command_has_a_russian_and_a_tatar_name(name: str) -> None:
    for own in NAMES[name]:
        assert read_command(f"/{own}") == Command(name=name)
        assert read_command(f"/{own.upper()}@otklik_bot 412\nи ещё") == Command(name=name, argument="412\nи ещё")
        assert read_command(f"[club77|@school12], /{own.replace('ё', 'е')} x") == Command(name=name, argument="x")
        assert read_command(f"/{normalize('NFD', own)}") == Command(name=name)
        assert read_command(own) is None
        assert read_command(f"/{own}а") is None
        found = read_bare_name(f" {own.capitalize()}\n")
        assert found is not None
        assert found.name == name
        assert read_bare_name(f"{own} 412") is None


def test_no_two_commands_share_a_name() -> None:
    called = [name.replace("ё", "е") for each in COMMANDS for name in {each.name, each.russian, each.tatar}]
    assert len(called) == len(set(called))


OLD_CARD = "№ 412 · Школа № 12\nГульнара, 24.11 10:00 · ВКонтакте, личное сообщение\n\nГде бассейн?"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№ 4351 · до 17:00 · Алия Сафина, ВКонтакте\nГде бассейн?", 4351),
        ("№ 4351 · срок прошёл · Алия Сафина, Telegram, комментарий\nслова", 4351),
        (OLD_CARD, 412),
        (OLD_CARD.replace("\nГульнара", "\n🚨 Похоже на экстренный случай.\n⚠️ Грубость.\nГульнара"), 412),
        # what else begins with a number
        ("№\u00a0412 · Гульнара:\nслова", None),
        ("№ 412: не доставлено", None),
        ("№ 412 · Школа № 12\n🕓 Ответить до вторника\nслова", None),
        ("№ 412 · Школа № 12\n✅ Есть ответ\n24.11 10:00 Гульнара: Где, 24.11 10:00 · бассейн?", None),
        ("Готово: это рабочий чат, Школа № 12.", None),
        ("", None),
        # longer than any number that we give
        ("№ 1234567890123 · до 17:00 · Алия, ВКонтакте", None),
    ],
)
def test_a_card_is_known_by_its_form(text: str, number: int | None) -> None:
    assert number_on_card(text) == number


def test_a_list_names_its_tickets_at_the_beginning_of_lines() -> None:
    text = "Ждут ответа 2:\n№ 4 · ждёт 2 ч · Школа № 12 закрыта?\n🔴 № 5 · ждёт 9 ч · слова\nи ещё 3"
    assert listed_numbers(text) == [4, 5]
    assert listed_numbers("Готово: это рабочий чат, Школа № 12.") == []


def test_a_card_shows_short_words_whole_and_long_ones_to_a_word() -> None:
    assert first_words("Где бассейн?") == "Где бассейн?"
    long = "слово " * 1000
    shown = first_words(long)
    assert len(shown) <= WORDS_ON_CARD
    assert long.startswith(shown)
    assert shown.endswith("слово")
