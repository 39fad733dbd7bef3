"""The pages for the doors come out whole, for the right institutions, or a plain line says why not."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Otklik, refusal


def pages(file: Path) -> int:
    [count] = re.findall(rb"/Count (\d+)", file.read_bytes())
    return int(count)


def test_every_institution_gets_a_page(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    result = otklik("institutions", "links", "doors.pdf", "--bot", "@otklik_bot")
    assert (result.status, result.err) == (0, "")
    assert result.out == "Листов: 2, файл doors.pdf\n"
    assert pages(folder / "doors.pdf") == 2


def test_who_has_neither_a_community_nor_a_bot_is_counted(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    assert "без листа учреждений: 1" in otklik("institutions", "links", "doors.pdf").err
    assert pages(folder / "doors.pdf") == 1


def test_a_scope_chooses(otklik: Otklik, sheet: Path, folder: Path) -> None:
    otklik("institutions", "import", sheet)
    otklik("institutions", "links", "doors.pdf", "--bot", "otklik_bot", "--scope", "institution:clinic-6")
    assert pages(folder / "doors.pdf") == 1
    line = refusal(otklik("institutions", "links", "doors.pdf", "--scope", "institution:clinic-6"))
    assert "ни сообщества VK, ни бота" in line


def test_no_code_leads_into_a_telegram_that_is_closed(
    otklik: Otklik, sheet: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    otklik("institutions", "import", sheet)
    monkeypatch.setenv("OTKLIK_TELEGRAM_MODE", "public_only")
    otklik("institutions", "links", "doors.pdf", "--bot", "otklik_bot")
    assert pages(folder / "doors.pdf") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["doors.png"], "doors.png"),
        (["doors.pdf", "--bot", "не имя"], "--bot"),
        (["doors.pdf", "--scope", "village:X"], "--scope"),
        (["no-folder/doors.pdf", "--bot", "otklik_bot"], "no-folder"),
    ],
)
def test_wrong_words_are_told(otklik: Otklik, sheet: Path, arguments: list[str], says: str) -> None:
    otklik("institutions", "import", sheet)
    assert says in refusal(otklik("institutions", "links", *arguments))
