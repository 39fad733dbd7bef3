"""Driving the pretend Telegram from another process: `/control/…`, JSON in and out."""

from collections.abc import Mapping
from typing import Any

from bot.domain.clock import SystemClock
from tests.pretend.telegram_people import People


async def control(people: People, action: str, order: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out one order; raises KeyError for an unknown one.

    `push`: `count` private messages at once from people `first_user`, `first_user` + 1 … (or `users` people in turn),
    each with the words `text` and its number. `counters`, `sent` (since an index), `write`, `group`, `group_message`,
    `press`, `messages`, `reset`.
    """
    match action:
        case "push":
            return await _push(people, order)
        case "counters":
            return _counters(people)
        case "sent":
            since = int(order.get("since", 0))
            return {"next": len(people.sent), "sent": [list(each) for each in people.sent[since:]]}
        case "write":
            return {"message_id": await people.citizen_writes(int(order["user_id"]), str(order["text"]))}
        case "group":
            people.create_group(int(order["chat_id"]), str(order.get("title", "Рабочий чат")))
            return {}
        case "group_message":
            reply_to = order.get("reply_to")
            message_id = await people.group_message(
                int(order["chat_id"]), int(order["user_id"]), str(order["text"]), reply_to=reply_to
            )
            return {"message_id": message_id}
        case "press":
            press_id = await people.presses(
                int(order["user_id"]), int(order["chat_id"]), int(order["message_id"]), str(order["button"])
            )
            return {"press_id": press_id}
        case "messages":
            return {"messages": [_shown(each) for each in people.messages(int(order["chat_id"]))]}
        case "reset":
            return _reset(people)
        case _:
            raise KeyError(action)


async def _push(people: People, order: Mapping[str, Any]) -> dict[str, Any]:
    count, first_user = int(order["count"]), int(order.get("first_user", 1_000_001))
    users, first_number = int(order.get("users", count)), int(order.get("first_number", 1))
    text = str(order.get("text", "Вопрос"))
    pushed_at = SystemClock().now().timestamp()
    for index in range(count):
        await people.citizen_writes(first_user + index % users, f"{text} {first_number + index}")
    return {"pushed_at": pushed_at, "pushed": count}


def _counters(people: People) -> dict[str, Any]:
    return {
        "sent": len(people.sent),
        "by_method": dict(people.counts),
        "refused": dict(people.refusals),
        "unconfirmed": sum(len(bot.queue) for bot in people.bots.values()),
    }


def _reset(people: People) -> dict[str, Any]:
    people.sent.clear()
    people.counts.clear()
    people.refusals.clear()
    for bot in people.bots.values():
        bot.queue.clear()
    for chat in (*people.private.values(), *people.groups.values()):
        chat.messages.clear()
    return {}


def _shown(message: Any) -> dict[str, Any]:
    return {
        "id": message.id,
        "text": message.text,
        "is_bot": message.is_bot,
        "reply_to": message.reply_to,
        "edited": message.edited,
        "buttons": [[[each.text, each.action or each.url] for each in row] for row in message.buttons],
        "files": [file.name for file in message.files],
    }
