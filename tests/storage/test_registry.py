"""Which institution a Telegram channel belongs to, however the sheet and the messenger write it."""

import pytest

from bot.domain.institution import Institution
from storage.registry import Registry, telegram_channels_of


def _school(channel: str) -> Institution:
    return Institution(
        code="school-12", name="Школа № 12", branch="Образование", municipality="Казань", telegram_channel=channel
    )


@pytest.mark.parametrize(
    ("in_sheet", "sources"),
    [
        ("@School12", ("@school12", "-1001234567890")),
        ("-1001234567890", ("@renamed", "-1001234567890")),
        ("1234567890", ("-1001234567890",)),  # as Telegram's own programs show the number
        ("https://t.me/school12", ("@School12",)),
        ("@school12", ("https://t.me/s/school12/57",)),
        ("1234567890", ("https://t.me/c/1234567890/57",)),
    ],
)
def test_a_channel_is_found_by_its_name_and_by_its_number(in_sheet: str, sources: tuple[str, ...]) -> None:
    school = _school(in_sheet)
    registry = Registry(institutions={school.code: school}, telegram_channels=telegram_channels_of([school]))
    assert registry.institution_of_sources(sources) == school


def test_a_channel_of_nobody_is_nobodys() -> None:
    with_channel, without = _school("@school12"), _school("")
    registry = Registry(
        institutions={with_channel.code: with_channel}, telegram_channels=telegram_channels_of([without, with_channel])
    )
    assert registry.institution_of_sources(("@school1", "-1005")) is None
    assert registry.institution_of_sources(()) is None
    assert registry.institution_of_sources(("",)) is None
