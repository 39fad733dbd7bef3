"""An administrator corrects an answer that went out, or takes it back: the citizen sees it, the clock is honest."""

from datetime import timedelta

import pytest

from bot.domain.errors import ChannelRefusedError, RefusalReason
from tests.stories.region import BOT, SCHOOL_VK, Region, words

LONG = "".join(f"Предложение номер {number} о бассейне и школе. " for number in range(1, 220))
"""Three messages in VK, two in Telegram."""


async def answered(region: Region, text: str = "Завтра в 9.") -> tuple[str, str]:
    """Let the school answer a question; returns the work chat and the administrator's message."""
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    answer = region.telegram.group_writes(BOT, chat, "9001", text, name="Анна", reply_to=card.id)
    await region.settled()
    return chat, answer.id


def seen(region: Region) -> list[str]:
    """Return what the citizen sees of answers."""
    said = region.said_in(region.vk, SCHOOL_VK, "11")
    return [text for text in said if "Принято" not in text]


async def undo(region: Region, chat: str, answer: str) -> None:
    region.telegram.group_writes(BOT, chat, "9001", "/undo", name="Анна", reply_to=answer)
    await region.settled()


async def test_a_corrected_answer_is_corrected_at_the_citizen_and_both_versions_are_kept(region: Region) -> None:
    chat, answer = await answered(region)
    waits_before = (await region.ticket(1)).ticket
    region.clock.advance(timedelta(minutes=3))
    region.telegram.edits(BOT, chat, "9001", answer, "Завтра в 10.", name="Анна")
    await region.settled()
    assert seen(region) == ["Завтра в 10."]
    line = await region.ticket(1)
    said = [(message.kind.value, message.text, message.edit_of) for message in line.messages[1:]]
    assert said == [("answer", "Завтра в 9.", None), ("edit", "Завтра в 10.", line.messages[1].id)]
    assert line.ticket == waits_before
    region.telegram.edits(BOT, chat, "9001", answer, "Завтра в 11.", name="Анна")
    await region.settled()
    assert seen(region) == ["Завтра в 11."]


async def test_a_corrected_answer_that_became_long_goes_on_in_another_message(region: Region) -> None:
    chat, answer = await answered(region)
    region.telegram.edits(BOT, chat, "9001", answer, LONG, name="Анна")
    await region.settled()
    first, *more = seen(region)
    assert len(more) > 0
    assert more[0].startswith(words("answer-goes-on", number=1))
    told = " ".join([first, *more]).replace(words("answer-goes-on", number=1), "")
    assert told.split() == LONG.split()
    region.telegram.edits(BOT, chat, "9001", answer, "Завтра в 9.", name="Анна")
    await region.settled()
    assert seen(region) == ["Завтра в 9."], "what is left over is taken away"
    region.telegram.edits(BOT, chat, "9001", answer, LONG, name="Анна")
    await region.settled()
    assert len(seen(region)) == 1 + len(more), "and comes again when it is needed"


async def test_the_caption_of_a_photo_is_corrected(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    photo = ("a.jpg", "image/jpeg", b"a")
    sent = region.telegram.group_writes(
        BOT, chat, "9001", "Вот план", name="Анна", attachments=[photo], reply_to=card.id
    )
    await region.settled()
    region.telegram.edits(BOT, chat, "9001", sent.id, "Вот новый план", name="Анна")
    await region.settled()
    [shown] = [message for message in region.vk.transcript(SCHOOL_VK, "11") if message.attachments]
    assert shown.text == "Вот новый план"


async def test_a_correction_that_the_messenger_refuses_is_told_and_the_old_words_stay(region: Region) -> None:
    chat, answer = await answered(region)
    region.vk.fail_next(ChannelRefusedError("too late", reason=RefusalReason.TOO_LATE))
    region.telegram.edits(BOT, chat, "9001", answer, "Завтра в 10.", name="Анна")
    await region.settled()
    reason = words("refused-too-late")
    await region.telegram.shows(BOT, chat, words("answer-edit-refused", number=1, reason=reason))
    assert seen(region) == ["Завтра в 9."]
    assert (await region.ticket(1)).messages[1].delivery == "delivered"


async def test_a_correction_that_asks_for_a_code_does_not_reach_the_citizen(region: Region) -> None:
    chat, answer = await answered(region)
    region.telegram.edits(BOT, chat, "9001", answer, "Пришлите код из СМС.", name="Анна")
    await region.settled()
    told = await region.telegram.shows(BOT, chat, words("answer-edit-doubtful", number=1))
    assert words("doubt-code") in told.text
    assert seen(region) == ["Завтра в 9."]


@pytest.mark.parametrize("text", ["// спрошу", "Завтра в 9."])
async def test_an_answer_does_not_become_a_note_and_equal_words_change_nothing(region: Region, text: str) -> None:
    chat, answer = await answered(region)
    region.telegram.edits(BOT, chat, "9001", answer, text, name="Анна")
    await region.settled()
    assert seen(region) == ["Завтра в 9."]
    assert len((await region.ticket(1)).messages) == 2
    refused = words("answer-edit-no-note", number=1) in region.said_in(region.telegram, BOT, chat)
    assert refused is text.startswith("//")


async def test_a_corrected_note_stays_among_administrators(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    note = region.telegram.group_writes(BOT, chat, "9001", "// спрошу", name="Анна", reply_to=card.id)
    await region.settled()
    region.telegram.edits(BOT, chat, "9001", note.id, "// спрошу у директора", name="Анна")
    await region.settled()
    assert seen(region) == []
    assert [message.text for message in (await region.ticket(1)).messages[1:]] == ["спрошу", "спрошу у директора"]


async def test_an_answer_taken_back_goes_away_and_counts_as_never_given(region: Region) -> None:
    chat, answer = await answered(region)
    region.clock.advance(timedelta(minutes=5))
    await undo(region, chat, answer)
    assert seen(region) == []
    line = await region.ticket(1)
    assert line.ticket.waiting_since == line.messages[0].said_at
    assert line.ticket.first_answered_at is None
    assert (line.ticket.state, line.ticket.deadline_at) == ("open", line.ticket.first_deadline_at)
    assert [event.kind.value for event in line.events] == ["opened", "deleted"]
    card = region.telegram.transcript(BOT, chat)[2]
    assert words("card-answer-taken-back", name="Анна") in card.text
    told = await region.telegram.shows(BOT, chat, "ответ убран у жителя и не засчитан")
    assert "18:00" in told.text
    await undo(region, chat, answer)
    await region.telegram.shows(BOT, chat, words("undo-not-there", number=1))


async def test_an_answer_taken_back_beside_another_leaves_the_wait_ended(region: Region) -> None:
    chat, first = await answered(region)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.clock.advance(timedelta(minutes=5))
    region.telegram.group_writes(BOT, chat, "9001", "То есть в среду.", name="Анна", reply_to=card.id)
    await region.settled()
    await undo(region, chat, first)
    assert seen(region) == ["То есть в среду."]
    line = await region.ticket(1)
    assert (line.ticket.state, line.ticket.waiting_since) == ("answered", None)
    assert line.ticket.first_answered_at == line.messages[2].delivered_at
    await region.telegram.shows(BOT, chat, words("undo-done", number=1))


async def test_an_answer_that_cannot_be_taken_back_counts_again(region: Region) -> None:
    chat, answer = await answered(region)
    before = (await region.ticket(1)).ticket
    region.vk.fail_next(ChannelRefusedError("too late", reason=RefusalReason.TOO_LATE))
    await undo(region, chat, answer)
    assert seen(region) == ["Завтра в 9."]
    line = await region.ticket(1)
    assert (line.messages[1].delivery, line.ticket) == ("delivered", before)
    await region.telegram.shows(BOT, chat, words("undo-refused", number=1, reason=words("refused-too-late")))


async def test_an_answer_taken_back_on_its_way_does_not_stop_the_clock(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    async with region.resting_desk():
        sent = region.telegram.group_writes(BOT, chat, "9001", "Не туда", name="Анна", reply_to=card.id)
        region.telegram.group_writes(BOT, chat, "9001", "/undo", name="Анна", reply_to=sent.id)
    await region.settled()
    await region.later(timedelta(seconds=2))
    assert seen(region) == []
    line = await region.ticket(1)
    assert line.ticket.waiting_since == line.messages[0].said_at


async def test_only_an_answer_can_be_taken_back_and_only_where_it_was_given(region: Region) -> None:
    chat, answer = await answered(region)
    other = await region.bind_telegram("clinic-6", "-1002", by="9003", name="Вера")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await undo(region, chat, card.id)
    await region.telegram.shows(BOT, chat, words("undo-what"))
    await undo(region, other, answer)
    await region.telegram.shows(BOT, other, words("undo-what"))
    assert seen(region) == ["Завтра в 9."]


async def test_somebody_who_never_answered_is_named_in_the_time_line(region: Region) -> None:
    chat, _ = await answered(region)
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9002", "// проверю", name="Булат", reply_to=card.id)
    await region.settled()
    region.telegram.group_writes(BOT, chat, "9002", "/ticket 1", name="Булат")
    await region.telegram.shows(BOT, chat, "заметка, Булат: проверю")
