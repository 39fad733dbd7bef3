"""Settings: the environment before `.env`, defaults for the rest, and one line for what is wrong."""

import os
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.settings import Settings, read_settings, unknown_variables, variable


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("OTKLIK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_defaults_hold() -> None:
    settings = read_settings()
    assert settings.data_dir == Path("var")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.vk_api_url == "https://api.vk.ru"
    assert settings.time_zone == "Europe/Moscow"
    assert settings.http_listen == "127.0.0.1:8080"
    assert settings.is_paced


def test_the_environment_goes_before_the_file(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_folder / ".env").write_text("OTKLIK_LANGUAGE=tt\nOTKLIK_TIME_ZONE=Asia/Omsk\n", encoding="utf-8")
    monkeypatch.setenv("OTKLIK_TIME_ZONE", "Asia/Tomsk")
    settings = read_settings()
    assert (settings.language, settings.time_zone) == ("tt", "Asia/Tomsk")


def test_an_empty_variable_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.setenv(variable(field), "")
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("OTKLIK_TIME_ZONE", "Europe/Moskow", "возможно, Europe/Moscow"),
        ("OTKLIK_TIME_ZONE", "Europe", "неизвестен"),  # a folder of the zone database
        ("OTKLIK_TIME_ZONE", "../etc/passwd", "неизвестен"),
        ("OTKLIK_LANGUAGE", "en", "ru, tt"),
        ("OTKLIK_CALENDAR", "Татарстан", "ru-ta"),
        ("OTKLIK_PACE", "fast", "on, off"),
        ("OTKLIK_LOG_FORMAT", "xml", "auto, text, json"),
        ("OTKLIK_TELEGRAM_MODE", "maybe", "full, public_only, redirect_only, disabled"),
        ("OTKLIK_TELEGRAM_TOKEN", "hello", "@BotFather"),
        ("OTKLIK_TELEGRAM_API_URL", "api.telegram.org", "https://"),  # no scheme
        ("OTKLIK_TELEGRAM_API_URL", "http://127.0.0.1:port", "https://"),
        ("OTKLIK_VK_API_URL", "ftp://vk.ru", "https://"),
        ("OTKLIK_MAX_API_URL", "https://max.ru?x=1", "https://"),
        ("OTKLIK_PUBLIC_URL", "https://", "https://"),
        ("OTKLIK_TELEGRAM_PROXY", "proxy:3128", "прокси"),
        ("OTKLIK_CA_BUNDLE", "no-such.pem", "no-such.pem"),
        ("OTKLIK_DATA_DIR", ".env-file", "а нужна папка"),
        ("OTKLIK_DATA_DIR", ".env-file/inside", "нельзя писать"),
    ],
)
def test_a_wrong_value_is_told_in_one_line_that_names_the_variable(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    (empty_folder / ".env-file").write_text("")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    line = str(caught.value)
    assert line.startswith(f"{name}: ")
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize("name", ["OTKLIK_TELEGRAM_TOKEN", "OTKLIK_TELEGRAM_PROXY"])
def test_a_wrong_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "my password")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "my password" not in str(caught.value)


def test_secrets_are_not_in_the_settings_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", "123:verysecret")
    monkeypatch.setenv("OTKLIK_DATABASE_URL", "postgresql://u:verysecret@h/d")
    assert "verysecret" not in repr(read_settings())


@pytest.mark.parametrize(
    ("variables", "is_allowed"),
    [
        ({}, False),  # both messengers' own addresses
        ({"OTKLIK_TELEGRAM_API_URL": "http://127.0.0.1:1"}, False),  # VK's own is left
        ({"OTKLIK_TELEGRAM_API_URL": "http://127.0.0.1:1", "OTKLIK_VK_API_URL": "https://API.VK.COM."}, False),
        ({"OTKLIK_TELEGRAM_API_URL": "http://127.0.0.1:1", "OTKLIK_VK_API_URL": "http://localhost:2"}, True),
        (
            {
                "OTKLIK_TELEGRAM_API_URL": "http://127.0.0.1:1",
                "OTKLIK_VK_API_URL": "http://localhost:2",
                "OTKLIK_MAX_TOKEN": "x",
            },
            False,  # MAX is used, at its own address
        ),
    ],
)
def test_the_pace_is_lifted_only_away_from_the_messengers(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], is_allowed: bool
) -> None:
    monkeypatch.setenv("OTKLIK_PACE", "off")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    if is_allowed:
        assert not read_settings().is_paced
    else:
        with pytest.raises(SettingsError, match="OTKLIK_PACE: off"):
            read_settings()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"OTKLIK_LANGUAGE tt\n", "нет знака «=»"),
        ("OTKLIK_LANGUAGE=ru # привет".encode("cp1251"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(empty_folder: Path, content: bytes, says: str) -> None:
    (empty_folder / ".env").write_bytes(content)
    with pytest.raises(SettingsError, match=says):
        read_settings()


def test_a_misprinted_name_is_noticed_in_the_environment_and_in_the_file(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_folder / ".env").write_text("OTKLIK_LANGUGE=tt\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("OTKLIK_XYZ", "1")
    assert unknown_variables() == [
        "OTKLIK_LANGUGE: такой настройки нет; возможно, OTKLIK_LANGUAGE",
        "OTKLIK_XYZ: такой настройки нет",
    ]
