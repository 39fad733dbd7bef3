"""In which language somebody wrote."""

import pytest

from bot.domain.language import spoken_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Где бассейн?", "ru"),
        ("Мәктәптә салкын, балалар өши", "tt"),
        ("Мэктэптэ салкын", "tt"),  # typed without Tatar letters
        ("рэхмэт", "tt"),
        ("Директор школы Гөлнара Әхмәтова не отвечает", "ru"),  # names do not make it Tatar
        ("Школа 12", ""),
        ("Рәхмәт, спасибо", ""),
        ("", ""),
        ("👍 12:00", ""),
    ],
)
def test_the_language_is_told_by_the_words(text: str, language: str) -> None:
    assert spoken_language(text) == language
