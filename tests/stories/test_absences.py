"""Somebody goes away: who stands in, what becomes of their tickets, and what is told when nobody is there."""

from datetime import date, timedelta

import pytest

from bot.domain.absence import read_days
from tests.stories.region import BOT, SCHOOL_VK, Region, words

TODAY = date(2026, 11, 24)


async def says(
    region: Region, chat: str, text: str, *, by: str = "9001", name: str = "Анна", reply_to: str = ""
) -> str:
    said = region.telegram.group_writes(BOT, chat, by, text, name=name, reply_to=reply_to)
    await region.settled()
    return said.id


async def taken(region: Region, by: str = "9001", name: str = "Анна") -> str:
    """Let somebody take the only ticket; returns the work chat."""
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.presses(BOT, chat, by, card.id, "Взять", name=name)
    await region.settled()
    return chat


def card(region: Region, chat: str) -> str:
    return next(text for text in region.said_in(region.telegram, BOT, chat) if text.startswith("№ 1 ·"))


async def test_tickets_of_somebody_who_goes_away_become_free(region: Region) -> None:
    chat = await taken(region)
    await says(region, chat, "/away 10.12")
    await region.telegram.shows(BOT, chat, words("away-kept-alone", name="Анна", since="24.11", until="10.12"))
    free = words("away-set-free", name="Анна", until="10.12", numbers="№ 1")
    await region.telegram.shows(BOT, chat, free)
    assert words("card-taken", name="Анна") not in card(region, chat)


@pytest.mark.both_databases
async def test_a_deputy_gets_them_and_the_list_of_who_is_there_says_so(region: Region) -> None:
    chat = await taken(region)
    await says(region, chat, "// я тут", by="9002", name="Булат", reply_to="3")
    await says(region, chat, "/away 10.12 булат")
    await region.telegram.shows(
        BOT, chat, words("away-given-on", name="Анна", until="10.12", deputy="Булат", numbers="№ 1")
    )
    assert words("card-taken", name="Булат") in card(region, chat)
    await says(region, chat, "/duty", by="9002", name="Булат")
    shown = await region.telegram.shows(BOT, chat, "✖ Анна")
    away = f"{words('duty-away', name='Анна', until='10.12')}, {words('duty-deputy', name='Булат')}"
    assert shown.text.splitlines()[1:] == [away, words("duty-here", name="Булат")]
    await says(region, chat, "/back")
    await region.telegram.shows(BOT, chat, words("back-kept", name="Анна"))


async def test_a_reply_to_a_colleagues_words_names_the_deputy(region: Region) -> None:
    chat = await taken(region)
    note = await says(region, chat, "// я тут", by="9002", name="Булат", reply_to="3")
    await says(region, chat, "/away 10.12", reply_to=note)
    await region.telegram.shows(BOT, chat, "заменяет Булат")


async def test_an_absence_to_come_begins_when_its_day_does_and_ends_by_itself(region: Region) -> None:
    chat = await taken(region)
    await says(region, chat, "/away 26.11-27.11")
    assert words("card-taken", name="Анна") in card(region, chat)
    await region.later(timedelta(days=1))
    assert words("card-taken", name="Анна") in card(region, chat)
    await region.later(timedelta(hours=18))
    assert words("card-taken", name="Анна") not in card(region, chat)
    await region.later(timedelta(days=1))
    await region.later(timedelta(days=1))
    await says(region, chat, "/back")
    await region.telegram.shows(BOT, chat, words("back-here-already", name="Анна"))


async def test_when_nobody_is_there_the_card_says_so_and_supervisors_hear_it_once_a_day(region: Region) -> None:
    chat = await taken(region)
    supervisor = await region.join(scope="institution:school-12")
    await says(region, chat, "// я тут", by="9002", name="Булат", reply_to="3")
    await says(region, chat, "/away 25.11", by="9002", name="Булат")
    nobody = words("nobody-there", institution="Школа № 12")
    assert nobody not in region.said_in(region.telegram, BOT, supervisor)
    await says(region, chat, "/away 10.12")
    await region.settled()
    assert region.said_in(region.telegram, BOT, supervisor).count(nobody) == 1
    await region.asks("Кто ответит?", user_id="12")
    shown = await region.telegram.shows(BOT, chat, "№ 2 ·")
    assert words("card-nobody-there") in shown.text
    await region.later(timedelta(hours=20))
    assert region.said_in(region.telegram, BOT, supervisor).count(nobody) == 1, "it is six in the morning"
    await region.later(timedelta(hours=3))
    assert region.said_in(region.telegram, BOT, supervisor).count(nobody) == 2
    await region.later(timedelta(days=1))
    assert region.said_in(region.telegram, BOT, supervisor).count(nobody) == 2, "one of them is back"


async def test_a_reminder_names_who_has_it(region: Region) -> None:
    chat = await taken(region)
    await region.later(timedelta(hours=8, minutes=1))
    shown = await region.telegram.shows(BOT, chat, "срок ответа истёк, житель ждёт")
    assert shown.text.endswith(words("reminder-has", name="Анна"))


async def test_what_cannot_be_read_is_explained(region: Region) -> None:
    chat = await taken(region)
    await says(region, chat, "/away")
    await region.telegram.shows(BOT, chat, words("away-how"))
    await says(region, chat, "/away 10.12 Пётр")
    await region.telegram.shows(BOT, chat, words("away-who", known="–"))
    await region.vk.shows(SCHOOL_VK, "11", "Принято")


@pytest.mark.parametrize(
    ("typed", "since", "until", "rest"),
    [
        ("10.12", TODAY, date(2026, 12, 10), ""),
        ("24.11", TODAY, TODAY, ""),  # today only
        ("01.12-10.12", date(2026, 12, 1), date(2026, 12, 10), ""),
        ("1.12 – 10.1 Анна Петрова", date(2026, 12, 1), date(2027, 1, 10), "Анна Петрова"),  # over the new year
        ("23.11", TODAY, date(2027, 11, 23), ""),  # yesterday's name is next year's day
        ("01.12.2026-05.12.2026", date(2026, 12, 1), date(2026, 12, 5), ""),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, since: date, until: date, rest: str) -> None:
    assert read_days(typed, TODAY) == (since, until, rest)


@pytest.mark.parametrize("typed", ["", "завтра", "32.12", "10.13", "01.12.2020", "10.12.2026-01.12.2026", "29.02"])
def test_no_such_days_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_days(typed, TODAY)
