"""A region's registry of official pages goes in as it is, again and again, and keeps what was put right by hand."""

import time
from dataclasses import replace

import pytest

from bot.directory.check import check_sheet
from bot.directory.codes import WHOLE_REGION
from bot.directory.compare import Comparison, compare
from bot.directory.official_names import readable, readable_place, short_name
from bot.directory.sheet import read_sheet
from bot.domain.institution import Institution
from tests.directory.sheets import write_csv, write_xlsx

HEADING = [
    "Уровень",
    "Учредитель",
    "Наименование подведомственной организации",
    "Официальная страница не ведется на основании",
    "ОГРН",
    "Сфера 1",
    "Сфера 2",
    "Сфера 3",
    "Статус",
    "ID госпаблика",
    "Ссылка на госпаблик ВК",
    "Адрес, указанный в настройках страницы",
    "Подключение к компоненту «Госпаблики» (да/нет)",
    "Госметка (да/нет)",
    "Оформление (%)",
    "Виджеты (0/1/2)",
    "Активность (%)",
    "Количество подписчиков",
    "Общий охват аудитории за неделю",
    "Средний охват одной публикации",
]
CULTURE = 'МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ КУЛЬТУРЫ "ГОРОДСКОЙ ДОМ КУЛЬТУРЫ"'
SCHOOL = 'МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ "СРЕДНЯЯ ОБЩЕОБРАЗОВАТЕЛЬНАЯ ШКОЛА № 12"'
HOSPITAL = 'ГОСУДАРСТВЕННОЕ УЧРЕЖДЕНИЕ ЗДРАВООХРАНЕНИЯ "АЛЬМЕТЬЕВСКАЯ ЦЕНТРАЛЬНАЯ РАЙОННАЯ БОЛЬНИЦА"'


def ogrn(number: int) -> str:
    first = 102_160_200_000 + number
    return f"{first}{first % 11 % 10}"


def line(name: str = CULTURE, **cells: str) -> list[str]:
    """One line of a registry; only what matters is named."""
    known = {
        "level": "МО",
        "founder": "Тында",
        "ogrn": ogrn(1),
        "branch": "Культура",
        "narrower": "Дома культуры",
        "page": "77",
        "link": "https://vk.com/club77",
    } | cells
    return [
        *(known["level"], known["founder"], name, "", known["ogrn"], known["branch"], known["narrower"], "", "Ведется"),
        *(known["page"], known["link"], "", "да", "да", "90", "2", "80", "1105", "300", "60"),
    ]


def imported(tmp_path, *lines: list[str], stored: tuple[Institution, ...] = ()) -> Comparison:
    sheet = read_sheet(write_xlsx(tmp_path / "registry.xlsx", [HEADING, *lines]))
    return compare(check_sheet(sheet, stored=stored), stored=stored)


def test_every_column_of_the_registry_is_understood(tmp_path):
    [added] = imported(tmp_path, line()).added

    assert added == Institution(
        code=ogrn(1),
        name='Муниципальное бюджетное учреждение культуры "Городской дом культуры"',
        short_name="Городской дом культуры",
        branch="Культура",
        municipality="Тында",
        aliases=("Дома культуры",),
        vk_group_id="77",
        kind="municipal",
        ogrn=ogrn(1),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_registry_may_be_a_text_and_begin_with_its_title(tmp_path, encoding):
    title = ["Реестр официальных страниц на 01.11.2026", *[""] * 19]
    sheet = read_sheet(write_csv(tmp_path / "registry.csv", [title, HEADING, line()], encoding=encoding))

    assert sheet.is_registry
    assert sheet.unknown_columns == ()
    assert [row.institution.code for row in check_sheet(sheet).rows] == [ogrn(1)]
    assert [row.row for row in sheet.rows] == [3]


def test_the_same_registry_twice_changes_nothing(tmp_path):
    lines = [
        line(),
        line(SCHOOL, ogrn="", page="", link="https://vk.com/school12", branch="Образование"),
        line(HOSPITAL, level="Министерство", founder="МИНИСТЕРСТВО ЗДРАВООХРАНЕНИЯ", ogrn=ogrn(2), page="78", link=""),
        line(SCHOOL, founder="Свободный", ogrn=ogrn(3), page="79", link=""),
        line(f"{SCHOOL} (ФИЛИАЛ)", founder="Свободный", ogrn=ogrn(3), page="80", link=""),
        line(f"{SCHOOL} (ВТОРОЙ ФИЛИАЛ)", founder="Свободный", ogrn=ogrn(3), page="", link=""),
    ]
    first = imported(tmp_path, *lines)
    again = imported(tmp_path, *reversed(lines), stored=first.added)

    assert (len(first.added), first.refused) == (6, ())
    assert (again.added, again.changed, again.refused) == ((), (), ())
    assert len({institution.code for institution in first.added}) == 6


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"page": "99", "link": ""}),  # the same OGRN, another community
        ({"ogrn": ""}, {}),  # the same community, the number became known
        ({"ogrn": "", "page": "", "link": ""}, {}),  # nothing but the name
    ],
)
def test_a_code_stays_when_the_registry_learns_more(tmp_path, before, after):
    stored = imported(tmp_path, line(**before)).added
    again = imported(tmp_path, line(**after), stored=stored)

    assert again.added == ()
    assert [change.institution.code for change in again.changed] == [stored[0].code]
    assert again.changed[0].columns in {("vk_group_id",), ("ogrn",), ("vk_group_id", "ogrn")}


def test_what_was_put_right_by_hand_stays(tmp_path):
    [stored] = imported(tmp_path, line()).added
    mended = replace(
        stored,
        code="tynda-dk",
        name=stored.name.replace("Городской", "городской"),
        short_name="ГДК",
        municipality="Тындинский район",
        aliases=("Русь",),
        vk_token="vk1.a.kept",
        phone="123",
    )
    [change] = imported(tmp_path, line(branch="Досуг"), stored=(mended,)).changed

    assert change.columns == ("branch", "aliases")
    assert change.institution == replace(mended, branch="Досуг", aliases=("Русь", "Дома культуры"))


def test_a_new_name_brings_its_own_short_name(tmp_path):
    stored = imported(tmp_path, line()).added
    [change] = imported(tmp_path, line(CULTURE.replace("ДОМ", "ДВОРЕЦ")), stored=stored).changed

    assert change.institution.short_name == "Городской дворец культуры"
    assert [(value.column, value.old, value.new) for value in change.values][1] == (
        "short_name",
        "Городской дом культуры",
        "Городской дворец культуры",
    )


def test_a_municipality_is_spelled_as_the_directory_spells_it(tmp_path):
    stored = Institution(code="pool", name="Бассейн", branch="Спорт", municipality="Альметьевский район")

    assert [
        imported(tmp_path, line(founder=founder), stored=(stored,)).added[0].municipality
        for founder in ("г. Альметьевск", "АЛЬМЕТЬЕВСКИЙ МУНИЦИПАЛЬНЫЙ РАЙОН", "Ново Альметьевский район", "Тында")
    ] == ["Альметьевский район", "Альметьевский район", "Ново Альметьевский район", "Тында"]


def test_an_institution_of_a_ministry_has_no_municipality_until_somebody_writes_it(tmp_path):
    ministry = line(HOSPITAL, level="Министерство", founder="Министерство здравоохранения")
    [added] = imported(tmp_path, ministry).added

    assert added.municipality == WHOLE_REGION
    mended = replace(added, municipality="Альметьевский район")
    assert imported(tmp_path, ministry, stored=(mended,)).unchanged == (mended,)


REFUSED = [
    (line(ogrn="1021602824056"), "ogrn"),  # its check digit is wrong
    (line(""), "name: пусто"),
    (line(branch=""), "branch: пусто"),
    (line(founder=""), "municipality: пусто"),
    (line(page="78"), "ID госпаблика 78, а ссылка ведёт на 77"),
    (line(page="семь"), "vk_group_id"),
    (line(page="\x01"), "vk_group_id"),
]


@pytest.mark.parametrize(("bad", "reason"), REFUSED)
def test_a_bad_line_is_refused_with_its_reason(tmp_path, bad, reason):
    sheet = read_sheet(
        write_csv(tmp_path / "registry.csv", [HEADING, bad, line(SCHOOL, ogrn=ogrn(2), page="5", link="")])
    )
    checked = check_sheet(sheet)

    assert [row.row for row in checked.rows] == [3]
    [refused] = checked.refused
    assert refused.row == 2
    assert reason in refused.reason


def test_a_line_that_stands_twice_is_refused_once(tmp_path):
    outcome = imported(tmp_path, line(), line())

    assert len(outcome.added) == 1
    assert [(refused.row, "повторяет строку 2" in refused.reason) for refused in outcome.refused] == [(3, True)]


@pytest.mark.parametrize(
    ("page", "link", "group"),
    [
        ("77", "", "77"),
        ("-77", "", "77"),
        ("77.0", "https://vk.com/some_school", "77"),
        ("", "https://vk.com/public77", "77"),
        ("", "vk.ru/club77?from=search", "77"),
        ("нет", "", ""),
        ("", "https://vk.com/some_school", ""),  # a name tells no number
    ],
)
def test_a_community_is_known_by_its_id_or_its_link(tmp_path, page, link, group):
    assert [new.vk_group_id for new in imported(tmp_path, line(page=page, link=link)).added] == [group]


NAMES = [
    # in the registry, readable, short
    (CULTURE, 'Муниципальное бюджетное учреждение культуры "Городской дом культуры"', "Городской дом культуры"),
    (
        f'{SCHOOL[:-1]} С УГЛУБЛЕННЫМ ИЗУЧЕНИЕМ ОТДЕЛЬНЫХ ПРЕДМЕТОВ" ВАХИТОВСКОГО РАЙОНА Г. КАЗАНИ',
        (
            'Муниципальное бюджетное общеобразовательное учреждение "Средняя общеобразовательная школа № 12 с '
            'углубленным изучением отдельных предметов" Вахитовского района г. Казани'
        ),
        "Школа № 12",
    ),
    (
        'МУНИЦИПАЛЬНОЕ ДОШКОЛЬНОЕ ОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ ДЕТСКИЙ САД № 5 "СОЛНЫШКО"',
        'Муниципальное дошкольное образовательное учреждение детский сад № 5 "Солнышко"',
        "Детский сад № 5 «Солнышко»",
    ),
    (
        'МБОУ "КАМСКО-УСТЬИНСКАЯ СОШ ИМ. А.С. ПУШКИНА" РЕСПУБЛИКИ ТАТАРСТАН',
        'МБОУ "Камско-Устьинская СОШ им. А. С. Пушкина" Республики Татарстан',
        "Камско-Устьинская СОШ им. А. С. Пушкина",
    ),
    (
        "АДМИНИСТРАЦИЯ ГОРОДСКОГО ОКРУГА БЛАГОВЕЩЕНСК",
        "Администрация городского округа Благовещенск",
        "",
    ),
    ("МБОУ «СОШ № 12»", "МБОУ «СОШ № 12»", "СОШ № 12"),  # capitals that are abbreviations
    ("Школа Петра Великого", "Школа Петра Великого", ""),  # nothing to mend
]


@pytest.mark.parametrize(("typed", "name", "short"), NAMES)
def test_names_in_capitals_become_readable(typed, name, short):
    assert readable(typed) == name
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("typed", "place"),
    [("ТЫНДА", "Тында"), ("г. Тында", "Тында"), ("ТЫНДИНСКИЙ МУНИЦИПАЛЬНЫЙ ОКРУГ", "Тындинский муниципальный округ")],
)
def test_founders_become_municipalities(typed, place):
    assert readable_place(typed) == place


def test_five_thousand_lines_take_seconds(tmp_path):
    lines = [
        line(SCHOOL.replace("12", str(number)), ogrn=ogrn(number), page=str(number), link="")
        for number in range(1, 5001)
    ]
    started = time.perf_counter()
    stored = imported(tmp_path, *lines).added
    again = imported(tmp_path, *lines, stored=stored)

    assert len(again.unchanged) == 5000
    # Measured 2 s of work an import; the writing of two workbooks and a busy machine get the rest.
    assert time.perf_counter() - started < 60
