"""Every text is there in every language with the same arguments, and the code and the texts name each other."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast

import bot.texts
from bot.domain.errors import RefusalReason
from bot.domain.institution import InviteRole, ScopeKind
from bot.domain.message import AttachmentKind
from bot.domain.subscription import Every
from bot.domain.ticket import DeliveryState, MessageKind, TicketEventKind, TicketOrigin, TicketState
from bot.reports.counting.chosen import FIGURES as CHOSEN
from bot.reports.counting.chosen import SORTS
from bot.reports.rating.diplomas import END_COLUMNS, PERSON_COLUMNS, PLACE_COLUMNS
from bot.reports.rating.lines import FIRST_COLUMNS, LAST_COLUMNS, PART_COLUMNS
from bot.reports.workbook.method import EXPLAINED
from bot.reports.workbook.method import HEADS as METHOD_HEADS
from bot.reports.workbook.summary import HEADS as SUMMARY_HEADS
from bot.reports.workbook.workbook import SHEETS
from bot.safety.emergency import Emergency
from bot.texts import LANGUAGES, Texts
from bot.web.pages.asked import PRESETS
from bot.web.pages.files import DOWNLOADS
from bot.web.pages.kinds import COLUMNS as PAGE_COLUMNS
from bot.web.pages.kinds import KINDS
from bot.web.pages.time_line import FACTS
from handlers.administrator_choice import _ACTIONS as PRESSES
from handlers.closing import ClosingReason
from handlers.commands import COMMANDS, KEYS
from handlers.reminder_words import ReminderKind
from handlers.report_buttons import FORMS as REPORT_FORMS
from handlers.report_buttons import MENUS, MORE_PERIODS, PERIODS
from handlers.thread_title import INTERIM, LATE, VERY_LATE
from handlers.time_line import _SEEN_BY_THE_WORDS as NOT_TOLD
from tests.house.words import sayings, words_in_code

FOLDER = Path(bot.texts.__file__).parent

FAMILIES: dict[str, Iterable[str]] = {
    "state-": TicketState,
    "card-state-": TicketState,
    "refused-": RefusalReason,
    "attachment-": AttachmentKind,
    "can-": {known.name for known in COMMANDS if known.readers},
    "key-": KEYS,
    "button-": {*PRESSES, "topic"} - {"show"},  # the button that leads to a card bears its number
    "button-incident-": ("list", "close", "send", "drop"),
    "report-scope-": ScopeKind,
    "workbook-sheet-": SHEETS,
    "workbook-head-": SUMMARY_HEADS,
    "method-": EXPLAINED,
    "method-head-": (*EXPLAINED, *METHOD_HEADS),
    "time-line-": MessageKind,
    "code-missing-": InviteRole,
    "report-menu-": MENUS,
    "report-period-": (*PERIODS, *MORE_PERIODS),
    "report-form-": REPORT_FORMS,
    "subscribe-": Every,
    "emergency-": Emergency,
    "emergency-kind-": Emergency,
    "fares-": DeliveryState,
    "closing-": ClosingReason,
    "happened-": set(TicketEventKind) - NOT_TOLD,
    "diploma-column-": (*PLACE_COLUMNS, *PERSON_COLUMNS, *END_COLUMNS),
    "rating-column-": (*FIRST_COLUMNS, *PART_COLUMNS, *LAST_COLUMNS),
    "pages-figure-": KINDS,
    "pages-short-": PAGE_COLUMNS,
    "pages-period-": PRESETS,
    "pages-tickets-": [figure or "all" for figure in CHOSEN],
    "pages-state-": TicketState,
    "pages-sort-": set(SORTS) - {"number"},
    "pages-filter-": ("figure", "state", "channel", "topic"),
    "pages-download-": DOWNLOADS,
    "pages-fares-": DeliveryState,
    "pages-origin-": TicketOrigin,
    "pages-said-": MessageKind,
    "pages-fact-": FACTS,
    "reminder-": set(ReminderKind) - {ReminderKind.TO_SUPERVISORS},
    "reminders-line-": set(ReminderKind) - {ReminderKind.TO_SUPERVISORS},
    "several-": ("parent-late", "escalation", "escalation-final"),
    "topic-mark-": [*TicketState, LATE, VERY_LATE, INTERIM],
}
"""Keys that the code puts together, and everything that may stand at their end."""
COLUMNS = ("report-column-", "report-short-")
"""Keys of the reports' columns: the code names their ends one by one."""
REACTIONS = {"report-column-reactions_positive", "report-column-reactions_negative", "report-column-reactions_neutral"}


def entries(language: str) -> dict[str, Any]:
    """Return every message (`key`) and term (`-key`) of a language as Fluent's own tree of plain values."""
    parsed = [FluentParser().parse(file.read_text(encoding="utf-8")) for file in FOLDER.glob(f"{language}*.ftl")]
    return {
        f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name: entry.to_json()
        for resource in parsed
        for entry in resource.body
        if isinstance(entry, ast.Message | ast.Term)
    }


def named(node: Any) -> Iterator[str]:
    """Yield what a text refers to: arguments (`$name`), messages (`key`) and terms (`-key`)."""
    match node:
        case {"type": "VariableReference", "id": {"name": name}}:
            yield f"${name}"
        case {"type": "MessageReference", "id": {"name": name}}:
            yield name
        case {"type": "TermReference", "id": {"name": name}}:
            yield f"-{name}"
        case dict():
            for value in node.values():
                yield from named(value)
        case list():
            for value in node:
                yield from named(value)


def arguments(language: str) -> dict[str, frozenset[str]]:
    """Return the arguments of every message and term of a language, those of quoted messages among them."""
    found = entries(language)

    def whole(key: str) -> frozenset[str]:
        names = set(named(found[key]))
        own = {name.removeprefix("$") for name in names if name.startswith("$")}
        return frozenset(own).union(*(whole(name) for name in names if not name.startswith("$")))

    return {key: whole(key) for key in found}


RUSSIAN = arguments(LANGUAGES[0])


def test_every_text_takes_the_same_arguments_in_every_language() -> None:
    # A weekday or a duration may leave one out: «1 ч 05 мин» pads its minutes, Tatar does not.
    words_for_time = {"duration-hours"}
    for language in LANGUAGES[1:]:
        theirs = arguments(language)
        assert theirs.keys() == RUSSIAN.keys()
        differing = {key for key in RUSSIAN if theirs[key] != RUSSIAN[key]}
        assert differing - words_for_time == set(), language


@pytest.mark.parametrize("prefix", FAMILIES)
def test_everything_the_code_may_put_at_the_end_of_a_key_has_its_words(prefix: str) -> None:
    assert f"{prefix}*" in words_in_code()
    assert {f"{prefix}{ending}" for ending in FAMILIES[prefix]} <= RUSSIAN.keys()


def test_every_text_is_used() -> None:
    used = words_in_code() | REACTIONS
    used |= {f"{prefix}{ending}" for prefix, endings in FAMILIES.items() for ending in endings}
    used |= {f"{prefix}{word}" for prefix in COLUMNS for word in words_in_code()}
    for entry in entries(LANGUAGES[0]).values():
        used |= set(named(entry))
    assert RUSSIAN.keys() - used == set()


def test_every_text_that_the_code_says_exists_and_gets_its_arguments() -> None:
    said = list(sayings())
    assert len(said) > 50
    wrong = [
        f"{saying.where}: {key}"
        for saying in said
        for key in saying.keys
        if key not in RUSSIAN or (saying.arguments is not None and not RUSSIAN[key] <= saying.arguments)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at_or_called_by_their_first_name(language: str) -> None:
    for file in FOLDER.glob(f"{language}*.ftl"):
        said = file.read_text(encoding="utf-8")
        assert "!" not in said, file.name
        assert not re.search(r"\b(ты|тебе|тебя|твой|син|сиңа|сине|синең)\b", said, re.IGNORECASE), file.name


def test_tatar_names_people_and_institutions_in_tatar() -> None:
    for file in FOLDER.glob("tt*.ftl"):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert not re.search(r"\b(учреждени|жител|сообщени|ответ)", "\n".join(lines), re.IGNORECASE), file.name


def test_the_word_of_the_legal_procedure_stands_only_in_the_notice_about_it() -> None:
    lines = [line for file in FOLDER.glob("ru*.ftl") for line in file.read_text(encoding="utf-8").splitlines()]
    assert {line.partition(" = ")[0] for line in lines if "обращени" in line.lower()} == {"essentials", "-formal"}


@pytest.mark.parametrize(
    ("key", "count", "said"),
    [
        ("overdue-head", 1, "Срок ответа истёк у 1 сообщения:"),
        ("overdue-head", 2, "Срок ответа истёк у 2 сообщений:"),
        ("overdue-head", 21, "Срок ответа истёк у 21 сообщения:"),
        ("overdue-head", 112, "Срок ответа истёк у 112 сообщений:"),
        ("open-head", 1, "Ждёт ответа 1 сообщение:"),
        ("open-head", 3, "Ждут ответа 3 сообщения:"),
        ("open-head", 11, "Ждут ответа 11 сообщений:"),
        ("open-head", 21, "Ждёт ответа 21 сообщение:"),
    ],
)
def test_russian_words_agree_with_their_number(key: str, count: int, said: str) -> None:
    assert Texts.load(languages=("ru",)).say("ru", key, count=count) == said


def test_tatar_words_are_not_the_russian_ones() -> None:
    texts = Texts.load()
    told = {
        "hello",
        "choose-institution",
        "promise-late",
        "ticket-closed-by-silence",
        "answer-head",
        "citizen-help",
    }
    for key in told:
        said = texts.say("tt", key, number=5, institution="Школа № 12", by="18:00", commands="")
        assert set(said) & set("әөүҗңһ"), key
