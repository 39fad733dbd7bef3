"""Whether words speak of one matter."""

import pytest

from bot.domain.matter import common_matter, matter_of, speaks_of


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        ("нет воды", "Здравствуйте, у нас нет воды второй день"),
        ("нет воды", "Почему отключили воду?"),
        ("нет воды", "Вода пропала с утра, Пушкина 5"),
        ("нет воды", "сидим без воды!!!"),
        ("су юк", "Бездә су юк"),
        ("нет отопления", "Когда дадут отопление? Его нет в школе"),
        ("автобус 10", "Автобуса 10 опять не было"),
        ("нет света", "Свет не горит"),
        ("лифт не работает", "В доме нет лифта третий день"),
    ],
)
def test_different_words_of_one_matter_are_known(matter: str, text: str) -> None:
    assert speaks_of(matter_of(matter), text)


@pytest.mark.parametrize(
    ("matter", "text"),
    [
        ("нет воды", "В бассейне холодная вода"),  # water, but nothing is missing
        ("нет воды", "Нет света во всём доме"),  # missing, but not the water
        ("нет", "Нет воды"),  # a matter needs a word of its own
        ("", "Нет воды"),
        ("нет отопления", "Спасибо за отопление"),
    ],
)
def test_another_matter_is_told_apart(matter: str, text: str) -> None:
    assert not speaks_of(matter_of(matter), text)


def test_the_common_matter_is_two_words_as_people_spell_them() -> None:
    texts = ["нет воды на Пушкина", "Воды нет!", "опять нет воды", "Когда каникулы?", "Где расписание?"]
    assert common_matter(texts, at_least=3) == ("нет", "воды")


def test_one_shared_word_is_no_matter() -> None:
    texts = ["школа закрыта", "Какая школа лучше?", "Школа красивая"]
    assert common_matter(texts, at_least=3) == ()


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Отопление не работает в классе", "отопление не работает"),
        ("В школе нет воды", "нет воды"),
        ("Воды нет в столовой", "нет воды"),
        ("Автобус не ходит", "автобус не ходит"),
    ],
)
def test_people_who_write_the_same_words_get_a_matter_that_says_something(text: str, matter: str) -> None:
    assert " ".join(common_matter([text] * 5, at_least=5)) == matter
