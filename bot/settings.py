"""The settings: environment variables and `.env` in the current folder, read once and passed by hand."""

import difflib
import io
import os
import re
import zoneinfo
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import SettingsError
from bot.domain.legal import LegalMode

PREFIX = "OTKLIK_"
ENV_FILE = Path(".env")

MESSENGER_DOMAINS = ("telegram.org", "vk.com", "vk.ru", "vk.me", "max.ru")
"""Where the messengers themselves live; a local server is never there."""

_TELEGRAM_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WITHOUT_VALUE = re.compile(rf"(?:export\s+)?({PREFIX}\w*)\b[^=]*", re.IGNORECASE)
_CALENDAR = re.compile(r"[a-z0-9-]{1,40}")


def variable(field: str) -> str:
    """Return the name of the environment variable that sets a field."""
    return PREFIX + field.upper()


def _wrong(info: ValidationInfo, says: str) -> SettingsError:
    """A SettingsError passes through pydantic as it is, so the operator reads this line and no dump of values."""
    return SettingsError(f"{variable(info.field_name or '')}: {says}")


def _one_of(*allowed: str) -> BeforeValidator:
    def check(value: object, info: ValidationInfo) -> object:
        text = str(value).strip().lower()
        if text not in allowed:
            raise _wrong(info, f"«{value}» не подходит; выберите одно из: {', '.join(allowed)}")
        return text

    return BeforeValidator(check)


def _from_to(least: int, most: int) -> BeforeValidator:
    def check(value: object, info: ValidationInfo) -> object:
        text = str(value).strip()
        if not text.isdecimal() or not least <= int(text) <= most:
            raise _wrong(info, f"«{value}» не подходит; нужно целое число от {least} до {most}")
        return text

    return BeforeValidator(check)


def _web_address(value: str, info: ValidationInfo) -> str:
    text = value.strip().rstrip("/")
    if text and not _is_web_address(text):
        raise _wrong(info, "нужен адрес вида https://имя.узла, без пробелов и знака «?»")
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return False
    is_plain = not parts.query and not parts.fragment and not re.search(r"\s", text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain


def _proxy(value: SecretStr, info: ValidationInfo) -> SecretStr:
    text = value.get_secret_value().strip()
    if text and not _is_web_address(text):
        raise _wrong(info, "нужен адрес прокси вида http://имя:пароль@узел:порт")
    return SecretStr(text)


def _telegram_token(value: SecretStr, info: ValidationInfo) -> SecretStr:
    text = value.get_secret_value().strip()
    if text and not _TELEGRAM_TOKEN.fullmatch(text):
        raise _wrong(info, "токен не похож на токен Telegram (цифры, двоеточие, буквы); скопируйте его из @BotFather")
    return SecretStr(text)


def _stripped_secret(value: SecretStr) -> SecretStr:
    return SecretStr(value.get_secret_value().strip())


def _zone(value: str, info: ValidationInfo) -> str:
    name = value.strip()
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        close = difflib.get_close_matches(name, zoneinfo.available_timezones(), n=1)
        hint = f"; возможно, {close[0]}" if close else "; например, Europe/Moscow"
        raise _wrong(info, f"часовой пояс «{name}» неизвестен{hint}") from None
    return name


def _calendar(value: str, info: ValidationInfo) -> str:
    name = value.strip().lower()
    if not _CALENDAR.fullmatch(name):
        raise _wrong(info, f"«{value}» не подходит; нужно имя календаря: ru, ru-ta или имя своего файла")
    return name


def _share(value: object, info: ValidationInfo) -> object:
    try:
        share = float(str(value).strip().replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise _wrong(info, f"«{value}» не подходит; нужна доля больше 0 и не больше 1, например 0.6")
    return share


def _writable_folder(value: Path, info: ValidationInfo) -> Path:
    """Only looks: the folder is made by whoever first writes into it."""
    folder = value.expanduser()
    if folder.exists() and not folder.is_dir():
        raise _wrong(info, f"«{folder}» – это файл, а нужна папка")
    nearest = next((parent for parent in (folder, *folder.absolute().parents) if parent.exists()), None)
    if nearest is None or not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise _wrong(info, f"в папку «{folder}» нельзя писать; укажите другую или дайте право на запись")
    return folder


def _certificates(value: Path | None, info: ValidationInfo) -> Path | None:
    if value is not None and not value.is_file():
        raise _wrong(info, f"файла с сертификатами «{value}» нет; укажите файл PEM или оставьте пустым")
    return value


Secret = Annotated[SecretStr, AfterValidator(_stripped_secret)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """Every setting (docs: interface, "Settings"); an empty variable means the default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Annotated[Path, AfterValidator(_writable_folder)] = Path("var")
    database_url: Secret = SecretStr("")
    """May hold a password. Empty: `otklik.db` in the data folder."""
    secret_key: Secret = SecretStr("")
    """Empty: `secret.key` in the data folder."""
    telegram_token: Annotated[SecretStr, AfterValidator(_telegram_token)] = SecretStr("")
    telegram_api_url: WebAddress = "https://api.telegram.org"
    telegram_proxy: Annotated[SecretStr, AfterValidator(_proxy)] = SecretStr("")
    telegram_mode: Annotated[LegalMode, _one_of(*LegalMode)] = LegalMode.FULL
    """Holds for every kind of institution for which the operator set nothing else (`otklik legal`)."""
    vk_api_url: WebAddress = "https://api.vk.ru"
    max_token: Secret = SecretStr("")
    max_api_url: WebAddress = "https://platform-api2.max.ru"
    ca_bundle: Annotated[Path | None, AfterValidator(_certificates)] = None
    public_url: WebAddress = ""
    http_listen: str = "127.0.0.1:8080"
    """Read by `bot.web.listen.parse_listen`."""
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Moscow"
    language: Annotated[Literal["ru", "tt"], _one_of("ru", "tt")] = "ru"
    calendar: Annotated[str, AfterValidator(_calendar)] = "ru-ta"
    allowed_sites: str = ""
    """Domains that answers may name besides the official ones, separated by commas."""
    grade_after_minutes: Annotated[int, _from_to(0, 7 * 24 * 60)] = 10
    """After an answer the citizen is asked whether it helped; 0: never."""
    topic_buttons: Annotated[Literal["on", "off"], _one_of("on", "off")] = "off"
    incident_count: Annotated[int, _from_to(0, 1000)] = 5
    """So many tickets on one matter within an hour are asked about as a mass event; 0 asks never."""
    collision_seconds: Annotated[int, _from_to(0, 3600)] = 60
    consent: Annotated[Literal["ask", "off"], _one_of("ask", "off")] = "ask"
    file_limit_mb: Annotated[int, _from_to(1, 2000)] = 50
    """Larger files are told in words with a link instead of being carried over."""
    flood: Annotated[Literal["gather", "off"], _one_of("gather", "off")] = "gather"
    tickets_per_hour: Annotated[int, _from_to(1, 1000)] = 10
    """New tickets of one person in an hour over all institutions."""
    keep_words_days: Annotated[int, _from_to(1, 36_500)] = 365
    keep_files_days: Annotated[int, _from_to(1, 36_500)] = 180
    reaction_alert_count: Annotated[int, _from_to(1, 1_000_000)] = 5
    reaction_alert_share: Annotated[float, BeforeValidator(_share)] = 0.6
    reaction_quiet_hours: Annotated[int, _from_to(1, 8760)] = 24
    """The work chat hears of a post that turned negative: from how many reactions and which share, and how often."""
    most_transfers: Annotated[int, _from_to(0, 20)] = 2
    pace: Annotated[Literal["on", "off"], _one_of("on", "off")] = "on"
    log_format: Annotated[Literal["auto", "text", "json"], _one_of("auto", "text", "json")] = "auto"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone of reports and texts."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def sites(self) -> tuple[str, ...]:
        """The domains of `allowed_sites`."""
        return tuple(site.strip() for site in self.allowed_sites.split(",") if site.strip())

    @property
    def asks_consent(self) -> bool:
        """Tell whether citizens agree in private before anything of theirs is kept."""
        return self.consent == "ask"

    @property
    def asks_topic(self) -> bool:
        """Tell whether citizens choose a topic by buttons."""
        return self.topic_buttons == "on"

    @property
    def is_paced(self) -> bool:
        """Tell whether the messengers' speed limits are kept."""
        return self.pace == "on"

    @property
    def key_file(self) -> Path:
        """Where the key lies when `secret_key` is empty."""
        return self.data_dir / "secret.key"


def read_settings() -> Settings:
    """Read and check every setting; raises SettingsError with one line that names the variable and the remedy."""
    for line in _read_file().splitlines():
        if lost := _WITHOUT_VALUE.fullmatch(line.strip()):
            raise SettingsError(f"{ENV_FILE}: в строке «{lost[1]}» нет знака «=»; пишите ИМЯ=значение")
    settings = Settings()
    _keep_pace(settings)
    return settings


def unknown_variables() -> list[str]:
    """Return a line for each variable that looks like ours and is none: most often a misprint."""
    known = {field.upper() for field in Settings.model_fields}
    written = dotenv_values(stream=io.StringIO(_read_file()))
    names = {name.upper().removeprefix(PREFIX) for name in (*os.environ, *written) if name.upper().startswith(PREFIX)}
    lines = []
    for name in sorted(names - known):
        close = difflib.get_close_matches(name, known, n=1)
        lines.append(f"{PREFIX}{name}: такой настройки нет{f'; возможно, {PREFIX}{close[0]}' if close else ''}")
    return lines


def _read_file() -> str:
    if not ENV_FILE.is_file():
        return ""
    try:
        return ENV_FILE.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError(f"{ENV_FILE}: файл не в кодировке UTF-8; сохраните его в UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{ENV_FILE}: файл не читается ({error.strerror}); проверьте права") from None


def _keep_pace(settings: Settings) -> None:
    if settings.is_paced:
        return
    used = ["telegram_api_url", "vk_api_url"]
    if settings.max_token.get_secret_value():
        used.append("max_api_url")
    for field in used:
        host = urlsplit(getattr(settings, field)).hostname or ""
        if any(f".{host.rstrip('.')}".endswith(f".{domain}") for domain in MESSENGER_DOMAINS):
            raise SettingsError(
                f"{variable('pace')}: off только для проверок на своём сервере, а {variable(field)} – адрес самого "
                "мессенджера; уберите off или укажите свой адрес"
            )
