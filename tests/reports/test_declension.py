"""Names on diplomas."""

import pytest

from bot.reports.rating.declension import decline


@pytest.mark.parametrize(
    ("name", "genitive", "dative"),
    [
        ("Хабибуллин Ильдар Фаритович", "Хабибуллина Ильдара Фаритовича", "Хабибуллину Ильдару Фаритовичу"),
        ("Хабибуллина Гөлнара Фаритовна", "Хабибуллиной Гөлнары Фаритовны", "Хабибуллиной Гөлнаре Фаритовне"),
        # written the other way round
        ("Ильдар Фаритович Хабибуллин", "Ильдара Фаритовича Хабибуллина", "Ильдару Фаритовичу Хабибуллину"),
        ("Сафин Марат", "Сафина Марата", "Сафину Марату"),
        # a Tatar patronymic, and a surname that women do not decline
        ("Шәрипова Әлфия Тәлгать кызы", "Шәриповой Әлфии Тәлгать кызы", "Шәриповой Әлфии Тәлгать кызы"),
        ("Петренко Мария Олеговна", "Петренко Марии Олеговны", "Петренко Марии Олеговне"),
        ("Рабинович-Горячева Анна Львовна", "Рабинович-Горячевой Анны Львовны", "Рабинович-Горячевой Анне Львовне"),
    ],
)
def test_a_name_is_declined(name: str, genitive: str, dative: str) -> None:
    told = decline(name)
    assert (told.nominative, told.genitive, told.dative, told.is_declined) == (name, genitive, dative, True)


@pytest.mark.parametrize(
    "name",
    [
        "Алсу",  # one word
        "Smith John",  # no Russian name
        "Солнышко 77",
        "админ школы",
        "Гариф Нур",  # nothing tells the gender
        "=HYPERLINK(1)",
        "",
        "Один Два Три Четыре Пять",
    ],
)
def test_what_cannot_be_declined_stays_as_it_is_and_is_marked(name: str) -> None:
    told = decline(name)
    assert (told.nominative, told.genitive, told.dative, told.is_declined) == (name, name, name, False)
