"""VK's events as the domain's.

Every message is known by its `conversation_message_id`, in private dialogues too: it is what a reply names, what
`messages.send` with `peer_ids` tells of our own messages, and what groups have instead of `id` (which is 0 there).
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.channels.vk import attachments, forwards, keyboard
from bot.channels.vk.comments import COMMENT_EVENTS, comment_event
from bot.channels.vk.presses import press_id
from bot.channels.vk.reactions import like_event, message_reaction
from bot.channels.vk.read import integer, items, mapping, maybe_integer, moment, text
from bot.channels.vk.words import for_reader
from bot.domain.errors import MalformedEventError
from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatJoined,
    ChatKind,
    ChatLeft,
    Event,
    MessageEdited,
    MessageReceived,
    WritingAllowed,
)
from bot.domain.message import Person, Place
from bot.domain.names import is_for_another_bot

FIRST_CHAT: Final = 2_000_000_000
"""Peer ids above this are conversations of several people; below 0 are communities."""
_COMMAND_NAME: Final = re.compile(r"[a-z]{1,20}")


def convert(community: str, payload: Mapping[str, Any], *, now: datetime) -> Event | None:
    """Read one raw event; see the port. `now` is the time of whatever VK tells no time of."""
    if not isinstance(payload, Mapping):
        raise MalformedEventError("the event is not an object")
    match payload.get("type"):
        case "message_new":
            return _message_or_action(community, mapping(payload, "object"))
        case "message_reply":
            return _said_by_hand(community, mapping(payload, "object"))
        case "message_edit":
            return _edited(community, mapping(payload, "object"), now=now)
        case str(kind) if kind in COMMENT_EVENTS:
            return comment_event(community, kind, mapping(payload, "object"), now=now)
        case "message_event":
            return _press(community, mapping(payload, "object"), now=now)
        case "like_add" | "like_remove" as kind:
            return like_event(community, mapping(payload, "object"), is_there=kind == "like_add", now=now)
        case "message_reaction_event":
            return message_reaction(community, mapping(payload, "object"), now=now)
        case "message_allow" | "message_deny" as kind:
            return _writing(community, mapping(payload, "object"), is_allowed=kind == "message_allow", now=now)
        case str():
            return None
        case _:
            raise MalformedEventError("the event has no type")


def _message_or_action(community: str, thing: Mapping[str, Any]) -> Event | None:
    # Below version 5.103 the object is the message itself.
    message = mapping(thing, "message") if "message" in thing else thing
    sender = integer(message, "from_id")
    if sender == -int(community) or message.get("out") == 1:
        return None
    peer = integer(message, "peer_id")
    if message.get("action"):
        return _action(community, message, place=_place(community, str(peer)))
    if action := _our_action(message.get("payload")):
        return ButtonPressed(
            place=_place(community, str(peer)),
            chat_kind=_chat_kind(peer),
            sender=_person(sender),
            message_id="",
            action=action,
            press_id="",
            pressed_at=moment(message, "date"),
            words=_message(community, message, sender=sender, peer=peer),
        )
    return _message(community, message, sender=sender, peer=peer)


def _message(community: str, message: Mapping[str, Any], *, sender: int, peer: int) -> MessageReceived:
    link = dialogue_link(community, peer)
    items(message, "attachments")
    said = forwards.read(community, message, link=link)
    words = _command_of(message.get("payload")) or said.text
    attached = said.attachments
    if not words and not attached:
        attached = (attachments.unseen(community, link=link),)
    reply_to, reply_text, quote = _reply(community, message)
    is_ours = bool(reply_to) and maybe_integer(mapping(message, "reply_message"), "from_id") == -int(community)
    return MessageReceived(
        place=_place(community, str(peer)),
        chat_kind=_chat_kind(peer),
        sender=_person(sender),
        message_id=message_id(message),
        text=words,
        attachments=attached,
        sent_at=moment(message, "date"),
        reply_to=reply_to,
        reply_text=reply_text,
        reply_is_ours=is_ours,
        quote=quote,
        forwarded_from=said.forwarded_from,
        deep_link=text(message, "ref"),
        for_another_bot=is_for_another_bot(words, (f"club{community}", f"public{community}")),
        link=link,
    )


def _action(community: str, message: Mapping[str, Any], *, place: Place) -> Event | None:
    action = mapping(message, "action")
    kind = text(action, "type")
    if maybe_integer(action, "member_id") != -int(community):
        return None
    match kind:
        case "chat_invite_user":
            return ChatJoined(
                place=place,
                chat_title=text(action, "text"),
                sender=_person(integer(message, "from_id")),
                happened_at=moment(message, "date"),
            )
        case "chat_kick_user":
            return ChatLeft(place=place, happened_at=moment(message, "date"))
        case _:
            return None


def _said_by_hand(community: str, message: Mapping[str, Any]) -> AnsweredElsewhere | None:
    """Read what the community said; only what a person typed has `admin_author_id`, what we sent has none."""
    author = maybe_integer(message, "admin_author_id")
    if author is None:
        return None
    peer = integer(message, "peer_id")
    if _chat_kind(peer) is ChatKind.GROUP:
        return None
    link = dialogue_link(community, peer)
    return AnsweredElsewhere(
        place=_place(community, str(peer)),
        message_id=message_id(message),
        administrator=_person(author),
        text=for_reader(text(message, "text"), community=community),
        attachments=attachments.of_message(community, message, link=link),
        sent_at=moment(message, "date"),
        link=link,
    )


def _edited(community: str, message: Mapping[str, Any], *, now: datetime) -> MessageEdited | None:
    """Read a changed message; our own changes and those of the community's staff come back too."""
    sender = integer(message, "from_id")
    if sender == -int(community) or message.get("out") == 1 or message.get("action"):
        return None
    peer = integer(message, "peer_id")
    link = dialogue_link(community, peer)
    items(message, "attachments")
    said = forwards.read(community, message, link=link)
    return MessageEdited(
        place=_place(community, str(peer)),
        sender=_person(sender),
        message_id=message_id(message),
        text=said.text,
        attachments=said.attachments or (() if said.text else (attachments.unseen(community, link=link),)),
        edited_at=moment(message, "update_time") if maybe_integer(message, "update_time") else now,
    )


def _writing(community: str, thing: Mapping[str, Any], *, is_allowed: bool, now: datetime) -> WritingAllowed:
    person = integer(thing, "user_id")
    return WritingAllowed(
        place=_place(community, str(person)), sender=_person(person), is_allowed=is_allowed, changed_at=now
    )


def _press(community: str, press: Mapping[str, Any], *, now: datetime) -> ButtonPressed | None:
    action = _our_action(press.get("payload"))
    if action is None:
        return None
    peer, person = integer(press, "peer_id"), integer(press, "user_id")
    message = maybe_integer(press, "conversation_message_id")
    return ButtonPressed(
        place=_place(community, str(peer)),
        chat_kind=_chat_kind(peer),
        sender=_person(person),
        message_id=str(message) if message else "",
        action=action,
        press_id=press_id(event=text(press, "event_id"), person=person, peer=peer),
        pressed_at=now,
    )


def _reply(community: str, message: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the id of the message replied to, its words if it was ours, else its words as a quote."""
    if message.get("reply_message") is None:
        return "", "", ""
    replied = mapping(message, "reply_message")
    is_ours = maybe_integer(replied, "from_id") == -int(community)
    number = maybe_integer(replied, "conversation_message_id") or maybe_integer(replied, "id")
    words = text(replied, "text")
    reply_to = message_id(replied) if number else ""
    return (reply_to, words, "") if is_ours else (reply_to, "", for_reader(words, community=community))


def message_id(message: Mapping[str, Any]) -> str:
    """Return the number by which we know a message; where an ancient layout has none, `id` and VK's other number."""
    number = maybe_integer(message, "conversation_message_id")
    return str(number) if number else f"id{integer(message, 'id')}"


def _our_action(payload: Any) -> str | None:
    """Return what our button means. VK gives the payload as an object or, from a text button, as JSON in a string."""
    match _payload(payload):
        case {"a": str(action)} if action:
            return action
        case _:
            return None


def _command_of(payload: Any) -> str:
    """Return what a key below the dialogue says: one of ours, or «Начать», which VK itself puts under an empty one."""
    match _payload(payload):
        case {"command": "start"}:
            return "/start"
        case {keyboard.COMMAND: str(name)} if _COMMAND_NAME.fullmatch(name):
            return f"/{name}"
        case _:
            return ""


def _payload(payload: Any) -> Any:
    if not isinstance(payload, str):
        return payload
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def dialogue_link(community: str, peer: int) -> str:
    """Return the address at which the community's staff see the dialogue."""
    return f"https://vk.com/gim{community}?sel={f'c{peer - FIRST_CHAT}' if peer > FIRST_CHAT else peer}"


def _chat_kind(peer: int) -> ChatKind:
    return ChatKind.GROUP if peer >= FIRST_CHAT else ChatKind.PRIVATE


def _place(community: str, chat: str) -> Place:
    return Place(channel="vk", community=community, chat=chat)


def _person(number: int) -> Person:
    """Return who spoke; events carry no names, and other communities (below 0) speak like people."""
    return Person(channel="vk", user_id=str(number))
