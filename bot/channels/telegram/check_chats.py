"""What `otklik check` tells of the chats and channels in which a bot must have rights, and what to press there."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.destination import as_number
from bot.channels.telegram.reading import maybe_number, maybe_words
from bot.domain.channel import Account, Finding, Severity
from bot.domain.errors import ChannelError
from bot.domain.message import Place

_AT_ONCE = 10
_MOST = 200
"""More would take minutes, and whoever runs so many chats has the same troubles in the first ones."""
_MAKE_ADMINISTRATOR = "«Администраторы» → «Добавить администратора» → выберите бота"


async def check_chats(api: BotApi, account: Account, places: Sequence[Place]) -> list[Finding]:
    """Look at work chats (by number) and channels (by `@name` or number); never raises a ChannelError."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def look(place: Place) -> list[Finding]:
        async with turns:
            return await _check_chat(api, account, place)

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(look(place)) for place in places[:_MOST]]
    found = [finding for task in asked for finding in task.result()]
    if len(places) > _MOST:
        says = f"просмотрены первые {_MOST} чатов и каналов из {len(places)}."
        found.append(Finding(subject=f"Telegram, бот {account.community}", severity=Severity.OK, says=says))
    return found


async def _check_chat(api: BotApi, account: Account, place: Place) -> list[Finding]:
    try:
        chat = await _ask(api, account, "getChat", place.chat)
        rights = await _rights(api, account, place.chat)
    except ChannelError as error:
        return [_unseen(f"Telegram, {place.chat}", error)]
    if chat.get("type") == "channel":
        linked = maybe_number(chat, "linked_chat_id")
        discussion = await _rights_if_in(api, account, linked) if linked is not None else {}
        return list(_channel(_subject(chat, place), rights, discussion))
    return list(_work_chat(_subject(chat, place), chat, rights))


def _channel(subject: str, rights: Mapping[str, Any], discussion: Mapping[str, Any] | None) -> Iterator[Finding]:
    if not _is_administrator(rights):
        yield _warning(
            subject,
            "Бот не администратор канала: реакции на записи не считаются.",
            f"Откройте канал, «Управление каналом», {_MAKE_ADMINISTRATOR}; права можно не давать.",
        )
    if discussion is None or (discussion and not _is_administrator(discussion)):
        yield _warning(
            subject,
            "Бот не администратор группы обсуждений этого канала: комментарии до учреждения не доходят.",
            f"Откройте группу обсуждений, «Управление группой», {_MAKE_ADMINISTRATOR}; права можно не давать.",
        )


def _work_chat(subject: str, chat: Mapping[str, Any], rights: Mapping[str, Any]) -> Iterator[Finding]:
    if chat.get("is_forum") is True and rights.get("can_manage_topics") is not True:
        yield _warning(
            subject,
            "В рабочем чате включены темы, а у бота нет права управлять ими: своей темы у сообщений не будет.",
            f"Откройте группу, «Управление группой», {_MAKE_ADMINISTRATOR}, включите «Управление темами».",
        )
    if maybe_number(chat, "linked_chat_id") is not None:
        yield _warning(
            subject,
            "Рабочий чат – группа обсуждений канала: слова администраторов и комментарии в ней не различить.",
            "Создайте для администраторов отдельную группу и отправьте в ней /bind с новым кодом приглашения.",
        )


async def _rights_if_in(api: BotApi, account: Account, chat: int) -> Mapping[str, Any] | None:
    try:
        return await _rights(api, account, str(chat))
    except ChannelError:
        return None


async def _rights(api: BotApi, account: Account, chat: str) -> Mapping[str, Any]:
    return await _ask(api, account, "getChatMember", chat, user_id=as_number(account.community))


async def _ask(api: BotApi, account: Account, method: str, chat: str, **params: Any) -> Mapping[str, Any]:
    answer = await api.call(account, method, {"chat_id": as_number(chat), **params})
    return answer if isinstance(answer, dict) else {}


def _is_administrator(member: Mapping[str, Any]) -> bool:
    return member.get("status") in ("administrator", "creator")


def _subject(chat: Mapping[str, Any], place: Place) -> str:
    what = "канал" if chat.get("type") == "channel" else "чат"
    return f"Telegram, {what} «{maybe_words(chat, 'title') or place.chat}»"


def _unseen(subject: str, error: ChannelError) -> Finding:
    return _warning(
        subject,
        f"Бот не видит этот чат или канал: {error}.",
        "Добавьте бота в канал или группу; если чата больше нет, привяжите другой (/bind) или исправьте "
        "столбец telegram_channel.",
    )


def _warning(subject: str, says: str, remedy: str) -> Finding:
    return Finding(subject=subject, severity=Severity.WARNING, says=says, remedy=remedy)
