"""The operator decides what Telegram may be used for, and `check` says what the law of 2025 means."""

from pathlib import Path

import pytest

from tests.cli.conftest import Otklik, Result

KINDS = """code;name;branch;municipality;kind
school-12;Школа № 12;Образование;Казань;municipal
fund-1;Фонд «Помощь»;Соцзащита;Казань;other
"""


@pytest.fixture
def region(otklik: Otklik, monkeypatch: pytest.MonkeyPatch) -> Otklik:
    sheet = Path("sheet.csv")
    sheet.write_text(KINDS, encoding="utf-8")
    monkeypatch.setenv("OTKLIK_TELEGRAM_TOKEN", "500:AAStoryStoryStoryStoryStoryStoryStory00")
    monkeypatch.setenv("OTKLIK_TELEGRAM_API_URL", "http://127.0.0.1:9")
    assert otklik("institutions", "import", sheet).status == 0
    return otklik


def law_lines(result: Result) -> dict[str, str]:
    return {line["says"].split(",")[0]: line["level"] for line in result.json if "41-ФЗ" in line["subject"]}


def test_the_setting_holds_until_a_kind_has_its_own_mode(region: Otklik) -> None:
    before = {line["kind"]: line["mode"] for line in region("legal", "show", "--json").json["modes"]}
    assert set(before.values()) == {"full"}
    assert region("legal", "set", "municipal", "redirect_only", "--basis", "решение").status == 0

    shown = region("legal", "show", "--json").json
    assert {line["kind"]: line["mode"] for line in shown["modes"]} == {**before, "municipal": "redirect_only"}
    assert shown["redirected"] == 0
    assert region("legal", "set", "municipal", "default").status == 0
    after = region("legal", "show", "--json").json["modes"]
    assert {line["kind"]: line["mode"] for line in after} == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("municipal", "full"), "--basis"),  # never without a reason
        (("municipal", "sometimes"), "режим «sometimes» неизвестен"),
        (("royal", "full"), "вид «royal» неизвестен"),
    ],
)
def test_a_wrong_wish_is_refused_with_one_line(region: Otklik, arguments: tuple[str, str], says: str) -> None:
    result = region("legal", "set", *arguments)
    assert result.status == 2
    assert says in result.err
    assert result.err.count("\n") == 1


def test_check_tells_what_the_law_means_and_is_content_with_a_basis(region: Otklik) -> None:
    assert law_lines(region("check", "--json")) == {"municipal": "warning", "other": "ok"}
    region("legal", "set", "municipal", "full", "--basis", "закрытый контур, приказ 7")
    assert law_lines(region("check", "--json")) == {"municipal": "ok", "other": "ok"}
