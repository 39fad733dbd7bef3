"""Every word that people read: `<language>*.ftl` in this folder, one message a key, the same keys in every language."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Self

from babel import Locale
from fluent.syntax import FluentParser, ast

from bot.texts.pattern import Argument, Render, compile_pattern, plural_form

LANGUAGES = ("ru", "tt")
"""The languages of the texts; the first one is used for everybody whose language is not here."""


class Texts:
    """Says things in the reader's language. A call costs a few microseconds."""

    def __init__(self, languages: Mapping[str, Mapping[str, Render]], *, default: str) -> None:
        self._languages = languages
        self._default = default

    @classmethod
    def load(cls, *, languages: Iterable[str] = LANGUAGES, folder: Path | None = None) -> Self:
        """Read every `<language>*.ftl` of the folder. ValueError names the file and the key that cannot be read.

        The first of `languages` is the default. Reading takes about a third of a millisecond a message, so what stands
        in this folder is read once in a process.
        """
        names = tuple(languages)
        read = _own_language if folder is None else partial(_load_language, folder=folder)
        return cls({name: read(name) for name in names}, default=names[0])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are loaded."""
        return tuple(self._languages)

    def keys(self, language: str) -> frozenset[str]:
        """Return every key of a language."""
        return frozenset(self._languages[language])

    def choose_language(self, language: str) -> str:
        """Return the loaded language for what a messenger or a setting calls it (`tt`, `ru-RU`), else the default."""
        name = language.replace("_", "-").partition("-")[0].lower()
        return name if name in self._languages else self._default

    def say(self, language: str, key: str, /, **arguments: Argument) -> str:
        """Return the message `key` as plain text. An unknown language gets the default one.

        KeyError when there is no such message, or when it needs an argument that was not given.
        """
        messages = self._languages.get(language)
        if messages is None:
            messages = self._languages[self.choose_language(language)]
        return messages[key](arguments)


@cache
def _own_language(language: str) -> Mapping[str, Render]:
    return MappingProxyType(_load_language(language, Path(__file__).parent))


def _load_language(language: str, folder: Path) -> dict[str, Render]:
    entries = dict(_entries(language, folder))
    plural = plural_form(Locale.parse(language).plural_form.rules)
    compiled: dict[str, Render] = {}
    under_way: set[str] = set()

    def compiled_entry(key: str) -> Render:
        if key in compiled:
            return compiled[key]
        if key not in entries or key in under_way:
            raise ValueError(f"{language}: {key} {'refers to itself' if key in under_way else 'is nowhere'}")
        under_way.add(key)
        try:
            compiled[key] = compile_pattern(entries[key], plural=plural, lookup=compiled_entry)
        except ValueError as error:
            raise ValueError(f"{language}: {key}: {error}") from error
        return compiled[key]

    return {key: compiled_entry(key) for key in entries if not key.startswith("-")}


def _entries(language: str, folder: Path) -> Iterator[tuple[str, ast.Pattern]]:
    """Yield every message (`key`) and term (`-key`) of a language's files."""
    seen: set[str] = set()
    for file in [*folder.glob(f"{language}.ftl"), *sorted(folder.glob(f"{language}-*.ftl"))]:
        for entry in FluentParser(with_spans=False).parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{file.name}: not understood: {(entry.content or '').strip()[:80]}")
            if isinstance(entry, ast.Message | ast.Term):
                key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
                if entry.value is None or key in seen:
                    raise ValueError(f"{file.name}: {key} {'is there twice' if key in seen else 'has no words'}")
                seen.add(key)
                yield key, entry.value
