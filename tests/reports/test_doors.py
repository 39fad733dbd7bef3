"""What stands behind the codes on an institution's door, and that every page stays one page."""

import re
from dataclasses import replace

import pytest

from bot.domain.institution import Institution
from bot.reports.door.addresses import doors_of
from bot.reports.door.sheet import DoorSheet, draw_door_sheets
from bot.texts import Texts

TELEGRAM = {"500": "https://t.me/region_bot", "77": "https://t.me/school_bot"}


SCHOOL = Institution(code="school-12", name="Школа № 12", branch="Образование", municipality="Казань")


def school(**more: str) -> Institution:
    return replace(SCHOOL, **more)  # type: ignore[arg-type] # only texts are given here


def addresses(institution: Institution, *, regional_bot: str = "500") -> list[str]:
    return [door.address for door in doors_of(institution, telegram=TELEGRAM, regional_bot=regional_bot)]


@pytest.mark.parametrize(
    ("institution", "doors"),
    [
        (school(), ["https://t.me/region_bot?start=school-12"]),
        (school(vk_group_id="9"), ["https://vk.me/club9", "https://t.me/region_bot?start=school-12"]),
        (school(telegram_token="77:AA"), ["https://t.me/school_bot?start=school-12"]),
        (school(telegram_token="78:AA"), ["https://t.me/region_bot?start=school-12"]),  # its bot never connected
    ],
)
def test_a_code_leads_to_the_institution_without_choosing(institution, doors):
    assert addresses(institution) == doors


def test_without_a_community_and_a_bot_there_is_no_door():
    assert addresses(school(), regional_bot="") == []
    assert addresses(school(vk_group_id="9"), regional_bot="") == ["https://vk.me/club9"]


LONG = "Государственное автономное учреждение здравоохранения Республики Татарстан " * 4


@pytest.mark.parametrize(
    "institution",
    [
        school(),
        school(vk_group_id="999999999999", code="a" * 40, name=LONG, short_name=LONG[:290], address=LONG),
        school(name='#strong[нет] $x$ *жирно* `код` // \\ «Җиләк» " <a> @b'),  # signs of the page's own language
        school(name="Ы" * 300),
    ],
)
def test_every_institution_fills_exactly_one_page(institution):
    sheet = DoorSheet(institution=institution, doors=doors_of(institution, telegram=TELEGRAM, regional_bot="500"))

    content = draw_door_sheets([sheet, sheet], texts=Texts.load())

    assert content.startswith(b"%PDF-")
    assert re.findall(rb"/Count (\d+)", content) == [b"2"]
