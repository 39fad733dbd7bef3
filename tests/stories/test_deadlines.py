"""A missed deadline is told to the work chat, an hour of work later to the supervisors, once each; silence closes."""

from datetime import timedelta

from bot.domain.ticket import TicketEventKind
from tests.stories.region import BOT, CLINIC_VK, SCHOOL_VK, Region, words

LATE = words("reminder-late", number=1, waits="", until="").split("житель")[0]
ESCALATED = words("escalation", number=1, institution="Школа № 12", waits="", until="").split("житель")[0]


def count(region: Region, chat: str, part: str) -> int:
    return sum(part in text for text in region.said_in(region.telegram, BOT, chat))


async def test_the_work_chat_is_reminded_then_the_supervisor_once_each(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.later(timedelta(hours=8))
    await region.later(timedelta(minutes=1))
    reminder = await region.telegram.shows(BOT, chat, LATE)
    assert reminder.reply_to == card.id
    shown = region.telegram.transcripts.find(BOT, chat, card.id)
    assert shown is not None
    assert "№ 1 · 🔴 срок был до 18:00 ·" in shown.text
    assert count(region, boss, ESCALATED) == 0

    await region.later(timedelta(days=1))
    for _ in range(3):
        await region.later(timedelta(days=1))
    assert count(region, chat, LATE) == 1
    assert count(region, boss, ESCALATED) == 1
    kinds = [event.kind for event in (await region.ticket(1)).events]
    assert kinds == [TicketEventKind.OPENED, TicketEventKind.OVERDUE, TicketEventKind.ESCALATED]


async def test_an_answer_in_time_rings_nobody(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join()
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", reply_to=card.id)
    await region.settled()
    await region.later(timedelta(days=1, hours=2))
    assert count(region, chat, LATE) == 0
    assert count(region, boss, ESCALATED) == 0


async def test_only_the_supervisors_of_that_institution_are_told_and_each_once(region: Region) -> None:
    own = await region.join("7001", "institution:school-12")
    await region.join("7001", "region")
    branch = await region.join("7002", "branch:Образование")
    other = await region.join("7003", "branch:Здравоохранение")
    town = await region.join("7004", "municipality:Набережные Челны")
    await region.asks()
    await region.later(timedelta(days=1))
    await region.later(timedelta(days=1))
    assert [count(region, who, ESCALATED) for who in (own, branch, other, town)] == [1, 1, 0, 0]


async def test_automatic_words_never_stop_the_clock(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.presses(BOT, chat, "9001", card.id, "Взять", name="Анна")
    region.telegram.group_writes(BOT, chat, "9001", "// завтра отвечу", reply_to=card.id)
    await region.settled()
    await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
    ticket = (await region.ticket(1)).ticket
    assert ticket.first_answered_at is None
    assert ticket.waiting_since is not None


async def test_an_impatient_citizen_does_not_restart_the_clock(region: Region) -> None:
    await region.asks("Где бассейн?")
    began = (await region.ticket(1)).ticket
    region.clock.advance(timedelta(hours=3))
    await region.asks("Ау")
    now = (await region.ticket(1)).ticket
    assert (now.waiting_since, now.deadline_at) == (began.waiting_since, began.deadline_at)


async def test_silence_after_an_answer_closes(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "Завтра.", reply_to=card.id)
    await region.settled()
    await region.later(timedelta(days=2))
    assert (await region.ticket(1)).ticket.state == "answered"
    await region.later(timedelta(days=2))
    assert (await region.ticket(1)).ticket.state == "closed"
    await region.vk.shows(SCHOOL_VK, "11", words("ticket-closed-by-silence", number=1))


async def test_new_words_within_72_hours_reopen_and_later_ones_open_a_new_ticket(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.closes(chat, card.id)
    await region.later(timedelta(hours=71))
    await region.asks("И всё же?")
    ticket = (await region.ticket(1)).ticket
    assert (ticket.state, ticket.reopened, await region.tickets()) == ("open", 1, 1)

    await region.closes(chat, card.id)
    await region.later(timedelta(hours=73))
    await region.asks("Новый вопрос")
    assert await region.tickets() == 2


async def test_a_reply_to_an_old_tickets_message_goes_on_with_that_ticket(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "Вопрос школе")
    promise = await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    await region.chosen("31", "clinic-6")
    region.telegram.citizen_writes(BOT, "31", "Вопрос врачу")
    await region.telegram.shows(BOT, "31", "Принято, № 2 ·")
    region.telegram.citizen_writes(BOT, "31", "Уточняю про школу", reply_to=promise.id)
    await region.telegram.shows(BOT, chat, "Уточняю про школу")
    assert await region.tickets() == 2


async def test_a_deadline_missed_while_the_program_was_down_is_told_at_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    await region.later(timedelta(days=30))
    await region.later(timedelta(seconds=1))
    assert count(region, chat, LATE) == 1


async def test_reports_are_right_in_words_and_only_within_the_scope(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    boss = await region.join("7001", "region")
    branch = await region.join("7002", "branch:Здравоохранение")
    await region.asks("Первый", user_id="11")
    region.vk.citizen_writes(CLINIC_VK, "12", "Второй")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.clock.advance(timedelta(minutes=30))
    region.telegram.group_writes(BOT, chat, "9001", "Ответ", name="Анна", reply_to=card.id)
    await region.settled()
    for who in (boss, branch):
        for typed in ("/report", "/report week", "/overdue"):
            region.telegram.citizen_writes(BOT, who, typed)
    await region.settled()
    whole, week, overdue = region.said_in(region.telegram, BOT, boss)[-3:]
    for text in (whole, week):
        assert "Первый ответ: медиана 30 мин" in text
    assert words("overdue-nothing") in overdue
    mine = "\n".join(region.said_in(region.telegram, BOT, branch)[-3:])
    assert "Первый ответ: медиана 30 мин" not in mine
    assert "Школа" not in mine


async def test_what_is_overdue_is_listed_for_the_scope_only(region: Region) -> None:
    boss = await region.join("7001", "region")
    branch = await region.join("7002", "branch:Здравоохранение")
    await region.asks("Первый")
    await region.later(timedelta(days=1))
    for who in (boss, branch):
        region.telegram.citizen_writes(BOT, who, "/overdue")
    await region.settled()
    assert any("№ 1, Школа № 12: ждёт" in text for text in region.said_in(region.telegram, BOT, boss))
    assert region.said_in(region.telegram, BOT, branch)[-1].endswith(words("overdue-nothing"))


async def test_a_period_that_is_none_is_explained(region: Region) -> None:
    boss = await region.join()
    region.telegram.citizen_writes(BOT, boss, "/report вчера и завтра")
    before = len(region.said_in(region.telegram, BOT, boss))
    await region.settled()
    heard = region.said_in(region.telegram, BOT, boss)[before:]
    assert len(heard) == 1


async def test_what_is_promised_when_a_ticket_opens_is_kept_with_it(region: Region) -> None:
    await region.asks("Батареи холодные, в квартире нет отопления")
    await region.asks("Когда откроется бассейн?", user_id="12")
    housing, other = (await region.ticket(1)).ticket, (await region.ticket(2)).ticket
    assert housing.topic == "housing"
    for ticket, days in ((housing, 3), (other, 10)):
        assert ticket.hard_limit_at == ticket.opened_at + timedelta(hours=24)
        assert ticket.resolve_by_at == ticket.opened_at + timedelta(days=days)
