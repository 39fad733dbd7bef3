"""An answer that looks like fraud or an insult is asked about; ordinary answers pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parts import LOOKED_AT
from bot.safety.guard import doubts
from bot.texts import LANGUAGES, Texts

TEXTS = Texts.load()
KNOWN = ["school12.ru", "t.me/otklik_bot"]

DOUBTFUL = [
    # codes
    ("Сообщите, пожалуйста, код из СМС", {"doubt-code"}),
    ("Вам придёт код, пришлите его сюда", {"doubt-code"}),
    ("Цифры из сообщения, пожалуйста", {"doubt-code"}),
    ("СМС-кодны языгыз", {"doubt-code"}),  # Tatar
    # passwords
    ("Напишите логин и пароль от дневника", {"doubt-password"}),
    ("Серсүзне җибәрегез", {"doubt-password"}),
    # cards
    ("Нужен номер вашей карты и CVV", {"doubt-card", "doubt-cvv"}),
    ("Укажите данные банковской карты", {"doubt-card"}),
    ("Переведите 500 рублей на карту заведующей", {"doubt-card"}),
    ("Три цифры с обратной стороны", {"doubt-cvv"}),
    # passports
    ("Пришлите фото паспорта", {"doubt-passport"}),
    ("Для пропуска укажите паспортные данные", {"doubt-passport"}),
    ("Паспортны җибәрегез", {"doubt-passport"}),
    ("Нужен скан паспорта", {"doubt-passport"}),
    # links
    ("Оплатите здесь: https://pay-school.ru/1", {"doubt-link"}),
    ("Вступайте в чат t.me/other", {"doubt-link"}),
    ("Оплата на my-sber.bank", {"doubt-link"}),
    ("Пишите оператору @fake_support", {"doubt-link"}),
    ("Зайдите на 192.168.0.1", {"doubt-link"}),
    # insults
    ("Вы идиоты", {"doubt-insult"}),
    # a warning in one sentence does not cover a request in another
    ("Никому не говорите пароль. А нам пришлите код.", {"doubt-code"}),
]

ORDINARY = [
    "Здравствуйте. Бассейн откроется 1 декабря, стоимость 500 рублей.",
    "Никому не сообщайте код из СМС и пароли, мы их никогда не спрашиваем.",
    "СМС-кодларны беркемгә дә әйтмәгез",
    "Приходите с паспортом и СНИЛС в кабинет 5",
    "Возьмите с собой паспорт",
    "Нужны паспорт родителя и свидетельство о рождении",
    "Паспорт һәм таныклыклар кирәк",
    "Амбулаторную карту отправили в регистратуру",
    "Пароль от дневника выдаёт классный руководитель",
    "Сообщите код района, пожалуйста",
    "Подробнее: https://www.gosuslugi.ru/10600 и school12.ru/kontakty",
    "Напишите нам: https://t.me/otklik_bot?start=school-12",
    "Приказ.pdf во вложении, пишите на school12@tatar.ru",
    "",
]


@pytest.mark.parametrize(("text", "keys"), DOUBTFUL)
def test_a_doubtful_answer_is_asked_about(text: str, keys: set[str]) -> None:
    assert keys == {doubt.text_key for doubt in doubts(text, KNOWN)}


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_answer_passes(text: str) -> None:
    assert doubts(text, KNOWN) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doubt_has_its_words(language: str) -> None:
    for text, _ in DOUBTFUL:
        for doubt in doubts(text, KNOWN):
            assert TEXTS.say(language, doubt.text_key, **doubt.arguments)


def test_a_link_is_shown_so_that_it_cannot_be_clicked() -> None:
    [doubt] = doubts("Оплата: https://pay-school.ru/1", KNOWN)
    assert "hxxps://pay-school[.]ru/1" in TEXTS.say("ru", doubt.text_key, **doubt.arguments)


def test_an_answer_that_is_too_long_to_be_looked_at_whole_is_always_asked_about() -> None:
    ordinary = "Приходите завтра. " * 1200
    assert {doubt.text_key for doubt in doubts(ordinary[:LOOKED_AT])} == set()
    assert {doubt.text_key for doubt in doubts(ordinary + "Вы идиоты")} == {"doubt-long"}
    for language in LANGUAGES:
        [doubt] = doubts(ordinary)
        assert "20000" in TEXTS.say(language, doubt.text_key, **doubt.arguments)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert len(doubts(text)) <= 8
