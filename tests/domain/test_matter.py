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
        ("Мусор не вывозят", "мусор не вывозят"),
        ("Уже неделю не вывозят мусор", "не вывозят мусор"),
        ("В школе не топят", "не топят"),
        ("Врач не принимает в поликлинике", "врач не принимает"),
        ("Свет на улице не горит", "свет не горит"),
    ],
)
def test_people_who_write_the_same_words_get_a_matter_that_says_something(text: str, matter: str) -> None:
    assert " ".join(common_matter([text] * 5, at_least=5)) == matter


def test_what_everybody_says_in_other_words_is_named_by_what_it_is_about() -> None:
    texts = ["Мусор не вывозят", "Мусор не забирают", "Когда уберут мусор? Никто не убирает"]
    assert common_matter(texts, at_least=3) == ("мусор",)


def test_the_name_of_a_matter_fits_the_texts_from_which_it_comes() -> None:
    texts = [
        "Мусор не вывозят",
        "почему не вывозят мусор",
        "Опять мусор не вывозят!",
        "не вывозят мусор с понедельника",
    ]
    name = common_matter(texts, at_least=3)
    assert all(speaks_of(matter_of(" ".join(name)), text) for text in texts)
