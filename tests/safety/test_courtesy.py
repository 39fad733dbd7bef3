"""What asks for nothing is told from words that want something."""

import pytest

from bot.safety.courtesy import asks_nothing, is_farewell, is_greeting, is_thanks

THANKS = (
    "Спасибо",
    "спасибо большое за быстрый ответ!!!",
    "Благодарю вас, всё понятно",
    "Хорошо, спасибо",
    "да, спасибо",
    "Спасибооооо",
    "рәхмәт",
    "Зур рәхмәт җавабыгыз өчен",
    "рахмат сезгә",  # without the Tatar letters, as many type it
    "молодцы",
    "С праздником!",
    "С Новым годом, с наступающим",
    "Бәйрәм белән",
    "👍",
    "👍🏻",
    "🙏❤️",
    "спасибо " * 300,
)
GREETINGS = (
    "Здравствуйте!",
    "здравствуйте, спасибо за помощь",
    "Добрый день, уважаемые коллеги",
    "Доброго времени суток",
    "Привет 👋",
    "исәнмесез",
    "Исәнмесез, хәерле көн",
    "Всего доброго",
    "сау булыгыз",
)
ELSE = ("😡", "🤔", "👨‍👩‍👧", "🇷🇺", ":)", ")))")
"""Emoji that neither thank nor greet, and what people typed before there were any."""


@pytest.mark.parametrize("text", THANKS)
def test_thanks(text: str) -> None:
    assert asks_nothing(text)
    assert is_thanks(text)


@pytest.mark.parametrize("text", GREETINGS)
def test_greetings(text: str) -> None:
    assert asks_nothing(text)
    assert is_greeting(text)
    assert not is_thanks(text)


def test_who_takes_leave_is_told_from_who_comes() -> None:
    leave = ["до свидания", "Всего доброго", "хорошего дня", "сау булыгыз", "Спасибо, до свидания"]
    assert [text for text in leave if not is_farewell(text)] == []
    assert [
        text for text in ("Здравствуйте!", "Добрый день", "исәнмесез", "сәлам", "спасибо") if is_farewell(text)
    ] == []


@pytest.mark.parametrize("text", ELSE)
def test_signs_alone(text: str) -> None:
    assert asks_nothing(text)
    assert not is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "...", "!", "+", "№", "день", "ответ", "за", "кон"),
        *("да", "хорошо", "Да, хорошо", "ок", "ладно", "яхшы", "Здравствуйте, да", "молодцы, хорошо"),
        *("Спасибо, третий день без воды", "нет, спасибо", "не за что", "юк, рәхмәт", "Спасибо 👎", "❌"),
        *("Спасибо, а когда откроют?", "Рәхмәт, ә кайчан?", "Спасибо?", "👍?", "👍？", "❓", "Спасибо ⁉️"),
        *("Спасибо 5", "Добрый день 2", "1️⃣", "½", "спасибо100"),
        *("Здравствуйте, помощь", "Здравствуйте, ответ", "Спасибо, ответ", "Спасибо, жду", "🆘"),
        *("Спасибо что ничего не сделали", "Благодаря вам нет воды", "Здравствуйте, Анна Ивановна"),
        *("Спасибо @admin", "спасибо https://spasibo.ru", "Спасибо №", "👍" * 20_001),
    ],
)
def test_words_like_any_others(text: str) -> None:
    assert not asks_nothing(text)
    assert not is_thanks(text)
    assert not is_greeting(text)
