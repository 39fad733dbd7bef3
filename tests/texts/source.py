"""What the product's own code asks of the texts, read from its syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOMS = ("bot", "handlers", "storage")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One call of `say` with a key that stands there in full, without `**` among its arguments."""

    where: str
    keys: tuple[str, ...]
    arguments: frozenset[str]


@cache
def words_in_code() -> frozenset[str]:
    """Return every string of the code, and of strings put together their fixed beginning with `*` (`state-*`)."""
    return frozenset(word for tree in _trees().values() for word in _words(tree))


def sayings() -> Iterator[Saying]:
    """Yield the calls of `say(language, key, …)`; a key chosen by a condition counts with both its values."""
    for file, tree in _trees().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"):
                continue
            names = [keyword.arg for keyword in node.keywords]
            keys = tuple(_constants(node.args[1])) if len(node.args) > 1 else ()
            if keys and None not in names:
                arguments = frozenset(name for name in names if name is not None)
                yield Saying(where=f"{file}:{node.lineno}", keys=keys, arguments=arguments)


@cache
def _trees() -> dict[str, ast.Module]:
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


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
