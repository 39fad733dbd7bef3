"""Wrong usage and help, in Russian: the library says both in English."""

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_HELP = (
    ("Usage: ", "Вызов: "),
    ("[OPTIONS]", "[ПАРАМЕТРЫ]"),
    ("COMMAND [ARGS]...", "КОМАНДА …"),
    ("\nOptions:", "\nПараметры:"),
    ("\nArguments:", "\nАргументы:"),
    ("\nCommands:", "\nКоманды:"),
    ("[1<=x<=9223372036854775807; required]", "[обязательно]"),
    ("[1<=x<=9223372036854775807]", ""),
    ("[required]", "[обязательно]"),
    ("; required]", "; обязательно]"),
    ("[default: ", "[обычно "),
    ("<=x<=", "–"),
    ("Show this message and exit.", "Показать эту справку."),
)
_TYPE = re.compile(r" <[a-z][^>\n]*>")
"""The Python type of an argument, which says nothing to an operator."""


class Command(TyperCommand):
    """A command whose help is Russian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _russian(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is Russian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _russian(super().get_help(ctx))


def new_group(says: str) -> typer.Typer:
    """Return an empty group of commands."""
    return typer.Typer(cls=Group, help=says, add_completion=False, rich_markup_mode=None, no_args_is_help=False)


def usage_line(error: Exception) -> str:
    """Return what is wrong with the command line and where the help is, in one line."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "otklik"
    return f"{_what(error)}; справка: {path} --help"


def _what(error: Exception) -> str:
    """The library's classes are private to it: their names and attributes are the steadiest thing to go by."""
    message = str(getattr(error, "message", error))
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            close = getattr(error, "possibilities", None)
            return f"нет параметра {option}" + (f", возможно, {min(close)}" if close else "")
        case "BadOptionUsage":
            return f"параметру {option} значение не нужно" if "not take" in message else f"{option}: нет значения"
        case "MissingParameter":
            return f"не указано: {_name(error)}"
        case "BadParameter":
            if getattr(error, "param", None) is None and _is_russian(message):
                return message
            return f"{_name(error)}: {message if _is_russian(message) else 'значение не подходит'}"
    quoted = message.partition("'")[2].partition("'")[0] or message.partition("(")[2].rstrip(")")
    if message.startswith("No such command"):
        return f"нет команды «{quoted}»"
    if message.startswith("Missing command"):
        return "не указана команда"
    if message.startswith("Got unexpected extra"):
        return f"лишнее: {message.rpartition('(')[2].rstrip(')')}"
    return message if _is_russian(message) else "команда записана неверно"


def _name(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "значение"
    long_names = [name for name in parameter.opts if name.startswith("--")]
    return str(long_names[0] if long_names else parameter.metavar or parameter.human_readable_name)


def _is_russian(text: str) -> bool:
    return any("а" <= letter <= "я" for letter in text.lower())


def _russian(text: str) -> str:
    for english, russian in _HELP:
        text = text.replace(english, russian)
    return _TYPE.sub("", text)
