"""Invitations are made for what the directory knows, and told so that they can be passed on."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import present
from tests.cli.conftest import Otklik, refusal


@pytest.fixture(autouse=True)
def imported(otklik: Otklik, sheet: Path) -> None:
    otklik("institutions", "import", sheet)


def test_an_invitation_tells_code_link_and_end(otklik: Otklik) -> None:
    told = otklik("invite", "administrator", "--institution", "school-12", "--days", 3, "--json").json
    assert set(told) == {"code", "link", "expires_at"}
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", told["code"])
    assert told["link"] is None
    left = datetime.fromisoformat(told["expires_at"]) - present.now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


def test_a_supervisor_of_one_institution_gets_the_link_of_its_community(otklik: Otklik) -> None:
    told = otklik("invite", "supervisor", "--scope", "institution:school-12", "--json").json
    assert told["link"] == f"https://vk.me/club77?ref=join_{told['code'].replace('-', '')}"


def test_people_read_what_to_type_and_where(otklik: Otklik) -> None:
    assert "/bind " in otklik("invite", "administrator", "--institution", "school-12").out
    assert "/join " in otklik("invite", "supervisor", "--scope", "region").out


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("administrator", "--institution", "school-13"), "«school-13»; похожие: «school-12»"),
        (("supervisor", "--scope", "branch:Спорт"), "нет отрасли «Спорт»"),
        (("supervisor", "--scope", "municipality:Казан"), "похожие: «Казань»"),
        (("supervisor", "--scope", "institution:x"), "нет учреждения с кодом «x»"),
    ],
)
def test_nobody_is_invited_to_what_the_directory_does_not_know(
    otklik: Otklik, typed: tuple[str, ...], says: str
) -> None:
    assert says in refusal(otklik("invite", *typed))


def test_a_scope_is_known_in_any_case(otklik: Otklik) -> None:
    assert otklik("invite", "supervisor", "--scope", "branch:образование").status == 0
