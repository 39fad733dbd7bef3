"""What people and communities are called: VK's events carry numbers only."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.channels.vk.api import Api
from bot.channels.vk.forwards import forwarded_author
from bot.domain.channel import Account
from bot.domain.copying import replace
from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatJoined,
    CommentReceived,
    Event,
    MessageEdited,
    MessageReceived,
)
from bot.domain.message import Person
from bot.domain.names import shown_name

_REMEMBERED: Final = 20_000
_AT_ONCE: Final = 500
_KEY: Final = "otklik_names"
_SPEAKERS: Final = ("from_id", "user_id", "admin_author_id")


class Names:
    """Asks for names by the hundred and remembers them; a number means the same person to every community."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[str, str] = {}

    async def names(self, account: Account, user_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those VK knows; numbers below 0 are communities. Raises the ChannelError family."""
        wanted = list(dict.fromkeys(user_ids))
        unknown = [number for number in wanted if number not in self._known and number.lstrip("-").isdecimal()]
        if len(self._known) + len(unknown) > _REMEMBERED:
            self._known.clear()
            unknown = [number for number in wanted if number.lstrip("-").isdecimal()]
        people = [number for number in unknown if not number.startswith("-")]
        groups = [number.lstrip("-") for number in unknown if number.startswith("-")]
        for some in _portions(people):
            for person in _found(await self._api.call(account, "users.get", {"user_ids": some})):
                self._known[str(person.get("id"))] = _full_name(person)
        for some in _portions(groups):
            for group in _found(await self._api.call(account, "groups.getById", {"group_ids": some})):
                self._known[f"-{group.get('id')}"] = str(group.get("name", ""))
        return {number: self._known[number] for number in wanted if number in self._known}


def speakers(events: Iterable[Any]) -> list[str]:
    """Return who speaks or presses in raw events, as far as they tell."""
    found = []
    for event in events:
        thing = event.get("object") if isinstance(event, Mapping) else None
        inner = thing.get("message", thing) if isinstance(thing, Mapping) else None
        if isinstance(inner, Mapping):
            found += [str(inner[name]) for name in _SPEAKERS if isinstance(inner.get(name), int)]
            if (author := forwarded_author(inner)) is not None:
                found.append(author)
    return found


def with_names(event: Any, known: Mapping[str, str]) -> Any:
    """Write into a raw event what its speaker is called, for the inbox."""
    told = {number: known[number] for number in speakers([event]) if number in known}
    return {**event, _KEY: told} if told else event


def named(event: Event | None, payload: Mapping[str, Any]) -> Event | None:
    """Give the speaker of a converted event the name that was written into the raw one."""
    told = payload.get(_KEY)
    if event is None:
        return event
    told = told if isinstance(told, Mapping) else {}
    if not told and not (isinstance(event, MessageReceived) and event.forwarded_from):
        return event
    if isinstance(event, AnsweredElsewhere):
        return replace(event, administrator=_called(event.administrator, told)) if event.administrator else event
    if isinstance(event, MessageReceived):
        author = told.get(event.forwarded_from)
        first = author if isinstance(author, str) and author else "?"
        return replace(
            event,
            sender=_called(event.sender, told),
            forwarded_from=first if event.forwarded_from else "",
        )
    if isinstance(event, CommentReceived | MessageEdited | ButtonPressed | ChatJoined):
        return replace(event, sender=_called(event.sender, told))
    return event


def _called(person: Person, told: Mapping[str, Any]) -> Person:
    name = told.get(person.user_id)
    return replace(person, name=name) if isinstance(name, str) else person


def _portions(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _found(response: Any) -> list[Mapping[str, Any]]:
    # users.get answers with a list, groups.getById since 5.139 with an object around one.
    found = response.get("groups") if isinstance(response, Mapping) else response
    return [thing for thing in found if isinstance(thing, Mapping)] if isinstance(found, list) else []


def _full_name(person: Mapping[str, Any]) -> str:
    return shown_name(f"{person.get('first_name', '')} {person.get('last_name', '')}")
