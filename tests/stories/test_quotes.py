"""Stories: what somebody else had said is shown as such, to administrators and to citizens."""

from datetime import timedelta

from tests.stories.region import BOT, SCHOOL_VK, Region, words


async def test_quoted_and_forwarded_words_are_told_from_the_citizens_own(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    region.telegram.citizen_writes(
        BOT, "31", "Это правда?", name="Олег", more={"quote": "Школу закроют.\nС понедельника, см. evil.example.com"}
    )
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "> Школу закроют.\n> С понедельника, см. evil[.]example[.]com\nЭто правда?" in card.text
    region.clock.advance(timedelta(minutes=1))
    region.telegram.citizen_writes(BOT, "31", "Собрание отменено", name="Олег", more={"forwarded_from": "Школа 5"})
    further = await region.telegram.shows(BOT, chat, "Собрание отменено")
    assert further.text.splitlines()[1:] == ["Переслано от Школа 5:", "Собрание отменено"]
    await region.settled()
    region.clock.advance(timedelta(minutes=1))
    region.telegram.citizen_writes(BOT, "31", "И это", name="Олег", more={"forwarded_from": "?"})
    further = await region.telegram.shows(BOT, chat, "И это")
    assert further.text.splitlines()[1:] == [words("forwarded"), "И это"]
    await region.settled()
    first, *_ = (await region.ticket(1)).messages
    assert first.text == "Это правда?", "the citizen's own words stay apart"


async def test_a_fire_in_somebody_elses_words_is_no_emergency_of_the_card(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    region.telegram.citizen_writes(BOT, "31", "Когда это было?", name="Олег", more={"quote": "У нас в подъезде пожар"})
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert words("card-emergency") not in card.text


async def test_a_reply_to_an_answer_shows_which_one(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    region.telegram.citizen_writes(BOT, "31", "Когда собрание?", name="Олег")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    accepted = await region.telegram.shows(BOT, "31", "Принято")
    region.telegram.group_writes(BOT, chat, "9001", "В четверг", name="Анна", reply_to=card.id)
    answer = await region.telegram.shows(BOT, "31", "В четверг")
    await region.settled()
    region.telegram.citizen_writes(BOT, "31", "А во сколько?", name="Олег", reply_to=answer.id)
    further = await region.telegram.shows(BOT, chat, "А во сколько?")
    assert further.text.splitlines()[1:] == ["> В четверг", "А во сколько?"]
    region.telegram.citizen_writes(BOT, "31", "Спасибо", name="Олег", reply_to=accepted.id)
    further = await region.telegram.shows(BOT, chat, "Спасибо")
    assert ">" not in further.text, "what the bot says by itself needs no repeating"


async def test_the_edit_of_a_message_with_a_quote_keeps_the_quote_on_the_card(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    asked = region.telegram.citizen_writes(BOT, "31", "Правда?", name="Олег", more={"quote": "Школу закроют"})
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.edits(BOT, "31", "31", asked.id, "Это правда?", name="Олег")
    await region.telegram.shows(BOT, chat, "Стало: Это правда?")
    await region.settled()
    [shown] = [shown for shown in region.telegram.transcript(BOT, chat) if shown.id == card.id]
    assert "> Школу закроют\nЭто правда?" in shown.text


async def test_words_passed_on_in_an_answer_are_named_to_the_citizen(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(
        BOT, chat, "9001", "Бассейн откроют 1 декабря", reply_to=card.id, more={"forwarded_from": "Спорткомитет"}
    )
    answer = await region.vk.shows(SCHOOL_VK, "11", "Бассейн откроют")
    assert answer.text == "Переслано от Спорткомитет:\nБассейн откроют 1 декабря"
