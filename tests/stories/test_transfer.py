"""A question reached the wrong institution: the administrators give it to the right one, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.clock import ManualClock
from bot.domain.institution import InstitutionKind
from bot.domain.legal import LegalMode, LegalRule
from storage.database import Database
from storage.legal import write_legal_rule
from tests.stories.region import (
    BOT,
    CLINIC,
    CLUB,
    SCHOOL,
    SCHOOL_VK,
    TUESDAY,
    Region,
    living_region,
    pretend_messengers,
    words,
)

OLD, NEW = "-1001", "-1002"
CLINIC_BUTTON = "Детская поликлиника № 6, Набережные Чел…"


async def two_chats(region: Region, question: str = "Когда прививка?") -> str:
    """Bind a chat for the school and one for the clinic, let a citizen ask the school; return the card's id."""
    await region.bind_telegram("school-12", OLD, "9001", "Анна")
    await region.bind_telegram("clinic-6", NEW, "9005", "Вера")
    await region.asks(question)
    return (await region.telegram.shows(BOT, OLD, "№ 1 ·")).id


def press(region: Region, label: str, *, chat: str = OLD, by: str = "9001", name: str = "Анна", at: str = "") -> str:
    return region.telegram.presses(BOT, chat, by, at, label, name=name)


async def types_name(region: Region, text: str) -> None:
    """Press «Передать» and answer the question with a name."""
    press(region, "Передать")
    asked = await region.telegram.shows(BOT, OLD, "кому передать")
    region.telegram.group_writes(BOT, OLD, "9001", text, name="Анна", reply_to=asked.id)


async def give_to_clinic(region: Region, text: str = "поликлиника 6") -> None:
    await types_name(region, text)
    await region.telegram.shows(BOT, OLD, "нашлось по названию")
    press(region, CLINIC_BUTTON)
    await region.settled()


async def test_a_transferred_question_goes_on_at_the_new_place(region: Region) -> None:
    card = await two_chats(region)
    before = (await region.ticket(1)).ticket
    await give_to_clinic(region)

    ticket = (await region.ticket(1)).ticket
    assert ticket.institution == "clinic-6"
    assert ticket.deadline_at == before.deadline_at, "the clock runs on"
    assert ticket.waiting_since == before.waiting_since
    old = region.telegram.transcripts.find(BOT, OLD, card)
    assert old is not None
    assert "↪ Передано 24.11 10:00: Детская поликлиника № 6 (Анна)" in old.text
    assert old.buttons == ()
    new = await region.telegram.shows(BOT, NEW, "№ 1 · до")
    assert "Когда прививка?" in new.text
    assert words("card-came-to", institution="Школа № 12") in new.text
    assert "Кто отвечает" not in new.text
    told = [text for text in region.said_in(region.vk, SCHOOL_VK, "11") if "Передали" in text]
    by = "сегодня до 18:00"
    assert told == [words("ticket-transferred", number=1, institution="Детская поликлиника № 6", by=by)]

    region.telegram.group_writes(BOT, NEW, "9005", "В среду.", name="Вера", reply_to=new.id)
    answer = await region.vk.shows(SCHOOL_VK, "11", "В среду.")
    assert answer.text == "Ответ на сообщение № 1, Детская поликлиника № 6:\n\nВ среду."


async def test_the_new_work_chat_reads_everything_said_so_far_and_by_whom(region: Region) -> None:
    card = await two_chats(region)
    region.telegram.group_writes(BOT, OLD, "9002", "// это точно к нам?", name="Булат", reply_to=card)
    await region.settled()
    region.clock.advance(timedelta(minutes=5))
    region.telegram.group_writes(BOT, OLD, "9001", "Уточним.", name="Анна", reply_to=card)
    await region.settled()
    region.clock.advance(timedelta(minutes=5))
    await region.asks("Спасибо, жду")
    await give_to_clinic(region, "поликлиника 6 – про прививки")

    history = await region.telegram.shows(BOT, NEW, "что уже сказано")
    assert history.text.splitlines() == [
        words("history-head", number=1),
        "24.11 10:00 Гульнара: Когда прививка?",
        "24.11 10:00 заметка, Булат: это точно к нам?",
        "24.11 10:05 ответ, Анна (✔ доставлен 24.11 10:05): Уточним.",
        "24.11 10:10 Гульнара: Спасибо, жду",
        "24.11 10:10 заметка, Анна: про прививки",
        "24.11 10:10 · передано: Детская поликлиника № 6 (Анна)",
    ]
    new = await region.telegram.shows(BOT, NEW, "№ 1 · до")
    assert history.reply_to == new.id
    assert not any("прививки" in text for text in region.said_in(region.vk, SCHOOL_VK, "11")), "notes stay notes"


async def test_later_words_of_the_citizen_go_to_the_new_place(region: Region) -> None:
    await two_chats(region)
    await give_to_clinic(region)
    await region.asks("И ещё: с собой полис?")
    await region.telegram.shows(BOT, NEW, "с собой полис")
    assert not any("полис" in text for text in region.said_in(region.telegram, BOT, OLD))
    assert await region.tickets() == 1


async def test_the_old_chat_is_told_where_the_question_went(region: Region) -> None:
    card = await two_chats(region)
    await give_to_clinic(region)
    region.telegram.group_writes(BOT, OLD, "9001", "Отвечу всё же я", name="Анна", reply_to=card)
    told = await region.telegram.shows(BOT, OLD, "ничего не отправлено")
    assert told.text == words("transfer-elsewhere", number=1, institution="Детская поликлиника № 6")
    region.telegram.group_writes(BOT, OLD, "9001", "/ticket 1", name="Анна")
    await region.telegram.shows(BOT, OLD, words("ticket-unknown"))
    region.telegram.group_writes(BOT, OLD, "9001", "/transfer 1 дом культуры", name="Анна")
    await region.settled()
    assert region.said_in(region.telegram, BOT, OLD)[-1] == told.text
    assert not any("всё же" in text for text in region.said_in(region.vk, SCHOOL_VK, "11"))


async def test_an_answer_that_was_asked_about_stays_behind(region: Region) -> None:
    card = await two_chats(region)
    region.telegram.group_writes(BOT, OLD, "9001", "Пришлите код из СМС", name="Анна", reply_to=card)
    question = await region.telegram.shows(BOT, OLD, "ещё не отправлен")
    await give_to_clinic(region)
    late = press(region, words("button-send-anyway"), at=question.id)
    await region.settled()
    assert region.telegram.press_answers[late] == words(
        "press-transferred-already", number=1, institution="Детская поликлиника № 6"
    )
    history = await region.telegram.shows(BOT, NEW, "что уже сказано")
    assert "✖ не отправлен" in history.text
    assert not any("код" in text for text in region.said_in(region.vk, SCHOOL_VK, "11"))


async def test_the_new_holder_answers_at_once_though_the_old_one_has_just_answered(region: Region) -> None:
    card = await two_chats(region)
    region.telegram.group_writes(BOT, OLD, "9001", "Это решает поликлиника.", name="Анна", reply_to=card)
    await give_to_clinic(region)
    new = await region.telegram.shows(BOT, NEW, "№ 1 · ✅")
    region.telegram.group_writes(BOT, NEW, "9005", "В среду.", name="Вера", reply_to=new.id)
    await region.vk.shows(SCHOOL_VK, "11", "В среду.")
    assert not [text for text in region.said_in(region.telegram, BOT, NEW) if "ещё не отправлен" in text]


async def test_of_two_who_give_it_away_one_does(region: Region) -> None:
    await two_chats(region)
    await region.bind_telegram("club-1", "-1003", "9006", "Дина")
    await types_name(region, "поликлиника 6")
    await region.telegram.shows(BOT, OLD, "нашлось по названию")
    typed = region.telegram.group_writes(BOT, OLD, "9002", "/transfer 1 нефтьче", name="Булат")
    await region.telegram.shows(BOT, OLD, "нашлось по названию", after=typed.id)
    async with region.resting_desk():
        first = press(region, CLINIC_BUTTON)
        second = press(region, "x:1:0:club-1", by="9002", name="Булат")
    await region.settled()
    assert (await region.ticket(1)).ticket.institution == "clinic-6"
    assert region.telegram.press_answers[first] == words(
        "transfer-done", number=1, institution="Детская поликлиника № 6", name="Анна"
    )
    assert region.telegram.press_answers[second] == words(
        "press-transferred-already", number=1, institution="Детская поликлиника № 6"
    )
    assert not any("№ 1" in text for text in region.said_in(region.telegram, BOT, "-1003"))
    told = [text for text in region.said_in(region.vk, SCHOOL_VK, "11") if "Передали" in text]
    assert len(told) == 1


async def test_recent_targets_are_offered_as_buttons(region: Region) -> None:
    await two_chats(region)
    await give_to_clinic(region)
    region.vk.citizen_writes(SCHOOL_VK, "12", "И мне прививку", name="Айрат")
    await region.telegram.shows(BOT, OLD, "№ 2 ·")
    press(region, "t:2:transfer")
    asked = await region.telegram.shows(BOT, OLD, "№ 2: кому передать")
    assert [button.text for row in asked.buttons for button in row] == [CLINIC_BUTTON, "Не передавать"]
    press(region, "Не передавать", at=asked.id)
    await region.settled()
    kept = region.telegram.transcripts.find(BOT, OLD, asked.id)
    assert kept is not None
    assert kept.text == words("transfer-kept", number=2)
    assert (await region.ticket(2)).ticket.institution == "school-12"


async def test_where_nobody_answers_nothing_is_given(region: Region) -> None:
    await two_chats(region)
    await types_name(region, "дом культуры нефтьче")
    await region.telegram.shows(BOT, OLD, "нашлось по названию")
    press(region, "x:1:0:club-1")
    await region.telegram.shows(BOT, OLD, "пока нет рабочего чата")
    await region.settled()
    assert (await region.ticket(1)).ticket.institution == "school-12"
    assert not any("Передали" in text for text in region.said_in(region.vk, SCHOOL_VK, "11"))


async def test_a_name_that_nobody_has_is_told(region: Region) -> None:
    await two_chats(region)
    await types_name(region, "йцукенгшщз")
    await region.telegram.shows(BOT, OLD, "такого учреждения не нашлось")
    await region.settled()
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 1, "a typed name is no answer"


async def test_a_comment_is_answered_under_the_name_of_the_new_holder(region: Region) -> None:
    await region.bind_telegram("school-12", OLD, "9001", "Анна")
    await region.bind_telegram("clinic-6", NEW, "9005", "Вера")
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда прививка?", name="Гульнара")
    await region.telegram.shows(BOT, OLD, "№ 1 ·")
    await give_to_clinic(region)
    new = await region.telegram.shows(BOT, NEW, "№ 1 · до")
    region.telegram.group_writes(BOT, NEW, "9005", "В среду.", name="Вера", reply_to=new.id)
    await region.vk.shows(SCHOOL_VK, f"wall-{SCHOOL_VK}_5", "В среду.")
    said = region.said_in(region.vk, SCHOOL_VK, f"wall-{SCHOOL_VK}_5")
    assert len(said) == 2, "a public talk is not told of the transfer"
    assert said[1] == "Отвечает Детская поликлиника № 6:\n\nВ среду."


async def test_after_the_most_transfers_only_the_parent_is_left(database: Database, tmp_path: Path) -> None:
    institutions = (SCHOOL, replace(CLINIC, parent="club-1"), CLUB)
    async with living_region(database, tmp_path, institutions=institutions) as region:
        await two_chats(region)
        await region.bind_telegram("club-1", "-1003", "9006", "Дина")
        await give_to_clinic(region)
        press(region, "t:1:transfer", chat=NEW, by="9005", name="Вера")
        asked = await region.telegram.shows(BOT, NEW, "кому передать")
        assert asked.buttons[0][0].action == "x:1:1:club-1", "the parent is the first to be offered"
        region.telegram.group_writes(BOT, NEW, "9005", "школа 12 – ошиблись", name="Вера", reply_to=asked.id)
        await region.telegram.shows(BOT, NEW, "нашлось по названию")
        press(region, "x:1:1:school-12", chat=NEW, by="9005", name="Вера")
        again = await region.telegram.shows(BOT, OLD, "№ 1 · до", after=asked.id)
        assert "житель писал сюда" not in again.text
        await region.settled()

        press(region, "t:1:transfer", at=again.id)
        limit = await region.telegram.shows(BOT, OLD, "это сообщение уже передавали")
        assert limit.text == words("transfer-no-more", number=1, count=2), "the school has no parent"
        region.telegram.group_writes(BOT, OLD, "9001", "/transfer 1 поликлиника 6", name="Анна")
        await region.telegram.shows(BOT, OLD, "это сообщение уже передавали", after=limit.id)
        await region.settled()
        assert (await region.ticket(1)).ticket.institution == "school-12"


async def test_the_typed_reason_and_the_choice_outlive_a_restart(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(TUESDAY)
    messengers = pretend_messengers(clock)
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as before:
        await two_chats(before)
        await types_name(before, "поликлиника 6 – про прививки")
        await before.telegram.shows(BOT, OLD, "нашлось по названию")
        await before.settled()
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as after:
        press(after, CLINIC_BUTTON)
        await after.telegram.shows(BOT, NEW, "заметка, Анна: про прививки")
        await after.settled()
        assert (await after.ticket(1)).ticket.institution == "clinic-6"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/transfer", "transfer-usage"),
        ("/transfer поликлиника", "transfer-usage"),
        ("/transfer 99 поликлиника", "ticket-unknown"),
    ],
)
async def test_a_command_without_its_number_is_explained(region: Region, typed: str, answer: str) -> None:
    await two_chats(region)
    region.telegram.group_writes(BOT, OLD, "9001", typed, name="Анна")
    await region.telegram.shows(BOT, OLD, words(answer))


async def test_between_groups_with_topics_the_question_gets_a_topic_at_the_new_place(region: Region) -> None:
    for chat in (OLD, NEW):
        region.telegram.topics.switch_on(BOT, chat)
    await two_chats(region, "Когда прививка? Мой телефон +7 912 345-67-89")
    await region.settled()
    press(region, "t:1:transfer")
    asked = await region.telegram.shows(BOT, OLD, "кому передать")
    region.telegram.group_writes(BOT, OLD, "9001", "поликлиника 6 – к вам", name="Анна", reply_to=asked.id)
    await region.telegram.shows(BOT, OLD, "нашлось по названию")
    press(region, CLINIC_BUTTON)
    await region.settled()
    [old] = region.telegram.topics.of(BOT, OLD)
    assert old.title == words("topic-moved", number=1, institution="Детская поликлиника № 6")
    moved = await region.telegram.shows(BOT, OLD, "↪ Передано")
    assert "345-67-89" not in moved.text, "whoever has it no more needs no numbers of the citizen"
    [new] = region.telegram.topics.of(BOT, NEW)
    history = await region.telegram.shows(BOT, NEW, "заметка, Анна: к вам")
    assert history.thread == new.thread
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 2, "promised, and told once of the transfer"


async def test_nothing_is_given_to_whom_the_law_forbids_to_answer_there(database: Database, tmp_path: Path) -> None:
    school = replace(SCHOOL, kind=InstitutionKind.MUNICIPAL)
    async with living_region(
        database, tmp_path, institutions=(school, replace(CLUB, kind=InstitutionKind.OTHER))
    ) as region:
        await region.bind_telegram("club-1", OLD, "9001", "Анна")
        await region.bind_telegram("school-12", NEW, "9005", "Вера")
        kind = InstitutionKind.MUNICIPAL
        rule = LegalRule(kind=kind, mode=LegalMode.REDIRECT_ONLY, basis="юрист", set_at=region.clock.now())
        async with database.unit() as connection:
            await write_legal_rule(connection, rule, actor="operator")
        await region.chosen("31", "club-1")
        region.telegram.citizen_writes(BOT, "31", "Почему холодно в школе?")
        await region.telegram.shows(BOT, OLD, "№ 1 ·")
        region.telegram.group_writes(BOT, OLD, "9001", "/transfer 1 школа 12", name="Анна")
        await region.telegram.shows(BOT, OLD, "нашлось по названию")
        press(region, "x:1:0:school-12")
        await region.telegram.shows(BOT, OLD, "нельзя вести там переписку")
        await region.settled()
        assert (await region.ticket(1)).ticket.institution == "club-1"
