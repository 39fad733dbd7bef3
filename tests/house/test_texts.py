"""Every word that people read exists in both languages, is used, and is asked for by its right name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.texts import LANGUAGES, Texts
from tests.house.sources import ROOT, modules

TEXTS = Texts.load()
OF_ONE_LANGUAGE = {
    "weekday-until": {"weekday"},  # Russian declines the day by itself, Tatar after the word for "until"
    "duration-hours": {"minutes", "padded_minutes"},  # «1 ч 05 мин» but «1 сәг. 5 мин.»
}
"""Arguments that the grammar of one language does without."""


def test_every_key_exists_in_every_language() -> None:
    for language in LANGUAGES:
        assert TEXTS.keys(LANGUAGES[0]) == TEXTS.keys(language)


def test_every_language_takes_the_same_arguments() -> None:
    [first, *others] = [_arguments(language) for language in LANGUAGES]
    for other in others:
        assert first.keys() == other.keys()
        for key, arguments in first.items():
            assert arguments ^ other[key] <= OF_ONE_LANGUAGE.get(key, set()), key


def test_every_key_is_used() -> None:
    words, beginnings = _said()
    unused = {
        key
        for key in TEXTS.keys(LANGUAGES[0]) - words - _referred()
        if not any(key.startswith(beginning) for beginning in beginnings)
    }
    assert unused == set()


def test_every_key_that_is_said_exists() -> None:
    unknown = {
        f"{file.relative_to(ROOT)}: {key}"
        for file, tree in modules("bot", "handlers")
        for key in _keys_said(tree)
        if key not in TEXTS.keys(LANGUAGES[0])
    }
    assert unknown == set()


@pytest.mark.parametrize("file", sorted((ROOT / "bot" / "texts").glob("*.ftl")), ids=lambda file: file.name)
def test_people_are_not_shouted_at(file: Path) -> None:
    said = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert "!" not in said
    assert not re.search(r"\b(ты|тебе|тебя|твой)\b", said, re.IGNORECASE)


def _said() -> tuple[set[str], set[str]]:
    """Every string of the code, and every beginning of a string that is put together (`f"button-{action}"`)."""
    words, beginnings = set[str](), set[str]()
    for _, tree in modules("bot", "handlers"):
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(text)):
                    words.add(text)
                case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), ast.FormattedValue(), *_]) if (
                    re.fullmatch(r"[a-z]+(-[a-z]+)*-", beginning)
                ):
                    beginnings.add(beginning)
    return words, beginnings


def _keys_said(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="say"), args=[_, ast.Constant(value=str(key)), *_]):
                yield key
            case ast.Call(func=ast.Name(id="RuleError"), args=[ast.Constant(value=str(key)), *_]):
                yield key


def _referred() -> set[str]:
    """Messages that stand inside others."""
    found = set()
    for language in LANGUAGES:
        for file in (ROOT / "bot" / "texts").glob(f"{language}*.ftl"):
            found |= set(re.findall(r"\{\s*([a-z][a-z-]*)\s*\}", file.read_text(encoding="utf-8")))
    return found


def _arguments(language: str) -> dict[str, set[str]]:
    """The names of the arguments of every message."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / "bot" / "texts").glob(f"{language}*.ftl"):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message):
                found[entry.id.name] = set(_variables(entry))
    return found


def _variables(node: fluent.BaseNode) -> Iterator[str]:
    if isinstance(node, fluent.VariableReference):
        yield node.id.name
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, fluent.BaseNode):
                yield from _variables(child)
