"""After an answer the citizen says whether it is solved, gives a grade, or sends it back; `/my` shows their own."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channels.memory_transcript import ShownMessage
from bot.domain.ticket import Ring, Ticket, TicketEventKind
from bot.texts import Texts
from storage.tables import tickets
from storage.ticket_rows import read_ticket
from tests.stories.region import BOT, SCHOOL_VK, Region, words

ASKED = words("ask-solved", number=1, institution="Школа № 12")
TEXTS = Texts.load()
TEN_MINUTES = timedelta(minutes=10)


async def answered(region: Region, text: str = "Завтра откроют.") -> tuple[str, ShownMessage]:
    """Let Oleg ask the school in Telegram and Anna answer."""
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    region.telegram.citizen_writes(BOT, "31", "Где бассейн?", name="Олег")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", text, reply_to=card.id, name="Анна")
    await region.telegram.shows(BOT, "31", text)
    await region.settled()
    return chat, card


def asked(region: Region, user_id: str = "31") -> int:
    return sum(text == ASKED for text in region.said_in(region.telegram, BOT, user_id))


def card_text(region: Region, chat: str, card: ShownMessage) -> str:
    shown = region.telegram.transcripts.find(BOT, chat, card.id)
    return shown.text if shown is not None else ""


async def kinds(region: Region) -> list[TicketEventKind]:
    return [event.kind for event in (await region.ticket(1)).events]


async def ticket(region: Region) -> Ticket:
    async with region.database.reading() as connection:
        row = (await connection.execute(select(tickets))).one()
        return read_ticket(row, region.database.vault)


async def press(region: Region, label: str, user_id: str = "31") -> None:
    region.telegram.presses(BOT, user_id, user_id, "", label)
    await region.settled()


async def test_some_minutes_after_the_answer_the_citizen_is_asked_once_and_the_grade_is_kept(region: Region) -> None:
    chat, card = await answered(region)
    await region.later(TEN_MINUTES - timedelta(seconds=1))
    assert asked(region) == 0
    await region.later(timedelta(seconds=1))
    assert asked(region) == 1

    await press(region, "Да")
    await region.telegram.shows(BOT, "31", words("ask-grade", number=1))
    await press(region, "5")
    await region.telegram.shows(BOT, "31", words("grade-heard", number=1, grade=5))
    kept = await ticket(region)
    assert (kept.state, kept.is_solved, kept.grade, kept.ring) == ("closed", True, 5, None)
    assert (await kinds(region))[-4:] == [
        TicketEventKind.GRADE_ASKED,
        TicketEventKind.CLOSED,
        TicketEventKind.SOLVED,
        TicketEventKind.GRADED,
    ]
    assert words("card-grade", grade=5) in card_text(region, chat, card)
    assert words("card-solved") in card_text(region, chat, card)
    await region.later(timedelta(days=8))
    assert (await kinds(region)).count(TicketEventKind.GRADE_ASKED) == 1


async def test_no_gives_it_back_to_the_work_chat_with_a_new_deadline(region: Region) -> None:
    chat, card = await answered(region)
    await region.later(TEN_MINUTES)
    await press(region, "Нет")
    heard = await region.telegram.shows(BOT, "31", "№ 1 снова в работе")
    assert "до 18:00" not in heard.text
    assert words("ask-grade-too") in heard.text
    await region.telegram.shows(BOT, chat, f"{words('follow-up', number=1, name='Олег')}\nНе решено")
    kept = await ticket(region)
    assert (kept.state, kept.is_solved, kept.ring, kept.reopened) == ("open", False, Ring.WARNING, 1)
    assert kept.waiting_since == region.clock.now()
    assert words("card-not-solved") in card_text(region, chat, card)

    region.telegram.group_writes(BOT, chat, "9001", "Откроют в среду.", reply_to=card.id)
    await region.settled()
    await region.later(timedelta(days=1))
    assert (await kinds(region)).count(TicketEventKind.GRADE_ASKED) == 1


async def test_pressing_no_twice_begins_one_wait(region: Region) -> None:
    await answered(region)
    await region.later(TEN_MINUTES)
    question = await region.telegram.shows(BOT, "31", ASKED)
    for _ in range(2):
        region.telegram.push_raw(
            BOT,
            {
                "kind": "press",
                "chat": "31",
                "chat_kind": "private",
                "from": {"id": "31"},
                "message_id": question.id,
                "action": "m:1:no",
                "press_id": "p",
                "at": region.clock.now().isoformat(),
            },
            chat="31",
        )
    await region.settled()
    assert (await kinds(region)).count(TicketEventKind.REOPENED) == 1
    assert len((await region.ticket(1)).messages) == 3


async def test_nobody_is_asked_at_night(region: Region) -> None:
    region.clock.move_to(datetime(2026, 11, 24, 17, 55, tzinfo=UTC))  # 20:55 in Kazan
    await answered(region)
    await region.later(timedelta(hours=1))
    await region.later(timedelta(hours=10))
    assert asked(region) == 0
    await region.later(timedelta(hours=2))
    assert asked(region) == 1


async def test_a_clock_that_was_down_until_the_night_waits_for_the_morning(region: Region) -> None:
    await answered(region)
    await region.later(timedelta(hours=12))
    assert asked(region) == 0
    await region.later(timedelta(hours=11))
    assert asked(region) == 1


@pytest.mark.parametrize("thanks", ["Спасибо большое за ответ", "Зур рәхмәт", "👍"])
async def test_whoever_has_thanked_is_not_asked(region: Region, thanks: str) -> None:
    await answered(region)
    region.telegram.citizen_writes(BOT, "31", thanks, name="Олег")
    await region.settled()
    assert (await ticket(region)).waiting_since is None
    await region.later(TEN_MINUTES)
    assert asked(region) == 0
    assert (await ticket(region)).ring is Ring.SILENCE


async def test_who_closes_right_after_the_answer_does_not_spare_themselves_the_grade(region: Region) -> None:
    chat, card = await answered(region)
    region.telegram.presses(BOT, chat, "9001", card.id, "Закрыть")
    await region.settled()
    await region.later(TEN_MINUTES)
    assert asked(region) == 1
    await press(region, "Нет")
    assert (await ticket(region)).state == "open"
    assert (await kinds(region)).count(TicketEventKind.REOPENED) == 1


async def test_what_needed_no_answer_or_was_spam_is_not_asked_about(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    for number, button in ((1, "Ответ не нужен"), (2, "Спам")):
        await region.chosen(f"3{number}")
        region.telegram.citizen_writes(BOT, f"3{number}", "Слова")
        card = await region.telegram.shows(BOT, chat, f"№ {number} ·")
        region.telegram.presses(BOT, chat, "9001", card.id, button)
        await region.settled()
    await region.later(TEN_MINUTES)
    said = region.said_in(region.telegram, BOT, "31") + region.said_in(region.telegram, BOT, "32")
    assert not [text for text in said if "Вопрос решён?" in text]


async def test_a_comment_is_not_asked_about(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда ёлка?", name="Гульнара")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "В пятницу.", reply_to=card.id)
    await region.settled()
    await region.later(TEN_MINUTES)
    assert (await ticket(region)).ring is Ring.SILENCE
    assert not [text for text in region.said_in(region.vk, SCHOOL_VK, "wall-77_5") if "решён" in text]


async def test_after_a_week_a_late_press_changes_nothing(region: Region) -> None:
    await answered(region)
    await region.later(TEN_MINUTES)
    await region.later(timedelta(days=5))
    assert (await ticket(region)).state == "closed"
    await region.later(timedelta(days=4))
    await press(region, "Нет")
    await region.telegram.shows(BOT, "31", words("solved-too-late", number=1))
    assert (await ticket(region)).state == "closed"


async def test_my_shows_each_ticket_with_a_button_and_what_can_be_done(region: Region) -> None:
    await answered(region)
    region.telegram.citizen_writes(BOT, "31", "/my")
    await region.telegram.shows(BOT, "31", "№ 1, Школа № 12: есть ответ")
    await press(region, "№ 1")
    looked = await region.telegram.shows(BOT, "31", "Вы писали: Где бассейн?")
    assert [button.text for row in looked.buttons for button in row] == ["Не решено", "Спасибо, решено"]
    await press(region, "Не решено")
    await region.telegram.shows(BOT, "31", "№ 1 снова в работе")
    region.telegram.citizen_writes(BOT, "31", "/my")
    await region.telegram.shows(BOT, "31", "№ 1, Школа № 12: в работе, ответят сегодня до")
    await press(region, "№ 1")
    latest = region.telegram.transcript(BOT, "31")[-1]
    assert latest.buttons == ()


async def test_thanks_it_is_solved_closes(region: Region) -> None:
    chat, card = await answered(region)
    region.telegram.citizen_writes(BOT, "31", "/my")
    await region.telegram.shows(BOT, "31", "№ 1, Школа № 12: есть ответ")
    await press(region, "№ 1")
    await press(region, "Спасибо, решено")
    await region.telegram.shows(BOT, "31", words("ask-grade", number=1))
    assert (await ticket(region)).state == "closed"
    assert words("card-state-closed") in card_text(region, chat, card)
    await region.later(TEN_MINUTES)
    assert asked(region) == 0


async def test_other_peoples_tickets_are_nobodys_business(region: Region) -> None:
    await answered(region)
    await region.chosen("66")
    for action in ("m:1", "m:1:no", "m:1:yes", "m:1:5"):
        region.telegram.push_raw(
            BOT,
            {
                "kind": "press",
                "chat": "66",
                "chat_kind": "private",
                "from": {"id": "66"},
                "message_id": "1",
                "action": action,
                "press_id": "p",
                "at": region.clock.now().isoformat(),
            },
            chat="66",
        )
    await region.settled()
    kept = await ticket(region)
    assert (kept.state, kept.grade, kept.is_solved) == ("answered", None, None)
    assert not [text for text in region.said_in(region.telegram, BOT, "66") if "ообщение № 1" in text]


async def test_out_of_hours_the_citizen_reads_when_work_begins(region: Region) -> None:
    region.clock.advance(timedelta(hours=9))  # Tuesday, 19:00
    await region.asks()
    told = await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
    assert told.text.splitlines()[1] == ("Сейчас закрыто, откроются завтра в 9:00, ответим завтра до 17:00, сюда же.")


async def test_within_hours_nothing_is_said_of_them(region: Region) -> None:
    await region.asks()
    told = await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
    assert "закрыто" not in told.text
