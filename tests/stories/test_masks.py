"""A card number in a question is read by the administrator who answers, and found nowhere else."""

import json
from datetime import date, timedelta

import pytest
from prometheus_client import generate_latest

from bot.cli.ticket_values import whole_ticket
from bot.cli.tickets import _covered
from bot.domain.calendars import Calendars
from bot.domain.institution import parse_scope
from bot.reports.report import make_report
from bot.safety.masks import COVER, mask_json
from tests.stories.region import BOT, SCHOOL_VK, Region

CARD = "4111 1111 1111 1111"
SNILS = "112-233-445 95"
PHONE = "+7 917 123-45-67"
SECRETS = (CARD, SNILS, PHONE)
QUESTION = f"Пожар, деньги ушли с карты {CARD}, СНИЛС {SNILS}, мой номер {PHONE}"


async def test_the_card_and_what_follows_it_show_every_word(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(QUESTION)
    await region.asks(f"Ещё раз: {CARD}")
    card = await region.telegram.shows(BOT, chat, "Пожар")
    assert all(secret in card.text for secret in SECRETS)
    await region.telegram.shows(BOT, chat, f"Ещё раз: {CARD}")


async def test_lists_and_time_lines_cover_it(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(QUESTION)
    card = await region.telegram.shows(BOT, chat, "Пожар")
    for command in ("/open", "/ticket 1"):
        region.telegram.group_writes(BOT, chat, "9001", command, name="Анна")
        await region.settled()
    later = [shown for shown in region.telegram.transcript(BOT, chat) if int(shown.id) > int(card.id)]
    told = [shown.text for shown in later if not shown.text.startswith("/")]
    assert any(COVER in text for text in told)
    assert hidden("\n".join(told))


async def test_supervisors_reports_logs_and_metrics_never_show_it(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    person = await region.join()
    await region.bind_telegram("school-12")
    await region.asks(QUESTION)
    await region.later(timedelta(days=2))
    for command in ("/report", "/overdue"):
        region.telegram.citizen_writes(BOT, person, command, name="Руководитель")
    await region.settled()

    assert hidden("\n".join(region.said_in(region.telegram, BOT, person)))
    report = await make_report(
        region.database,
        scope=parse_scope("region"),
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
        zone=region.application.settings.zone,
        now=region.clock.now(),
    )
    assert report["total"]["questions"] == 1
    assert hidden(json.dumps(report, default=str, ensure_ascii=False))
    assert hidden(generate_latest(region.application.metrics.registry).decode())
    written = capsys.readouterr()
    assert hidden(written.out + written.err)


async def test_the_operators_list_covers_it_and_the_citizen_reads_no_echo(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks(QUESTION)
    line, calendars = await region.ticket(1), Calendars(zone=region.application.settings.zone)
    shown = json.dumps(
        whole_ticket(_covered(line), region.clock.now(), {}, calendars),
        default=str,
        ensure_ascii=False,
    )
    assert COVER in shown
    assert hidden(shown)
    assert not hidden(
        json.dumps(whole_ticket(line, region.clock.now(), {}, calendars), default=str, ensure_ascii=False)
    )
    assert hidden("\n".join(region.said_in(region.vk, SCHOOL_VK, "11")))


def test_json_is_covered_string_by_string() -> None:
    raw = json.dumps({"id": 9171234567, "text": QUESTION, "list": [CARD]}, ensure_ascii=False)
    covered = json.loads(mask_json(raw))
    assert covered["id"] == 9171234567
    assert hidden(json.dumps(covered, ensure_ascii=False).replace("9171234567", ""))
    assert mask_json('{"a":  1}') == '{"a":  1}'
    assert mask_json(f"not JSON {CARD}") == f"not JSON {COVER}"


def hidden(text: str) -> bool:
    """Tell whether none of the numbers stands in a text, however it is spaced."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return not any("".join(filter(str.isdigit, secret))[1:] in digits for secret in SECRETS)
