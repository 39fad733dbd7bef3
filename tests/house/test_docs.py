"""Every command that the documents show can be typed as it stands there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.program import commands
from tests.house.sources import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.ru.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "deploy"]
TARGETS = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
_OTKLIK = re.compile(r"(?:^|[`/ ])otklik ((?:[a-z]+ ?)+)([^`\n#|]*)", re.MULTILINE)
_MAKE = re.compile(r"(?:^|`|sudo )make ([a-z]+)", re.MULTILINE)


def pages() -> Iterator[Path]:
    for page in PAGES:
        yield from [page] if page.is_file() else sorted(page.glob("*")) if page.is_dir() else []


@pytest.mark.parametrize("page", list(pages()), ids=lambda page: page.name)
def test_commands_in_the_documents_exist(page: Path) -> None:
    content = page.read_text(encoding="utf-8")
    if page.suffix != ".md":
        content = re.sub(r"^#.*$", "", content, flags=re.MULTILINE)
    assert {target for target in _MAKE.findall(content) if target not in TARGETS} == set()
    for words, rest in _OTKLIK.findall(content):
        _follow(words.split(), re.findall(r"(?<!\S)--[a-z-]+", rest), shown=f"otklik {words}{rest}")


def test_the_readme_shows_both_commands() -> None:
    for page in ("README.md", "README.ru.md"):
        content = (ROOT / page).read_text(encoding="utf-8")
        assert {"demo", "test"} <= set(_MAKE.findall(content))


def _follow(words: list[str], options: list[str], *, shown: str) -> None:
    command: Any = typer.main.get_command(commands())
    for word in words:
        known = getattr(command, "commands", {})
        if not known:
            break  # the rest are arguments
        assert word in known, f"{shown}: there is no command {word}"
        command = known[word]
    taken = {option for parameter in command.params for option in parameter.opts}
    assert set(options) <= taken | {"--help"}, shown


@pytest.mark.parametrize("name", ["for-administrators", "for-administrators-more", "for-supervisors", "for-operators"])
def test_a_guide_has_a_table_of_contents(name: str) -> None:
    content = re.sub(r"```.*?```", "", (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^## (.+)$", content, re.MULTILINE)
    anchors = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert re.findall(r"\]\(#([^)]+)\)", content)[: len(anchors)] == anchors


def test_the_administrators_guide_is_two_printed_pages_with_one_picture() -> None:
    content = (ROOT / "docs" / "for-administrators.md").read_text(encoding="utf-8")
    assert len(content) < 6_000  # with the picture two pages of A4 at 10.5 points
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", content)
    assert [(ROOT / "docs" / picture).is_file() for picture in pictures] == [True]
