"""Content of a Telegram message without bytes: it is told in words and, where it has one, by its address."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.channels.telegram.reading import maybe_number, maybe_thing, maybe_username, maybe_words
from bot.domain.message import Attachment, AttachmentKind

_Make = Callable[..., Attachment]

_NAMES: Mapping[str, str] = {
    "dice": "кубик",
    "story": "история",
    "paid_media": "платные фото или видео",
    "live_photo": "живое фото",
    "game": "игра",
    "invoice": "счёт",
    "checklist": "список дел",
    "giveaway": "розыгрыш",
    "giveaway_winners": "итоги розыгрыша",
}


def told(message: Mapping[str, Any], make: _Make) -> Iterator[Attachment]:
    """Yield what a raw message shows besides files, in a fixed order."""
    if message.get("venue") is not None:
        yield _place(maybe_thing(message, "venue"), make)
    elif message.get("location") is not None:
        yield _place({"location": message["location"]}, make)
    if message.get("contact") is not None:
        title = _joined(maybe_thing(message, "contact"), "first_name", "last_name", "phone_number")
        yield make(kind=AttachmentKind.CONTACT, title=title)
    if message.get("poll") is not None:
        poll = maybe_thing(message, "poll")
        yield make(kind=AttachmentKind.POLL, title=_listed(maybe_words(poll, "question"), poll, "options"))
    for key, name in _NAMES.items():
        if message.get(key) is None or (key == "live_photo" and message.get("photo") is not None):
            continue  # a live photo comes with a photo of the same moment
        thing = maybe_thing(message, key)
        details = _details(key, thing)
        yield make(
            kind=AttachmentKind.OTHER,
            title=f"{name} {details}".rstrip(),
            url=_address_of_story(thing) if key == "story" else "",
        )


def _details(key: str, thing: Mapping[str, Any]) -> str:
    match key:
        case "dice":
            value = maybe_number(thing, "value")
            return _joined(thing, "emoji") + (f" {value}" if value is not None else "")
        case "checklist":
            return _listed(maybe_words(thing, "title"), thing, "tasks")
        case "story":
            return _quoted(maybe_words(maybe_thing(thing, "chat"), "title"))
        case "giveaway" | "giveaway_winners":
            return _quoted(maybe_words(thing, "prize_description"))
        case "game" | "invoice":
            return _quoted(maybe_words(thing, "title"))
        case _:
            return ""


def _listed(head: str, parent: Mapping[str, Any], name: str) -> str:
    """Return `head` and what can be chosen or done below it."""
    entries = parent.get(name)
    found = entries if isinstance(entries, list) else []
    texts = [maybe_words(each, "text") for each in found if isinstance(each, dict)]
    listed = "; ".join(text for text in texts if text)
    return f"{head} ({listed})" if head and listed else head or listed


def _address_of_story(story: Mapping[str, Any]) -> str:
    username, number = maybe_username(maybe_thing(story, "chat")), maybe_number(story, "id")
    return f"https://t.me/{username}/s/{number}" if username and number is not None else ""


def _place(venue: Mapping[str, Any], make: _Make) -> Attachment:
    location = maybe_thing(venue, "location")
    latitude, longitude = _degrees(location, "latitude", 90), _degrees(location, "longitude", 180)
    name = _joined(venue, "title", "address", between=", ")
    if latitude is None or longitude is None:
        return make(kind=AttachmentKind.LOCATION, title=name)
    return make(
        kind=AttachmentKind.LOCATION,
        title=name or f"{latitude:.6f}, {longitude:.6f}",
        latitude=latitude,
        longitude=longitude,
        url=f"https://yandex.ru/maps/?pt={longitude:.6f},{latitude:.6f}&z=17&l=map",
    )


def _degrees(location: Mapping[str, Any], name: str, most: int) -> float | None:
    value = location.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        return None
    return float(value)


def _quoted(words: str) -> str:
    return f"«{words}»" if words else ""


def _joined(parent: Mapping[str, Any], *names: str, between: str = " ") -> str:
    return between.join(part for part in (maybe_words(parent, name) for name in names) if part)
