"""How a figure differs from that of the period before."""

import pytest

from bot.reports.change import Change, count_change, share_change, time_change
from bot.reports.numbers import say_count, say_decimal, say_share
from bot.texts import Texts


def said(change: Change | None) -> str | None:
    return None if change is None else f"{change.arrow} {change.words} {change.mood}".strip().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (110, 100, "▲ на 10 % больше plain"),
        (90, 100, "▼ на 10 % меньше plain"),
        (1000, 1001, "как прежде plain"),
        (12_345, 10, "▲ на 123 350 % больше plain"),
        (5, 0, None),
        (9, 100, None),
        (100, 9, None),
        (10, 10, "как прежде plain"),
        (0, 0, None),
        (7, None, None),
    ],
)
def test_more_questions_are_neither_good_nor_bad(
    texts: Texts, now: int, before: int | None, expected: str | None
) -> None:
    assert said(count_change(now, before, texts=texts, language="ru")) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (0.943, 0.915, "▲ лучше на 2,8 п. п. good"),
        (0.5, 0.51, "▼ хуже на 1,0 п. п. bad"),
        (0.5, 0.5, "как прежде plain"),
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_a_share_changes_by_points(texts: Texts, now: float | None, before: float | None, expected: str | None) -> None:
    assert said(share_change(now, before, cases=(10, 10), texts=texts, language="ru")) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (3600, 5400, "▼ быстрее на 30 мин good"),
        (9300, 5400, "▲ медленнее на 1 ч 05 мин bad"),
        (5430, 5400, "как прежде plain"),
        (None, 1, None),
    ],
)
def test_less_time_is_good(texts: Texts, now: float | None, before: float | None, expected: str | None) -> None:
    assert said(time_change(now, before, cases=(10, 10), texts=texts, language="ru")) == expected


@pytest.mark.parametrize("cases", [(9, 100), (100, 9), (0, 0), (None, 10), (10, None)])
def test_of_fewer_than_ten_cases_nothing_is_told(texts: Texts, cases: tuple[int | None, int | None]) -> None:
    assert share_change(0.5, 0.9, cases=cases, texts=texts, language="ru") is None
    assert time_change(60, 86_400, cases=cases, texts=texts, language="ru") is None


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0 %"), (1, "100 %"), (0.0001, "0,1 %"), (0.9999, "99,9 %"), (0.625, "62,5 %"), (0.9, "90,0 %")],
)
def test_only_all_is_a_hundred_percent(share: float, expected: str) -> None:
    assert say_share(share).replace("\u00a0", " ") == expected


def test_numbers_are_written_as_russians_read_them() -> None:
    assert say_count(1_234_567) == "1\u00a0234\u00a0567"
    assert say_decimal(4.66) == "4,7"
    assert say_decimal(-1_234.5) == "−1\u00a0234,5"
