"""Insults are seen behind tricks, and ordinary words are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.insults import has_insult
from bot.safety.letters import meant_words

INSULTS = [
    "Вы там все дебилы",
    "сука, верните воду",
    "Cyka, верните воду",  # Latin letters
    "с у к а",  # spelled
    "сууууука",  # drawn out
    "$ука",  # signs
    "с*ука",
    "да пошли вы нахуй",
    "xуйня, а не ремонт",
    "пи3дец дорогам",
    "заебали",
    "какого хуя",
    "бл@ть",
    "блядь",
    "долбоебы",
    "ёбаный насос",
    "мудаки",
    "идиоты",
    "Ахмак син",  # Tatar
]

INNOCENT = [
    "употребляйте, корабля, рубля, ансамбля",  # «бля» inside
    "барсука и сукно",
    "застраховать, психует, сухую",
    "мандат, команда, мандарин",
    "хлебать, погребать, учебный, небо, требует, ребёнок, лебедь",
    "скипидар",
    "оскорблять нельзя",
    "команду потребовали обеспечить",
    "хутор, Хусаинова, Хуснуллин",
    "урожай, народ, природа",
    "тварог? творог",
    "вы в с к о",  # four one-letter words in a row: no insult
    "Себестоимость, себе, тебе, ебрр",
    "дураково поле",
    "тупик, тупиковая",
    "козлятник",
    "тупая боль в колене",
    "из Ебурга, учёба, дебаты, вебинар",
    "школа № 30, 346 км",
    "Мудрая политика",
    "",
]


@pytest.mark.parametrize("text", INSULTS)
def test_an_insult_is_seen(text: str) -> None:
    assert has_insult(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_ordinary_words_are_no_insult(text: str) -> None:
    assert [word for word in meant_words(text) if has_insult(word)] == []
    assert not has_insult(text)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert has_insult(text) in (True, False)
    assert all(word for word in meant_words(text))
