"""Operators bring templates from a file."""

from pathlib import Path

from tests.cli.conftest import Otklik

HEAD = "scope;title;text;text_tt\n"


def written(text: str) -> Path:
    file = Path("templates.csv")
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def test_templates_are_added_changed_and_listed(otklik: Otklik, sheet: Path) -> None:
    assert otklik("institutions", "import", sheet).status == 0
    file = written("region;Приняли;Здравствуйте, {имя}.;Исәнмесез, {имя}.\ninstitution:school-12;Часы;С 9 до 18.;\n")
    assert otklik("templates", "import", file, "--json").json == {"added": 2, "changed": 0, "refused": []}
    file = written("institution:school-12;Часы;С 9 до 17.;\n")
    assert otklik("templates", "import", file, "--json").json == {"added": 0, "changed": 1, "refused": []}
    assert otklik("templates", "list", "--json").json == [
        {"scope": "region", "title": "Приняли", "text": "Здравствуйте, {имя}.", "text_tt": "Исәнмесез, {имя}."},
        {"scope": "institution:school-12", "title": "Часы", "text": "С 9 до 17.", "text_tt": ""},
    ]


def test_a_wrong_row_is_named_and_nothing_is_written(otklik: Otklik, sheet: Path) -> None:
    assert otklik("institutions", "import", sheet).status == 0
    file = written("region;Приняли;Ждите.;\nbranch:Рыбалка;Клёв;Есть.;\nregion;Дата;До {дата}.;\nregion;;Пусто;\n")
    refused = otklik("templates", "import", file)
    assert refused.status == 2
    lines = refused.err.splitlines()
    assert [line.partition("строка ")[2][:2] for line in lines] == ["3:", "4:", "5:"]
    assert otklik("templates", "list", "--json").json == []
    assert otklik("templates", "import", "missing.csv").status == 2
    Path("other.csv").write_text("a;b\n", encoding="utf-8")
    assert "scope" in otklik("templates", "import", "other.csv").err
