"""No way of ending a ticket makes a breach disappear: what the report says of late presses, of silence and of spam."""

from datetime import date, timedelta
from typing import Any

from bot.domain.institution import parse_scope
from bot.reports.report import make_report
from tests.stories.region import BOT, Region, words
from tests.stories.test_buttons import press, shown_card


async def total(region: Region) -> dict[str, Any]:
    """Return the whole region's figures as things stand."""
    report = await make_report(
        region.database,
        scope=parse_scope("region"),
        first=date(2026, 11, 1),
        last=date(2026, 12, 31),
        zone=region.application.settings.zone,
        now=region.clock.now(),
    )
    figures: dict[str, Any] = report["total"]
    return figures


async def test_whoever_writes_again_after_spam_has_waited_since_the_first_words(region: Region) -> None:
    chat, card = await shown_card(region)
    asked_at = region.clock.now()
    await press(region, chat, card, "Спам")
    region.clock.advance(timedelta(hours=2))
    await region.asks("Так где же бассейн?")
    await region.telegram.shows(BOT, chat, "№ 2 ·")
    assert (await region.ticket(1)).ticket.state == "spam"
    again = (await region.ticket(2)).ticket
    assert (again.waiting_since, again.first_deadline_at) == (
        asked_at,
        (await region.ticket(1)).ticket.first_deadline_at,
    )
    told = await total(region)
    assert [told[name] for name in ("questions", "spam", "unanswered")] == [1, 1, 1]

    region.telegram.group_writes(
        BOT, chat, "9001", "За углом.", name="Анна", reply_to=(await region.telegram.shows(BOT, chat, "№ 2 ·")).id
    )
    await region.settled()
    told = await total(region)
    assert told["first_response"]["max_seconds"] == timedelta(hours=2).total_seconds()


async def test_words_long_after_spam_are_a_new_question(region: Region) -> None:
    chat, card = await shown_card(region)
    await press(region, chat, card, "Спам")
    region.clock.advance(timedelta(hours=73))
    await region.asks("Где стадион?")
    assert (await region.ticket(2)).ticket.waiting_since == region.clock.now()


async def test_no_answer_needed_at_thirty_hours_leaves_the_wait_as_long_as_it_was(region: Region) -> None:
    chat, card = await shown_card(region)
    await region.later(timedelta(hours=30))
    assert await press(region, chat, card, "Ответ не нужен") == words("press-excused", number=1)
    told = await total(region)
    shown = ("questions", "unanswered", "overdue", "no_answer_needed")
    assert [told[name] for name in shown] == [1, 1, 1, 1], "the breach stays"
    await region.later(timedelta(minutes=5))
    await region.asks("Ау?")
    await region.later(timedelta(minutes=2))
    region.telegram.group_writes(BOT, chat, "9001", "За углом.", name="Анна", reply_to=card)
    await region.settled()
    told = await total(region)
    assert told["first_response"]["max_seconds"] == timedelta(hours=30, minutes=7).total_seconds()
    assert [told[name] for name in ("questions", "answered", "answered_in_time", "overdue")] == [1, 1, 0, 0]


async def test_no_answer_needed_in_time_is_void_when_the_citizen_writes_again(region: Region) -> None:
    chat, card = await shown_card(region)
    asked_at = region.clock.now()
    await press(region, chat, card, "Ответ не нужен")
    assert (await total(region))["questions"] == 0
    region.clock.advance(timedelta(hours=1))
    await region.asks("Так где же?")
    assert (await region.ticket(1)).ticket.waiting_since == asked_at
    told = await total(region)
    assert [told[name] for name in ("questions", "unanswered")] == [1, 1]
