"""No message and no cell costs more than its length: twice as long takes at most two and a half times as long."""

import math
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle

import pytest

from bot.channels.telegram.shorten import shortened as shortened_for_telegram
from bot.channels.vk.words import as_typed, for_reader
from bot.channels.vk.words import shortened as shortened_for_vk
from bot.directory.cells import clean, read_cell
from bot.directory.columns import COLUMNS
from bot.directory.official_names import readable, readable_place, short_name
from bot.directory.places import read_address
from bot.directory.registry import is_registry, registry_cells, registry_positions
from bot.directory.search import DirectorySearch
from bot.directory.topics import Topics
from bot.directory.words import read_words
from bot.domain.absence import read_days
from bot.domain.closed_days import read_typed_days
from bot.domain.edits import changed_part
from bot.domain.errors import RuleError
from bot.domain.institution import Institution
from bot.domain.language import spoken_language
from bot.domain.matter import common_matter, matter_of, speaks_of
from bot.domain.message import Attachment, AttachmentKind
from bot.domain.names import file_name, is_for_another_bot, is_only_command, mime_type, shown_name
from bot.domain.parts import LOOKED_AT, first_piece, split_text
from bot.domain.quotation import quoted, read_quotations, signed
from bot.domain.template import filled, unknown_placeholders
from bot.domain.work_hours import parse_work_hours
from bot.reports.period import is_period, read_period
from bot.safety.courtesy import asks_nothing, is_greeting, is_thanks
from bot.safety.emergency import EmergencyWords, emergency
from bot.safety.guard import doubts
from bot.safety.insults import has_insult
from bot.safety.links import defang, foreign_links
from bot.safety.masks import mask, mask_json
from handlers import template_command, transfer_choice, withdrawing
from handlers.card_words import number_on_card
from handlers.commands import read_bare_name, read_command
from handlers.harmless import harmless
from handlers.incident import incident_in
from handlers.interim import read_mark
from handlers.staff_words import listed_numbers

MOST = 2.5
LENGTH = 3_000
QUICK = 0.01
"""Seconds of CPU. What takes less for twice `LENGTH` holds nobody up, and says nothing of its growth."""
TRIES = 6

WORDS = EmergencyWords.load()
TOPICS = Topics.load()
SEARCH = DirectorySearch(
    Institution(
        code=f"school-{number}",
        name=f"Школа № {number}",
        branch="Образование",
        municipality="Набережные Челны",
        address="Республика Татарстан, с. Новый Кырлай, ул. Тукая, 5",
    )
    for number in range(1, 30)
)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
REGISTRY = ("наименование подведомственной организации", "уровень", "учредитель", "огрн", "сфера 1", "id госпаблика")


def refused(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader that refuses most texts: how long it takes to say no."""

    def reading(text: str) -> object:
        try:
            return read(text)
        except (ValueError, RuleError):
            return None

    return reading


def cell(column: str) -> Callable[[str], object]:
    return refused(lambda text: read_cell(column, clean(text, column=column)))


def post(text: str) -> Attachment:
    return Attachment(kind=AttachmentKind.POST, channel="vk", community="77", title=text, url=text)


READERS: dict[str, Callable[[str], object]] = {
    "defang": defang,
    "foreign_links": foreign_links,
    "doubts": doubts,
    "mask": mask,
    "mask_json": mask_json,
    "emergency": lambda text: emergency(text, WORDS),
    "has_insult": has_insult,
    "is_thanks": is_thanks,
    "is_greeting": is_greeting,
    "asks_nothing": asks_nothing,
    "topic_of": TOPICS.topic_of,
    "find": SEARCH.find,
    "covers": SEARCH.covers,
    "reads_as_name": SEARCH.reads_as_name,
    "read_words": read_words,
    "read_address": read_address,
    "readable": readable,
    "readable_place": readable_place,
    "short_name": short_name,
    "registry_cells": lambda text: registry_cells(dict.fromkeys(REGISTRY, text)),
    "is_registry": lambda text: is_registry([text]),
    "registry_positions": lambda text: registry_positions([text]),
    **{f"cell {column}": cell(column) for column in COLUMNS},
    "parse_work_hours": refused(parse_work_hours),
    "split_text": lambda text: split_text(text, 100),
    "first_piece": lambda text: first_piece(text, 300),
    "matter_of": matter_of,
    "speaks_of": lambda text: speaks_of(["вод"], text),
    "common_matter": lambda text: common_matter([text, text[::-1], text], at_least=2),
    "changed_part": lambda text: changed_part(text, f"{text[:-9]}!{text[-8:]}"),
    "spoken_language": spoken_language,
    "shown_name": shown_name,
    "filled": lambda text: filled(text, {}),
    "unknown_placeholders": unknown_placeholders,
    "as_typed": as_typed,
    "for_reader": lambda text: for_reader(text, community="77"),
    "shortened for VK": lambda text: shortened_for_vk(text, 4096),
    "shortened for Telegram": lambda text: shortened_for_telegram(text, 4096),
    "read_command": read_command,
    "read_bare_name": read_bare_name,
    "read_mark": read_mark,
    "number_on_card": lambda text: number_on_card(f"№ 1 · {text}"),
    "mistaken": withdrawing._MISTAKEN.match,
    "quoted": lambda text: signed(*read_quotations(quoted(text))),
    "file_name": file_name,
    "mime_type": mime_type,
    "is_for_another_bot": lambda text: is_for_another_bot(text, ["otklik_bot"]),
    "is_only_command": is_only_command,
    "listed_numbers": listed_numbers,
    "incident_in": incident_in,
    "harmless": lambda text: harmless([post(text)]),
    "name and reason": lambda text: transfer_choice._DASH.split(text.strip(), maxsplit=1),
    "template to take away": template_command._TAKE_AWAY.fullmatch,
    "read_period": refused(lambda text: read_period(text, now=NOW, zone=UTC)),
    "is_period": is_period,
    "read_typed_days": refused(lambda text: read_typed_days(text, today=NOW.date())),
    "read_days": refused(lambda text: read_days(text, today=NOW.date())),
}
"""Every function that reads people's words or an operator's cells."""

LINKS = (
    "a.рф",
    "д.",
    "a.",
    "@a",
    "a@",
    "a@b.ru,",
    "xn--",
    "http://",
    "https://vk.com/?u=",
    "://",
    "/a ",
    ":/",
    "::",
    "1:",
)
NUMBERS = ("1-", "1.", "1", "1 ", "№ ", "8 917 ", "1 мая ", "12-")
SIGNS = ("(", "((", "[", "[id1|", "{", "{ ", "«", "«а ", '"', "»", "/", "-", "...", "? ", "$", "*", "_", "&", "%2F")
SPACES = (" ", "\n", "\t", " - ", " · ", "\u0301", "\u0327\u0301", "😀", "A", "а", "а ")
WORDS_OF_RULES = (
    *("не ", "газ ", "код ", "пришлите ", "номер", "банковск", "карта ", "паспорт", "меня зовут А", "родил ", "д / "),
    *(" с углубленным изучением ", "МУНИЦИПАЛЬНОГО ", "ул.Ленина, "),
)
COURTESIES = ("спасибо ", "о", "добрый день ", "👍", "спасибо\n")
REPEATED = (*LINKS, *NUMBERS, *SIGNS, *SPACES, *WORDS_OF_RULES, *COURTESIES)
BEFORE = ("a", "1", "1.1.2000", "https://", "{", "«", "код", "delete", "/start", "(")


def hostile(length: int) -> Iterator[str]:
    """Yield texts of about this length that are made to be read slowly."""
    for unit, before in zip(REPEATED, cycle(BEFORE), strict=False):
        yield (unit * length)[:length]
        # What stands before and behind decides how often a pattern tries again.
        yield f"{before}{(unit * length)[:length]}x"
    yield " ".join(f"слово{number}" for number in range(length // 8))


@pytest.mark.parametrize("name", READERS)
def test_reading_takes_time_in_proportion_to_the_length(name: str) -> None:
    read = READERS[name]
    for short, long in zip(hostile(LENGTH), hostile(2 * LENGTH), strict=True):
        took, took_short = seconds(read, long), math.inf
        for _ in range(TRIES if took > QUICK else 0):
            took_short = min(took_short, seconds(read, short))
            took = min(took, seconds(read, long))
            if took <= MOST * took_short:
                break
        assert took <= MOST * took_short, long[:20]


@pytest.mark.parametrize("name", READERS)
def test_what_lies_beyond_what_is_looked_at_costs_next_to_nothing(name: str) -> None:
    text = "a.рф" * (LOOKED_AT // 4)
    assert seconds(READERS[name], text * 20) < 0.5


def seconds(read: Callable[[str], object], text: str) -> float:
    """Count CPU time: what else the machine does meanwhile does not matter."""
    started = time.process_time()
    read(text)
    return time.process_time() - started
