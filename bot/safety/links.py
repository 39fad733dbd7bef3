"""Links: made unclickable where citizens wrote them, and looked at where administrators write them.

Messengers turn into a link whatever looks like a domain, with or without `https://`. So every domain in a text is
taken, wherever it stands: in the address of a page, after `@` of a forged login, inside another link.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

ALLOWED = ("gosuslugi.ru", "tatarstan.ru", "vk.com", "vk.ru", "max.ru", "gov.ru")
"""Domains (and all below them) that answers may always name; the rest of the list depends on the institution."""

_DOTS = ".。．｡"
"""Browsers take each of them for a dot (UTS 46)."""
_LABEL = r"\w(?:[\w-]{0,61}\w)?"
_LONG_TOPS = (
    "com net org info biz name mobi pro aero coop int gov edu mil museum travel jobs asia tel post cat arpa "
    "app art bar bet bid bot buzz cam cash casino center chat city click cloud club codes company cool date deals "
    "dev digital direct download email energy estate events exchange expert express fail faith family fans farm "
    "delivery film finance fit fun fund gallery game games gift global gold group guide guru help homes host house icu "
    "inc ink kim land law life limited link live loan loans lol love ltd market marketing media men moda money monster "
    "moscow network news ninja one online page party pay photo pics plus poker press promo pub quest racing red rent "
    "report rest review rocks run sale school science security services sex shop show site skin social software space "
    "spb store stream studio style support surf systems tatar team tech tips today tools top trade trading training "
    "vip vote wang watch website wiki win work works world wtf xyz zone рф рус дети онлайн сайт москва орг ком бел укр "
    "қаз мкд срб"
)
"""Top-level domains of more than two letters under which people have met links; `document.title` is none."""
_TOP = rf"(?:[a-z]{{2}}|xn--[a-z0-9-]{{2,59}}|{'|'.join(_LONG_TOPS.split())})"
_DOMAIN = re.compile(rf"(?<!\w)(?:{_LABEL}[{_DOTS}]){{1,8}}{_TOP}(?![\w@]|-\w)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,15}):(?=//)", re.IGNORECASE)
_AFTER_SCHEME = re.compile(r"(?<=://)[^\s/?#\\<>\"«»]+")
_LINK = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]{{1,15}}):/{{1,3}}(?P<full>[^\s<>\"«»]+)"
    rf"|(?P<bare>{_DOMAIN.pattern}(?::\d{{1,5}})?(?:[/?#\\][^\s<>\"«»]*)?)",
    re.IGNORECASE,
)
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,15}:/.*", re.IGNORECASE)
_MAYBE_LINK = re.compile(rf"[{_DOTS}]\w|://")
"""Nothing is a link without this, and few messages have it: a sentence's dot stands before a space."""
_LATIN = re.compile("[A-Za-z]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing: behind them a line shows other words than it has."""
_TO_PLAIN_DOTS = str.maketrans(dict.fromkeys(_DOTS, "."))
_FILES = {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "txt", "csv"} | {
    "jpg", "jpeg", "png", "gif", "heic", "webp", "avi", "htm", "html", "php",
}  # fmt: skip
"""Names of files end so and no domain does."""
_SENTENCE_END = ".,;:!?)]}'…"
_REDIRECTS = ("vk.com/away", "vk.ru/away", "m.vk.com/away")
"""Pages of allowed sites that lead anywhere."""


def defang(text: str) -> str:
    """Return `text` with every link unclickable: `hxxps://example[.]com`; doing it twice changes nothing more.

    A domain that mixes alphabets is shown in punycode, so that a Russian «о» in «gоsuslugi.ru» is seen.
    Addresses of e-mail stay. Signs that turn the direction of writing go: they hide where a link leads.
    """
    text = _TURNS.sub("", text)
    if not _MAYBE_LINK.search(text):
        return text
    # Whatever stands after a scheme is a host, also a number or a word without a dot.
    text = _AFTER_SCHEME.sub(lambda match: _broken(match[0]), text)
    before = ""
    while before != text:  # a name of many labels is taken piece by piece, and the pieces are joined by dots as well
        before = text
        text = _without_domains(text)
    return _SCHEME.sub(lambda match: _without_click(match[1]), text)


def foreign_links(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """Return the links of `text` that lead outside the allowed sites, as they are written there.

    `allowed` adds to `ALLOWED`: domains (`school12.ru`, everything below them counts too) or pages (`t.me/our_bot`).
    """
    if not any(dot in text for dot in _DOTS) and ":/" not in text:
        return []
    sites = [*ALLOWED, *(_bare(site) for site in allowed if site)]
    return [link for link, scheme, rest in _links(text) if not _is_allowed(scheme, rest, sites)]


def _without_domains(text: str) -> str:
    return _DOMAIN.sub(lambda match: match[0] if _is_no_link(text, match) else _broken(match[0]), text)


def _links(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each link as written, its scheme (empty for none) and the rest."""
    position = 0
    while match := _LINK.search(text, position):
        if match["bare"] and _is_no_link(text, match):
            position = match.start() + len(_name(match[0]))
            continue
        position = match.end()
        scheme, rest = match["scheme"] or "", (match["full"] or match["bare"]).rstrip(_SENTENCE_END)
        if rest:
            yield match[0].rstrip(_SENTENCE_END), scheme.lower(), rest


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


def _is_no_link(text: str, match: re.Match[str]) -> bool:
    """Tell whether a domain is the end of an e-mail address, or a file's name."""
    if _plain_dots(_name(match[0])).rpartition(".")[2].lower() in _FILES:
        return True
    at = match.start()
    return at > 1 and text[at - 1] == "@" and not text[at - 2].isspace()


def _name(link: str) -> str:
    """Return a link without a scheme up to its port or page."""
    return re.split(r"[/?#\\:]", link, maxsplit=1)[0]


def _broken(host: str) -> str:
    labels = _plain_dots(host).replace("[.]", ".").split(".")
    if _LATIN.search(host) and not host.isascii():
        labels = [label if label.isascii() else _punycode(label) for label in labels]
    return "[.]".join(labels)


def _punycode(label: str) -> str:
    """Encode a label; the strict form refuses some, and then the raw code shows that something is wrong with it."""
    return f"xn--{label.lower().encode('punycode', 'replace').decode('ascii')}"


def _plain_dots(host: str) -> str:
    return host.translate(_TO_PLAIN_DOTS)


def _without_click(scheme: str) -> str:
    small = scheme.lower()
    if small.endswith(("hxxp", "hxxps")):
        return f"{scheme}:"
    if small.endswith(("http", "https")):
        before = len(small) - len("https" if small.endswith("s") else "http")
        return f"{scheme[:before]}{small[before:].replace('tt', 'xx')}:"
    return f"{scheme}[:]"
