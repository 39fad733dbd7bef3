"""Nothing but thanks is told from words that want something."""

import pytest

from bot.safety.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо",
        "спасибо большое за быстрый ответ!!!",
        "Благодарю вас, всё понятно",
        "рәхмәт",
        "Зур рәхмәт җавабыгыз өчен",
        "рахмат сезгә",  # without the Tatar letters, as many type it
        "👍",
        "🙏❤️",
    ],
)
def test_thanks(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "хорошо",  # agrees, thanks nobody
        "Спасибо, а когда откроют?",
        "Спасибо что ничего не сделали",
        "Рәхмәт, ә кайчан?",
        "Спасибо?",
        "😡",
        "спасибо " * 100,  # not read to its end
    ],
)
def test_no_thanks(text: str) -> None:
    assert not is_thanks(text)
