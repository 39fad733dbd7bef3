"""Links: made unclickable where citizens wrote them, and looked at where administrators write them.

Messengers turn into a link whatever looks like a domain, with or without `https://`, an address of numbers, `@name` and
`/command`. So every one of them is taken, wherever it stands: in the address of a page, after `@` of a forged login,
inside another link.

Patterns begin only where a run of their characters begins, so that the time grows with the length of a text and no
quicker (`tests/test_linear.py`).
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import unquote

from bot.domain.parts import LOOKED_AT

ALLOWED = ("gosuslugi.ru", "tatarstan.ru", "vk.com", "vk.ru", "max.ru", "gov.ru")
"""Domains (and all below them) that answers may always name; the rest of the list depends on the institution."""

_JOINER = "\u2060"
"""A character without width (WORD JOINER): what it parts is no link, and reads and copies as before (UTS 46)."""
_DOTS = ".。．｡"
"""Browsers take each of them for a dot (UTS 46)."""
_HOST = r"0-9A-Za-z_~\-\u00c0-\u1fff\u200c\u200d\u2070-\u2fff\u3001\u3003-\uff0d\uff0f-\uff60\uff62-\U0010ffff"
"""What Telegram takes into a domain besides dots: everything but white space and most signs (tdlib, `match_urls`)."""
_RUN = re.compile(rf"(?<![{_HOST}{_DOTS}@])[{_HOST}]*[{_DOTS}@](?=[{_HOST}{_DOTS}@])[{_HOST}{_DOTS}@]*")
"""Characters in which a domain, an e-mail address or a mention may stand."""
_DOT = re.compile(f"[{_DOTS}]")
_NAME = re.compile(f"[^{_DOTS}]+(?:[{_DOTS}][^{_DOTS}]+)*")
_TOP = re.compile(r"(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,63})(?![\w-]*\w)", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CYRILLIC_TOPS = re.compile("рф|рус|дети|онлайн|сайт|москва|орг|ком|бел|укр|қаз|мкд|срб|бг|мон|ею|католик")
"""Of other letters every word may be a top-level domain: new ones come every year."""
_NO_TOPS = re.compile(
    "pdf|docx?|docm|xlsx?|xlsm|pptx?|ppsx|od[tsp]|rtf|txt|csv|xml|json|log|sig|jpe?g|png|gif|hei[cf]|webp|bmp|tiff?|svg"
    "|avi|mkv|webm|mpe?g|wav|ogg|amr|html?|php|aspx|exe|apk|bat|rar|tar|djvu|epub|dwg|title|name|value|length"
)
"""Names of files and what programmers quote (`document.title`) end so, and no domain does."""
_FILES_TOO = ("zip", "mov")
"""Most often a file's name is meant: one in Russian letters stays readable."""
_SCHEME_BEFORE = re.compile(r"[a-z][a-z0-9+.-]{0,15}\Z", re.IGNORECASE)
_LONGEST_SCHEME = 16
_AFTER_SCHEME = re.compile(r"(?<=://)[^\s/?#\\<>\"«»]+")
_WORD = re.compile(r"[^\s<>\"«»]+")
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,15}:/.*", re.IGNORECASE)
_REST = re.compile(r"(?::\d{1,5})?(?P<page>[/?#\\].*)?", re.DOTALL)
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:])", re.IGNORECASE)
_COMMAND = re.compile(r"(?<![\w/<>])/(?=[A-Za-z0-9_])")
_MENTIONED = re.compile(r"[A-Za-z0-9_]{4}|(?:gif|pic|vid)(?!\w)")
"""The shortest names that Telegram gives away, and those of its own bots."""
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")
_MAYBE_LINK = re.compile(rf"[{_DOTS}@/]\w|://|::")
"""Nothing is a link without this, and few messages have it: a sentence's dot stands before a space."""
_LATIN = re.compile("[A-Za-z]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing: behind them a line shows other words than it has."""
_TO_PLAIN_DOTS = str.maketrans(dict.fromkeys(_DOTS, "."))
_SENTENCE_END = ".,;:!?)]}'…"
_STILL = re.compile(rf"[@/:{_DOTS}](?=[^\s{_JOINER}])")
_SPACE_AT_END = re.compile(r"\s(?=\S*\Z)")
_NEAR_END = 200
"""Characters from the end of what is looked at in which a word ends, most often."""
_REDIRECTS = ("vk.com/away", "vk.ru/away", "m.vk.com/away")
"""Pages of allowed sites that lead anywhere."""
_LONGEST_LABEL = 63


class _Kind(Enum):
    DOMAIN = auto()
    MAIL = auto()
    """One side of an e-mail address, with its `@` if it is the right one."""
    MENTION = auto()
    """The sign `@` before a name."""


def defang(text: str) -> str:
    """Return `text` with every link unclickable: `hxxps://example[.]com`; doing it twice changes nothing more.

    A domain that mixes alphabets is shown in punycode, so that a Russian «о» in «gоsuslugi.ru» is seen. Addresses of
    e-mail, mentions and commands read as they were written. Signs that turn the direction of writing go: they hide
    where a link leads. What stands behind the first `LOOKED_AT` characters is not looked at: each of its signs that
    could make a link gets a character without width.
    """
    text = _TURNS.sub("", text)
    if len(text) <= LOOKED_AT:
        return _defanged(text)
    space = _SPACE_AT_END.search(text, LOOKED_AT - _NEAR_END, LOOKED_AT)
    end = space.start() if space is not None else LOOKED_AT
    return f"{_defanged(text[:end])}{'' if space else _JOINER}{_still(text[end:])}"


def foreign_links(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """Return the links of `text` that lead outside the allowed sites, as they are written there.

    `allowed` adds to `ALLOWED`: domains (`school12.ru`, everything below them counts too) or pages (`t.me/our_bot`,
    which allows the mention `@our_bot` as well).
    """
    text = text[:LOOKED_AT]
    if not _MAYBE_LINK.search(text) and ":/" not in text:
        return []
    sites = [*ALLOWED, *(_bare(site) for site in allowed if site)]
    found = [link for link, scheme, rest in _links(text) if not _is_allowed(scheme, rest, sites)]
    return found + [match[0] for match in _IPV6.finditer(text) if _is_ipv6(match[0])]


def _defanged(text: str) -> str:
    if not _MAYBE_LINK.search(text):
        return text
    if "://" in text:
        # Whatever stands after a scheme is a host, also a number or a word without a dot; one that is parted is none.
        text = _AFTER_SCHEME.sub(lambda match: match[0] if _JOINER in match[0] else _broken(match[0]), text)
    text = _RUN.sub(_quiet_run, text)
    if "://" in text:
        *before, last = text.split("://")
        text = "".join([*(_without_click(part) for part in before), last])
    if "::" in text or text.count(":") > 6:
        text = _IPV6.sub(lambda match: match[0].replace(":", "[:]") if _is_ipv6(match[0]) else match[0], text)
    return _COMMAND.sub(f"/{_JOINER}", text)


def _quiet_run(run: re.Match[str]) -> str:
    pieces, position = list[str](), 0
    for kind, start, end in _found_in(run):
        pieces.append(run[0][position:start])
        match kind:
            case _Kind.DOMAIN:
                pieces.append(_broken(run[0][start:end]))
            case _Kind.MAIL:
                pieces.append(_still(run[0][start:end]))
            case _Kind.MENTION:
                pieces.append(f"@{_JOINER}")
        position = end
    return "".join([*pieces, run[0][position:]])


def _still(text: str) -> str:
    """Part every sign that could make a link from what follows."""
    return _STILL.sub(rf"\g<0>{_JOINER}", text)


def _found_in(run: re.Match[str]) -> Iterator[tuple[_Kind, int, int]]:
    """Yield what a run of host characters holds, in order, with its place in the run."""
    pieces = run[0].split("@")
    domains = [_domains(piece) for piece in pieces]
    is_mail = [
        bool(before and found and not found[0][0]) for before, found in zip(["", *pieces], domains, strict=False)
    ]
    is_command = run.string[run.start() - 1 : run.start()] == "/"
    start = 0
    for number, piece in enumerate(pieces):
        is_after_word = bool(number and pieces[number - 1]) and not (number == 1 and is_command)
        if number and not is_after_word and not is_mail[number] and _MENTIONED.match(piece):
            yield _Kind.MENTION, start - 1, start
        if is_mail[number] or is_mail[number + 1 : number + 2] == [True]:
            yield _Kind.MAIL, start - is_mail[number], start + len(piece)
        else:
            for first, last in domains[number]:
                yield _Kind.DOMAIN, start + first, start + last
        start += len(piece) + 1


def _domains(run: str) -> list[tuple[int, int]]:
    """Return where domains and addresses of four numbers begin and end."""
    return [place for name in _NAME.finditer(run) if (place := _domain(name)) is not None]


def _domain(name: re.Match[str]) -> tuple[int, int] | None:
    labels = _DOT.split(name[0])
    if len(labels) == 4 and all(map(_is_byte, labels)):
        return name.span()
    last = next((at for at in range(len(labels) - 1, 0, -1) if _is_top(labels[at])), 0)
    top = _TOP.match(labels[last]) if last else None
    if top is None:
        return None
    return name.start(), name.start() + sum(len(label) + 1 for label in labels[:last]) + len(top[0])


def _is_top(label: str) -> bool:
    found = _TOP.match(label)
    if found is None:
        return False
    word = found[0].lower()
    if _CYRILLIC.search(word):
        return _CYRILLIC_TOPS.fullmatch(word) is not None
    return _NO_TOPS.fullmatch(word) is None


def _is_byte(label: str) -> bool:
    return label.isdecimal() and len(label) <= 3 and int(label) <= 255


def _is_ipv6(text: str) -> bool:
    """Tell an address from a time of day («10:30:00») and from two colons."""
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return text != "::"


def _links(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each link as written, its scheme (empty for none) and the rest."""
    for word in _WORD.finditer(text):
        for link, scheme, rest in _links_in(word[0]):
            if rest := rest.rstrip(_SENTENCE_END):
                yield link.rstrip(_SENTENCE_END), scheme.lower(), rest


def _links_in(word: str) -> Iterator[tuple[str, str, str]]:
    scheme = _first_scheme(word)
    for run in _RUN.finditer(word, 0, len(word) if scheme is None else scheme.start()):
        for kind, start, end in _found_in(run):
            if kind is _Kind.DOMAIN:
                first, last = run.start() + start, run.start() + end
                rest = _REST.match(word, last) if last == run.end() else None
                link = word[first : rest.end() if rest is not None else last]
                yield link, "", link
                if rest is not None and rest["page"]:
                    return  # all that follows is the page
            elif kind is _Kind.MENTION and (name := _USERNAME.match(run[0], end)) is not None:
                yield f"@{name[0]}", "", f"t.me/{name[0]}"
    if scheme is not None:
        yield word[scheme.start() :], scheme[0], word[scheme.end() + 1 :].lstrip("/")


def _first_scheme(word: str) -> re.Match[str] | None:
    at = word.find(":/")
    while at >= 0:
        found = _SCHEME_BEFORE.search(word, max(at - _LONGEST_SCHEME, 0), at)
        if found is not None and len(found[0]) > 1:
            return found
        at = word.find(":/", at + 2)
    return None


def _is_allowed(scheme: str, rest: str, sites: Iterable[str]) -> bool:
    if scheme not in ("", "http", "https"):
        return False
    netloc, _, path = re.sub(r"[\\?#]", "/", rest).partition("/")
    if inside := _WITH_SCHEME.search(unquote(path)):  # the page may lead to the link inside its address
        within, _, deeper = inside[0].partition(":")
        if _WITH_SCHEME.search(deeper) or not _is_allowed(within.lower(), deeper.lstrip("/"), sites):
            return False
    host = _plain_dots(netloc.rpartition("@")[2]).partition(":")[0].rstrip(".").lower()
    page = f"{host}/{path}".lower()
    if page.startswith(_REDIRECTS):
        return False
    return any(_is_within(host, page, site) for site in sites)


def _is_within(host: str, page: str, site: str) -> bool:
    if "/" in site:
        return page == site or page.startswith(f"{site}/")
    return host == site or host.endswith(f".{site}")


def _bare(site: str) -> str:
    """Write an address of the sheet or of a messenger as domain and page: `https://T.me/Bot/` is `t.me/bot`."""
    return re.sub(r"^[a-z]+://(?:www\.)?", "", site.strip().lower()).rstrip("/")


def _broken(host: str) -> str:
    labels = _plain_dots(host).replace("[.]", ".").split(".")
    if not host.isascii() and _LATIN.search(host):
        is_file = labels[-1].lower() in _FILES_TOO
        labels = [
            label if label.isascii() or (is_file and not _LATIN.search(label)) else _punycode(label) for label in labels
        ]
    return "[.]".join(labels)


@lru_cache(maxsize=1_000)
def _punycode(label: str) -> str:
    """Encode a label; the strict form refuses some, and then the raw code shows that something is wrong with it."""
    if len(label) > _LONGEST_LABEL:
        return label  # no name is so long, and the encoding takes the square of the length
    return f"xn--{label.lower().encode('punycode', 'replace').decode('ascii')}"


def _plain_dots(host: str) -> str:
    return host.translate(_TO_PLAIN_DOTS)


def _without_click(before: str) -> str:
    """Return what stands before `://`, with that sign, so that it opens nothing."""
    found = _SCHEME_BEFORE.search(before, max(len(before) - _LONGEST_SCHEME, 0))
    if found is None:
        return f"{before}://"
    small = before.lower()
    if small.endswith(("hxxp", "hxxps")):
        return f"{before}://"
    if small.endswith(("http", "https")):
        start = len(before) - len("https" if small.endswith("s") else "http")
        return f"{before[:start]}{small[start:].replace('tt', 'xx')}://"
    return f"{before}[:]//"
