"""A citizen leaves a draft, takes a message back, or says that it went to the wrong place."""

from datetime import timedelta

import pytest

from bot.domain.errors import ChannelBusyError
from bot.texts import Texts
from tests.stories.region import BOT, SCHOOL_VK, Region, words
from tests.stories.test_buttons import card_text, shown_card
from tests.stories.test_what_counts import total


def heard(region: Region) -> list[str]:
    return region.said_in(region.vk, SCHOOL_VK, "11")


async def presses(region: Region, label: str) -> None:
    region.vk.presses(SCHOOL_VK, "11", "11", "", words(label))
    await region.settled()


async def test_a_withdrawn_ticket_is_closed_and_in_no_figure_but_its_own(region: Region) -> None:
    chat, card = await shown_card(region)
    await presses(region, "button-withdraw")
    ticket = (await region.ticket(1)).ticket
    assert (ticket.state, ticket.waiting_since) == ("closed", None)
    assert words("withdrawn-heard", number=1) in heard(region)
    assert words("card-withdrawn") in card_text(region, chat, card)
    shown = region.telegram.transcripts.find(BOT, chat, card)
    assert shown is not None
    assert shown.buttons == (), "nothing that acts is left on the card"
    told = await total(region)
    assert [told[name] for name in ("questions", "withdrawn", "unanswered")] == [0, 1, 0]
    await region.asks("А стадион где?")
    assert await region.tickets() == 2, "words never open it again"


async def test_an_answer_that_is_not_delivered_yet_is_not_sent(region: Region) -> None:
    chat, card = await shown_card(region)
    region.vk.fail_next(ChannelBusyError("busy", retry_after=timedelta(minutes=3)), chat="11")
    region.telegram.group_writes(BOT, chat, "9001", "За углом.", name="Анна", reply_to=card)
    await region.settled()
    await presses(region, "button-withdraw")
    await region.later(timedelta(minutes=5))
    assert "За углом." not in heard(region)
    assert words("withdrawn-not-sent", number=1) in region.said_in(region.telegram, BOT, chat)
    region.telegram.group_writes(BOT, chat, "9001", "Всё-таки за углом.", name="Анна", reply_to=card)
    await region.settled()
    assert "Всё-таки за углом." not in heard(region)


async def test_after_the_deadline_the_breach_stays(region: Region) -> None:
    await region.bind_telegram("school-12")
    region.vk.citizen_writes(
        SCHOOL_VK, "11", "Где бассейн?", name="Гульнара", at=region.clock.now() - timedelta(days=5)
    )
    await region.settled()
    await presses(region, "button-withdraw")
    told = await total(region)
    shown = ("questions", "unanswered", "overdue", "withdrawn")
    assert [told[name] for name in shown] == [1, 1, 1, 0]


@pytest.mark.parametrize("label", ["button-withdraw", "button-misdirected"])
async def test_after_an_hour_or_an_answer_nothing_is_taken_back(region: Region, label: str) -> None:
    chat, card = await shown_card(region)
    region.telegram.group_writes(BOT, chat, "9001", "За углом.", name="Анна", reply_to=card)
    await region.settled()
    await presses(region, label)
    assert words("withdraw-answered", number=1) in heard(region)
    await region.asks("Где стадион?", user_id="12", name="Олег")
    await region.later(timedelta(minutes=61))
    region.vk.presses(SCHOOL_VK, "12", "12", "", words(label))
    await region.settled()
    assert words("withdraw-too-late", number=2) in region.said_in(region.vk, SCHOOL_VK, "12")
    assert (await region.ticket(2)).ticket.state == "open"


async def test_a_misdirected_message_goes_on_with_its_clock(region: Region) -> None:
    chat, card = await shown_card(region)
    clinic = await region.bind_telegram("clinic-6", "-1002", "9005", "Вера")
    before = (await region.ticket(1)).ticket
    await presses(region, "button-misdirected")
    assert words("misdirected-where", number=1) in heard(region)
    region.clock.advance(timedelta(minutes=10))
    await region.asks("Поликлиника № 6")
    ticket = (await region.ticket(1)).ticket
    assert (ticket.institution, ticket.came_to, ticket.deadline_at) == ("clinic-6", "school-12", before.deadline_at)
    await region.telegram.shows(BOT, clinic, "Где бассейн?")
    assert "Житель передал" in card_text(region, chat, card)
    shown = region.telegram.transcripts.find(BOT, chat, card)
    assert shown is not None
    assert shown.buttons == ()
    assert (await total(region))["transferred"] == 1


async def test_a_misdirected_emergency_stays_readable_where_it_came_first(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.bind_telegram("clinic-6", "-1002", "9005", "Вера")
    await region.asks("Горит подвал, много дыма")
    card = (await region.telegram.shows(BOT, chat, "№ 1 ·")).id
    await presses(region, "button-misdirected")
    await region.asks("Поликлиника № 6")
    assert "Горит подвал, много дыма" in card_text(region, chat, card)


async def test_a_misdirected_message_may_stay_after_all(region: Region) -> None:
    await shown_card(region)
    await presses(region, "button-misdirected")
    await presses(region, "button-cancel")
    assert words("misdirected-stays", number=1) in heard(region)
    assert (await region.ticket(1)).ticket.institution == "school-12"


@pytest.mark.parametrize("text", ["Ой, это не вам", "Нет, я про другое", "не туда написала", "Юк, анда түгел"])
async def test_second_thoughts_within_ten_minutes_show_the_way_and_go_to_the_ticket(region: Region, text: str) -> None:
    await shown_card(region)
    region.clock.advance(timedelta(minutes=9))
    await region.asks(text)
    language = "tt" if text.startswith("Юк") else "ru"
    assert any("№ 1" in said and language and "Школа № 12" in said for said in heard(region)[1:])
    assert [message.text for message in (await region.ticket(1)).messages][-1] == text


async def test_later_words_that_begin_so_are_only_words(region: Region) -> None:
    await shown_card(region)
    region.clock.advance(timedelta(minutes=11))
    await region.asks("Нет, я про другое")
    assert words("misdirected-perhaps", number=1, institution="Школа № 12") not in heard(region)


@pytest.mark.parametrize("how", ["отмена", "Стоп!", "не надо", "кирәкми", "туктат", "button"])
async def test_a_draft_is_left_by_a_word_or_the_button(region: Region, how: str) -> None:
    region.telegram.citizen_writes(BOT, "31", "Когда откроют каток у дома", name="Олег")
    await region.settled()
    if how == "button":
        region.telegram.presses(BOT, "31", "31", "", words("button-cancel"))
    else:
        region.telegram.citizen_writes(BOT, "31", how, name="Олег")
    await region.settled()
    cancelled = {Texts.load().say(language, "draft-cancelled") for language in ("ru", "tt")}
    assert region.said_in(region.telegram, BOT, "31")[-1] in cancelled
    region.telegram.citizen_writes(BOT, "31", "/start school-12", name="Олег", deep_link="school-12")
    await region.settled()
    assert await region.tickets() == 0, "the words are gone"


async def test_a_cancel_button_of_a_choice_that_was_made_claims_nothing(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Когда откроют каток у дома", name="Олег")
    await region.settled()
    region.telegram.citizen_writes(BOT, "31", "Школа 12 Альметьевск", name="Олег")
    await region.settled()
    region.telegram.presses(BOT, "31", "31", "2", words("button-cancel"))
    await region.settled()
    assert words("draft-nothing") in region.said_in(region.telegram, BOT, "31")
    assert (await region.ticket(1)).ticket.state == "open"


async def test_a_cancel_word_without_a_draft_is_a_word(region: Region) -> None:
    await shown_card(region)
    await region.asks("Отмена")
    assert [message.text for message in (await region.ticket(1)).messages] == ["Где бассейн?", "Отмена"]
