"""Words that are too long for a message lose their last lines."""

import pytest

from bot.reports.fitting import shortened

TEXT = "Отчёт\nСообщений: 5\n\nКто отвечает:\nШкола: 5"


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (100, TEXT),  # fits
        (len(TEXT), TEXT),  # just fits
        (len(TEXT) - 1, "Отчёт\nСообщений: 5"),  # the heading would stand alone
        (3, "Отчёт"),  # one line stays whatever its length
    ],
)
def test_no_heading_stays_without_its_lines(limit: int, expected: str) -> None:
    assert shortened(TEXT, limit=limit) == expected
