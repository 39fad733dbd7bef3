"""Stories: words of emergency are answered at once, and links of citizens cannot be clicked in the work chat."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownMessage
from storage.tables import links
from tests.stories.region import BOT, SCHOOL_VK, Region, words
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
)

__all__ = ["both"]

FIRE = "Помогите, у нас в подъезде пожар!"


def shown_with(messenger: MemoryChannel, community: str, chat: str, part: str) -> list[ShownMessage]:
    return [shown for shown in messenger.transcript(community, chat) if part in shown.text]


async def test_a_citizen_in_an_emergency_reads_at_once_whom_to_call(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(FIRE)
    told = region.said_in(region.vk, SCHOOL_VK, "11")
    assert told[0] == words("emergency-fire"), "before anything else"
    assert "112" in told[0]
    assert "101" in told[0]
    assert "Принято, № 1 ·" in told[1], "the words go their way as any other"

    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    first, second, *_ = card.text.splitlines()
    assert first == "№ 1 · до 18:00 · Гульнара, ВКонтакте"
    assert second == words("card-emergency")


async def test_whoever_has_not_chosen_an_institution_is_told_as_well(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Бабушка упала и не дышит", name="Олег")
    await region.settled()
    first, second = region.said_in(region.telegram, BOT, "31")
    assert first == words("emergency-medical")
    assert second == words("choose-institution")


async def test_an_emergency_in_further_words_stands_above_them(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    await region.asks("В школе пахнет газом")
    further = await region.telegram.shows(BOT, chat, "В школе пахнет газом")
    assert further.text.splitlines()[1:] == [words("card-emergency"), "В школе пахнет газом"]
    assert words("emergency-gas") in region.said_in(region.vk, SCHOOL_VK, "11")


async def test_a_public_comment_is_answered_under_the_comment(region: Region) -> None:
    await region.bind_telegram("school-12")
    comment = region.vk.comments(SCHOOL_VK, "5", "11", FIRE, name="Гульнара")
    await region.settled()
    [told] = shown_with(region.vk, SCHOOL_VK, "wall-77_5", "112 или 101")
    assert told.reply_to == comment.id


@pytest.mark.both_databases
async def test_a_reply_to_an_urgent_card_is_understood_when_its_link_is_lost(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(FIRE)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    async with region.database.unit() as connection:
        await connection.execute(delete(links))
    region.telegram.group_writes(BOT, chat, "9001", "Пожарные уже едут.", name="Анна", reply_to=card.id)
    await region.vk.shows(SCHOOL_VK, "11", "Пожарные уже едут.")


async def test_an_ended_emergency_does_not_stand_on_its_card(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(FIRE)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.closes(chat, card.id)
    now = region.telegram.transcripts.find(BOT, chat, card.id)
    assert now is not None
    assert words("card-emergency") not in now.text


async def test_an_ordinary_question_is_not_taken_for_an_emergency(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Когда будет экскурсия в пожарную часть?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert words("card-emergency") not in card.text
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == 1


async def test_links_of_citizens_cannot_be_clicked_in_the_work_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Это правда? https://gоsuslugi.ru/pay", name="Анна evil.com")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Это правда? hxxps://xn--gsuslugi-nbh[.]ru/pay" in card.text
    assert "Анна evil[.]com" in card.text
    await region.asks("и ещё example.com")
    await region.telegram.shows(BOT, chat, "и ещё example[.]com")
    region.telegram.group_writes(BOT, chat, "9001", "/ticket 1", name="Анна")
    line = await region.telegram.shows(BOT, chat, "24.11 10:00 Гульнара")
    assert "example.com" not in line.text
    assert "example[.]com" in line.text
    assert (await region.ticket(1)).messages[0].text.endswith("https://gоsuslugi.ru/pay"), "kept as it was said"


async def test_long_words_with_links_arrive_whole_and_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    sentences = [f"Страница {number}: https://example.com/{number}" for number in range(200)]
    await region.asks("\n".join(sentences))
    shown = "\n".join(region.said_in(region.telegram, BOT, chat))
    for number in range(200):
        assert shown.count(f"Страница {number}: hxxps://example[.]com/{number}\n") == (number < 199)


async def test_words_of_emergency_go_to_the_ticket_that_was_opened_and_other_holders_read_the_kind(
    both: Region,
) -> None:
    supervisor = await both.join()
    await opens(both, 1)
    await says(both, "пахнет газом в школе")
    assert (await texts_of(both, 1))[-1] == "пахнет газом в школе"
    assert "пахнет газом" in "\n".join(both.said_in(both.telegram, BOT, SCHOOL_CHAT))
    in_club = both.said_in(both.telegram, BOT, CLUB_CHAT)
    assert in_club[-1] == words("emergency-elsewhere", number=2, kind="газ", institution="Школа № 12")
    assert "пахнет" not in "\n".join(in_club)
    alert = both.said_in(both.telegram, BOT, supervisor)[-1]
    assert alert == words("duty-alert", number=1, institution="Школа № 12", kind="газ")


async def test_of_suicide_nobody_else_is_told(both: Region) -> None:
    await opens(both, 1)
    before = both.said_in(both.telegram, BOT, CLUB_CHAT)
    await says(both, "я не хочу жить")
    assert words("emergency-suicide") in both.said_in(both.telegram, BOT, "31")
    assert both.said_in(both.telegram, BOT, CLUB_CHAT) == before


async def test_an_emergency_is_moved_and_stays_where_it_was_read(both: Region) -> None:
    await opens(both, 1)
    await says(both, "пахнет газом")
    await says(both, "и темно")
    offered = await presses(both, confirmations(both)[-1], "Это к другому")
    other = "Дом культуры «Нефтьче» · № 2"
    async with both.resting_desk():
        both.telegram.presses(BOT, "31", "31", offered.id, other)
        both.telegram.presses(BOT, "31", "31", offered.id, other)
    await both.settled()
    assert (await texts_of(both, 1))[1:] == ["пахнет газом"]
    assert (await texts_of(both, 2))[1:] == ["и темно", "пахнет газом"]
    in_school = "\n".join(both.said_in(both.telegram, BOT, SCHOOL_CHAT))
    assert "пахнет газом" in in_school
    assert "и темно" not in in_school
    assert "пахнет газом" in "\n".join(both.said_in(both.telegram, BOT, CLUB_CHAT))
    assert (await both.ticket(1)).ticket.waiting_since is not None


async def test_the_communitys_own_institution_reads_the_words_as_well(region: Region) -> None:
    await given(region)
    supervisor = await region.join()
    await region.asks("В школе пожар, горит раздевалка")
    assert (await texts_of(region, 1))[-1] == "В школе пожар, горит раздевалка"
    assert "горит раздевалка" in "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))
    notice = region.said_in(region.telegram, BOT, SCHOOL_CHAT)[-1]
    assert notice.splitlines()[0] == words(
        "emergency-also", number=1, institution="Детская поликлиника № 6", kind="пожар"
    )
    assert "горит раздевалка" in notice
    alert = region.said_in(region.telegram, BOT, supervisor)[-1]
    assert alert == words("duty-alert", number=1, institution="Детская поликлиника № 6, Школа № 12", kind="пожар")


async def test_the_communitys_own_institution_is_told_who_answers(region: Region) -> None:
    await given(region)
    await region.asks("В школе пожар")
    notice = region.telegram.transcript(BOT, SCHOOL_CHAT)[-1]
    region.telegram.group_writes(BOT, SCHOOL_CHAT, "9001", "Уже вызвали.", name="Анна", reply_to=notice.id)
    await region.settled()
    assert region.said_in(region.telegram, BOT, SCHOOL_CHAT)[-1] == words(
        "transfer-elsewhere", number=1, institution="Детская поликлиника № 6"
    )


async def test_who_holds_another_ticket_can_answer_the_line(both: Region) -> None:
    await opens(both, 1)
    await says(both, "пахнет газом в школе")
    line = both.telegram.transcript(BOT, CLUB_CHAT)[-1]
    both.telegram.group_writes(BOT, CLUB_CHAT, "9001", "У нас всё спокойно.", name="Анна", reply_to=line.id)
    await both.settled()
    assert "У нас всё спокойно." in "\n".join(both.said_in(both.telegram, BOT, "31"))


async def test_under_a_post_the_communitys_own_institution_reads_the_words_as_well(region: Region) -> None:
    await given(region)
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда прививки?", name="Гульнара")
    await region.settled()
    await gives_away(region, 2)
    region.vk.comments(SCHOOL_VK, "5", "11", FIRE, name="Гульнара")
    await region.settled()
    assert FIRE in "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))
    assert FIRE in region.said_in(region.telegram, BOT, SCHOOL_CHAT)[-1]


async def test_the_button_takes_no_emergency_back_from_the_new_holder(region: Region) -> None:
    await given(region)
    await region.asks("В школе пахнет газом")
    [confirmed] = [shown for shown in region.vk.transcript(SCHOOL_VK, "11") if shown.text.startswith("→")]
    async with region.resting_desk():
        for _ in range(2):
            region.vk.presses(SCHOOL_VK, "11", "11", confirmed.id, "Новый вопрос: Школа № 12")
    await region.settled()
    assert await texts_of(region, 1) == ["Когда прививки?", "В школе пахнет газом"]
    assert await texts_of(region, 2) == ["В школе пахнет газом"]
    assert await region.tickets() == 2
    assert "пахнет газом" in "\n".join(region.said_in(region.telegram, BOT, CLUB_CHAT))


async def test_an_edit_that_speaks_of_an_emergency_is_told_to_everybody_too(both: Region) -> None:
    supervisor = await both.join()
    await opens(both, 1)
    said = await says(both, "чем-то пахнет")
    both.telegram.edits(BOT, "31", "31", said, "пахнет газом", name="Олег")
    await both.settled()
    assert both.said_in(both.telegram, BOT, supervisor)[-1] == words(
        "duty-alert", number=1, institution="Школа № 12", kind="газ"
    )
    assert both.said_in(both.telegram, BOT, CLUB_CHAT)[-1] == words(
        "emergency-elsewhere", number=2, kind="газ", institution="Школа № 12"
    )


async def test_before_an_institution_is_chosen_the_regions_supervisor_hears_the_kind_once(region: Region) -> None:
    supervisor = await region.join()
    narrower = await region.join("7002", "branch:Культура")
    before = region.said_in(region.telegram, BOT, narrower)
    await says(region, "пахнет газом")
    await says(region, "пахнет газом, где вы?")
    told = region.said_in(region.telegram, BOT, supervisor)
    assert told.count(words("duty-alert-draft", kind="газ")) == 1
    assert region.said_in(region.telegram, BOT, narrower) == before
    assert "пахнет" not in "\n".join(told)


async def test_an_answered_holder_of_long_ago_is_not_told(both: Region) -> None:
    await answers(both, 2, "Будет.", CLUB_CHAT)
    card = await both.telegram.shows(BOT, CLUB_CHAT, "№ 2 ·")
    both.telegram.presses(BOT, CLUB_CHAT, "9001", card.id, "Закрыть", name="Анна")
    await both.settled()
    both.clock.advance(timedelta(days=4))
    await says(both, "пахнет газом")
    assert "о беде" not in "\n".join(both.said_in(both.telegram, BOT, CLUB_CHAT))
