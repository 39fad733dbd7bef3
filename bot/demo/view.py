"""What the demo page is told, as plain JSON values."""

from collections.abc import Sequence
from typing import Any

from bot.channels.memory_transcript import ShownMessage
from bot.demo.panes import Pane, PaneChat
from bot.domain.message import Attachment, AttachmentKind

Json = dict[str, Any]


def show_pane(pane: Pane) -> Json:
    """Describe one pane."""
    return {
        "id": pane.id,
        "title": pane.title,
        "tab": pane.tab,
        "hint": pane.hint,
        "channel": pane.person.channel,
        "person": {"id": pane.person.user_id, "name": pane.person.name},
        "chats": [_chat(chat) for chat in pane.chats],
        "shortcuts": [
            {"says": shortcut.says, "text": shortcut.text, "is_link": shortcut.is_link} for shortcut in pane.shortcuts
        ],
    }


def show_messages(messages: Sequence[ShownMessage]) -> list[Json]:
    """Describe the bubbles of one conversation."""
    return [_message(message) for message in messages]


def _chat(chat: PaneChat) -> Json:
    return {
        "key": chat.key,
        "shape": chat.shape.value,
        "title": chat.title,
        "subtitle": chat.subtitle,
        "post": chat.post,
        "group": chat.group,
    }


def _message(message: ShownMessage) -> Json:
    return {
        "id": message.id,
        "author": message.author.value,
        "user": message.user_id,
        "name": message.name,
        "text": message.text,
        "files": [_file(file) for file in message.attachments],
        "buttons": [
            [{"text": button.text, "action": button.action, "url": button.url} for button in line]
            for line in message.buttons
        ],
        "reply_to": message.reply_to,
        "edited": message.edited,
        "is_taken": message.is_taken,
        "at": message.at.isoformat(),
    }


def _file(file: Attachment) -> Json:
    return {
        "url": f"/demo/api/files/{file.channel}/{file.reference}",
        "name": file.name or "файл",
        "size": file.size or 0,
        "is_photo": file.kind is AttachmentKind.PHOTO,
    }
