"""While a citizen waits: reminders at half of the time, near its end and at the deadline, then the supervisors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.clock import ManualClock
from bot.domain.institution import parse_scope
from bot.domain.policies import PolicyRule
from bot.domain.ticket import TicketEventKind
from storage.database import Database
from storage.policies import write_policy_rule
from tests.stories.region import (
    BOT,
    CLINIC,
    CLUB,
    SCHOOL,
    SCHOOL_VK,
    Region,
    living_region,
    pretend_messengers,
    words,
)

CHAT = "-1001"
PARENT_CHAT = "-1009"
SOON, LATE = "срок близко", "срок ответа истёк, житель"
HEAD = "карточки:"
"""With this the first line of a list ends."""


def heard(region: Region, part: str, chat: str = CHAT) -> int:
    return sum(part in text for text in region.said_in(region.telegram, BOT, chat))


async def reminders(region: Region, *hours: float) -> list[int]:
    """Let time pass, and tell after each stretch how many reminders have come."""
    told = []
    for length in hours:
        await region.later(timedelta(hours=length))
        told.append(heard(region, "№ 1: "))
    return told


async def test_the_work_chat_is_reminded_at_half_at_four_fifths_and_at_the_deadline(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    region.telegram.group_writes(BOT, CHAT, "9001", "// узнаю у директора", name="Анна", reply_to=card.id)
    await region.settled()
    assert await reminders(region, 3.9, 0.2, 2.2, 0.2, 1.4, 0.2) == [0, 1, 1, 2, 2, 3]
    shown = [each for each in region.telegram.transcript(BOT, CHAT) if each.text.startswith("№ 1: ")]
    assert [each.reply_to for each in shown] == [card.id] * 3
    until = "вторника, 24 ноября, 18:00"
    everybody = words("reminder-everybody", names="Анна")
    assert [each.text for each in shown] == [
        words("reminder-early", number=1, waits="4 ч 06 мин", until=until),
        words("reminder-soon", number=1, waits="6 ч 30 мин", until=until) + "\n" + everybody,
        words("reminder-late", number=1, waits="8 ч 06 мин", until=until) + "\n" + everybody,
    ]
    kinds = [event.kind for event in (await region.ticket(1)).events]
    assert kinds == [TicketEventKind.OPENED, TicketEventKind.WARNED, TicketEventKind.WARNED, TicketEventKind.OVERDUE]


async def test_near_the_end_the_deputy_of_whoever_took_it_is_named(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    region.telegram.group_writes(BOT, CHAT, "9002", "// я тоже здесь", name="Марат", reply_to=card.id)
    await region.settled()
    region.telegram.group_writes(BOT, CHAT, "9001", "/away 10.12 Марат", name="Анна")
    await region.settled()
    region.telegram.presses(BOT, CHAT, "9001", card.id, "Взять", name="Анна")
    await region.settled()
    await region.later(timedelta(hours=7))
    shown = await region.telegram.shows(BOT, CHAT, SOON)
    assert shown.text.endswith(words("reminder-deputy", name="Анна", until="10.12", deputy="Марат"))


async def test_an_answer_stops_the_ladder_and_the_next_question_begins_a_new_one(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    await region.later(timedelta(hours=4, minutes=1))
    region.telegram.group_writes(BOT, CHAT, "9001", "Завтра.", reply_to=card.id)
    await region.settled()
    assert await reminders(region, 1, 1, 1) == [1, 1, 1]
    await region.asks("А во сколько?")  # at 17:01: half of the time is over at 12:01 the next day
    assert await reminders(region, 18.5, 1) == [1, 2]


async def test_no_answer_needed_and_closing_stop_the_ladder(region: Region) -> None:
    await region.bind_telegram("school-12")
    boss = await region.join()
    for number in (1, 2):
        await region.asks(f"Вопрос {number}", user_id=str(20 + number))
        card = await region.telegram.shows(BOT, CHAT, f"№ {number} ·")
        if number == 1:
            region.telegram.presses(BOT, CHAT, "9001", card.id, "Ответ не нужен", name="Анна")
            await region.settled()
        else:
            await region.closes(CHAT, card.id)
    await region.later(timedelta(hours=9))
    await region.later(timedelta(days=1))
    assert [heard(region, "№ 1: "), heard(region, "№ 2: "), heard(region, "срок ответа истёк", boss)] == [0, 0, 0]


async def test_what_the_old_holder_heard_the_new_one_does_not_hear_again(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.bind_telegram("clinic-6", "-1002", "9005", "Вера")
    await region.asks("Когда прививка?")
    await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    await region.later(timedelta(hours=4, minutes=1))
    region.telegram.group_writes(BOT, CHAT, "9001", "/transfer 1 поликлиника 6", name="Анна")
    await region.telegram.shows(BOT, CHAT, words("transfer-found", number=1))
    question = next(
        shown for shown in region.telegram.transcript(BOT, CHAT) if shown.text == words("transfer-found", number=1)
    )
    region.telegram.presses(BOT, CHAT, "9001", question.id, question.buttons[0][0].text, name="Анна")
    await region.settled()
    await region.later(timedelta(hours=2, minutes=30))
    assert [heard(region, "№ 1: ", "-1002"), heard(region, SOON, "-1002")] == [1, 1]
    await region.later(timedelta(hours=2))
    assert [heard(region, LATE, "-1002"), heard(region, LATE)] == [1, 0]


async def test_the_parent_hears_of_the_deadline_and_the_supervisors_an_hour_later(
    database: Database, tmp_path: Path
) -> None:
    institutions = (replace(SCHOOL, parent="club-1"), CLINIC, CLUB)
    async with living_region(database, tmp_path, institutions=institutions) as region:
        await region.bind_telegram("school-12")
        await region.bind_telegram("club-1", PARENT_CHAT, "9009", "Дина")
        boss = await region.join()
        await region.asks()
        await region.later(timedelta(hours=8, minutes=1))
        told = words(
            "parent-late", number=1, institution="Школа № 12", waits="8 ч 01 мин", until="вторника, 24 ноября, 18:00"
        )
        assert region.said_in(region.telegram, BOT, PARENT_CHAT)[-1] == told
        assert heard(region, "срок ответа истёк", boss) == 0
        await region.later(timedelta(hours=16))  # 10:01 on Wednesday
        assert heard(region, "срок ответа истёк", boss) == 1
        shown = await region.telegram.shows(BOT, boss, "срок ответа истёк")
        assert shown.text.splitlines()[-1] == "«Где бассейн?»"
        assert [button.text for row in shown.buttons for button in row] == ["Напомнить", "Открыть"]
        region.telegram.presses(BOT, boss, boss, shown.id, "Открыть")
        await region.settled()
        assert "Где бассейн?" in region.said_in(region.telegram, BOT, boss)[-1]
        region.telegram.presses(BOT, boss, boss, shown.id, "Напомнить")
        await region.settled()
        assert heard(region, "руководитель просит ответить") == 1
        await region.later(timedelta(days=2))
        assert [heard(region, "срок ответа истёк", PARENT_CHAT), heard(region, "такие сообщения: /overdue", boss)] == [
            1,
            1,
        ]


async def test_many_at_once_are_one_list_with_ways_to_the_cards(region: Region) -> None:
    await region.bind_telegram("school-12")
    boss = await region.join()
    for number in range(1, 31):
        await region.asks(f"Вопрос {number}", user_id=str(100 + number))
    await region.later(timedelta(hours=4, minutes=1))
    assert heard(region, HEAD) == 1
    shown = await region.telegram.shows(BOT, CHAT, HEAD)
    assert shown.text.splitlines()[0] == words("reminders-head", count=30)
    assert shown.text.splitlines()[-1] == words("open-more", count=10)
    assert shown.buttons[0][0].text == "№ 1"
    await region.later(timedelta(hours=5))
    await region.later(timedelta(hours=15))
    assert heard(region, HEAD) == 2
    assert heard(region, "№ 1: ") == 0
    escalated = [text for text in region.said_in(region.telegram, BOT, boss) if "Школа № 12" in text]
    assert len(escalated) == 1
    assert "сообщений: 30" in escalated[0]


async def test_so_soon_after_a_reminder_the_next_one_waits_for_the_quarter_of_an_hour(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks("Первый", user_id="21")
    for number in (2, 3):
        region.clock.advance(timedelta(minutes=4))
        await region.asks(f"Вопрос {number}", user_id=str(20 + number))
    await region.later(timedelta(hours=3, minutes=52))  # half of the first one's time
    assert heard(region, "№ 1: ") == 1
    await region.later(timedelta(minutes=9))
    assert [heard(region, "№ 2: "), heard(region, "№ 3: "), heard(region, HEAD)] == [0, 0, 0]
    await region.later(timedelta(minutes=7))
    assert [heard(region, "№ 1: "), heard(region, HEAD)] == [1, 1]
    listed = region.said_in(region.telegram, BOT, CHAT)[-1].splitlines()[1:]
    assert [line.split(" ·")[0] for line in listed] == ["№ 2", "№ 3"]


async def test_only_an_emergency_is_told_of_at_night(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 11, 27, 6, 30, tzinfo=UTC))  # Friday, half past nine
    async with living_region(database, tmp_path, clock=clock) as region:
        boss = await region.join()
        await states(region, {"hard_limit": "13h"})
        await region.asks("Вопрос про секции", user_id="21")
        await region.asks("Пахнет газом в раздевалке", user_id="22")
        await region.later(timedelta(hours=8, minutes=1))  # the deadline, half past five
        assert heard(region, "срок ответа истёк", boss) == 0
        await region.later(timedelta(hours=5))  # the hard limit, half past ten in the evening
        late = [text for text in region.said_in(region.telegram, BOT, boss) if "срок ответа истёк" in text]
        assert [text.split(",")[0] for text in late] == ["№ 2"]
        await region.later(timedelta(hours=10, minutes=25))  # Saturday, before nine
        assert heard(region, "срок ответа истёк", boss) == 1
        await region.later(timedelta(minutes=10))
        assert region.said_in(region.telegram, BOT, boss)[-1].startswith("№ 1, ")


async def states(region: Region, terms: dict[str, str | None]) -> None:
    """Set a rule for the region, as `otklik policy set` does."""
    now = region.clock.now()
    rule = PolicyRule(id=0, scope=parse_scope("region"), effective_at=now, terms=terms, recorded_at=now)
    async with region.database.unit() as connection:
        await write_policy_rule(connection, rule)
    region.clock.advance(timedelta(seconds=1))


async def test_a_new_rule_holds_for_new_tickets_only_and_needs_no_restart(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.asks("Первый", user_id="21")
    await states(region, {"answer": "4h", "warn": "25", "resolution": "off"})
    await region.asks("Второй", user_id="22")
    first, second = (await region.ticket(1)).ticket, (await region.ticket(2)).ticket
    assert [first.deadline_at, second.deadline_at] == [
        datetime(2026, 11, 24, 15, tzinfo=UTC),
        datetime(2026, 11, 24, 11, 0, 1, tzinfo=UTC),
    ]
    assert (second.resolve_by_at, first.resolve_by_at) == (None, first.opened_at + timedelta(days=10))
    await region.vk.shows(SCHOOL_VK, "22", "Ответим сегодня до 14:00")
    await region.later(timedelta(hours=1, minutes=1))
    assert [heard(region, "№ 1: "), heard(region, "№ 2: ")] == [0, 1]
    await region.later(timedelta(hours=2))
    assert [heard(region, "№ 1: "), heard(region, "№ 2: ")] == [0, 1], "the first one's half is at four hours"


async def test_after_a_restart_nothing_is_told_twice(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 11, 24, 7, tzinfo=UTC))
    messengers = pretend_messengers(clock)
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        await region.bind_telegram("school-12")
        await region.asks()
        assert await reminders(region, 4.1) == [1]
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        assert await reminders(region, 0.1, 2.4, 2) == [1, 2, 3]
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        assert await reminders(region, 0.1, 24) == [3, 3]


async def test_a_mass_event_is_reminded_of_once_and_not_by_every_ticket(region: Region) -> None:
    await region.bind_telegram("school-12")
    region.telegram.group_writes(BOT, CHAT, "9001", "/incident нет отопления", name="Анна")
    await region.telegram.shows(BOT, CHAT, "нет отопления")
    for number in range(12):
        await region.asks("В классе нет отопления", user_id=str(100 + number))
    for _ in range(9):
        await region.later(timedelta(hours=1))
    late = words("incident-late", number=1, matter="нет отопления", waits="").split("житель")[0]
    assert heard(region, late) == 1
    assert [heard(region, HEAD), heard(region, SOON), heard(region, LATE)] == [0, 0, 0]
    await region.vk.shows(SCHOOL_VK, "100", "Принято, № 1 ·")
