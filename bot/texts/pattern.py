"""Fluent messages as plain Python functions, built once when the texts are loaded.

The library's own resolver is not used: it groups every number ("№ 1 412"), needs 25 to 35 µs a message, and replaces a
whole message by `{???}` when one argument has more than 2,500 characters, as a citizen's words may have.
"""

from collections.abc import Callable, Mapping
from typing import cast

from babel.plural import to_python
from fluent.syntax import ast

Argument = str | int | float
"""What a message may be given. Numbers choose a plural form and are written as they are."""
Arguments = Mapping[str, Argument]
Render = Callable[[Arguments], str]
PluralForm = Callable[[float], str]
Lookup = Callable[[str], Render]
"""Finds the function of another message (`key`) or term (`-key`); ValueError when there is none."""

_Value = Callable[[Arguments], Argument]

NO_BREAK_SPACE = "\u00a0"


def plural_form(rules: Mapping[str, str]) -> PluralForm:
    """Return the function from a number to its plural category, for rules in the notation of Unicode's CLDR."""
    return cast(PluralForm, to_python(dict(rules)))


def compile_pattern(pattern: ast.Pattern, *, plural: PluralForm, lookup: Lookup) -> Render:
    """Return the function that fills the pattern. ValueError when it uses what is not known here."""
    parts = [
        element.value if isinstance(element, ast.TextElement) else _as_text(_value(element, plural, lookup))
        for element in pattern.elements
    ]
    if all(isinstance(part, str) for part in parts):
        constant = "".join(cast(list[str], parts))
        return lambda _: constant
    return lambda arguments: "".join([part if isinstance(part, str) else part(arguments) for part in parts])


def _as_text(value: _Value) -> Render:
    return lambda arguments: str(value(arguments))


def _value(expression: object, plural: PluralForm, lookup: Lookup) -> _Value:
    match expression:
        case ast.Placeable():
            return _value(expression.expression, plural, lookup)
        case ast.VariableReference():
            name = expression.id.name
            return lambda arguments: arguments[name]
        case ast.StringLiteral():
            text = str(expression.parse()["value"])
            return lambda _: text
        case ast.NumberLiteral():
            number = _number(expression)
            return lambda _: number
        case ast.MessageReference() | ast.TermReference() if expression.attribute is None:
            dash = "-" if isinstance(expression, ast.TermReference) else ""
            return lookup(dash + expression.id.name)
        case ast.FunctionReference() if expression.id.name == "NUMBER" and len(expression.arguments.positional) == 1:
            return _grouped(_value(expression.arguments.positional[0], plural, lookup))
        case ast.SelectExpression():
            return _choice(expression, plural, lookup)
    raise ValueError(f"{type(expression).__name__} is not known here")


def _number(literal: ast.NumberLiteral) -> int | float:
    return float(literal.value) if "." in literal.value else int(literal.value)


def _grouped(value: _Value) -> _Value:
    """`NUMBER($count)` writes thousands apart: 12 345."""
    return lambda arguments: f"{value(arguments):,}".replace(",", NO_BREAK_SPACE)


def _choice(expression: ast.SelectExpression, plural: PluralForm, lookup: Lookup) -> _Value:
    # NUMBER() around a selector changes only how a number is written, and here it is not written.
    number = isinstance(expression.selector, ast.FunctionReference) and expression.selector.arguments.positional[0]
    select = _value(number or expression.selector, plural, lookup)
    variants: dict[Argument, Render] = {}
    default: Render | None = None
    for variant in expression.variants:
        render = compile_pattern(variant.value, plural=plural, lookup=lookup)
        key = _number(variant.key) if isinstance(variant.key, ast.NumberLiteral) else variant.key.name
        variants[key] = render
        default = render if variant.default else default
    if default is None:
        raise ValueError("a choice needs a variant marked with *")
    otherwise = default

    def choose(arguments: Arguments) -> str:
        chosen = select(arguments)
        found = variants.get(chosen)
        if found is None and not isinstance(chosen, str):
            found = variants.get(plural(chosen))
        return (found or otherwise)(arguments)

    return choose
