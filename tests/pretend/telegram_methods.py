"""The methods of the pretend Bot API; refusals are in the words of Telegram's own server (`Client.cpp`)."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.domain.clock import SystemClock
from bot.domain.message import Button
from bot.domain.parts import utf16_length
from tests.pretend.telegram_world import (
    PretendBot,
    PretendChat,
    PretendFile,
    PretendTopic,
    Shown,
    World,
    file_id,
    find_file,
    raw_chat,
    raw_message,
    thread_of,
)

LARGEST_DOWNLOAD = 20 << 20
DELETED_WITHIN_SECONDS = 48 * 3600
TOPIC_ICONS = {
    "5312536423851630001": "💡",
    "5379748062124056162": "❗️",
    "5237699328843200968": "✅",
    "5312241539987020022": "🔥",
}
"""Some of Telegram's topic icons by their ids."""
_FILE_METHODS = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendAnimation": "animation",
    "sendAudio": "audio",
    "sendVoice": "voice",
    "sendVideoNote": "video_note",
    "sendSticker": "sticker",
}


class RefusedError(Exception):
    """Telegram says no."""

    def __init__(self, status: int, description: str, **parameters: float) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call as it came in."""

    bot: PretendBot
    method: str
    params: Mapping[str, Any]
    uploads: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def structure(self, name: str) -> Any:
        """Return a parameter that is JSON, whether it came as JSON or inside a form."""
        value = self.params.get(name)
        return orjson.loads(value) if isinstance(value, str) and value else value

    def whole(self, name: str) -> int:
        """Return a parameter that is a whole number, 0 when it is none."""
        try:
            return int(self.params.get(name) or 0)
        except (TypeError, ValueError):
            return 0

    def words(self, name: str) -> str:
        """Return a text without the white space around it, which Telegram cuts off."""
        return str(self.params.get(name) or "").strip()


async def answer(world: World, call: Call) -> Any:
    """Do what a call asks for and return its result; raises RefusedError."""
    if call.method == "getUpdates":
        return await _get_updates(world, call)
    method = _send_file if call.method in _FILE_METHODS else _METHODS.get(call.method)
    if method is None:
        raise RefusedError(404, "Not Found: method not found")
    return method(world, call)


async def _get_updates(world: World, call: Call) -> bytes:
    """Return the batch as JSON bytes. Calling again with a higher offset confirms; a second poller ends the first."""
    bot, offset = call.bot, call.whole("offset")
    _refuse_beside_webhook(bot)
    bot.polls += 1
    mine = bot.polls
    bot.ring()
    allowed = call.structure("allowed_updates")
    if allowed is not None:
        bot.allowed = frozenset(allowed) or None
    if 0 < offset <= bot.next_update + 10:  # an offset from far beyond belongs to ids of an earlier life
        while bot.queue and bot.queue[0][0] < offset:
            bot.queue.popleft()
            world.changed()
    loop = asyncio.get_running_loop()
    end = loop.time() + min(call.whole("timeout"), 50)
    while not bot.queue and (left := end - loop.time()) > 0:
        try:
            await asyncio.wait_for(bot.wake.wait(), left)
        except TimeoutError:
            break
        _refuse_beside_webhook(bot)
        if bot.polls != mine:
            raise RefusedError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
    limit = min(call.whole("limit") or 100, 100)
    return b"[" + b",".join(raw for _, raw in list(bot.queue)[:limit]) + b"]"


def _refuse_beside_webhook(bot: PretendBot) -> None:
    if bot.webhook:
        raise RefusedError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )


def _webhook_info(world: World, call: Call) -> dict[str, Any]:
    return {"url": call.bot.webhook, "pending_update_count": len(call.bot.queue)}


def _set_webhook(world: World, call: Call) -> bool:
    call.bot.webhook = call.words("url") if call.method == "setWebhook" else ""
    if call.params.get("drop_pending_updates") in (True, "true"):
        call.bot.queue.clear()
    call.bot.ring()
    return True


def _send_message(world: World, call: Call) -> Any:
    chat = _writable(world, call)
    text = call.words("text")
    if not text:
        raise RefusedError(400, "Bad Request: message text is empty")
    if utf16_length(text) > 4096:
        raise RefusedError(400, "Bad Request: message is too long")
    return _shown(world, call, chat, text=text)


def _send_place(world: World, call: Call) -> Any:
    """Show a place; its words stand for the map that people see."""
    chat = _writable(world, call)
    latitude, longitude = float(call.params["latitude"]), float(call.params["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise RefusedError(400, "Bad Request: invalid location specified")
    name = f"{call.words('title')}, {call.words('address')} " if call.method == "sendVenue" else ""
    return _shown(world, call, chat, text=f"🗺 {name}{latitude} {longitude}")


def _send_file(world: World, call: Call) -> Any:
    chat, kind = _writable(world, call), _FILE_METHODS[call.method]
    file = _taken(world, call, kind, call.params.get(kind))
    return _shown(world, call, chat, text=_caption(call.words("caption")), files=(file,))


def _send_album(world: World, call: Call) -> Any:
    chat, items = _writable(world, call), call.structure("media")
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise RefusedError(400, "Bad Request: wrong number of messages in the album; it must have 2-10 items")
    kinds = {item["type"] for item in items}
    for lonely in ("document", "audio"):
        if lonely in kinds and len(kinds) > 1:
            raise RefusedError(400, f"Bad Request: {lonely} can't be mixed with other media types")
    files = [_taken(world, call, item["type"], item.get("media")) for item in items]
    captions = [_caption(str(item.get("caption") or "").strip()) for item in items]
    album = str(world.unique())
    return [
        _shown(world, call, chat, text=caption, files=(file,), album=album)
        for file, caption in zip(files, captions, strict=True)
    ]


def _shown(
    world: World,
    call: Call,
    chat: PretendChat,
    *,
    text: str,
    files: tuple[PretendFile, ...] = (),
    album: str = "",
) -> Any:
    reply = call.structure("reply_parameters") or {}
    reply_to = reply.get("message_id") if isinstance(reply, dict) else None
    if reply_to is not None and reply_to not in chat.messages:
        if reply.get("allow_sending_without_reply") is not True:
            raise RefusedError(400, "Bad Request: message to be replied not found")
        reply_to = None
    options = call.structure("link_preview_options") or {}
    mailbox = call.whole("direct_messages_topic_id") or None
    if chat.is_mailbox and mailbox is None:
        raise RefusedError(400, "Bad Request: direct messages topic must be specified")
    thread = _topic(call, chat) if chat.is_forum else thread_of(chat, reply_to)
    message = Shown(
        id=world.number_message(chat),
        author=call.bot.id,
        is_bot=True,
        name=call.bot.name,
        text=text,
        buttons=() if album else _keyboard(call),
        files=files,
        reply_to=reply_to,
        at=SystemClock().now().timestamp(),
        album=album,
        thread=thread,
        mailbox=mailbox if chat.is_mailbox else None,
        preview=options.get("is_disabled") is not True,
    )
    world.sent.append((message.at, chat.id, text))
    world.show(chat, message)
    return raw_message(world, chat, message, call.bot)


def _edit(world: World, call: Call) -> Any:
    chat = _writable(world, call)
    message = chat.messages.get(call.whole("message_id"))
    if message is None:
        raise RefusedError(400, "Bad Request: message to edit not found")
    if message.author != call.bot.id:
        raise RefusedError(400, "Bad Request: message can't be edited")
    text = message.text
    if call.method == "editMessageText":
        if message.files:
            raise RefusedError(400, "Bad Request: there is no text in the message to edit")
        text = call.words("text")
        if not text:
            raise RefusedError(400, "Bad Request: message text is empty")
        if utf16_length(text) > 4096:
            raise RefusedError(400, "Bad Request: MESSAGE_TOO_LONG")
    elif call.method == "editMessageCaption":
        text = _caption(call.words("caption"))
    files = message.files
    if call.method == "editMessageMedia":
        media = call.structure("media")
        text = _caption(str(media.get("caption") or ""))
        files = (_taken(world, call, media["type"], media.get("media")),)
    buttons = _keyboard(call)
    if (text, buttons, files) == (message.text, message.buttons, message.files):
        raise RefusedError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    message.text, message.buttons, message.files, message.edited = text, buttons, files, True
    world.changed()
    return raw_message(world, chat, message, call.bot)


def _topic(call: Call, chat: PretendChat) -> int | None:
    """Return the topic into which a message goes; others than administrators may not write into a closed one."""
    thread = call.whole("message_thread_id") or None
    if thread is None:
        return None
    if thread not in chat.topics:
        raise RefusedError(400, "Bad Request: message thread not found")
    if chat.topics[thread].closed and "can_manage_topics" not in chat.rights.get(call.bot.id, ()):
        raise RefusedError(400, "Bad Request: TOPIC_CLOSED")
    return thread


def _topics(world: World, call: Call) -> Any:
    """Make a topic, change one, or tell which icons there are."""
    if call.method == "getForumTopicIconStickers":
        return [_icon(number, emoji) for number, emoji in TOPIC_ICONS.items()]
    chat = _writable(world, call)
    if not chat.is_forum:
        raise RefusedError(400, "Bad Request: the chat is not a forum")
    name, icon = call.words("name")[:128], str(call.params.get("icon_custom_emoji_id") or "")
    if icon and icon not in TOPIC_ICONS:
        raise RefusedError(400, "Bad Request: DOCUMENT_INVALID")
    may = "can_manage_topics" in chat.rights.get(call.bot.id, ())
    if call.method == "createForumTopic":
        return _make_topic(world, chat, call, name=name, icon=icon, may=may)
    topic = chat.topics.get(call.whole("message_thread_id"))
    if topic is None:
        raise RefusedError(400, "Bad Request: TOPIC_ID_INVALID")
    if not may:
        raise RefusedError(400, "Bad Request: not enough rights to edit the topic")
    wanted = (name or topic.name, icon or topic.icon)
    if wanted == (topic.name, topic.icon):
        raise RefusedError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    topic.name, topic.icon = wanted
    world.changed()
    return True


def _make_topic(world: World, chat: PretendChat, call: Call, *, name: str, icon: str, may: bool) -> dict[str, Any]:
    if not may:
        raise RefusedError(400, "Bad Request: not enough rights to create a topic")
    if not name:
        raise RefusedError(400, "Bad Request: topic name must be non-empty")
    thread = world.number_message(chat)
    chat.topics[thread] = PretendTopic(name=name, icon=icon)
    world.changed()
    made: dict[str, Any] = {"message_thread_id": thread, "name": name, "icon_color": 7322096}
    return made | ({"icon_custom_emoji_id": icon} if icon else {})


def _icon(number: str, emoji: str) -> dict[str, Any]:
    shape = {"type": "custom_emoji", "width": 100, "height": 100, "is_animated": True, "is_video": False}
    file = {"file_id": f"icon{number}", "file_unique_id": f"icon{number}"}
    return {**shape, **file, "emoji": emoji, "custom_emoji_id": number}


def _delete(world: World, call: Call) -> bool:
    chat = _writable(world, call)
    message = chat.messages.get(call.whole("message_id"))
    if message is None:
        raise RefusedError(400, "Bad Request: message to delete not found")
    is_ours = message.author == call.bot.id or chat.is_private
    is_allowed = is_ours or "can_delete_messages" in chat.rights.get(call.bot.id, ())
    if not is_allowed or message.at < SystemClock().now().timestamp() - DELETED_WITHIN_SECONDS:
        raise RefusedError(400, "Bad Request: message can't be deleted")
    del chat.messages[message.id]
    world.changed()
    return True


def _react(world: World, call: Call) -> bool:
    chat = _writable(world, call)
    if call.whole("message_id") not in chat.messages:
        raise RefusedError(400, "Bad Request: message to react not found")
    return True


def _answer_press(world: World, call: Call) -> bool:
    press_id, text = call.words("callback_query_id"), call.words("text")
    if press_id not in call.bot.presses or call.bot.presses[press_id] is not None:
        raise RefusedError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    if utf16_length(text) > 200:
        raise RefusedError(400, "Bad Request: MESSAGE_TOO_LONG")
    call.bot.presses[press_id] = text
    world.changed()
    return True


def _get_file(world: World, call: Call) -> dict[str, Any]:
    reference = str(call.params.get("file_id") or "").removesuffix("-small")
    file = find_file(world, call.bot, reference)
    if file is None:
        raise RefusedError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    if file.size > LARGEST_DOWNLOAD:
        raise RefusedError(400, "Bad Request: file is too big")
    return {
        "file_id": file_id(file, call.bot),
        "file_unique_id": f"unique{file.number}",
        "file_size": file.size,
        "file_path": file.path,
    }


def _get_me(world: World, call: Call) -> dict[str, Any]:
    bot = call.bot
    return {
        "id": bot.id,
        "is_bot": True,
        "first_name": bot.name,
        "username": bot.username,
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": bot.reads_all,
        "supports_inline_queries": False,
    }


def _set_commands(world: World, call: Call) -> bool:
    """Set or delete the commands of a scope and a language."""
    scope = call.structure("scope") or {"type": "default"}
    kind, chat = scope.get("type"), int(scope.get("chat_id", 0))
    if kind not in ("default", "all_private_chats", "all_group_chats", "chat") or (kind == "chat") != bool(chat):
        raise RefusedError(400, "Bad Request: unsupported BotCommandScope specified")
    if chat > 0 and (call.bot.id, chat) not in world.private:
        raise RefusedError(400, "Bad Request: chat not found")
    key = (kind, chat, call.words("language_code"))
    if call.method == "deleteMyCommands":
        call.bot.commands.pop(key, None)
        return True
    commands = [(each["command"], each["description"]) for each in call.structure("commands")]
    if len(commands) > 100 or any(not re.fullmatch(r"[a-z0-9_]{1,32}", name) for name, _ in commands):
        raise RefusedError(400, "Bad Request: BOT_COMMAND_INVALID")
    if any(not 1 <= len(does) <= 256 for _, does in commands):
        raise RefusedError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[key] = commands
    return True


def _get_chat(world: World, call: Call) -> dict[str, Any]:
    chat = _writable(world, call)
    if call.method == "getChat":
        return raw_chat(chat, None, call.bot) | _more_of(world, chat, call.bot)
    user_id = call.whole("user_id")
    if user_id != call.bot.id:
        return {"user": {"id": user_id, "is_bot": False, "first_name": ""}, "status": "member"}
    rights = chat.rights.get(user_id)
    status = {"status": "administrator", **dict.fromkeys(rights, True)} if rights is not None else {"status": "member"}
    return {"user": {"id": user_id, "is_bot": True, "first_name": call.bot.name}, **status}


def _more_of(world: World, chat: PretendChat, bot: PretendBot) -> dict[str, Any]:
    """Return what only `getChat` tells."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    more: dict[str, Any] = {"accent_color_id": 1, "max_reaction_count": 11}
    more["accepted_gift_types"] = dict.fromkeys(gifts, False)
    if chat.linked is not None and chat.is_mailbox:
        more["parent_chat"] = raw_chat(world.groups[chat.linked], None, bot)
    elif chat.linked is not None:
        more["linked_chat_id"] = chat.linked
    return more


def _writable(world: World, call: Call) -> PretendChat:
    chat_id = call.whole("chat_id")
    if chat_id > 0:
        return _private(world, call, chat_id)
    name = str(call.params.get("chat_id") or "")
    named = (chat for chat in world.groups.values() if chat.username and name == f"@{chat.username}")
    group = world.groups.get(chat_id) or next(named, None)
    if group is None:
        raise RefusedError(400, "Bad Request: chat not found")
    if group.moved_to is not None:
        raise RefusedError(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=group.moved_to
        )
    if call.bot.id not in group.bots:
        raise RefusedError(403, "Forbidden: bot was kicked from the group chat")
    if group.muted:
        raise RefusedError(400, "Bad Request: not enough rights to send text messages to the chat")
    return group


def _private(world: World, call: Call, user_id: int) -> PretendChat:
    chat = world.private.get((call.bot.id, user_id))
    if user_id in world.gone:
        raise RefusedError(403, "Forbidden: user is deactivated")
    if chat is None or not chat.started:
        if user_id in world.strangers:
            raise RefusedError(403, "Forbidden: bot can't initiate conversation with a user")
        raise RefusedError(400, "Bad Request: chat not found")
    if chat.blocked:
        raise RefusedError(403, "Forbidden: bot was blocked by the user")
    return chat


def _keyboard(call: Call) -> tuple[tuple[Button, ...], ...]:
    markup = call.structure("reply_markup") or {}
    rows = markup.get("inline_keyboard") or []
    if sum(len(row) for row in rows) > 100:
        raise RefusedError(400, "Bad Request: reply markup is too long")
    return tuple(tuple(_button(each) for each in row) for row in rows)


def _button(raw: Mapping[str, str]) -> Button:
    text, action, url = raw.get("text") or "", raw.get("callback_data"), raw.get("url")
    if not text:
        raise RefusedError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    if url is not None and not url.startswith(("http://", "https://", "tg://")):
        raise RefusedError(400, "Bad Request: BUTTON_URL_INVALID")
    if url is None and not 1 <= len((action or "").encode()) <= 64:
        raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return Button(text=text, action=action or "", url=url or "")


def _caption(text: str) -> str:
    if utf16_length(text) > 1024:
        raise RefusedError(400, "Bad Request: message caption is too long")
    return text


def _taken(world: World, call: Call, kind: str, value: object) -> PretendFile:
    """Return the file that a call names or brings."""
    upload = call.uploads.get(str(value).removeprefix("attach://")) or (call.uploads.get(kind) if not value else None)
    if upload is None:
        known = find_file(world, call.bot, str(value).removesuffix("-small"))
        if known is None:
            raise RefusedError(400, "Bad Request: wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise RefusedError(400, f"Bad Request: can't use file of type {known.kind.title()} as {kind.title()}")
        return known
    name, content = upload
    if not content:
        raise RefusedError(400, "Bad Request: file must be non-empty")
    if kind == "photo" and len(content) > 10 << 20:
        raise RefusedError(400, "Bad Request: too big for a photo")
    if kind == "photo" and content.startswith(b"not a picture"):
        raise RefusedError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return world.keep(kind=kind, name=name, content=content)


_METHODS: Mapping[str, Callable[[World, Call], Any]] = {
    "sendMessage": _send_message,
    "sendMediaGroup": _send_album,
    "sendLocation": _send_place,
    "sendVenue": _send_place,
    "editMessageText": _edit,
    "editMessageCaption": _edit,
    "editMessageMedia": _edit,
    "editMessageReplyMarkup": _edit,
    "deleteMessage": _delete,
    "answerCallbackQuery": _answer_press,
    "setMessageReaction": _react,
    "sendChatAction": lambda world, call: bool(_writable(world, call)),
    "createForumTopic": _topics,
    "editForumTopic": _topics,
    "getForumTopicIconStickers": _topics,
    "getFile": _get_file,
    "getMe": _get_me,
    "setMyCommands": _set_commands,
    "deleteMyCommands": _set_commands,
    "getChat": _get_chat,
    "getChatMember": _get_chat,
    "getWebhookInfo": _webhook_info,
    "setWebhook": _set_webhook,
    "deleteWebhook": _set_webhook,
}
