"""Which tokens the product speaks through."""

from pathlib import Path

from bot.delivery.accounts import accounts_of
from bot.settings import Settings
from tests.stories.region import SCHOOL

TOKEN = "500:AAStoryStoryStoryStoryStoryStoryStory00"


def channels_with(folder: Path, mode: str) -> list[str]:
    settings = Settings(_env_file=None, data_dir=folder, telegram_token=TOKEN, telegram_mode=mode)
    return [account.channel for account in accounts_of([SCHOOL], settings)]


def test_telegram_and_vk_are_spoken_to(tmp_path: Path) -> None:
    assert channels_with(tmp_path, "full") == ["telegram", "vk"]


def test_disabled_telegram_is_not_spoken_to(tmp_path: Path) -> None:
    assert channels_with(tmp_path, "disabled") == ["vk"]
