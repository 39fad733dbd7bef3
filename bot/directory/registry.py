"""The registry of official pages that regions keep for the federal monitoring, read as it is.

Twenty columns, recognised by their headings (seen in github.com/Stepakinoyan/VKAdmin, a tool of Amur region):
names in capitals, no city, branches in three columns, the founder as municipality, no code.
"""

import re
from collections.abc import Mapping, Sequence

from bot.directory.cells import clean, vk_name
from bot.directory.columns import ALIAS_SEPARATOR
from bot.directory.official_names import readable, readable_place, short_name

_NAME = "наименование подведомственной организации"
_LEVEL, _FOUNDER, _OGRN = "уровень", "учредитель", "огрн"
_BRANCH, _NARROWER = "сфера 1", ("сфера 2", "сфера 3")
_PAGE_ID, _PAGE_LINK = "id госпаблика", "ссылка на госпаблик вк"
_UNUSED = (
    "официальная страница не ведется на основании",
    "статус",
    "адрес указанный в настройках страницы",
    "подключение к компоненту госпаблики да нет",
    "госметка да нет",
    "оформление",
    "виджеты 0 1 2",
    "активность",
    "количество подписчиков",
    "общий охват аудитории за неделю",
    "средний охват одной публикации",
)
_USED = (_LEVEL, _FOUNDER, _NAME, _OGRN, _BRANCH, *_NARROWER, _PAGE_ID, _PAGE_LINK)
_RECOGNISED_BY = (_NAME, _FOUNDER, _BRANCH)

_LOCAL_LEVEL = re.compile(r"мо|муниципал.*")
_NO_PAGE = re.compile(r"[-–—]*|нет|отсутствует|не ведется|0", re.IGNORECASE)
_NUMBER_IN_LINK = re.compile(r"(?:https?://)?(?:www\.|m\.)?vk\.(?:com|ru)/(?:club|public|event)([1-9]\d*)/?(?:\?.*)?")

REGISTRY_COLUMNS = ("name", "short_name", "branch", "municipality", "aliases", "vk_group_id", "kind", "ogrn")
"""The columns of our own sheet that a registry fills; `code` is made by `bot.directory.codes`."""


def is_registry(heading: Sequence[str]) -> bool:
    """Tell whether a line is the heading of a registry: it names the organisation, its founder and its branch."""
    keys = set(map(_key, heading))
    return all(key in keys for key in _RECOGNISED_BY)


def registry_positions(heading: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return where the used columns stand, and the headings that no registry has; the first of two equals counts."""
    keys = list(map(_key, heading))
    unknown = tuple(text.strip() for text, key in zip(heading, keys, strict=True) if key and key not in _USED + _UNUSED)
    return {key: keys.index(key) for key in _USED if key in keys}, unknown


def registry_cells(record: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return a line of a registry as cells of our own sheet, and the faults that only show before it becomes one.

    `municipality` is missing for institutions of ministries: their founder is no place. Damaged texts stay what they
    are; the check of the cells refuses them.
    """
    typed = {key: _cleaned(text) for key, text in record.items()}
    is_local = bool(_LOCAL_LEVEL.fullmatch(typed.get(_LEVEL, "").lower()))
    place = readable_place(typed.get(_FOUNDER, "")) if is_local else ""
    name = readable(typed.get(_NAME, ""), places=place)
    group, faults = _community(typed.get(_PAGE_ID, ""), typed.get(_PAGE_LINK, ""))
    branch = _sentence(typed.get(_BRANCH, ""))
    words = [_sentence(typed.get(key, "")) for key in _NARROWER]
    cells = {
        "name": name,
        "short_name": short_name(name),
        "branch": branch,
        "aliases": ALIAS_SEPARATOR.join(dict.fromkeys(word for word in words if word and word != branch)),
        "vk_group_id": group,
        "ogrn": typed.get(_OGRN, ""),
    }
    if is_local:
        cells |= {"municipality": place, "kind": "municipal"}
    return cells, faults


def _key(heading: str) -> str:
    """Return a heading without case, signs and line breaks: `Госметка (да/нет)` is `госметка да нет`."""
    return " ".join(re.findall(r"[^\W_]+", heading.lower().replace("ё", "е")))


def _cleaned(text: str) -> str:
    try:
        return clean(text, column="name")
    except ValueError:
        return text


def _sentence(text: str) -> str:
    text = readable(text) if len(text) > 4 else text
    text = text.lower() if text.isupper() and len(text) > 4 else text
    return text[:1].upper() + text[1:] if text.strip("-–—") else ""


def _community(typed_id: str, link: str) -> tuple[str, tuple[str, ...]]:
    """Return the number of the VK community, from its id or its link, or a link with a name as it is."""
    match = _NUMBER_IN_LINK.fullmatch(link)
    linked = match[1] if match else ""
    if _NO_PAGE.fullmatch(typed_id):
        return linked or (link if vk_name(link) else ""), ()
    number = re.fullmatch(r"-?0*([1-9]\d*)(?:[.,]0+)?", typed_id)
    if number and linked and number[1] != linked:
        return "", (f"ID госпаблика {number[1]}, а ссылка ведёт на {linked}; оставьте верное",)
    return number[1] if number else typed_id, ()
