"""Answers prepared in advance, with placeholders for what differs from ticket to ticket."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.institution import Scope

PLACEHOLDERS = ("имя", "номер", "учреждение", "срок")
LONGEST_TITLE = 40
"""Characters of a button that phones show and VK takes."""
LONGEST_TEXT = 3000
"""So that a filled answer fits one message everywhere."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_NAME_BEFORE = re.compile(r"(?:,[ ]*|(?<![ ])[ ]+)?\{\s*имя\s*\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One prepared answer of an institution, a branch or the region."""

    id: int
    scope: Scope
    title: str
    text: str = field(repr=False)
    text_tt: str = field(default="", repr=False)
    """For citizens who speak Tatar; empty: they get `text`."""

    def words_in(self, language: str) -> str:
        """Return the words for a language, not filled yet."""
        return self.text_tt if language == "tt" and self.text_tt else self.text


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder, each once, in order."""
    found = dict.fromkeys(name.strip() for name in _PLACEHOLDER.findall(text))
    return [name for name in found if name.casefold() not in PLACEHOLDERS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of their names; a citizen without a name is greeted without one."""
    if not values.get("имя"):
        text = _NAME_BEFORE.sub("", text)
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1).strip().casefold(), found.group(0)), text)
