"""Peers: like is compared with like. What kind of institution a name speaks of, and classes of size.

The kind is read from the name alone, so that a stored report says everything that a rating needs.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache


class PeerKind(StrEnum):
    """What kind of institution; in the order in which a name is tried against them, the surer first."""

    MINISTRY = "ministry"
    CIVIL_REGISTRY = "civil-registry"
    ONE_STOP = "one-stop"
    EMPLOYMENT = "employment"
    SOCIAL = "social"
    OFFICE = "office"
    ARTS_SCHOOL = "arts-school"
    SPORTS_SCHOOL = "sports-school"
    AFTER_SCHOOL = "after-school"
    COLLEGE = "college"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    DENTAL = "dental"
    POLYCLINIC = "polyclinic"
    HOSPITAL = "hospital"
    LIBRARY = "library"
    CULTURE_HOUSE = "culture-house"
    MUSEUM = "museum"
    THEATRE = "theatre"
    SPORTS = "sports"
    HOUSING = "housing"
    TRANSPORT = "transport"
    ADMINISTRATION = "administration"
    OTHER = "other"


ACROSS_BRANCHES = frozenset({PeerKind.MINISTRY, PeerKind.ADMINISTRATION})
"""There is one ministry a branch: ministries are compared with each other, and so are the heads of municipalities."""

_PATTERNS: Mapping[PeerKind, str] = {
    PeerKind.MINISTRY: r"министерств\w*|госкомитет\w*|государственн\w+ комитет\w*|министрлы\w+|минист[eр]ство",
    PeerKind.CIVIL_REGISTRY: r"загс\w*",
    PeerKind.ONE_STOP: r"мфц|многофункциональн\w+ центр\w*|мои документы|купфункцияле \w+",
    PeerKind.EMPLOYMENT: r"цзн|центр\w* занятости|биржа труда|мэшгульлек \w+",
    PeerKind.SOCIAL: (
        r"кцсон|соцзащит\w+|социальн\w+ (?:защит\w+|обслуживан\w+|приют\w*)|дом\w*-?интернат\w* для престарел\w+|"
        r"социаль яклау"
    ),
    # «Исполнительный комитет» and «администрация» head a municipality; an office of theirs answers for one matter.
    PeerKind.OFFICE: (
        r"роо|гороно|районо|(?:отдел|управление|департамент)(?! (?:внутренних|пенсионн))(?= \w+)|"
        r"\w+ (?:булеге|идарэсе)"
    ),
    PeerKind.ARTS_SCHOOL: (
        r"дмш|дши|дхш|музшкол\w*|артшкол\w*|худшкол\w*|школ\w* искусств|"
        r"(?:музыкальн|художественн|хореографическ)\w+ школ\w*|(?:музыка|сэнгать|рэсем) мэктэб\w*"
    ),
    PeerKind.SPORTS_SCHOOL: r"дюсш\w*|сшор|сдюсшор|спортшкол\w*|спортивн\w+ школ\w*|спорт мэктэб\w*",
    PeerKind.AFTER_SCHOOL: (
        r"ддт|цдт|цвр|(?:дом|дворец|центр)\w* (?:детского|школьник\w*|пионер\w*|внешкольн\w+|дополнительн\w+)\w*|"
        r"балалар ижаты \w+"
    ),
    PeerKind.COLLEGE: r"колледж\w*|техникум\w*|училищ\w*|коллият\w*|университет\w*|институт\w*",
    PeerKind.SCHOOL: r"(?:о|н)?сош|оош|нош|школ\w*|гимнази\w*|лице\w+|мэктэ[пб]\w*|прогимнази\w*",
    PeerKind.KINDERGARTEN: (
        r"детск\w+ сад\w*|детсад\w*|д ?/ ?с|доу|дс|(?:мб|ма|мк)?доу|садик\w*|ясли\w*|балалар бакча\w*|бакча\w*"
    ),
    PeerKind.DENTAL: r"стоматолог\w*|теш \w+",
    PeerKind.POLYCLINIC: r"поликлиник\w*|амбулатори\w*|фап|фельдшерск\w+|[дг]гп",
    PeerKind.HOSPITAL: (
        r"больниц\w*|госпитал\w*|диспансер\w*|роддом\w*|родильн\w+|[црд]?[рг]кб|црб|[дцг]?гб|хастаханэ\w*|шифаханэ\w*"
    ),
    PeerKind.LIBRARY: r"библиоте\w+|цбс|китапханэ\w*",
    PeerKind.CULTURE_HOUSE: (
        r"(?:дом|дворец|центр)\w* культур\w+|[гсрм]?дк|клуб\w*|цкс|мэдэният \w+|культурн\w+ центр\w*|"
        r"центр\w* (?:культурн\w+|досуг\w*)"
    ),
    PeerKind.MUSEUM: r"музе\w+|галере\w+",
    PeerKind.THEATRE: r"театр\w*|филармони\w*|концертн\w+ зал\w*",
    PeerKind.SPORTS: (
        r"бассейн\w*|фок|спорткомплекс\w*|спортивн\w+ комплекс\w*|стадион\w*|ледов\w+ \w+|"
        r"физкультурно-оздоровительн\w+ \w+|боз сарае"
    ),
    PeerKind.HOUSING: r"ук|управляющ\w+ компани\w*|жкх|водоканал\w*|тепло\w+|электросет\w*|горсвет\w*|жилищн\w+",
    PeerKind.TRANSPORT: r"транспорт\w*|автобус\w*|метро\w*|трамва\w+|дорожн\w+",
    PeerKind.ADMINISTRATION: r"исполком\w*|исполнительн\w+ комитет\w*|администраци\w*|мэри\w*|башкарма комитет\w*",
}
_COMPILED = tuple((kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for kind, pattern in _PATTERNS.items())
_FOLDED = str.maketrans("ёәөүҗңһ", "еэоужнх")

SIZES = ("large", "medium", "small")
FEWEST_TO_SPLIT = 9
"""Fewer are one class: three classes of one or two would give everybody a medal."""


@lru_cache(maxsize=16_384)
def kind_of(*names: str) -> PeerKind:
    """Return the kind of institution that the first telling name speaks of."""
    for name in names:
        folded = " ".join(name.lower().translate(_FOLDED).split())
        for kind, pattern in _COMPILED:
            if pattern.search(folded):
                return kind
    return PeerKind.OTHER


def size_classes(questions: Mapping[str, int]) -> dict[str, str]:
    """Return `large`, `medium` or `small` for each name: thirds by the number of questions, equal numbers together.

    Nothing when there are too few to part.
    """
    if len(questions) < FEWEST_TO_SPLIT:
        return {}
    ordered: Sequence[int] = sorted(questions.values(), reverse=True)
    above = {count: ordered.index(count) for count in set(ordered)}
    return {name: SIZES[above[count] * len(SIZES) // len(ordered)] for name, count in questions.items()}
