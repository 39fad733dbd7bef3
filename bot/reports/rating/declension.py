"""A person's full name in the cases that a diploma needs; what cannot be declined stays as it is and is marked."""

from dataclasses import dataclass

from petrovich.enums import Case, Gender
from petrovich.main import Petrovich

_MALE_PATRONYMICS, _FEMALE_PATRONYMICS = ("ич",), ("вна", "чна")
_SON, _DAUGHTER = ("улы", "оглы", "углы"), ("кызы", "кизи")
"""Written apart after the father's name: «Илдар кызы»."""
_MALE_SURNAMES = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ой", "ый")
_FEMALE_SURNAMES = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ая")
_rules = Petrovich()


@dataclass(frozen=True, slots=True, kw_only=True)
class FullName:
    """A name in three cases."""

    nominative: str
    genitive: str
    """Кого: «диплом Хабибуллина Ильдара»."""
    dative: str
    """Кому: «вручается Хабибуллину Ильдару»."""
    is_declined: bool
    """Otherwise all three are the same words, and a person should look."""


def decline(name: str) -> FullName:
    """Decline «Хабибуллин Ильдар Фаритович» or «Ильдар Фаритович Хабибуллин»; two words are surname and first name."""
    words = name.split()
    parts = _parts(words)
    if parts is None:
        return _as_it_is(words)
    surname, first, patronymic, order = parts
    gender = _gender(surname, patronymic)
    if gender is None:
        return _as_it_is(words)
    cases = []
    for case in (Case.GENITIVE, Case.DATIVE):
        declined = (
            _rules.lastname(surname, case, gender),
            _rules.firstname(first, case, gender),
            # «Илдар кызы» never changes.
            patronymic if " " in patronymic or not patronymic else _rules.middlename(patronymic, case, gender),
        )
        cases.append(" ".join(declined[place] for place in order if declined[place]))
    nominative = " ".join(words)
    is_declined = all(case != nominative for case in cases)
    return FullName(nominative=nominative, genitive=cases[0], dative=cases[1], is_declined=is_declined)


def _parts(words: list[str]) -> tuple[str, str, str, tuple[int, int, int]] | None:
    """Return surname, first name, patronymic and the order in which they were written; None for anything else."""
    if not all((word.replace("-", "").isalpha() and word[:1].isupper()) or _is_relation(word) for word in words):
        return None
    match words:
        case [surname, first]:
            return surname, first, "", (0, 1, 2)
        case [first, patronymic, surname] if _is_patronymic(patronymic) and not _is_patronymic(surname):
            return surname, first, patronymic, (1, 2, 0)
        case [surname, first, patronymic] if not _is_relation(patronymic):
            return surname, first, patronymic, (0, 1, 2)
        case [surname, first, father, relation] if _is_relation(relation):
            return surname, first, f"{father} {relation}", (0, 1, 2)
    return None


def _gender(surname: str, patronymic: str) -> Gender | None:
    """Return what patronymic or surname tells; a first name alone is too little."""
    patronymic, surname = patronymic.lower(), surname.lower().rpartition("-")[2]
    if patronymic.endswith((*_MALE_PATRONYMICS, *_SON)):
        return Gender.MALE
    if patronymic.endswith((*_FEMALE_PATRONYMICS, *_DAUGHTER)):
        return Gender.FEMALE
    if surname.endswith(_FEMALE_SURNAMES):
        return Gender.FEMALE
    if surname.endswith(_MALE_SURNAMES):
        return Gender.MALE
    return None


def _is_patronymic(word: str) -> bool:
    return word.lower().endswith((*_MALE_PATRONYMICS, *_FEMALE_PATRONYMICS))


def _is_relation(word: str) -> bool:
    return word.lower() in (*_SON, *_DAUGHTER)


def _as_it_is(words: list[str]) -> FullName:
    name = " ".join(words)
    return FullName(nominative=name, genitive=name, dative=name, is_declined=False)
