"""What the demo page is told, as plain JSON values."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.channels.memory_topics import PretendTopic
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
        "persons": [{"id": person.user_id, "name": person.name} for person in pane.persons],
        "chats": [_chat(chat) for chat in pane.chats],
        "shortcuts": [
            {"says": shortcut.says, "text": shortcut.text, "is_link": shortcut.is_link} for shortcut in pane.shortcuts
        ],
    }


def show_messages(messages: Sequence[ShownMessage]) -> list[Json]:
    """Describe the bubbles of one conversation; an album is one bubble, what was taken away says so."""
    shown: list[Json] = []
    albums: dict[str, Json] = {}
    for message in messages:
        if message.album and message.album in albums and not message.is_deleted:
            albums[message.album]["files"] += _files(message.attachments)
            continue
        described = _message(message)
        shown.append(described)
        if message.album:
            albums[message.album] = described
    return shown


def show_topics(topics: Iterable[PretendTopic]) -> list[Json]:
    """Describe the topics of a group, the newest first."""
    there = [topic for topic in topics if not topic.is_deleted]
    return [
        {"thread": topic.thread, "title": topic.title, "icon": topic.icon, "is_closed": topic.is_closed}
        for topic in reversed(there)
    ]


def show_reactions(by_person: Mapping[str, Sequence[str]]) -> list[Json]:
    """Describe what stands under a post: how many, and whose."""
    counts = Counter(sign for signs in by_person.values() for sign in signs)
    return [
        {"sign": sign, "count": count, "by": [person for person, signs in by_person.items() if sign in signs]}
        for sign, count in counts.most_common()
    ]


def _chat(chat: PaneChat) -> Json:
    return {
        "key": chat.key,
        "shape": chat.shape.value,
        "title": chat.title,
        "subtitle": chat.subtitle,
        "post": chat.post,
        "group": chat.group,
        "has_topics": chat.has_topics,
    }


def _message(message: ShownMessage) -> Json:
    gone = message.is_deleted
    return {
        "id": message.id,
        "author": message.author.value,
        "user": message.user_id,
        "name": message.name,
        "text": "" if gone else message.text,
        "files": [] if gone else _files(message.attachments),
        "places": [] if gone else [_place(each) for each in message.attachments if _is_place(each)],
        "buttons": []
        if gone
        else [
            [{"text": button.text, "action": button.action, "url": button.url} for button in line]
            for line in message.buttons
        ],
        "reactions": [] if gone else show_reactions({user: (sign,) for user, sign in message.reactions}),
        "reply_to": message.reply_to,
        "thread": message.thread,
        "edited": message.edited,
        "is_deleted": gone,
        "is_taken": message.is_taken,
        "at": message.at.isoformat(),
    }


def _files(attachments: Iterable[Attachment]) -> list[Json]:
    return [_file(each) for each in attachments if not _is_place(each)]


def _is_place(attachment: Attachment) -> bool:
    return attachment.kind is AttachmentKind.LOCATION


def _place(attachment: Attachment) -> Json:
    return {"title": attachment.title, "url": attachment.url}


def _file(file: Attachment) -> Json:
    return {
        "url": f"/demo/api/files/{file.channel}/{file.reference}",
        "name": file.name or "файл",
        "size": file.size or 0,
        "is_photo": file.kind is AttachmentKind.PHOTO,
    }
