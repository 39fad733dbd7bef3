"""A directory of names as registries write them, from eleven regions, and what was typed to find them."""

from functools import cache
from pathlib import Path

from bot.domain.institution import Institution

_HERE = Path(__file__).parent
_DISTRICTS = ("Вахитовского", "Советского", "Приволжского", "Кировского", "Московского", "Авиастроительного")
_FLOWERS = ("", " «Солнышко»", "", " «Берёзка»", " «Теремок»", "", " «Сказка»", " «Колокольчик»", "", " «Родничок»")
_STREETS = (
    "ул. Гагарина, {n}",
    "ул. 8 Марта, {n}",
    "ул. Чкалова, {n}",
    "пр. Ленина, {n}",
    "ул. 40 лет Победы, {n}",
    "ул. 3-я Строительная, {n}",
    "ул. Пушкина, д. {n}",
    "ул. Советская, {n}а",
)
_VILLAGE = {
    "school": "МБОУ «{stem}ая СОШ»",
    "sdk": "{stem}ий сельский дом культуры",
    "fap": "{stem}ий фельдшерско-акушерский пункт",
    "lib": "{stem}ая сельская библиотека-филиал",
    "garden": "МБДОУ «{stem}ий детский сад»",
}
_BRANCHES = {
    "Образование": "school gym garden medcol pedcol aviacol dvorec kalin",
    "Здравоохранение": (
        "clinic childclinic gkb gb rkb drkb rdkb okb okb2 odkb kkb dkkb rb crb mvd kfu bsmp ptd jk stom fap childb "
        "hosp childhosp okvd"
    ),
    "Культура": "music art lib museum sdk rdk dk cbs dshi",
    "Спорт": "sshor dush sport-kryl",
    "Социальная защита": "kcson cson tcso-zam",
}


@cache
def directory() -> tuple[Institution, ...]:
    """Return the directory that `regions.txt` describes, more than two thousand institutions."""
    found: dict[str, Institution] = {}
    municipality = prefix = address = ""

    def put(code: str, kind: str, name: str, where: str) -> None:
        branch = next((branch for branch, kinds in _BRANCHES.items() if kind in kinds.split()), "Управление")
        code = f"{prefix}-{code}"
        assert code not in found, code
        found[code] = Institution(code=code, name=name, branch=branch, municipality=municipality, address=where)

    for line in _lines("regions.txt"):
        first, *rest = (part.strip() for part in line.split(" | "))
        if first.startswith("@"):
            municipality, prefix, address = rest
        elif first.startswith("+"):
            place, (stem, kinds) = first.removeprefix("+ "), rest
            for kind in kinds.split():
                code = f"{place.split(' ', 1)[1].lower().replace(' ', '-')}-{kind}"
                put(code, kind, _VILLAGE[kind].format(stem=stem), f"{_district(address)}, {place}")
        elif " " in first:
            kind, numbers = first.split()
            for n in _numbers(numbers):
                name = rest[0].format(n=n, district=_DISTRICTS[n % len(_DISTRICTS)], flower=_FLOWERS[n % len(_FLOWERS)])
                street = rest[1] if len(rest) > 1 else _STREETS[n % len(_STREETS)].format(n=n % 90 + 1)
                put(f"{kind}-{n}", kind, name, f"{address}, {street}")
        else:
            put(first, first, rest[0], f"{address}, {rest[1]}")
    return tuple(found.values())


def typed() -> list[tuple[str, frozenset[str], bool]]:
    """Return what was typed, who is meant (nobody, one, or several that are equally right), and whether to ask.

    Decided by hand, from the words and the directory alone, before the search was asked.
    """
    asked = []
    for line in _lines("typed.txt"):
        text, _, meant = line.partition(" = ")
        codes = meant.removeprefix("?").split()
        asked.append((text, frozenset() if codes == ["-"] else frozenset(codes), meant.startswith("?")))
    return asked


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _district(address: str) -> str:
    """Return an address without its town: a village lies in the district."""
    return ", ".join(part for part in address.split(", ") if not part.startswith("г. "))


def _numbers(written: str) -> list[int]:
    ranges = (part.partition("-") for part in written.split(","))
    return [n for first, _, last in ranges for n in range(int(first), int(last or first) + 1)]
