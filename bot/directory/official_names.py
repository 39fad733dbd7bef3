"""Official names as people can read them: registries keep them in capitals and with the whole legal form."""

import re

from bot.directory.cells import LONGEST_CELL
from bot.directory.kinds import ABBREVIATIONS, LEGAL_FORM
from bot.directory.places import PLACES
from bot.directory.words import read_words, stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CAPITALS_SHARE = 0.8
_SHORTEST_IN_CAPITALS = 12
"""Letters. «МБОУ СОШ 12» is an abbreviation and stays."""
_ROMAN = re.compile(r"[IVXLC]+")
_OPENING, _CLOSING = "«“„", "»”"
_OPENS, _CLOSES = re.compile('[«“„"]'), re.compile('[»”“"]')
# What follows is a name of a place or of a person (with a dot, or it is the preposition «с») …
_BEFORE_NAME = _words(
    "г. гор. город города городе с. село села д. дер. деревни деревня п. пос. посёлок посёлка пгт рп станица станицы "
    "ст. республика республики округа поселения имени им. улица улицы ул."
)
# … and goes on until the quotation mark or one of these.
_AFTER_PERSON = _words(
    "с города г района городского муниципального республики области края села посёлка округа и на для при"
)
_PERSON_WORDS = 3
# What stands before is the adjective of a place.
_AFTER_PLACE = re.compile(
    r"[\s]+(?:(?:муниципальн|городск|сельск)\w+\s+)?(?:район|округ|поселени|област|кра[йяею]|республик)\w*",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?<!\w)(\w)\.(?=\w\.|\w{3})")
_DOUBLE_PLACE = re.compile(r"[^\W\d_]{2,}[^\Wо]-[^\W\d_]{2,}[сц]к(?:ая|ий|ое|ой|ого|ому|ую|ом|им|ие|их)")
"""«Соль-Илецкая», but not «культурно-досуговый» or «физико-техническая»."""
_GENERIC = re.compile(
    r"\b(?:(?:муниципальн|городск|сельск)[а-я]{2,3}|район[а-я]{0,2}|округ[а-я]{0,2}|(?:поселени|образовани)[а-я]|город[ае]?"
    r"|кра[йяею]|област[ьи]ю?|республик[а-я])\b",
    re.IGNORECASE,
)
_CITY = re.compile(r"^(?:г\.|гор\.|город\b)\s*", re.IGNORECASE)
_STATE = {"российской": "Российской", "федерации": "Федерации", "россии": "России", "республики": "Республики"}
_LONG_KINDS = (
    (re.compile(r"\b(?:средняя |основная |начальная )?общеобразовательная школа\b", re.IGNORECASE), "школа"),
    (re.compile(r"\bсредняя школа\b", re.IGNORECASE), "школа"),
    (re.compile(r"(?<=детский сад) (?:комбинированного|общеразвивающего|компенсирующего) вида\b", re.IGNORECASE), ""),
    (re.compile(r"\s+с углубл[её]нным изучением [^»\"]*$", re.IGNORECASE), ""),
    (re.compile(r"\s+(?:[\w-]+\s+)?муниципального (?:района|образования|округа)\b.*$", re.IGNORECASE), ""),
)
_CITY_AT_END = re.compile(r"\s+(?:города|г\.)\s*[\w-]+$", re.IGNORECASE)
_ABBREVIATIONS = _words(ABBREVIATIONS)
_LEGAL_STEMS = frozenset(read_words(LEGAL_FORM).stems)
_PLACE_STEMS = frozenset(
    word for names in [*PLACES, "санкт петербург, москва"] for word in read_words(names).stems if len(word) > 3
) - {
    # Everyday adjectives in names of two words («Верхний Услон», «Большая Атня»).
    *read_words("верхний большая большие старое высокая гора камское устье рыбная слобода богатые наб").stems
}


def readable_place(name: str) -> str:
    """Return the name of a municipality in normal case: «ТЫНДИНСКИЙ РАЙОН» as «Тындинский район»."""
    if len(name) > LONGEST_CELL:
        return name
    name = _CITY.sub("", name)
    name = name if any(map(str.islower, name)) else _GENERIC.sub(lambda match: match[0].lower(), name.title())
    return name[:1].upper() + name[1:]


def readable(name: str, *, places: str = "") -> str:
    """Return a name in capitals in normal case, its quotation marks kept; any other name as it is.

    Abbreviations stay. Capital letters get: beginnings, words in quotation marks, places (those of `places` besides the
    known ones) and people. What cannot be known («РАССВЕТ» as a village) may come out small.
    """
    letters = [letter for letter in name if letter.isalpha()]
    if not _SHORTEST_IN_CAPITALS <= len(letters) <= LONGEST_CELL or sum(
        map(str.isupper, letters)
    ) < _CAPITALS_SHARE * len(letters):
        return name
    name = _INITIALS.sub(r"\1. ", name)
    known = _PLACE_STEMS | frozenset(read_words(places).stems)
    written, last, person = list[str](), 0, 0
    before = ""
    for match in _WORD.finditer(name):
        between = name[last : match.start()]
        begins = not last or _opens_quote(name, match.start())
        is_initial = _is_initial(match)
        person = 0 if begins or (match[0].lower() in _AFTER_PERSON and not is_initial) else person
        person = max(person, 1) if is_initial else person
        is_name = bool(person) or before in _BEFORE_NAME
        word = match[0] if is_initial else _cased(match, begins=begins, is_name=is_name, known=known)
        written += [between, word]
        before, last = match[0].lower() + ("." if name[match.end() : match.end() + 1] == "." else ""), match.end()
        person = _PERSON_WORDS if before in {"имени", "им."} else max(0, person - (len(word) > 1))
    return "".join([*written, name[last:]])


def short_name(name: str, *, keeps_place: bool = False) -> str:
    """Return a readable official name without its legal form: what stands in quotation marks with its kind.

    With `keeps_place` what follows the quotation marks stays, usually the town: «Городская больница города Гая». Empty
    when nothing shorter is left, and for what is longer than a cell may be.
    """
    if len(name) > LONGEST_CELL:
        return ""
    opens = _OPENS.search(name)
    closes = [mark.start() for mark in _CLOSES.finditer(name, opens.end())] if opens else []
    kind = _without_legal_form(name[: opens.start()] if opens and closes else name)
    inner = name[opens.end() : closes[-1]].strip() if opens and closes else ""
    short = f"{kind} «{inner}»" if kind and inner else kind or inner
    for long, brief in _LONG_KINDS:
        short = long.sub(brief, short)
    if keeps_place and inner:
        short = f"{short} {name[closes[-1] + 1 :].strip(' ,.-')}"
    elif inner:
        short = _CITY_AT_END.sub("", short)
    short = " ".join(short.split()).strip(" ,.-")
    short = short[:1].upper() + short[1:]
    return short if 2 < len(short) < len(name) else ""


def _cased(match: re.Match[str], *, begins: bool, is_name: bool, known: frozenset[str]) -> str:
    word = match[0]
    lower = word.lower()
    if lower in _ABBREVIATIONS or _ROMAN.fullmatch(word):
        return word
    if lower in _STATE:
        return _STATE[lower]
    is_place = (
        any(stem(part) in known for part in read_words(lower).stems)
        or _is_adjective_of_place(match)
        or bool(_DOUBLE_PLACE.fullmatch(lower))
    )
    if is_place or (is_name and lower not in _AFTER_PERSON | _BEFORE_NAME and not _GENERIC.fullmatch(word)):
        return "-".join(part.capitalize() if len(part) > 2 else part for part in lower.split("-"))
    return lower[0].upper() + lower[1:] if begins else lower


def _is_initial(match: re.Match[str]) -> bool:
    """Tell whether a word is an initial: «В.», but not the «г.» and «с.» of a place."""
    word, text = match[0], match.string
    if len(word) != 1 or text[match.end() : match.end() + 1] != ".":
        return False
    return f"{word.lower()}." not in _BEFORE_NAME or text[: match.start()].rstrip()[-1:] == "."


def _is_adjective_of_place(match: re.Match[str]) -> bool:
    ends = ("ского", "цкого", "ский", "цкий", "ской", "цкой", "ская", "ском")
    # «городского округа», «муниципального района» are no places by themselves.
    generic = ("городск", "сельск", "муниципальн", "детск", "районн")
    lower = match[0].lower()
    return (
        lower.endswith(ends) and not lower.startswith(generic) and bool(_AFTER_PLACE.match(match.string, match.end()))
    )


def _opens_quote(text: str, at: int) -> bool:
    """Tell whether the word at `at` is the first in quotation marks; a straight mark opens after a space."""
    mark = text[at - 1 : at]
    return bool(mark) and (mark in _OPENING or (mark in "\"'" and (at == 1 or text[at - 2] in f' ("{_OPENING}')))


def _without_legal_form(text: str) -> str:
    """Cut the legal form off the beginning: «Муниципальное … учреждение детский сад № 5» is «детский сад № 5»."""
    end = 0
    for match in _WORD.finditer(text):
        stems = read_words(match[0]).stems
        if stems and not all(part in _LEGAL_STEMS for part in stems):
            break
        end = match.end()
    return text[end:].strip(" -–—,.")
