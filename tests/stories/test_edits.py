"""Stories: citizens change and take back what they said; the work chat sees it, the clock does not."""

from datetime import timedelta

import pytest

from bot.channels.memory_people import PretendFile
from bot.domain.ticket import MessageKind, TicketEventKind
from storage.tables import messages, tickets
from tests.stories.region import BOT, SCHOOL_VK, Region, words

PHOTO: PretendFile = ("дом.png", "image/png", b"PNG-1")
PHOTO_2: PretendFile = ("двор.png", "image/png", b"PNG-22")


async def test_an_edit_shows_before_and_after_under_the_card_and_leaves_the_clock_alone(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", name="Гульнара")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    before = (await region.ticket(1)).ticket
    await region.later(timedelta(minutes=20))
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где новый бассейн? vk.com/pool")
    told = await region.telegram.shows(BOT, chat, "Стало: ")
    await region.settled()

    assert told.reply_to == card.id
    assert told.text.splitlines() == [
        words("words-edited", number=1, name="Гульнара"),
        "Было: Где бассейн?",
        "Стало: Где новый бассейн? vk[.]com/pool",
    ]
    [shown] = [shown for shown in region.telegram.transcript(BOT, chat) if shown.id == card.id]
    assert "Где новый бассейн?" in shown.text
    after = await region.ticket(1)
    assert (after.ticket.waiting_since, after.ticket.deadline_at) == (before.waiting_since, before.deadline_at)
    question, edit = after.messages
    assert (edit.kind, edit.edit_of, edit.text) == (MessageKind.EDIT, question.id, "Где новый бассейн? vk.com/pool")
    assert question.text == "Где бассейн?", "the time line keeps what was said first"


async def test_a_second_edit_is_compared_with_the_first_one(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Где каток?", name="Гульнара")
    await region.settled()
    async with region.resting_desk():
        region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где бассейн?")
        region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где тир?")
    told = await region.telegram.shows(BOT, chat, "Стало: Где тир?")
    assert "Было: Где бассейн?" in told.text
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где тир и бассейн?")
    told = await region.telegram.shows(BOT, chat, "Стало: Где тир и бассейн?")
    assert "Было: Где тир?" in told.text


async def test_an_edit_that_nobody_can_see_is_not_told(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", attachments=[PHOTO])
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где бассейн?")
    region.vk.edits(SCHOOL_VK, "11", "11", "1", "Где бассейн?")
    await region.settled()
    assert not [said for said in region.said_in(region.telegram, BOT, chat) if "изменено" in said]
    assert await region.count(messages) == 1


async def test_changed_files_are_shown_anew(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Вот дом", attachments=[PHOTO])
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Вот дом", attachments=[PHOTO_2])
    told = await region.telegram.shows(BOT, chat, words("files-edited"))
    assert "Было" not in told.text
    await region.settled()
    files = [file.name for shown in region.telegram.transcript(BOT, chat) for file in shown.attachments]
    assert files == ["дом.png", "двор.png"]


async def test_of_a_long_message_only_the_change_is_shown(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    long = "слово " * 200
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", f"{long}в школе 11 {long}")
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, f"{long}в школе 12 {long}")
    told = await region.telegram.shows(BOT, chat, "Стало: ")
    was, became = told.text.splitlines()[1:]
    assert len(told.text) < 500
    assert was.startswith("Было: … слово")
    assert became.endswith("слово …")
    assert "в школе 11 слово" in was
    assert "в школе 12 слово" in became


@pytest.mark.both_databases
async def test_words_that_wait_for_the_choice_are_passed_on_as_they_read_by_then(region: Region) -> None:
    chat = await region.bind_telegram("clinic-6")
    asked = region.telegram.citizen_writes(BOT, "31", "Болит зуп", name="Олег")
    await region.telegram.shows(BOT, "31", words("choose-institution").splitlines()[0])
    region.telegram.edits(BOT, "31", "31", asked.id, "Болит зуб", name="Олег")
    await region.settled()
    region.telegram.citizen_writes(BOT, "31", "детская поликлиника 6", name="Олег")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Болит зуб" in card.text
    [said] = (await region.ticket(1)).messages
    assert said.text == "Болит зуб"


async def test_an_edit_may_come_together_with_the_words_and_the_choice(region: Region) -> None:
    chat = await region.bind_telegram("clinic-6")
    async with region.resting_desk():
        asked = region.telegram.citizen_writes(BOT, "31", "Болит зуп", name="Олег")
        region.telegram.edits(BOT, "31", "31", asked.id, "Болит зуб", name="Олег")
        region.telegram.citizen_writes(BOT, "31", "детская поликлиника 6", name="Олег")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Болит зуб" in card.text


async def test_an_edit_is_in_the_card_of_a_work_chat_that_is_bound_later(region: Region) -> None:
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Где каток?")
    further = region.vk.citizen_writes(SCHOOL_VK, "11", "И когда открыт?")
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где бассейн?")
    region.vk.edits(SCHOOL_VK, "11", "11", further.id, "И сколько стоит?")
    await region.settled()
    chat = await region.bind_telegram("school-12")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Где бассейн?" in card.text
    await region.telegram.shows(BOT, chat, "И сколько стоит?")
    await region.settled()
    said = "\n".join(region.said_in(region.telegram, BOT, chat))
    assert "каток" not in said
    assert "И когда открыт?" not in said


async def test_an_emergency_that_appears_by_an_edit_is_answered_at_once_and_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Дым")
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Помогите, в подъезде пожар")
    await region.vk.shows(SCHOOL_VK, "11", "112")
    told = await region.telegram.shows(BOT, chat, "Стало: ")
    assert words("card-emergency") in told.text
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Помогите, в подъезде 2 пожар")
    await region.settled()
    assert region.said_in(region.vk, SCHOOL_VK, "11").count(words("emergency-fire")) == 1


async def test_a_comment_is_edited_deleted_and_restored_and_stays_one_ticket(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.comments(SCHOOL_VK, "5", "12", "А каникулы?", name="Марат")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    place = f"wall-{SCHOOL_VK}_5"
    region.vk.edits(SCHOOL_VK, place, "12", asked.id, "А каникулы когда?", name="Марат")
    await region.telegram.shows(BOT, chat, "Стало: А каникулы когда?")
    region.vk.deletes_comment(SCHOOL_VK, "5", asked.id)
    told = await region.telegram.shows(BOT, chat, words("comment-deleted", number=1, name="Марат"))
    assert told.reply_to == card.id
    timeline = await region.ticket(1)
    assert timeline.ticket.waiting_since is not None, "whether an answer is needed, an administrator decides"
    assert (timeline.events[-1].kind, timeline.events[-1].detail) == (
        TicketEventKind.DELETED,
        str(timeline.messages[0].id),
    )
    region.vk.restores_comment(SCHOOL_VK, "5", asked.id)
    await region.telegram.shows(BOT, chat, words("comment-restored", number=1, name="Марат"))
    await region.settled()
    assert await region.count(tickets) == 1
    assert len([said for said in region.said_in(region.vk, SCHOOL_VK, place) if "Принято" in said]) == 1


async def test_a_restored_comment_that_was_never_seen_is_a_question(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    async with region.resting_desk():
        asked = region.vk.comments(SCHOOL_VK, "5", "12", "А каникулы?", name="Марат")
        region.vk._queue(SCHOOL_VK)._events.pop()
        region.vk.restores_comment(SCHOOL_VK, "5", asked.id)
    await region.telegram.shows(BOT, chat, "А каникулы?")
    await region.settled()
    assert await region.count(tickets) == 1


async def test_an_edit_of_what_has_ended_promises_no_time(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", name="Гульнара")
    await region.settled()
    region.vk.presses(SCHOOL_VK, "11", "11", "", words("button-withdraw"))
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", asked.id, "Где новый бассейн?")
    told = await region.telegram.shows(BOT, chat, "Стало: ")
    assert told.text.startswith(words("words-edited-after-end", number=1, name="Гульнара"))
