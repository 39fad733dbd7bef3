"""Every command: its Latin, Russian and Tatar names, and who is offered it; how a typed one is read.

A messenger's menu and `/help` are made of this table, so they offer the same.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from bot.domain.message import Button
from bot.texts import Texts

_MENTION = re.compile(r"^\s*\[(?:club|public)\d+\|[^\]]*\],?\s*")
"""In VK's group chats people call the community before a command."""
_COMMAND = re.compile(r"/([\w\u0306\u0308]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
"""The two signs make «й» and «ё» where a keyboard sends them apart from their letters."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Reader(StrEnum):
    """Who is offered a command."""

    CITIZEN = "citizen"
    WORK_CHAT = "work-chat"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command and what stands behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A command of ours; the text `can-NAME` says what it does."""

    name: str
    russian: str
    tatar: str
    readers: frozenset[Reader]

    def called(self, language: str) -> str:
        """Return its name in a language."""
        return self.tatar if language == "tt" else self.russian


def _known(name: str, russian: str, tatar: str, *readers: Reader) -> Known:
    return Known(name=name, russian=russian, tatar=tatar, readers=frozenset(readers))


_C, _W, _S = Reader.CITIZEN, Reader.WORK_CHAT, Reader.SUPERVISOR

COMMANDS = (
    _known("report", "отчёт", "хисап", _W, _S),
    _known("overdue", "просрочено", "кичеккән", _W, _S),
    _known("start", "начать", "башлау", _C),
    _known("my", "мои", "минем", _C),
    _known("open", "ждут", "көтәләр", _W),
    _known("ticket", "сообщение", "хәбәр", _W, _S),
    _known("send", "отправить", "җибәрү", _W),
    _known("undo", "убрать", "алу", _W),
    _known("transfer", "передать", "тапшыру", _W),
    _known("duplicate", "повтор", "кабатлау", _W),
    _known("incident", "объединить", "берләштерү", _W),
    _known("template", "шаблон", "үрнәк", _W),
    _known("templates", "шаблоны", "үрнәкләр", _W),
    _known("silenced", "заглушённые", "тавышсыз", _W, _S),
    _known("duty", "дежурство", "дежурлык", _W),
    _known("away", "отсутствую", "юк", _W),
    _known("back", "здесь", "монда", _W),
    _known("closed", "закрыто", "ябык", _W, _S),
    _known("rating", "рейтинг", "рейтинг", _W, _S),
    _known("subscribe", "подписка", "язылу", _W, _S),
    _known("unsubscribe", "отписка", "язылмау", _W, _S),
    _known("pages", "страницы", "битләр", _S),
    _known("signout", "выйти", "чыгу", _S),
    _known("language", "язык", "тел", _C, _S),
    _known("delete", "удалить", "бетерү", _C),
    _known("help", "помощь", "ярдәм", _C, _W, _S),
    # Said with a code, by whoever was invited.
    _known("bind", "привязать", "бәйләү"),
    _known("join", "войти", "керү"),
    # Asked for once, when the bot says that it may now make topics.
    _known("topics", "темы", "темалар"),
    # Its name is taken already; nobody is offered it yet.
    _known("people", "люди", "кешеләр"),
)
"""In the order in which they are offered."""


KEYS = ("my", "help", "language")


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold().replace("ё", "е")


_NAMES = {_folded(name): known for known in COMMANDS for name in (known.name, known.russian, known.tatar)}
_LONGEST = max(map(len, _NAMES)) + 2


def offered_to(reader: Reader) -> list[Known]:
    """Return the commands that somebody is offered, the most used first."""
    return [known for known in COMMANDS if reader in known.readers]


def menu_of(texts: Texts, language: str, reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return the Latin names that somebody is offered, each with what it does."""
    return tuple((known.name, texts.say(language, f"can-{known.name}")) for known in offered_to(reader))


def keys_of(texts: Texts, language: str) -> list[list[Button]]:
    """Return the keys that stand below a citizen's dialogue where a messenger has no menu of commands."""
    return [[Button(text=texts.say(language, f"key-{name}"), action=name) for name in KEYS]]


def help_lines(texts: Texts, language: str, reader: Reader) -> str:
    """Return a line for each command that somebody is offered, by its name in their language."""
    return "\n".join(
        texts.say(
            language,
            "help-line",
            name=known.called(language),
            latin=known.name,
            does=texts.say(language, f"can-{known.name}"),
        )
        for known in offered_to(reader)
        if known.name != "help"
    )


def read_command(text: str) -> Command | None:
    """Read `/name@bot argument`, also behind a mention of the community; None when it is no command.

    A name is one of the table, or Latin letters, digits and underscores that begin with a letter: «/3 этаж» is words.
    """
    found = _COMMAND.fullmatch(_MENTION.sub("", text))
    if found is None:
        return None
    typed, argument = found.group(1), (found.group(2) or "").strip()
    known = _NAMES.get(_folded(typed))
    if known is None and not _LATIN.fullmatch(typed):
        return None
    name = known.name if known is not None else typed.lower()
    if name == "start":
        # Links carry codes as `/start bind_CODE`, because a messenger passes on nothing else.
        for prefix in ("bind", "join"):
            if argument.lower().startswith(f"{prefix}_"):
                return Command(name=prefix, argument=argument[len(prefix) + 1 :])
    return Command(name=name, argument=argument)


def read_bare_name(text: str) -> Known | None:
    """Return the command whose name, without `/`, is all that was typed."""
    words = _MENTION.sub("", text).strip()
    return _NAMES.get(_folded(words)) if len(words) <= _LONGEST else None
