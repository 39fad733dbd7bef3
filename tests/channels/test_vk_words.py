"""Words on their way to VK are changed only where VK itself would make something else of them."""

import pytest

from bot.channels.vk.words import as_typed


@pytest.mark.parametrize(
    "text",
    ["*звёзды* и _черта_", "@ольга", "<b>A & B</b>", "=СУММ(A1)", "почта a@b.ru", "2*3", "[ссылка](https://x.ru)"],
)
def test_what_means_nothing_to_vk_stays_as_it_is(text: str) -> None:
    assert as_typed(text) == text


@pytest.mark.parametrize("text", ["@all", "*все", "@ВСЕ", "*id1 (Имя)", "@club77", "[id1|Имя]", "&amp;", "&#64;"])
def test_what_would_call_somebody_or_change_its_look_is_defused(text: str) -> None:
    assert as_typed(text) != text
    assert as_typed(text).replace("\u2060", "") == text
