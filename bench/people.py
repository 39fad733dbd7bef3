"""What citizens write, as the messengers would hand it over."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench.region import BOT, FIRST_COMMUNITY
from bot.domain.channel import Incoming

WORDS = (
    "Здравствуйте. Подскажите, пожалуйста, когда включат отопление в доме 14 по улице Ленина?",
    "Добрый день! В детском саду третий день нет горячей воды, дети мёрзнут. Просим сообщить, когда это исправят.",
    "Как записать ребёнка в первый класс, если прописка в другом районе",
    "Запись к терапевту только через две недели. Это нормально?? Участок 7, фамилия врача в карточке не указана.",
)
FIRST_USER = 1_000_001


def telegram_message(number: int) -> dict[str, Any]:
    """Return the raw update with which Telegram tells of a private message."""
    user = FIRST_USER + number
    person = {"id": user, "is_bot": False, "first_name": "Житель", "last_name": str(user), "language_code": "ru"}
    return {
        "update_id": 700_000_000 + number,
        "message": {
            "message_id": 17,
            "from": person,
            "chat": {"id": user, "first_name": "Житель", "last_name": str(user), "type": "private"},
            "date": _now(),
            "text": WORDS[number % len(WORDS)],
        },
    }


def vk_message(number: int, communities: int) -> dict[str, Any]:
    """Return the raw event with which VK tells a community of a private message."""
    user, group = FIRST_USER + number, FIRST_COMMUNITY + number % communities
    message = {
        "date": _now(),
        "from_id": user,
        "id": 100_000 + number,
        "out": 0,
        "version": 10_000_000 + number,
        "attachments": [],
        "conversation_message_id": 1,
        "fwd_messages": [],
        "important": False,
        "is_hidden": False,
        "peer_id": user,
        "random_id": 0,
        "text": WORDS[number % len(WORDS)],
    }
    client = {"button_actions": ["text", "callback", "open_link"], "keyboard": True, "inline_keyboard": True}
    return {
        "group_id": group,
        "type": "message_new",
        "event_id": f"{group:x}e{number:08x}",
        "v": "5.199",
        "object": {"client_info": client | {"carousel": True, "lang_id": 0}, "message": message},
    }


def memory_message(channel: str, number: int) -> dict[str, Any]:
    """Return the raw event with which the twin of the port tells of a private message."""
    user = str(FIRST_USER + number)
    return {
        "kind": "message",
        "chat": user,
        "chat_kind": "private",
        "from": {"id": user, "name": f"Житель {user}", "language": "ru"},
        "message_id": "1",
        "text": WORDS[number % len(WORDS)],
        "at": datetime.now(UTC).isoformat(),
    }


def incoming(count: int, communities: int, *, is_memory: bool) -> Iterator[Incoming]:
    """Yield questions of different people: three of four in VK communities, every fourth to the Telegram bot."""
    for number in range(count):
        in_telegram = is_in_telegram(number)
        channel = "telegram" if in_telegram else "vk"
        community = BOT if in_telegram else str(FIRST_COMMUNITY + number % communities)
        if is_memory:
            payload = memory_message(channel, number)
        else:
            payload = telegram_message(number) if in_telegram else vk_message(number, communities)
        yield Incoming(
            channel=channel,
            community=community,
            key=str(number),
            lane=f"{channel}:{community}:{FIRST_USER + number}",
            payload=json.dumps(payload, ensure_ascii=False).encode(),
        )


def is_in_telegram(number: int) -> bool:
    """Tell where the person of this number writes."""
    return number % 4 == 3


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
