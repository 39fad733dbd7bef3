"""Each kind of VK attachment as a reader sees it.

Nothing here refuses: a field of the wrong type is as good as a missing one, and an unknown kind is named by its own
word.
"""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.channels.vk.read import clean
from bot.domain.message import Attachment, AttachmentKind

MORE: Final = "вложение, которое видно только во ВКонтакте"
_NAMES: Final = {
    "gift": "подарок",
    "market": "товар",
    "market_album": "подборка товаров",
    "story": "история",
    "call": "звонок",
    "group_call_in_progress": "звонок",
    "article": "статья",
    "album": "альбом",
    "audio_playlist": "плейлист",
    "podcast": "подкаст",
    "narrative": "сюжет",
    "event": "мероприятие",
    "mini_app": "мини-приложение",
    "money_transfer": "денежный перевод",
    "money_request": "запрос денег",
}

_PAGES: Final = {"story": "story", "podcast": "podcast", "album": "album", "narrative": "narrative"}
"""Things with a page of their own, and how its address begins."""

Thing = Mapping[str, Any]


def read_attachment(community: str, attachment: Any) -> Attachment:
    """Read one item of `attachments`: `{"type": "photo", "photo": {…}}`."""
    kind = attachment.get("type") if isinstance(attachment, Mapping) else None
    if not isinstance(kind, str):
        return named(AttachmentKind.OTHER, community, title=MORE)
    thing = attachment.get(kind)
    if kind in _READERS and isinstance(thing, Mapping):
        return _READERS[kind](community, thing)
    url = _address(thing, "url") if isinstance(thing, Mapping) else ""
    return named(AttachmentKind.OTHER, community, title=_NAMES.get(kind, f"вложение «{clean(kind)[:40]}»"), url=url)


def named(kind: AttachmentKind, community: str, *, title: str, url: str = "") -> Attachment:
    """Return an attachment whose bytes cannot be had."""
    return Attachment(kind=kind, channel="vk", community=community, title=title, url=url)


def location(community: str, geo: Any) -> Attachment:
    """Read `geo`: a place on the map."""
    place = geo.get("place") if isinstance(geo, Mapping) else None
    title = _text(place, "title") if isinstance(place, Mapping) else ""
    match geo:
        case {"coordinates": {"latitude": int() | float() as north, "longitude": int() | float() as east}}:
            url = f"https://yandex.ru/maps/?pt={east},{north}&z=17"
            known = named(AttachmentKind.LOCATION, community, title=title or f"{north}, {east}", url=url)
            return replace(known, latitude=float(north), longitude=float(east))
        case _:
            return named(AttachmentKind.LOCATION, community, title=title or "место на карте")


def _photo(community: str, photo: Thing) -> Attachment:
    address = _largest(photo.get("sizes")) or _largest([photo.get("orig_photo")])
    name = f"photo{_number(photo, 'id') or ''}.jpg"
    return _file(AttachmentKind.PHOTO, community, address, name=name, title=_text(photo, "text"))


def _document(community: str, document: Thing) -> Attachment:
    name = _text(document, "title") or "document"
    extension = _text(document, "ext")
    if extension and not name.lower().endswith(f".{extension.lower()}"):
        name = f"{name}.{extension}"
    size = _number(document, "size")
    return _file(AttachmentKind.DOCUMENT, community, _address(document, "url"), name=name, size=size)


def _voice(community: str, voice: Thing) -> Attachment:
    if address := _address(voice, "link_ogg"):
        return _file(AttachmentKind.VOICE, community, address, name="voice.ogg", title=_text(voice, "transcript"))
    address = _address(voice, "link_mp3")
    return _file(AttachmentKind.VOICE, community, address, name="voice.mp3", title=_text(voice, "transcript"))


def _sticker(community: str, sticker: Thing) -> Attachment:
    address = _largest(sticker.get("images"))
    return _file(AttachmentKind.STICKER, community, address, name="sticker.png", title="стикер")


def _graffiti(community: str, graffiti: Thing) -> Attachment:
    address = _address(graffiti, "url")
    return _file(AttachmentKind.PHOTO, community, address, name="graffiti.png", title="граффити")


def _video(community: str, video: Thing) -> Attachment:
    return named(AttachmentKind.VIDEO, community, title=_text(video, "title"), url=_page("video", video))


def _audio(community: str, audio: Thing) -> Attachment:
    names = [name for name in (_text(audio, "artist"), _text(audio, "title")) if name]
    return named(AttachmentKind.AUDIO, community, title=" – ".join(names), url=_page("audio", audio))


def _poll(community: str, poll: Thing) -> Attachment:
    answers = poll.get("answers")
    found = answers if isinstance(answers, list) else []
    options = "; ".join(text for answer in found if isinstance(answer, Mapping) and (text := _text(answer, "text")))
    question = _text(poll, "question")
    title = f"{question} ({options})" if question and options else question or options
    return named(AttachmentKind.POLL, community, title=title, url=_page("poll", poll))


def _post(community: str, post: Thing) -> Attachment:
    owner = next((owner for name in ("owner_id", "to_id", "from_id") if (owner := _number(post, name))), None)
    url = f"https://vk.com/wall{owner}_{post['id']}" if owner and _number(post, "id") else ""
    history = post.get("copy_history")
    shared = history[0] if isinstance(history, list) and history and isinstance(history[0], Mapping) else {}
    return named(AttachmentKind.POST, community, title=_text(post, "text") or _text(shared, "text"), url=url)


def _goods(community: str, goods: Thing) -> Attachment:
    price = goods.get("price")
    about = ["товар", _text(goods, "title"), _text(price, "text") if isinstance(price, Mapping) else ""]
    title = ", ".join(word for word in about if word)
    return named(AttachmentKind.OTHER, community, title=title, url=_page("product", goods))


def _told(kind: str) -> Callable[[str, Thing], Attachment]:
    """Return a reader for things that have a title and an address and nothing to carry over."""

    def read(community: str, thing: Thing) -> Attachment:
        names = [_NAMES[kind], _text(thing, "artist"), _text(thing, "title") or _text(thing, "text")]
        url = _page(_PAGES[kind], thing) if kind in _PAGES else _address(thing, "url") or _address(thing, "view_url")
        return named(AttachmentKind.OTHER, community, title=", ".join(name for name in names if name), url=url)

    return read


def _comment(community: str, comment: Thing) -> Attachment:
    owner, post, number = (_number(comment, name) for name in ("owner_id", "post_id", "id"))
    url = f"https://vk.com/wall{owner}_{post}?reply={number}" if owner and post and number else ""
    return named(AttachmentKind.POST, community, title=_text(comment, "text"), url=url)


def _link(community: str, link: Thing) -> Attachment:
    return named(AttachmentKind.LINK, community, title=_text(link, "title"), url=_address(link, "url"))


_READERS: Final[Mapping[str, Callable[[str, Thing], Attachment]]] = {
    "photo": _photo,
    "doc": _document,
    "audio_message": _voice,
    "video": _video,
    "video_message": _video,
    "audio": _audio,
    "sticker": _sticker,
    "graffiti": _graffiti,
    "wall": _post,
    "wall_reply": _comment,
    "link": _link,
    "poll": _poll,
    "market": _goods,
    **{kind: _told(kind) for kind in ("story", "podcast", "article", "album", "event", "narrative", "audio_playlist")},
}


def _file(
    kind: AttachmentKind, community: str, address: str, *, name: str, title: str = "", size: int | None = None
) -> Attachment:
    return Attachment(
        kind=kind,
        channel="vk",
        community=community,
        reference=address,
        name=name,
        size=size,
        mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
        title=title,
        url=address,
    )


def _largest(sizes: Any) -> str:
    """Return the address of the picture with the most points; VK's older sizes name none (0)."""
    pictures: Iterable[Any] = sizes if isinstance(sizes, list) else ()
    seen = [picture for picture in pictures if isinstance(picture, Mapping) and _address(picture, "url")]
    if not seen:
        return ""
    return _address(
        max(seen, key=lambda picture: (_number(picture, "width") or 0) * (_number(picture, "height") or 0)), "url"
    )


def _page(kind: str, thing: Thing) -> str:
    owner, number = _number(thing, "owner_id"), _number(thing, "id")
    return f"https://vk.com/{kind}{owner}_{number}" if owner and number else ""


def _address(thing: Thing, name: str) -> str:
    value = _text(thing, name)
    return value if value.startswith(("https://", "http://")) else ""


def _text(thing: Thing, name: str) -> str:
    value = thing.get(name)
    return clean(value) if isinstance(value, str) else ""


def _number(thing: Thing, name: str) -> int | None:
    value = thing.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None
