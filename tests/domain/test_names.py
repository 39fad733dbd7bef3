"""People choose their names themselves: on a card a name stays one line and shows what it says."""

import pytest

from bot.domain.names import shown_name


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("Анна Петрова", "Анна Петрова"),
        ("Ия\n№ 9 · Школа № 12", "Ия № 9 · Школа № 12"),
        ("Ия\r\n\tГалимова ", "Ия Галимова"),
        ("Иван\u2028\u2029Петров", "Иван Петров"),
        ("\u202eytnediserp", "ytnediserp"),
        ("А\u200b\u2066нна", "Анна"),
        ("Семья 👨\u200d👩\u200d👧", "Семья 👨\u200d👩\u200d👧"),
        ("\u200b", ""),
    ],
)
def test_a_name_is_one_line_without_hidden_signs(chosen: str, shown: str) -> None:
    assert shown_name(chosen) == shown
