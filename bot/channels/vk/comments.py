"""Comments on a community's posts, photos, videos, topics and goods: written, changed, deleted, brought back.

VK's five families of events name the thing in five ways; recorded events and the schema do not always agree, so every
name that was seen is tried.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.channels.vk import attachments
from bot.channels.vk.read import integer, items, maybe_integer, moment, text
from bot.channels.vk.words import for_reader
from bot.domain.errors import MalformedEventError
from bot.domain.event import AnsweredElsewhere, CommentedThing, CommentReceived, Event, MessageDeleted, MessageEdited
from bot.domain.message import Person, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """How the events of one kind of thing name it."""

    prefix: str
    """What the thing's address begins with: `wall-77_5`."""
    subject: CommentedThing
    numbers: tuple[str, ...]
    owners: tuple[str, ...]
    link: str = "https://vk.com/{chat}?reply={comment}"


_FAMILIES: Final[Mapping[str, _Family]] = {
    "wall_reply": _Family(
        prefix="wall", subject=CommentedThing.POST, numbers=("post_id",), owners=("post_owner_id", "owner_id")
    ),
    "photo_comment": _Family(
        prefix="photo", subject=CommentedThing.PHOTO, numbers=("photo_id",), owners=("photo_owner_id", "owner_id")
    ),
    "video_comment": _Family(
        prefix="video", subject=CommentedThing.VIDEO, numbers=("video_id",), owners=("video_owner_id", "owner_id")
    ),
    "board_post": _Family(
        prefix="topic",
        subject=CommentedThing.TOPIC,
        numbers=("topic_id",),
        owners=("topic_owner_id", "owner_id"),
        link="https://vk.com/{chat}?post={comment}",
    ),
    "market_comment": _Family(
        prefix="market",
        subject=CommentedThing.GOODS,
        numbers=("item_id", "market_item_id", "photo_id"),  # the schema really says `photo_id`
        owners=("market_owner_id", "owner_id"),
        link="https://vk.com/{product}",
    ),
}
_REPLY_IN_TOPIC: Final = re.compile(r"\s*\[(?:id|club|public)\d+:bp-?\d+_(\d+)\|")
"""How a reply within a topic begins; nothing else names what it replies to."""
_LARGEST: Final = 2**63
COMMENT_EVENTS: Final = tuple(
    f"{family}_{verb}" for family in _FAMILIES for verb in ("new", "edit", "delete", "restore")
)


def commented_chat(community: str, kind: str, thing: Mapping[str, Any]) -> str | None:
    """Return the thing under which a comment event happened, `wall-77_5`; None when the event does not say."""
    family = _FAMILIES.get(kind.rpartition("_")[0])
    if family is None:
        return None
    number = next((thing[name] for name in family.numbers if _is_number(thing.get(name))), None)
    owner = next((thing[name] for name in family.owners if _is_number(thing.get(name))), f"-{community}")
    return f"{family.prefix}{owner}_{number}" if number is not None else None


def comment_event(community: str, kind: str, thing: Mapping[str, Any], *, now: datetime) -> Event | None:
    """Read an event of `COMMENT_EVENTS`; `now` is the time of a change, of which VK tells none."""
    name, _, verb = kind.rpartition("_")
    family = _FAMILIES[name]
    chat = commented_chat(community, kind, thing)
    if chat is None:
        raise MalformedEventError(f"{family.numbers[0]} is missing")
    place = Place(channel="vk", community=community, chat=chat)
    number = integer(thing, "id")
    if verb == "delete":
        return MessageDeleted(place=place, message_id=str(number), deleted_at=now)
    sender = integer(thing, "from_id")
    is_ours = sender == -int(community)
    if is_ours and verb != "new":
        return None
    items(thing, "attachments")
    said = text(thing, "text")
    words = for_reader(said, community=community)
    link = family.link.format(chat=chat, comment=number, product=chat.replace("market", "product", 1))
    attached = attachments.of_comment(community, thing)
    if is_ours:
        return AnsweredElsewhere(
            place=place,
            message_id=str(number),
            text=words,
            attachments=attached,
            sent_at=moment(thing, "date"),
            reply_to=_reply_to(thing, said),
            link=link,
        )
    attached = attached or (() if words else (attachments.unseen(community, link=link),))
    person = Person(channel="vk", user_id=str(sender))
    if verb == "edit":
        return MessageEdited(
            place=place, sender=person, message_id=str(number), text=words, attachments=attached, edited_at=now
        )
    return CommentReceived(
        place=place,
        sender=person,
        message_id=str(number),
        text=words,
        attachments=attached,
        sent_at=moment(thing, "date"),
        reply_to=_reply_to(thing, said),
        subject=family.subject,
        can_answer=place.is_answerable,
        is_restored=verb == "restore",
        link=link,
    )


def _reply_to(thing: Mapping[str, Any], said: str) -> str:
    number = maybe_integer(thing, "reply_to_comment")
    if number:
        return str(number)
    in_topic = _REPLY_IN_TOPIC.match(said)
    return in_topic[1] if in_topic else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < abs(value) < _LARGEST
