"""What the product's own code asks of the texts, read from its syntax trees."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.house.sources import ROOT, modules

ROOMS = ("bot", "handlers", "storage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One call of `say` or one `RuleError` with a key that stands there in full."""

    where: str
    keys: tuple[str, ...]
    arguments: frozenset[str] | None
    """None where the call does not name them all."""


@cache
def words_in_code() -> frozenset[str]:
    """Return every string of the code, and of strings put together their fixed beginning with `*` (`state-*`)."""
    said = (key for _, key, _ in said_in_templates())
    return frozenset([*(word for tree in _trees().values() for word in _words(tree)), *said])


def sayings() -> Iterator[Saying]:
    """Yield what the code says; a key chosen by a condition counts with both its values."""
    for where, said, given in said_in_templates():
        yield Saying(where=where, keys=(said,), arguments=given)
    for file, tree in _trees().items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="say"), args=[_, key, *_]):
                    names = [keyword.arg for keyword in node.keywords]
                    arguments = None if None in names else frozenset(name for name in names if name is not None)
                case ast.Call(func=ast.Name(id="RuleError"), args=[key, *_]):
                    arguments = None
                case _:
                    continue
            if keys := tuple(_constants(key)):
                yield Saying(where=f"{file}:{node.lineno}", keys=keys, arguments=arguments)


def said_in_templates() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield what the pages' templates say: where, the key, and the arguments that are given."""
    for file in sorted((ROOT / "bot").rglob("templates/*.html")):
        for key, given in _SAID.findall(file.read_text(encoding="utf-8")):
            yield str(file.relative_to(ROOT)), key, frozenset(_GIVEN.findall(given))


_SAID = re.compile(r"\bsay\(\s*\"([a-z0-9_-]+)\"((?:[^()]|\([^()]*\))*)\)")
_GIVEN = re.compile(r"[,(]\s*([a-z_]+)=")


@cache
def _trees() -> dict[str, ast.Module]:
    return {str(file.relative_to(ROOT)): tree for file, tree in modules(*ROOMS)}


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(_constants(node.values[0])) + "*"


def _constants(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.IfExp():
            yield from _constants(node.body)
            yield from _constants(node.orelse)
