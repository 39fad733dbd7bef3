"""A supervisor asks for figures in the chat and goes on with buttons; a work chat asks for its own."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownAuthor, ShownMessage
from bot.domain.clock import ManualClock
from bot.domain.errors import ChannelRefusedError, RefusalReason
from bot.domain.institution import InviteRole, parse_scope
from bot.domain.message import AttachmentKind
from bot.domain.result import Result
from bot.reports.report import Report, make_report
from handlers.report_buttons import action
from storage.database import Database
from storage.results import add_result, publish_result
from storage.tables import audit, outbox, supervisors
from tests.stories.region import BOT, SCHOOL_VK, TUESDAY, Region, living_region, pretend_messengers, words

DAY = timedelta(days=1)


async def two_questions(region: Region) -> str:
    """Let one citizen ask the school and be answered, another one ask the clinic and wait; returns the work chat."""
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "Где бассейн?")
    region.telegram.group_writes(BOT, chat, "9001", "Во дворе", name="Анна", reply_to=card.id)
    region.vk.citizen_writes("78", "12", "Где окулист? Мой телефон 89171234567", name="Олег Петров")
    await region.settled()
    return chat


def said(messenger: MemoryChannel, community: str, chat: str) -> list[ShownMessage]:
    return [each for each in messenger.transcript(community, chat) if each.author is ShownAuthor.BOT]


def labels(message: ShownMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def typed(region: Region, text: str, *, by: str = "7001") -> ShownMessage:
    """Write to the bot in Telegram and return what it says last."""
    region.telegram.citizen_writes(BOT, by, text)
    await region.settled()
    return said(region.telegram, BOT, by)[-1]


async def pressed(region: Region, text: str, *, by: str = "7001", chat: str = "") -> ShownMessage:
    """Press the latest button of this name and return what the bot shows last."""
    region.telegram.presses(BOT, chat or by, by, "", text)
    await region.settled()
    return said(region.telegram, BOT, chat or by)[-1]


async def three_days_pass(region: Region) -> None:
    """Let everybody be reminded who is to be, so that nothing comes between a question and its answer."""
    for _ in range(6):
        await region.later(DAY / 2)


async def report_of(region: Region, scope: str, first: date, last: date) -> Report:
    rules = region.application.reporter._rules
    return await make_report(
        region.database,
        scope=parse_scope(scope),
        first=first,
        last=last,
        zone=rules.zone,
        now=region.clock.now(),
        sentiments=rules.sentiments,
        topics=rules.topics.names_and_codes("ru"),
    )


async def test_a_report_is_changed_in_place_by_its_buttons(region: Region) -> None:
    await two_questions(region)
    await region.join()
    first = await typed(region, "/report")
    begins = first.text.splitlines()
    assert begins[0] == "Отчёт: весь регион, 01.11.2026 – 24.11.2026"
    assert begins[1].startswith("Без ответа 1 из 2, срок ещё идёт; дольше всех ждут ")
    assert [line.split(":")[0] for line in begins[2:6]] == ["Сообщений", "Получили ответ", "Первый ответ", ""]
    (picture,) = first.attachments
    assert picture.kind is AttachmentKind.PHOTO
    assert labels(first)[:6] == [
        "Сегодня",
        "Неделя",
        "Месяц",
        "Прошлая неделя",
        "Прошлый месяц",
        "Свой период",
    ]
    for press, heading, line in (
        ("Неделя", "Отчёт: весь регион, 23.11.2026 – 24.11.2026", "Получили ответ: 1"),
        ("По частям", "Отчёт: весь регион, 23.11.2026 – 24.11.2026", words("report-choose-cuts")),
        ("Учреждения", "Отчёт: весь регион, 23.11.2026 – 24.11.2026", "1. Детская поликлиника № 6: 1, в срок –"),
        ("Назад", "Отчёт: весь регион, 23.11.2026 – 24.11.2026", "Получили ответ: 1"),
        ("Файлы", "Отчёт: весь регион, 23.11.2026 – 24.11.2026", words("report-choose-files")),
        ("Назад", "Отчёт: весь регион, 23.11.2026 – 24.11.2026", "Получили ответ: 1"),
        ("Прошлая неделя", "Отчёт: весь регион, 16.11.2026 – 22.11.2026", words("report-nothing")),
        ("Прошлый месяц", "Отчёт: весь регион, 01.10.2026 – 31.10.2026", words("report-nothing")),
        ("Свой период", "Отчёт: весь регион, 01.10.2026 – 31.10.2026", words("report-own")),
        ("Сентябрь", "Отчёт: весь регион, 01.09.2026 – 30.09.2026", words("report-nothing")),
        ("Свой период", "Отчёт: весь регион, 01.09.2026 – 30.09.2026", words("report-own")),
        ("Квартал", "Отчёт: весь регион, 01.10.2026 – 24.11.2026", "Получили ответ: 1"),
    ):
        shown = await pressed(region, press)
        assert (shown.id, shown.edited, shown.text.split("\n")[0]) == (first.id, True, heading)
        assert line in shown.text
        assert len(shown.attachments) == 1
        assert set(region.telegram.press_answers.values()) == {""}


async def test_the_file_that_arrives_says_what_the_json_says(region: Region) -> None:
    await two_questions(region)
    await region.join()
    await typed(region, "/report 01.11.2026-30.11.2026")
    await pressed(region, "Файлы")
    shown = await pressed(region, "CSV")
    (file,) = shown.attachments
    assert file.name == "Otklik_весь_регион_2026-11.csv"
    content = region.telegram.file(file.reference).whole().decode("utf-8-sig")
    rows = {row["Название"]: row for row in csv.DictReader(io.StringIO(content), delimiter=";")}
    report = await report_of(region, "region", date(2026, 11, 1), date(2026, 11, 30))
    for line in report["by_institution"]:
        row = rows[line["name"]]
        told = (row["Сообщений"], row["Получили ответ"], row["Без ответа"])
        assert told == (str(line["questions"]), str(line["answered"]), str(line["unanswered"]))


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/report week csv", "Otklik_весь_регион_2026-11-23_2026-11-24.csv"),
        ("/report 24.11.2026 - 24.11.2026 CSV", "Otklik_весь_регион_2026-11-24.csv"),
        ("/report month excel", "Otklik_весь_регион_2026-11-01_2026-11-24.xlsx"),
        ("/report month слайд", "Otklik_весь_регион_2026-11-01_2026-11-24.pptx"),
        ("/report month pdf", "Otklik_весь_регион_2026-11-01_2026-11-24.pdf"),
        ("/report вчера картинка", "Otklik_весь_регион_2026-11-23-screen.png"),
        ("/report районы", "1. Набережные Челны: 1"),
        ("/report month темы", "Темы, сначала те, где больше сообщений:"),
        ("23.11.2026-24.11.2026", "Отчёт: весь регион, 23.11.2026 – 24.11.2026"),
        ("/report за октябрь 2026", "Отчёт: весь регион, 01.10.2026 – 31.10.2026"),
        ("/report прошлая неделя", "Отчёт: весь регион, 16.11.2026 – 22.11.2026"),
        ("/report темы в ноябре", "Темы, сначала те, где больше сообщений:"),
        ("/rating прошлый месяц", "Otklik_Рейтинг_весь_регион_2026-10.xlsx"),
        ("Октябрь", "Отчёт: весь регион, 01.10.2026 – 31.10.2026"),
        ("за прошлый месяц", "Отчёт: весь регион, 01.10.2026 – 31.10.2026"),
        ("/report " + "я" * 3000, "Период не понят"),
        ("/report 31.02.2026-01.03.2026", "Период не понят"),
        ("/report 02.03.2026-01.03.2026", "Первая дата позже последней"),
        ("/report 01.01.1026-01.03.9026", "Период слишком длинный"),
        ("/report '; drop table tickets;-- csv", "Период не понят"),
    ],
)
async def test_what_can_be_typed(region: Region, command: str, says: str) -> None:
    await two_questions(region)
    await region.join()
    shown = await typed(region, command)
    assert says in shown.text + "".join(each.name for each in shown.attachments)


async def test_two_dates_of_anybody_else_are_a_question(region: Region) -> None:
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "23.11.2026-24.11.2026")
    await region.settled()
    assert await region.tickets() == 1


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "forged",
    [
        action(parse_scope("region"), "month", "summary"),
        action(parse_scope("region"), "", "overdue", 0),
        action(parse_scope("region"), "", "ticket", 1),
        action(parse_scope("region"), "", "remind", 1),
        action(parse_scope("region"), "", "subscribe", "day"),
        "r:::",
        "r:00000000:month:summary:1:2:3",
    ],
)
async def test_a_press_by_somebody_without_the_scope_opens_nothing(region: Region, forged: str) -> None:
    await two_questions(region)
    await region.join("7002", scope="municipality:Альметьевский район")
    before = await region.count(outbox)
    for user in ("666", "7002"):
        raw = {
            "kind": "press",
            "chat": user,
            "chat_kind": "private",
            "from": {"id": user, "name": "Чужой"},
            "message_id": "1",
            "action": forged,
            "press_id": f"forged-{user}",
            "at": region.clock.now().isoformat(),
        }
        region.telegram.push_raw(BOT, raw, chat=user)
        await region.settled()
        assert region.telegram.press_answers[f"forged-{user}"] == words("press-void")
    assert await region.count(outbox) == before + 2


async def test_a_scope_that_was_taken_away_shows_nothing_more(region: Region) -> None:
    await two_questions(region)
    boss = await region.join()
    shown = await typed(region, "/report")
    async with region.database.unit() as connection:
        await connection.execute(delete(supervisors))
    # The desk's picture of the roles is old by now: the report is refused when it would be made.
    assert (await pressed(region, "Прошлый месяц")) == shown
    assert said(region.telegram, BOT, boss)[-1] == shown


async def test_who_has_several_scopes_chooses_one(region: Region) -> None:
    await two_questions(region)
    await region.join("7001", scope="branch:Образование")
    await region.join("7001", scope="institution:clinic-6")
    shown = await typed(region, "/report week")
    assert (shown.text, labels(shown)) == (
        words("report-choose-scope"),
        ["отрасль «Образование»", "Детская поликлиника № 6"],
    )
    chosen = await pressed(region, "Детская поликлиника № 6")
    assert chosen.id == shown.id
    assert "Отчёт: Детская поликлиника № 6, 23.11.2026 – 24.11.2026" in chosen.text
    await pressed(region, "По частям")
    assert labels(said(region.telegram, BOT, "7001")[-1]) == ["Администраторы", "Каналы", "Темы", "Назад"]


@pytest.mark.both_databases
async def test_a_work_chat_sees_its_own_institution_and_people(region: Region) -> None:
    chat = await two_questions(region)
    region.telegram.group_writes(BOT, chat, "9001", "/report@otklik_bot week", name="Анна")
    await region.settled()
    assert (
        "Отчёт: Школа № 12, 23.11.2026 – 24.11.2026\nОтветили на всё, и всё в срок.\nСообщений: 1"
        in said(region.telegram, BOT, chat)[-1].text
    )
    await pressed(region, "По частям", by="9002", chat=chat)
    shown = await pressed(region, "Администраторы", by="9002", chat=chat)
    assert shown.text.endswith("1. Анна: 1, в срок 100 %, медиана меньше минуты")
    region.telegram.group_writes(BOT, chat, "9001", "/rating", name="Анна")
    await region.settled()
    assert "оликлиник" not in "".join(each.text for each in said(region.telegram, BOT, chat))


async def test_a_supervisors_rating_comes_with_its_file(region: Region) -> None:
    await two_questions(region)
    await region.join()
    file = await typed(region, "/rating")
    assert [each.name for each in file.attachments] == ["Otklik_Рейтинг_весь_регион_2026-11-01_2026-11-24.xlsx"]
    assert region.telegram.file(file.attachments[0].reference).whole()[:2] == b"PK"
    rating = said(region.telegram, BOT, "7001")[-2]
    assert labels(rating) == [words("report-method")]
    before = len(said(region.telegram, BOT, "7001"))
    for press in ("report-method", "report-back-to-rating"):
        region.telegram.presses(BOT, "7001", "7001", rating.id, words(press))
        await region.settled()
    assert len(said(region.telegram, BOT, "7001")) == before
    # Who has several scopes gets the file of the one that they choose; an institution learns its own place only.
    await region.join("7001", scope="institution:clinic-6")
    await typed(region, "/rating")
    await pressed(region, "весь регион")
    assert said(region.telegram, BOT, "7001")[-1].attachments
    await region.join("7002", scope="institution:clinic-6")
    assert not (await typed(region, "/rating", by="7002")).attachments


async def test_a_rating_says_where_the_published_result_can_be_read(region: Region) -> None:
    await two_questions(region)
    await region.join()
    now = region.clock.now()
    frozen = Result(
        id=0,
        title="Открытая школа – 2026",
        scope="region",
        first="2026-10-01",
        last="2026-10-31",
        hash="ab" * 32,
        frozen_at=now,
        frozen_by="operator root",
        shown=b"{}",
    )
    async with region.database.unit() as connection:
        number = await add_result(connection, region.database.vault, frozen)

    async def rating() -> str:
        await typed(region, "/rating")
        return said(region.telegram, BOT, "7001")[-2].text  # the file comes after it

    assert "Открытая школа" not in await rating()
    async with region.database.unit() as connection:
        await publish_result(connection, number, at=now, actor="operator root")
    told = "Опубликованный итог, он уже не меняется: «Открытая школа – 2026», 01.10.2026 – 31.10.2026"
    pages = region.application.reporter._rules.pages
    pages.url, pages.is_public = "http://127.0.0.1:8080", False
    assert (await rating()).endswith(told)
    pages.url, pages.is_public = "https://otklik.example", True
    assert (await rating()).endswith(f"{told}. Читать: https://otklik.example/rating/{number}")


async def test_a_report_is_shown_anew_where_it_can_no_longer_be_changed(region: Region) -> None:
    await two_questions(region)
    invite = await region.invite(InviteRole.SUPERVISOR, "region")
    for text in (f"/join {invite}", "/report"):
        region.vk.citizen_writes(SCHOOL_VK, "7101", text)
        await region.settled()
    (*_, first) = said(region.vk, SCHOOL_VK, "7101")
    assert sum(len(row) for row in first.buttons) <= 10
    # One for the answer to the press, one for the change.
    region.vk.fail_next(ChannelRefusedError("too old", reason=RefusalReason.TOO_LATE), times=2, chat="7101")
    region.vk.presses(SCHOOL_VK, "7101", "7101", first.id, "Прошлый месяц")
    await region.settled()
    (*_, second) = said(region.vk, SCHOOL_VK, "7101")
    assert second.id != first.id
    assert second.text.startswith("Отчёт: весь регион, 01.10.2026 – 31.10.2026")
    assert labels(second) == labels(first)


@pytest.mark.both_databases
async def test_the_overdue_are_listed_with_a_way_to_each(region: Region) -> None:
    await two_questions(region)
    await three_days_pass(region)
    await region.join()
    shown = await typed(region, "/overdue")
    assert shown.text == "\n".join(
        [
            "Срок ответа истёк у 1 сообщения:",
            "№ 2, Детская поликлиника № 6: ждёт 3 дн 0 ч",
            "«Где окулист? Мой телефон •••»",
            "https://vk.com/vk/78/12/1",
        ]
    )
    assert labels(shown) == ["Напомнить", "Открыть"]
    ticket = await pressed(region, "Открыть")
    assert ticket.text.startswith("№ 2 · Детская поликлиника № 6")
    assert "Где окулист?" in ticket.text
    assert not {"Олег", "Петров", "89171234567"} & set(ticket.text.replace(":", " ").split())
    assert (await typed(region, "/ticket № 2")).text == ticket.text
    is_read = (audit.c.actor == "telegram:7001", audit.c.action == "ticket-read", audit.c.subject == "2")
    assert await region.count(audit, *is_read) == 2


async def test_a_supervisor_has_the_work_chat_reminded_once_an_hour(region: Region) -> None:
    chat = await two_questions(region)
    clinic = await region.bind_telegram("clinic-6", "-1002")
    await three_days_pass(region)
    await region.join()
    shown = await typed(region, "/overdue")
    nudged = words("nudge", number=2, waits="3 дн 0 ч")

    def heard(where: str) -> int:
        return [each.text for each in said(region.telegram, BOT, where)].count(nudged)

    def told() -> str:
        return list(region.telegram.press_answers.values())[-1]

    await pressed(region, "Напомнить")
    assert (heard(clinic), heard(chat), told()) == (1, 0, words("nudge-done", number=2))
    await pressed(region, "Напомнить")
    assert (heard(clinic), told()) == (1, words("nudge-too-soon", number=2, again="11:00"))
    # Under the ticket that was opened there is the same button; a reply to the reminder goes to the citizen.
    opened = await pressed(region, "Открыть")
    assert labels(opened) == ["Напомнить"]
    assert "руководитель напомнил рабочему чату" in opened.text
    reminder = await region.telegram.shows(BOT, clinic, nudged)
    region.telegram.group_writes(BOT, clinic, "9002", "Кабинет 5", name="Олеся", reply_to=reminder.id)
    await region.settled()
    assert "Кабинет 5" in [each.text for each in said(region.vk, "78", "12")][-1]
    await region.later(timedelta(hours=1, minutes=1))
    region.telegram.presses(BOT, "7001", "7001", shown.id, "Напомнить")
    await region.settled()
    assert (heard(clinic), told()) == (1, words("nudge-answered", number=2))


async def test_of_several_overdue_each_can_be_reminded_of_and_opened(region: Region) -> None:
    for number in range(3):
        region.vk.citizen_writes(SCHOOL_VK, str(100 + number), f"Где бассейн {number}?")
    await region.settled()
    await three_days_pass(region)
    await region.join()
    shown = await typed(region, "/overdue")
    assert labels(shown)[:4] == ["Напомнить № 1", "Открыть № 1", "Напомнить № 2", "Открыть № 2"]
    assert "«Где бассейн 2?»" in shown.text
    assert "Где бассейн 1?" in (await pressed(region, "Открыть № 2")).text
    await pressed(region, "Напомнить № 3")
    assert list(region.telegram.press_answers.values())[-1] == words("nudge-no-chat", number=3)


async def test_a_ticket_of_another_scope_is_not_shown(region: Region) -> None:
    await two_questions(region)
    await region.join(scope="institution:school-12")
    for command in ("/ticket 2", "/ticket 99", "/ticket", "/ticket x"):
        assert (await typed(region, command)).text == words("supervisor-ticket-unknown")
    assert (await typed(region, "/ticket 1")).text.startswith("№ 1 · Школа № 12")


async def test_the_way_to_a_card_in_a_supergroup_is_its_address(region: Region) -> None:
    chat = await region.bind_telegram("clinic-6", "-1001234567890")
    await region.join()
    region.vk.citizen_writes("78", "12", "Где окулист?")
    await region.settled()
    card = await region.telegram.shows(BOT, chat, "Где окулист?")
    await region.later(2 * DAY)
    assert f"https://t.me/c/1234567890/{card.id}" in (await typed(region, "/overdue")).text


async def test_a_long_list_goes_on_at_a_press(region: Region) -> None:
    for number in range(25):
        region.vk.citizen_writes(SCHOOL_VK, str(100 + number), "Где бассейн?")
    await region.settled()
    await three_days_pass(region)
    await region.join()
    first = await typed(region, "/overdue")
    assert ("№ 20," in first.text, "№ 21," in first.text, "и ещё 5" in first.text) == (True, False, True)
    second = await pressed(region, "Дальше")
    assert (second.id, "№ 21," in second.text, "№ 25," in second.text) == (first.id, True, True)
    assert (await pressed(region, "Раньше")).text == first.text


async def test_twenty_supervisors_ask_at_once_and_each_is_answered_once(region: Region) -> None:
    await two_questions(region)
    people = [await region.join(str(7100 + number)) for number in range(20)]
    async with region.resting_desk():
        for person in people:
            region.telegram.citizen_writes(BOT, person, "/report")
    await region.settled()
    for person in people:
        heard = [each.text for each in said(region.telegram, BOT, person) if each.text.startswith("Отчёт")]
        assert len(heard) == 1


async def test_a_press_before_a_restart_is_answered_after_it(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(TUESDAY)
    messengers = pretend_messengers(clock)
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        await two_questions(region)
        await region.join()
        shown = await typed(region, "/report")
        region.application.reporter._in_hand = {-1: "a", -2: "b"}  # busy, as with other people's reports
        region.telegram.presses(BOT, "7001", "7001", "", "Прошлый месяц")
        await region.until_stored()
        region.application.desk._bell.ring()
        while not region.telegram.press_answers:
            await region.telegram.transcripts.change()
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        await region.settled()
        (again,) = [each for each in said(region.telegram, BOT, "7001") if each.text.startswith("Отчёт")]
        assert (again.id, again.text.split("\n")[0]) == (
            shown.id,
            "Отчёт: весь регион, 01.10.2026 – 31.10.2026",
        )


async def test_a_report_comes_in_tatar_to_who_chose_tatar(region: Region) -> None:
    await two_questions(region)
    await region.join()
    region.telegram.citizen_writes(BOT, "7001", "/language")
    await region.settled()
    await pressed(region, "Татарча")
    shown = await typed(region, "/report")
    assert labels(shown)[:3] == ["Бүген", "Атна", "Ай"]
    assert "Хисап" in (await typed(region, "/subscribe")).text
