"""A citizen's words reach the ticket that they mean: the one shown last, told aloud, and moved where they belong."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.channels.memory_transcript import ShownMessage
from bot.domain.measures import measure
from bot.domain.ticket import TicketState
from bot.domain.work_calendar import WorkCalendar
from storage.database import Database
from tests.stories.region import BOT, CLINIC, CLUB, SCHOOL, SCHOOL_VK, Region, living_region, words
from tests.stories.two_tickets import (
    CLUB_CHAT,
    SCHOOL_CHAT,
    answers,
    both,
    confirmations,
    given,
    gives_away,
    opens,
    presses,
    says,
    texts_of,
    told,
)

__all__ = ["both"]
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def test_words_after_a_look_go_to_the_ticket_that_was_opened(both: Region) -> None:
    await opens(both, 1)
    await says(both, "А кабинет какой?")
    assert await texts_of(both, 1) == ["Когда собрание?", "А кабинет какой?"]
    [confirmed] = confirmations(both)
    assert confirmed.text == "→ № 1, Школа № 12"
    assert [button.text for row in confirmed.buttons for button in row] == ["Это к другому"]
    assert "А кабинет какой?" in "\n".join(both.said_in(both.telegram, BOT, SCHOOL_CHAT))
    assert "А кабинет какой?" not in "\n".join(both.said_in(both.telegram, BOT, CLUB_CHAT))


async def test_words_go_to_the_ticket_that_was_answered_last(both: Region) -> None:
    await answers(both, 1, "В пятницу в шесть.", SCHOOL_CHAT)
    await says(both, "А где?")
    assert (await texts_of(both, 1))[-1] == "А где?"
    [confirmed] = confirmations(both)
    assert confirmed.text.startswith("→ № 1, Школа № 12\n\n"), "what else there is to say stands below it"


async def test_a_ticket_is_confirmed_once_in_ten_minutes_and_when_it_changes(both: Region) -> None:
    await opens(both, 1)
    await says(both, "А кабинет какой?")
    await says(both, "И с кем?")
    assert len(confirmations(both)) == 1
    both.clock.advance(11 * MINUTE)
    await says(both, "И ещё вопрос")
    assert len(confirmations(both)) == 2
    await opens(both, 2)
    await says(both, "А костюмы?")
    assert confirmations(both)[-1].text == "→ № 2, Дом культуры «Нефтьче»"


async def test_whoever_has_one_ticket_reads_no_confirmation(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.chosen()
    await says(region, "Когда собрание?")
    await opens(region, 1)
    await says(region, "А кабинет какой?")
    assert confirmations(region) == []


async def test_words_are_moved_to_the_other_ticket_with_their_own_time(both: Region) -> None:
    await answers(both, 1, "В пятницу в шесть.", SCHOOL_CHAT)
    await answers(both, 2, "Будет.", CLUB_CHAT)
    await opens(both, 1)
    both.clock.advance(20 * MINUTE)
    said_at = both.clock.now()
    await says(both, "Дед Мороз придёт?")
    await says(both, "И Снегурочка?")
    both.clock.advance(5 * MINUTE)
    [confirmed] = confirmations(both)
    offered = await presses(both, confirmed, "Это к другому")
    assert offered.text == words("choose-where")
    assert [button.text for row in offered.buttons for button in row] == [
        "Дом культуры «Нефтьче» · № 2",
        "Новый вопрос",
        "Оставить так",
    ]
    moved = await presses(both, offered, "Дом культуры «Нефтьче» · № 2")
    assert moved.text.startswith("→ № 2, Дом культуры «Нефтьче»")

    old, new = (await both.ticket(1)).ticket, (await both.ticket(2)).ticket
    assert (old.state, old.waiting_since, old.deadline_at) == (TicketState.ANSWERED, None, None)
    assert (new.state, new.waiting_since) == (TicketState.OPEN, said_at)
    assert "Дед Мороз придёт?" not in await texts_of(both, 1)
    assert (await texts_of(both, 2))[-2:] == ["Дед Мороз придёт?", "И Снегурочка?"]
    in_school = both.said_in(both.telegram, BOT, SCHOOL_CHAT)
    assert "Дед Мороз" not in "\n".join(in_school)
    assert in_school.count(words("words-moved-away", number=1)) == 2
    in_club = "\n".join(both.said_in(both.telegram, BOT, CLUB_CHAT))
    assert "Дед Мороз придёт?" in in_club
    assert "И Снегурочка?" in in_club

    both.clock.advance(5 * MINUTE)
    await answers(both, 2, "Оба придут.", CLUB_CHAT)
    line = await both.ticket(2)
    [first, second] = measure(line.facts, WorkCalendar(zone=both.application.settings.zone)).waits
    assert (first.started_at, second.started_at) == (line.ticket.opened_at, said_at)
    assert second.wall == 10 * MINUTE
    line = await both.ticket(1)
    assert len(measure(line.facts, WorkCalendar(zone=both.application.settings.zone)).waits) == 1
    await says(both, "Спасибо, и когда?")
    assert (await texts_of(both, 2))[-1] == "Спасибо, и когда?", "the ticket that was shown last"


async def test_words_that_came_before_an_answer_there_still_wait_for_one(both: Region) -> None:
    await opens(both, 1)
    both.clock.advance(20 * MINUTE)
    said_at = both.clock.now()
    await says(both, "Дед Мороз придёт?")
    both.clock.advance(5 * MINUTE)
    await answers(both, 2, "Ёлка будет.", CLUB_CHAT)
    both.clock.advance(5 * MINUTE)
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    await presses(both, offered, "Дом культуры «Нефтьче» · № 2")
    line = await both.ticket(2)
    assert (line.ticket.state, line.ticket.waiting_since) == (TicketState.OPEN, said_at)
    times = measure(line.facts, WorkCalendar(zone=both.application.settings.zone))
    assert [(wait.started_at, wait.ended_at is None) for wait in times.waits][-1] == (said_at, True)


async def test_words_that_opened_a_closed_ticket_again_leave_it_closed(both: Region) -> None:
    await answers(both, 1, "В пятницу в шесть.", SCHOOL_CHAT)
    card = await both.telegram.shows(BOT, SCHOOL_CHAT, "№ 1 ·")
    both.telegram.presses(BOT, SCHOOL_CHAT, "9001", card.id, "Закрыть", name="Анна")
    await both.settled()
    closed_at = (await both.ticket(1)).ticket.closed_at
    await opens(both, 1)
    both.clock.advance(20 * MINUTE)
    await says(both, "Дед Мороз придёт?")
    assert (await both.ticket(1)).ticket.state is TicketState.OPEN
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    await presses(both, offered, "Дом культуры «Нефтьче» · № 2")
    line = await both.ticket(1)
    assert (line.ticket.state, line.ticket.closed_at) == (TicketState.CLOSED, closed_at)
    assert line.ticket.reopened == 0
    assert measure(line.facts, WorkCalendar(zone=both.application.settings.zone)).ended_at == closed_at


async def test_moved_words_begin_a_new_question_that_nobody_loses(both: Region) -> None:
    await opens(both, 1)
    said_at = both.clock.now()
    await says(both, "Когда прививки?")
    both.clock.advance(5 * MINUTE)
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    asked = await presses(both, offered, "Новый вопрос")
    assert asked.text == words("words-moved-to-choose")
    assert words("choose-institution") in "\n".join(told(both))
    await says(both, "поликлиника 6")
    line = await both.ticket(3)
    assert (line.ticket.institution, line.ticket.opened_at) == ("clinic-6", said_at)
    assert [message.text for message in line.messages] == ["Когда прививки?"]
    assert await texts_of(both, 1) == ["Когда собрание?"]


async def test_a_new_question_for_an_institution_that_is_asked_already_says_where_the_words_went(both: Region) -> None:
    await opens(both, 1)
    await says(both, "А кабинет какой?")
    shown = await presses(both, confirmations(both)[-1], "Это к другому")
    await presses(both, shown, "Новый вопрос")
    await says(both, "Дом культуры Нефтьче")
    assert await texts_of(both, 2) == ["Будет ли ёлка?", "А кабинет какой?"]
    assert confirmations(both)[-1].text == "→ № 2, Дом культуры «Нефтьче»"


async def test_a_second_press_moves_nothing_twice(both: Region) -> None:
    await opens(both, 1)
    await says(both, "Дед Мороз придёт?")
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    action = next(b.action for row in offered.buttons for b in row if "№ 2" in b.text)
    async with both.resting_desk():
        both.telegram.presses(BOT, "31", "31", offered.id, action)
        both.telegram.presses(BOT, "31", "31", offered.id, action)
    await both.settled()
    now = both.telegram.transcripts.find(BOT, "31", offered.id)
    assert now is not None
    assert now.text == words("words-not-there")
    assert await texts_of(both, 2) == ["Будет ли ёлка?", "Дед Мороз придёт?"]


async def test_words_stay_when_nothing_else_is_meant(both: Region) -> None:
    await opens(both, 1)
    await says(both, "А кабинет какой?")
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    left = await presses(both, offered, "Оставить так")
    assert left.text == "→ № 1, Школа № 12"
    assert (await texts_of(both, 1))[-1] == "А кабинет какой?"


async def test_an_edit_of_moved_words_is_shown_where_they_went(both: Region) -> None:
    await opens(both, 1)
    said = await says(both, "Дед Мороз придет?")
    both.telegram.edits(BOT, "31", "31", said, "Дед Мороз точно придёт?", name="Олег")
    await both.settled()
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    await presses(both, offered, "Дом культуры «Нефтьче» · № 2")
    assert "точно" not in "\n".join(both.said_in(both.telegram, BOT, SCHOOL_CHAT))
    assert "Дед Мороз точно придёт?" in "\n".join(both.said_in(both.telegram, BOT, CLUB_CHAT))
    both.telegram.edits(BOT, "31", "31", said, "Дед Мороз и Снегурочка придут?", name="Олег")
    await both.settled()
    assert "Снегурочка" not in "\n".join(both.said_in(both.telegram, BOT, SCHOOL_CHAT))
    assert "Снегурочка" in "\n".join(both.said_in(both.telegram, BOT, CLUB_CHAT))


async def test_a_moved_photo_goes_from_the_first_chat(both: Region) -> None:
    await opens(both, 1)
    both.telegram.citizen_writes(BOT, "31", "Вот костюм", name="Олег", attachments=[("костюм.jpg", "image/jpeg", b"a")])
    await both.settled()
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    await presses(both, offered, "Дом культуры «Нефтьче» · № 2")
    in_school = both.telegram.transcript(BOT, SCHOOL_CHAT)
    assert [shown for shown in in_school if shown.attachments or "Вот костюм" in shown.text] == []
    assert words("words-moved-away", number=1) in [shown.text for shown in in_school]
    assert [shown for shown in both.telegram.transcript(BOT, CLUB_CHAT) if shown.attachments]


async def test_of_a_flood_only_the_moved_words_go(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, flood="gather") as region:
        await region.bind_telegram("school-12", SCHOOL_CHAT)
        await region.bind_telegram("club-1", CLUB_CHAT)
        await region.chosen()
        await says(region, "Когда собрание?")
        await region.chosen(code="club-1")
        await says(region, "Будет ли ёлка?")
        await opens(region, 1)
        for number in range(25):
            await says(region, f"Про школу {number:02}")
        region.clock.advance(11 * MINUTE)
        for number in range(25):
            await says(region, f"Про ёлку {number:02}")
        await region.later(6 * MINUTE)
        offered = await presses(region, confirmations(region)[-1], "Это к другому")
        await presses(region, offered, "Дом культуры «Нефтьче» · № 2")
        await region.later(6 * MINUTE)
        in_school = "\n".join(region.said_in(region.telegram, BOT, SCHOOL_CHAT))
        in_club = "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))
        for number in range(25):
            assert f"Про школу {number:02}" in in_school
            assert f"Про ёлку {number:02}" not in in_school
            assert f"Про ёлку {number:02}" in in_club
            assert f"Про школу {number:02}" not in in_club


async def test_words_after_a_link_go_to_its_institution_until_another_ticket_is_shown(both: Region) -> None:
    await both.chosen(code="school-12")
    await says(both, "А кабинет какой?")
    assert (await texts_of(both, 1))[-1] == "А кабинет какой?"
    await answers(both, 2, "Будет.", CLUB_CHAT)
    await says(both, "В котором часу?")
    assert (await texts_of(both, 2))[-1] == "В котором часу?"


async def test_a_reply_to_the_confirmation_goes_where_the_words_went(both: Region) -> None:
    await opens(both, 1)
    await says(both, "Дед Мороз придёт?")
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    moved = await presses(both, offered, "Дом культуры «Нефтьче» · № 2")
    await opens(both, 1)
    await says(both, "И Снегурочка?", reply_to=moved.id)
    assert (await texts_of(both, 2))[-1] == "И Снегурочка?"


async def test_whoever_writes_tatar_reads_tatar(both: Region) -> None:
    await opens(both, 1)
    both.telegram.citizen_writes(BOT, "31", "/language", name="Олег")
    await both.settled()
    both.telegram.presses(BOT, "31", "31", both.telegram.transcript(BOT, "31")[-1].id, "Татарча")
    await both.settled()
    await says(both, "А кабинет какой?")
    offered = await presses(both, confirmations(both)[-1], "Бу башкасына")
    assert [button.text for row in offered.buttons for button in row][1:] == ["Яңа сорау", "Шулай калсын"]


async def test_after_a_link_a_ticket_that_was_given_away_counts_for_a_day(region: Region) -> None:
    await region.bind_telegram("school-12", SCHOOL_CHAT)
    await region.bind_telegram("clinic-6", CLUB_CHAT)
    await region.chosen()
    await says(region, "Когда прививки?")
    await gives_away(region)
    await answers(region, 1, "С понедельника.", CLUB_CHAT)
    await says(region, "А с собой что?")
    assert (await texts_of(region, 1))[-1] == "А с собой что?"
    assert [b.text for row in confirmations(region)[-1].buttons for b in row] == ["Новый вопрос: Школа № 12"]
    await answers(region, 1, "Полис.", CLUB_CHAT)
    region.clock.advance(25 * HOUR)
    await says(region, "А бассейн работает?")
    assert (await region.ticket(2)).ticket.institution == "school-12"


async def test_a_ticket_shown_after_the_question_about_the_institution_comes_first(both: Region) -> None:
    both.telegram.citizen_writes(BOT, "31", "/start", name="Олег")
    await both.settled()
    await says(both, "Когда прививки?")
    await answers(both, 1, "В пятницу в шесть.", SCHOOL_CHAT)
    await says(both, "А в каком кабинете?")
    assert (await texts_of(both, 1))[-1] == "А в каком кабинете?"
    assert confirmations(both)[-1].text.startswith("→ № 1, Школа № 12")
    await says(both, "поликлиника 6")
    assert await texts_of(both, 3) == ["Когда прививки?"], "the draft still waited for its name"


async def test_a_ticket_of_another_dialogue_is_reached_from_the_one_where_it_was_opened(
    database: Database, tmp_path: Path
) -> None:
    own_bot = replace(SCHOOL, telegram_token="600:AAStoryStoryStoryStoryStoryStoryStory00")
    async with living_region(database, tmp_path, institutions=(own_bot, CLINIC, CLUB)) as region:
        await region.bind_telegram("school-12", SCHOOL_CHAT)
        await region.bind_telegram("club-1", CLUB_CHAT)
        region.telegram.citizen_writes("600", "31", "Когда собрание?", name="Олег")
        await region.settled()
        await region.chosen(code="club-1")
        await says(region, "Будет ли ёлка?")
        await opens(region, 1)
        await says(region, "А кабинет какой?")
        assert await texts_of(region, 1) == ["Когда собрание?", "А кабинет какой?"]
        assert confirmations(region)[-1].text == f"→ № 1, Школа № 12\n{words('words-go-elsewhere')}"
        await answers(region, 1, "Двенадцатый.", SCHOOL_CHAT)
        await region.telegram.shows("600", "31", "Двенадцатый.")


# Rule 1: replies.


async def test_a_reply_to_a_ticket_long_ended_opens_a_new_one_of_its_last_holder(both: Region) -> None:
    await answers(both, 1, "В пятницу в шесть.", SCHOOL_CHAT)
    answer = await both.telegram.shows(BOT, "31", "В пятницу в шесть.")
    card = await both.telegram.shows(BOT, SCHOOL_CHAT, "№ 1 ·")
    both.telegram.presses(BOT, SCHOOL_CHAT, "9001", card.id, "Закрыть", name="Анна")
    await both.settled()
    await says(both, "А кабинет какой?", reply_to=answer.id)
    assert (await both.ticket(1)).ticket.state is TicketState.OPEN, "within the time for opening it again"
    await answers(both, 1, "Двенадцатый.", SCHOOL_CHAT)
    both.telegram.presses(BOT, SCHOOL_CHAT, "9001", card.id, "Закрыть", name="Анна")
    await both.settled()
    await both.later(timedelta(days=4))
    await says(both, "А завтра?", reply_to=answer.id)
    line = await both.ticket(3)
    assert line.ticket.institution == "school-12"
    card = await both.telegram.shows(BOT, SCHOOL_CHAT, "№ 3 ·")
    assert words("card-follows", other=1) in card.text


async def test_a_reply_to_spam_is_a_new_ticket(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Купите гараж")
    accepted = await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.presses(BOT, chat, "9001", card.id, "Спам", name="Анна")
    await region.settled()
    region.vk.citizen_writes(SCHOOL_VK, "11", "Это не спам: где бассейн?", name="Гульнара", reply_to=accepted.id)
    await region.settled()
    assert await texts_of(region, 1) == ["Купите гараж"]
    assert await texts_of(region, 2) == ["Это не спам: где бассейн?"]


async def test_under_a_post_a_reply_to_anothers_answer_is_the_repliers_own(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.comments(SCHOOL_VK, "5", "11", "Где бассейн?", name="Гульнара")
    await region.settled()
    await answers(region, 1, "На Ленина, 5.", chat)
    answer = await region.vk.shows(SCHOOL_VK, "wall-77_5", "На Ленина, 5.")
    region.vk.comments(SCHOOL_VK, "5", "12", "А сколько стоит?", name="Роза", reply_to=answer.id)
    await region.settled()
    region.vk.comments(SCHOOL_VK, "5", "11", "А вход откуда?", name="Гульнара", reply_to=answer.id)
    await region.settled()
    assert await texts_of(region, 1) == ["Где бассейн?", "На Ленина, 5.", "А вход откуда?"]
    assert await texts_of(region, 2) == ["А сколько стоит?"]
    assert [text for text in region.said_in(region.vk, SCHOOL_VK, "wall-77_5") if text.startswith("→")] == []


async def test_under_a_post_a_reply_to_an_old_answer_goes_to_its_last_holder(region: Region) -> None:
    await region.bind_telegram("school-12", SCHOOL_CHAT)
    await region.bind_telegram("clinic-6", CLUB_CHAT)
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда прививки?", name="Гульнара")
    await region.settled()
    await gives_away(region)
    await answers(region, 1, "С понедельника.", CLUB_CHAT)
    answer = await region.vk.shows(SCHOOL_VK, "wall-77_5", "С понедельника.")
    card = await region.telegram.shows(BOT, CLUB_CHAT, "№ 1 ·")
    region.telegram.presses(BOT, CLUB_CHAT, "9001", card.id, "Закрыть", name="Анна")
    await region.settled()
    region.clock.advance(timedelta(days=4))
    region.vk.comments(SCHOOL_VK, "5", "11", "А с собой что?", name="Гульнара", reply_to=answer.id)
    await region.settled()
    assert (await region.ticket(2)).ticket.institution == "clinic-6"
    assert words("card-follows", other=1) in (await region.telegram.shows(BOT, CLUB_CHAT, "№ 2 ·")).text
    await answers(region, 2, "Полис.", CLUB_CHAT)
    told_there = await region.vk.shows(SCHOOL_VK, "wall-77_5", "Полис.")
    assert told_there.text == f"{words('answer-head-comment', institution='Детская поликлиника № 6')}\n\nПолис."


# Rule 2: a ticket that was given away.


def shown_to_gulnara(region: Region) -> list[ShownMessage]:
    return [shown for shown in region.vk.transcript(SCHOOL_VK, "11") if shown.text.startswith("→")]


async def test_words_in_the_community_go_to_the_new_holder_until_a_day_after_its_answer(region: Region) -> None:
    await given(region)
    region.clock.advance(timedelta(days=3))
    await region.asks("Ждать ещё?")
    assert (await texts_of(region, 1))[-1] == "Ждать ещё?"
    [confirmed] = shown_to_gulnara(region)
    assert confirmed.text == "→ № 1, Детская поликлиника № 6"
    assert [button.text for row in confirmed.buttons for button in row] == ["Новый вопрос: Школа № 12"]
    await answers(region, 1, "С понедельника.", CLUB_CHAT)
    region.clock.advance(23 * HOUR)
    await region.asks("А с собой что?")
    assert (await texts_of(region, 1))[-1] == "А с собой что?"
    await answers(region, 1, "Полис.", CLUB_CHAT)
    region.clock.advance(25 * HOUR)
    await region.asks("А у вас бассейн работает?")
    line = await region.ticket(2)
    assert (line.ticket.institution, [m.text for m in line.messages]) == ("school-12", ["А у вас бассейн работает?"])
    assert "бассейн" not in "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))


async def test_the_button_takes_the_words_to_the_communitys_own_institution(region: Region) -> None:
    await given(region)
    region.clock.advance(HOUR)
    said_at = region.clock.now()
    await region.asks("А у вас бассейн работает?")
    await region.asks("И до скольких?")
    [confirmed] = shown_to_gulnara(region)
    region.vk.presses(SCHOOL_VK, "11", "11", confirmed.id, "Новый вопрос: Школа № 12")
    await region.settled()
    line = await region.ticket(2)
    assert (line.ticket.institution, line.ticket.opened_at) == ("school-12", said_at)
    assert [message.text for message in line.messages] == ["А у вас бассейн работает?", "И до скольких?"]
    assert await texts_of(region, 1) == ["Когда прививки?"]
    assert "бассейн" not in "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))
    await region.asks("А завтра?")
    assert (await texts_of(region, 2))[-1] == "А завтра?"


async def test_with_two_open_in_a_community_both_ways_are_offered(region: Region) -> None:
    await given(region)
    await region.asks("Ждать ещё?")
    region.vk.presses(SCHOOL_VK, "11", "11", shown_to_gulnara(region)[-1].id, "Новый вопрос: Школа № 12")
    await region.settled()
    await answers(region, 1, "С понедельника.", CLUB_CHAT)
    region.clock.advance(HOUR)
    await region.asks("А бассейн?")
    confirmed = shown_to_gulnara(region)[-1]
    assert [button.text for row in confirmed.buttons for button in row] == [
        "Это к другому",
        "Новый вопрос: Школа № 12",
    ]
    region.vk.presses(SCHOOL_VK, "11", "11", confirmed.id, "Это к другому")
    await region.settled()
    region.vk.presses(SCHOOL_VK, "11", "11", confirmed.id, "Школа № 12 · № 2")
    await region.settled()
    assert (await texts_of(region, 2))[-1] == "А бассейн?"
    assert "бассейн" not in "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))


async def test_a_reply_to_the_new_holders_answer_goes_there_whatever_time_has_passed(region: Region) -> None:
    await given(region)
    await answers(region, 1, "С понедельника.", CLUB_CHAT)
    answer = await region.vk.shows(SCHOOL_VK, "11", "С понедельника.")
    region.clock.advance(30 * HOUR)
    region.vk.citizen_writes(SCHOOL_VK, "11", "А с собой что?", name="Гульнара", reply_to=answer.id)
    await region.settled()
    assert (await texts_of(region, 1))[-1] == "А с собой что?"


async def test_under_a_post_nothing_is_asked_after_a_transfer(region: Region) -> None:
    await region.bind_telegram("school-12", SCHOOL_CHAT)
    await region.bind_telegram("clinic-6", CLUB_CHAT)
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда прививки?", name="Гульнара")
    await region.settled()
    await gives_away(region)
    region.vk.comments(SCHOOL_VK, "5", "11", "Ждать ещё?", name="Гульнара")
    await region.settled()
    assert (await texts_of(region, 1))[-1] == "Ждать ещё?"
    await answers(region, 1, "С понедельника.", CLUB_CHAT)
    region.clock.advance(25 * HOUR)
    region.vk.comments(SCHOOL_VK, "5", "11", "А бассейн?", name="Гульнара")
    await region.settled()
    assert (await region.ticket(2)).ticket.institution == "school-12"
    assert [text for text in region.said_in(region.vk, SCHOOL_VK, "wall-77_5") if text.startswith("→")] == []
