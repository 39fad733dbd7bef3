"""Large messages come with one attachment (`is_cropped`): the whole ones are asked for before anything is stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.channels.vk.api import Api
from bot.domain.channel import Account
from bot.domain.errors import ChannelError

_AT_ONCE: Final = 100


async def with_whole_messages(api: Api, account: Account, events: Sequence[Any]) -> list[Any]:
    """Return the raw events, cropped messages replaced by whole ones as far as VK gives them.

    Raises the ChannelError family when VK gives none at all.
    """
    cropped: dict[int, list[int]] = defaultdict(list)
    for event in events:
        if (name := _cropped(event)) is not None:
            cropped[name[0]].append(name[1])
    if not cropped:
        return list(events)
    whole: dict[tuple[int, int], Mapping[str, Any]] = {}
    failure: ChannelError | None = None
    for peer, numbers in cropped.items():
        for start in range(0, len(numbers), _AT_ONCE):
            try:
                whole |= await _ask(api, account, peer, numbers[start : start + _AT_ONCE])
            except ChannelError as error:
                failure = error
    if failure is not None and not whole:
        raise failure
    return [_replaced(event, whole) for event in events]


async def _ask(api: Api, account: Account, peer: int, numbers: list[int]) -> dict[tuple[int, int], Mapping[str, Any]]:
    answer = await api.call(
        account,
        "messages.getByConversationMessageId",
        {"peer_id": peer, "conversation_message_ids": numbers, "group_id": account.community},
    )
    found = answer.get("items") if isinstance(answer, Mapping) else None
    whole = {}
    for message in found if isinstance(found, list) else ():
        if isinstance(message, Mapping) and isinstance(message.get("conversation_message_id"), int):
            whole[peer, message["conversation_message_id"]] = message
    return whole


def _replaced(event: Any, whole: Mapping[tuple[int, int], Mapping[str, Any]]) -> Any:
    name = _cropped(event)
    message = whole.get(name) if name is not None else None
    if message is None:
        return event
    # What only the event tells (`ref`, by which link the person came) stays.
    merged = {key: value for key, value in _message(event).items() if key != "is_cropped"} | dict(message)
    thing = event["object"]
    return {**event, "object": {**thing, "message": merged} if "message" in thing else merged}


def _cropped(event: Any) -> tuple[int, int] | None:
    """Return peer and number of a cropped message; None for every other event."""
    match _message(event):
        case {"is_cropped": True | 1, "peer_id": int(peer), "conversation_message_id": int(number)}:
            return peer, number
        case _:
            return None


def _message(event: Any) -> Mapping[str, Any]:
    match event:
        case {"type": "message_new" | "message_reply" | "message_edit", "object": Mapping() as thing}:
            message = thing.get("message", thing)
            return message if isinstance(message, Mapping) else {}
        case _:
            return {}
