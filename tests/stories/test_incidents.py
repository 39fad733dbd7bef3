"""Many write of one matter: one notice in the work chat, one answer for all, and everybody is still measured."""

from datetime import timedelta

import pytest

from bot.domain.ticket import MessageKind
from tests.stories.region import SCHOOL_VK, Region

WAITERS = [str(number) for number in range(101, 106)]


async def crowd(region: Region, *, users: list[str] | None = None, text: str = "Нет воды, что делать?") -> None:
    """Let several people write of one matter in the school's VK community."""
    for user in users or WAITERS:
        region.vk.citizen_writes(SCHOOL_VK, user, text, name=f"Житель {user}")
    await region.settled()


async def open_by_command(region: Region) -> tuple[str, str]:
    """Gather the crowd into an incident; returns the chat and the id of its notice."""
    chat = await region.bind_telegram("school-12")
    await crowd(region)
    region.telegram.group_writes("500", chat, "9001", "/incident нет воды", name="Анна")
    notice = await region.telegram.shows("500", chat, "📢 Массовое событие № 1: нет воды")
    await region.settled()
    return chat, notice.id


async def answer_all(region: Region, chat: str, notice: str, words: str) -> None:
    """Answer everybody: reply to the notice, and press."""
    region.telegram.group_writes("500", chat, "9001", words, name="Анна", reply_to=notice)
    draft = await region.telegram.shows("500", chat, "Этот ответ получ")
    region.telegram.presses("500", chat, "9001", draft.id, "Отправить всем", name="Анна")
    await region.settled()


async def test_one_answer_goes_to_all_and_each_is_measured(region: Region) -> None:
    chat, notice = await open_by_command(region)
    supervisor = await region.join()
    await region.later(timedelta(minutes=10))
    await answer_all(region, chat, notice, "Авария, воду дадут в 18:00.")

    for number, user in enumerate(WAITERS, start=1):
        assert any("воду дадут в 18:00" in text for text in region.said_in(region.vk, SCHOOL_VK, user))
        line = await region.ticket(number)
        assert line.ticket.first_answered_at is not None
        assert [m.kind for m in line.messages].count(MessageKind.ANSWER) == 1
    assert supervisor


async def test_a_newcomer_reads_the_answer_at_once_and_it_stops_no_clock(region: Region) -> None:
    chat, notice = await open_by_command(region)
    await answer_all(region, chat, notice, "Авария, воду дадут в 18:00.")
    cards = len([text for text in region.said_in(region.telegram, "500", chat) if text.startswith("№ 6 ·")])
    await crowd(region, users=["201"], text="У нас воды нет с утра")
    promise = await region.vk.shows(SCHOOL_VK, "201", "Принято, № 6 ·")

    assert "воду дадут в 18:00" in promise.text
    line = await region.ticket(6)
    assert line.ticket.first_answered_at is None
    assert line.ticket.waiting_since is not None
    assert cards == len([text for text in region.said_in(region.telegram, "500", chat) if text.startswith("№ 6 ·")])
    await region.later(timedelta(seconds=21))
    shown = next(m for m in region.telegram.transcript("500", chat) if m.id == notice)
    assert "В нём 6 сообщений, ждут ответа: 1" in shown.text


async def test_at_night_nothing_comes_between_what_is_known_and_whose_words_it_is(region: Region) -> None:
    chat, notice = await open_by_command(region)
    await answer_all(region, chat, notice, "Авария, воду дадут в 18:00.")
    await region.later(timedelta(hours=14))
    await crowd(region, users=["201"], text="У нас воды нет с утра")
    promise = await region.vk.shows(SCHOOL_VK, "201", "Принято, № 6 ·")
    first, known, *_, last = promise.text.split("\n\n")
    assert first == "Принято, № 6 · Школа № 12. Там об этом уже знают:"
    assert known == "Авария, воду дадут в 18:00."
    assert "Сейчас закрыто, откроются сегодня в 9:00, ответим сегодня до 17:00" in last


async def test_who_writes_again_gets_a_card_and_other_matters_do_too(region: Region) -> None:
    chat, _ = await open_by_command(region)
    await crowd(region, users=["201"], text="Нет воды второй день")
    await crowd(region, users=["202"], text="Когда каникулы?")
    await region.telegram.shows("500", chat, "№ 7 ·")
    assert not any(text.startswith("№ 6 ·") for text in region.said_in(region.telegram, "500", chat))

    region.vk.citizen_writes(SCHOOL_VK, "201", "И ещё у нас лежачая бабушка")
    card = await region.telegram.shows("500", chat, "№ 6 ·")
    assert "второй день" in card.text
    await region.telegram.shows("500", chat, "лежачая бабушка")


async def test_an_emergency_is_never_gathered(region: Region) -> None:
    chat, _ = await open_by_command(region)
    await crowd(region, users=["201"], text="Нет воды, и пахнет газом")
    card = await region.telegram.shows("500", chat, "№ 6 ·")
    assert "экстренный" in card.text


@pytest.mark.both_databases
async def test_ending_shows_who_still_waits_and_tells_supervisors_one_event(region: Region) -> None:
    chat, notice = await open_by_command(region)
    supervisor = await region.join()
    await crowd(region, users=["201", "202"], text="Воды нет")
    region.telegram.presses("500", chat, "9001", notice, "Завершить", name="Анна")
    await region.telegram.shows("500", chat, "№ 6 ·")
    await region.telegram.shows("500", chat, "№ 7 ·")
    told = await region.telegram.shows("500", supervisor, "Массовое событие № 1 завершено")
    assert "В нём 7 сообщений" in told.text


@pytest.mark.both_databases
async def test_a_crowd_is_noticed_and_one_press_gathers_it(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await crowd(region, text="Воды нет на третьем этаже")
    await region.later(timedelta(minutes=1))
    asked = await region.telegram.shows("500", chat, "За час пришло 5 сообщений об одном")
    region.telegram.presses("500", chat, "9001", asked.id, "Объединить", name="Анна")
    notice = await region.telegram.shows("500", chat, "📢 Массовое событие № 1")
    assert "В нём 5 сообщений, ждут ответа: 5" in notice.text
    await region.later(timedelta(minutes=2))
    assert sum("За час пришло" in text for text in region.said_in(region.telegram, "500", chat)) <= 1


async def test_a_late_event_is_told_once_and_overdue_shows_one_line(region: Region) -> None:
    chat, _ = await open_by_command(region)
    supervisor = await region.join()
    await crowd(region, users=["201", "202"], text="Воды нет")
    await region.later(timedelta(days=2))
    late = [text for text in region.said_in(region.telegram, "500", chat) if "Срок ответа истёк" in text]
    assert len([text for text in late if text.startswith("📢")]) == 1
    region.telegram.citizen_writes("500", supervisor, "/overdue")
    listed = await region.telegram.shows("500", supervisor, "Срок ответа истёк у")
    assert listed.text.count("Массовое событие № 1") == 1
