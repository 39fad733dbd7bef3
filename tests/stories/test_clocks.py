"""Clocks that differ, and words that come days late: no wait is negative, nothing that has passed is promised."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.clock import ManualClock
from bot.domain.institution import parse_scope
from bot.domain.policies import PolicyRule
from storage.database import Database
from storage.policies import write_policy_rule
from tests.pretend.telegram import PretendTelegram
from tests.stories.region import BOT, SCHOOL, SCHOOL_VK, Region, living_region, words

DAY = timedelta(days=1)


async def test_a_message_of_the_future_counts_as_now(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for user, ahead in (("11", timedelta(minutes=2)), ("12", 40 * DAY)):
        region.vk.citizen_writes(SCHOOL_VK, user, "Где бассейн?", at=region.clock.now() + ahead)
    await region.settled()
    for number in (1, 2):
        ticket = (await region.ticket(number)).ticket
        assert (ticket.opened_at, ticket.waiting_since) == (region.clock.now(), region.clock.now())
    card = await region.telegram.shows(BOT, chat, "№ 2 ·")
    region.telegram.group_writes(BOT, chat, "9001", "Здесь", name="Анна", reply_to=card.id, at=region.clock.now() + DAY)
    await region.vk.shows(SCHOOL_VK, "12", "Здесь")
    await region.settled()
    assert (await region.ticket(2)).ticket.first_answered_at == region.clock.now()


async def test_words_that_come_days_late_are_promised_nothing_that_has_passed(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", at=region.clock.now() - 6 * DAY)
    await region.settled()
    ticket = (await region.ticket(1)).ticket
    assert ticket.opened_at == region.clock.now() - 6 * DAY
    assert ticket.deadline_at is not None
    assert ticket.deadline_at < region.clock.now(), "overdue from the start"
    late = (
        f"{words('ticket-accepted', number=1, institution='Школа № 12')} {words('promise-late')}\n{words('essentials')}"
    )
    assert region.said_in(region.vk, SCHOOL_VK, "11") == [late]
    region.vk.citizen_writes(SCHOOL_VK, "11", "/my")
    await region.vk.shows(SCHOOL_VK, "11", words("state-late", state=words("state-open")))
    card = (await region.telegram.shows(BOT, chat, "№ 1 ·")).text
    assert "срок был до 18.11 18:00" in card, "a time of today would read as today's"


async def test_a_longer_time_for_reopening_is_honoured(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    now = region.clock.now()
    rule = PolicyRule(id=0, scope=parse_scope("region"), effective_at=now, terms={"reopen": "10d"}, recorded_at=now)
    async with region.database.unit() as connection:
        await write_policy_rule(connection, rule)
    region.clock.advance(timedelta(seconds=1))
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "Здесь", name="Анна", reply_to=card.id)
    await region.settled()
    for _ in range(9):
        await region.later(DAY)
    assert (await region.ticket(1)).ticket.closed_at is not None
    await region.later(2 * DAY)
    await region.asks("А вход где?")
    assert (await region.ticket(1)).ticket.reopened == 1
    assert await region.tickets() == 1


async def test_a_mass_event_is_suggested_however_long_the_institutions_code_is(
    database: Database, tmp_path: Path
) -> None:
    school = replace(SCHOOL, code="munitsipalnaya-shkola-imeni-tukaya-12345")
    async with living_region(database, tmp_path, institutions=(school,)) as region:
        chat = await region.bind_telegram(school.code)
        for user in range(101, 106):
            region.vk.citizen_writes(SCHOOL_VK, str(user), "Мусор не вывозят", name=f"Житель {user}")
        await region.settled()
        await region.later(timedelta(minutes=1))
        asked = await region.telegram.shows(BOT, chat, "За час пришло 5 сообщений об одном")
        assert "мусор не вывозят" in asked.text
        [[button]] = asked.buttons
        assert len(button.action.encode()) <= 64
        region.telegram.presses(BOT, chat, "9001", asked.id, "Объединить", name="Анна")
        notice = await region.telegram.shows(BOT, chat, "📢 Массовое событие № 1: мусор не вывозят")
        assert "В нём 5 сообщений" in notice.text


async def test_a_clock_that_differs_is_told_to_whoever_watches(region: Region) -> None:
    assert not (await region.application.health()).warnings
    region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", at=region.clock.now() + timedelta(seconds=45))
    await region.settled()
    assert "часы: vk впереди наших на 45 с" in (await region.application.health()).warnings
    region.vk.server_clock.answered("Tue, 24 Nov 2026 06:58:00 GMT")
    assert "часы: vk позади наших на 120 с" in (await region.application.health()).warnings
    region.clock.advance(timedelta(minutes=11))
    assert not (await region.application.health()).warnings


async def test_the_date_of_a_messengers_answers_shows_how_its_clock_differs() -> None:
    async with PretendTelegram() as telegram:
        channel = TelegramChannel(api_url=telegram.url, clock=ManualClock(datetime(2020, 1, 1, tzinfo=UTC)))
        await channel.profile(telegram.account())
        assert channel.server_clock.differs
        await channel.close()
