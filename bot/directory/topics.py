"""What a message is about: ten plain topics, known by the beginnings of words, with a confidence.

The topics stand in `topics.toml` beside this file; its head explains the fields. Nothing here is more than a first
guess: administrators correct it, and whom a message is for is decided elsewhere.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from bot.domain.errors import SettingsError

OPERATORS_FILE = "topics.toml"
"""In the data folder."""
OTHER = "other"
"""The topic of what has none; people choose it, the rules never do."""
SURE = 0.6
"""From this confidence on nobody is asked."""
_FOLDED = (("ё", "е"), ("ә", "э"), ("ө", "о"), ("ү", "у"), ("җ", "ж"), ("ң", "н"), ("һ", "х"))
_WORD = re.compile(r"[^\W\d_]+")
_INDEXED = 2
"""Letters by which beginnings are found; «ук» is the shortest."""
_STRONG, _WEAK, _BRANCH = 3, 1, 1.5
_DOUBT = 1.0
"""What stands against every guess: one weak word is half a topic."""
_READ = 1000
"""Characters of a message that are looked at."""
_REMEMBERED = 50_000
_KEY = re.compile(r"[a-z0-9-]{1,20}")
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic."""

    key: str
    names: Mapping[str, str]
    """By language."""
    code: str = ""
    """Of the typical classifier of citizens' messages."""
    strong: tuple[str, ...] = field(default=(), repr=False)
    weak: tuple[str, ...] = field(default=(), repr=False)
    branches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    words: tuple[str, ...]
    """Beginnings of words that stand side by side."""
    is_whole: bool
    """The last one is a whole word."""
    topic: int
    weight: int


class Topics:
    """The topics of a region, in the order in which people see them."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        """Index the beginnings of words."""
        self.all = tuple(topics)
        self._by_key = {topic.key: topic for topic in self.all}
        self._rules: dict[str, list[_Rule]] = {}
        for number, topic in enumerate(self.all):
            for beginnings, weight in ((topic.strong, _STRONG), (topic.weak, _WEAK)):
                for beginning in dict.fromkeys(map(_fold, beginnings)):
                    words = tuple(beginning.rstrip(".").split())
                    rule = _Rule(words, beginning.endswith("."), number, weight)
                    self._rules.setdefault(words[0][:_INDEXED], []).append(rule)
        self._branches = [(_fold(branch), number) for number, topic in enumerate(self.all) for branch in topic.branches]
        self._of_branch: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, tuple[_Rule, ...]] = {}

    @classmethod
    def load(cls, operators_file: Path | None = None) -> Self:
        """Read the shipped topics and then the operator's, if there are any; SettingsError says what is wrong."""
        topics = {topic.key: topic for topic in _read(_shipped(), "topics.toml") if topic is not None}
        if operators_file is not None and operators_file.is_file():
            try:
                own = operators_file.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                raise SettingsError(f"{operators_file}: файл не читается; сохраните его в UTF-8") from None
            for key, topic in _read_own(own, str(operators_file)):
                topics.pop(key, None) if topic is None else topics.__setitem__(key, topic)
        return cls(topics.values())

    def get(self, key: str) -> Topic | None:
        """Return a topic by its key."""
        return self._by_key.get(key)

    def name(self, key: str, language: str) -> str:
        """Return what people read; the key itself for a topic that the operator has taken away since."""
        topic = self._by_key.get(key)
        return topic.names.get(language) or topic.names["ru"] if topic is not None else key

    def names_and_codes(self, language: str) -> dict[str, tuple[str, str]]:
        """Return what people read and the classifier's code, by key."""
        return {topic.key: (self.name(topic.key, language), topic.code) for topic in self.all}

    def topic_of(self, text: str, branch: str = "") -> tuple[str, float]:
        """Return the likeliest topic's key and the confidence, 0 to 1; ("", 0.0) when nothing speaks for any.

        Each beginning of a word counts once; the institution's branch speaks softly: one strong word outweighs it.
        """
        scores: dict[int, float] = {}
        words = _WORD.findall(_fold(text[:_READ]))
        seen = set[_Rule]()
        known = self._known
        for place, word in enumerate(words):
            rules = known.get(word)
            if rules is None:
                rules = self._begun_by(word)
            for rule in rules:
                if rule not in seen and _goes_on(rule, words, place):
                    seen.add(rule)
                    scores[rule.topic] = scores.get(rule.topic, 0.0) + rule.weight
        said = sum(scores.values())
        by_branch = self._of(branch)
        for number in by_branch:
            scores[number] = scores.get(number, 0.0) + _BRANCH
        if not scores:
            return "", 0.0
        best = max(scores, key=lambda number: (scores[number], -number))
        # A branch that agrees makes surer; one that does not takes nothing away from what the words say.
        against = said + _DOUBT + (_BRANCH if best in by_branch else 0.0)
        return self.all[best].key, round(scores[best] / against, 2)

    def _begun_by(self, word: str) -> tuple[_Rule, ...]:
        """Return the rules whose first word this is; remembered, because most words are common."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = tuple(rule for rule in self._rules.get(word[:_INDEXED], ()) if _begins(rule, word))
        return self._known[word]

    def _of(self, branch: str) -> tuple[int, ...]:
        known = self._of_branch.get(branch)
        if known is None:
            folded = _fold(branch)
            known = tuple(number for beginning, number in self._branches if folded.startswith(beginning))
            self._of_branch[branch] = known = tuple(dict.fromkeys(known))
        return known


def _begins(rule: _Rule, word: str) -> bool:
    if rule.is_whole and len(rule.words) == 1:
        return word == rule.words[0]
    return word.startswith(rule.words[0])


def _goes_on(rule: _Rule, words: list[str], place: int) -> bool:
    """Tell whether the rule's further words follow its first one."""
    if len(rule.words) == 1:
        return True
    beside = words[place : place + len(rule.words)]
    if len(beside) < len(rule.words) or (rule.is_whole and beside[-1] != rule.words[-1]):
        return False
    return all(word.startswith(beginning) for word, beginning in zip(beside, rule.words, strict=True))


def _fold(text: str) -> str:
    text = text.lower()
    # Quicker than `str.translate` by far.
    for letter, plain in _FOLDED:
        text = text.replace(letter, plain)
    return text


def _shipped() -> str:
    return files("bot.directory").joinpath("topics.toml").read_text(encoding="utf-8")


def _read(content: str, name: str) -> list[Topic | None]:
    return [topic for _, topic in _read_own(content, name)]


def _read_own(content: str, name: str) -> list[tuple[str, Topic | None]]:
    try:
        found = tomllib.loads(content).get("topic", [])
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: не похоже на TOML ({error})") from None
    if not isinstance(found, list):
        raise SettingsError(f"{name}: каждая тема начинается со строки [[topic]]")
    return [_read_topic(values, name) for values in found]


def _read_topic(values: Any, name: str) -> tuple[str, Topic | None]:
    key = values.get("key") if isinstance(values, dict) else None
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise SettingsError(f"{name}: у каждой темы есть key из латинских букв, цифр и дефисов, до 20 знаков")
    if values.get("off") is True:
        return key, None
    names = {language: values.get(language, values.get("ru")) for language in ("ru", "tt")}
    for shown in names.values():
        if not isinstance(shown, str) or not 0 < len(shown) <= _LONGEST_NAME:
            raise SettingsError(f"{name}: тема {key}: нужно название ru (и tt) до {_LONGEST_NAME} знаков")
    lists = {}
    for part in ("strong", "weak", "branches"):
        entries = values.get(part, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str) and len(entry) > 1 for entry in entries):
            raise SettingsError(f"{name}: тема {key}: {part} – список слов не короче двух букв")
        lists[part] = tuple(entries)
    code = values.get("code", "")
    if not isinstance(code, str):
        raise SettingsError(f"{name}: тема {key}: code пишется в кавычках")
    return key, Topic(key=key, names=names, code=code, **lists)
