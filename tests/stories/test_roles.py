"""Somebody without a role gets the citizen's answers and learns nothing of other people's tickets."""

import pytest

from tests.stories.region import BOT, SCHOOL_VK, Region, help_of, words

SECRET = "Мой адрес: Ленина, 5"


@pytest.mark.parametrize(
    "typed",
    [
        "/open",
        "/ticket 1",
        "/help",
        "/report",
        "/overdue",
        "/rating",
        "/subscribe",
        "/unsubscribe",
        "/templates",
        "/start",
        "Что тут?",
        "/bind",
        "/bind AAAAA-00000",
    ],
)
async def test_a_stranger_in_a_group_learns_nothing(region: Region, typed: str) -> None:
    await region.bind_telegram("school-12")
    await region.asks(SECRET)
    region.telegram.joins_group(BOT, "-666", "666", title="Чужая группа")
    region.telegram.group_writes(BOT, "-666", "666", typed)
    await region.settled()
    heard = region.said_in(region.telegram, BOT, "-666")[1:]
    assert heard in ([], [words("code-wrong")], [words("code-missing-administrator")])


@pytest.mark.parametrize("typed", ["/report", "/overdue", "/rating", "/subscribe", "/open"])
async def test_a_citizen_who_types_another_roles_command_gets_the_citizens_help(region: Region, typed: str) -> None:
    await region.asks(SECRET)
    region.telegram.citizen_writes(BOT, "666", typed)
    await region.settled()
    assert region.said_in(region.telegram, BOT, "666") == [help_of("citizen")]


async def test_a_supervisor_reads_what_a_supervisor_can_ask(region: Region) -> None:
    boss = await region.join()
    region.telegram.citizen_writes(BOT, boss, "/help")
    await region.settled()
    assert region.said_in(region.telegram, BOT, boss)[-1] == help_of("supervisor")


async def test_a_reply_in_an_unbound_group_goes_nowhere(region: Region) -> None:
    await region.asks(SECRET)
    region.telegram.push_raw(
        BOT,
        {
            "kind": "message",
            "chat": "-666",
            "chat_kind": "group",
            "from": {"id": "666", "name": "Чужой"},
            "message_id": "5",
            "text": "Подделка",
            "files": [],
            "reply_to": "4",
            "reply_text": "№ 1 · Школа № 12",
            "at": region.clock.now().isoformat(),
        },
        chat="-666",
    )
    await region.settled()
    assert region.said_in(region.telegram, BOT, "-666") == []
    assert [message.text for message in (await region.ticket(1)).messages] == [SECRET]


async def test_another_institutions_work_chat_is_told_the_ticket_is_unknown(region: Region) -> None:
    await region.asks(SECRET)
    other = await region.bind_telegram("clinic-6", "-1002", by="9003")
    for typed in ("/ticket 1", "/ticket № 1", "/ticket 99", "/ticket", "/ticket x", "/ticket 99999999999999999999"):
        region.telegram.group_writes(BOT, other, "9003", typed)
    await region.settled()
    heard = region.said_in(region.telegram, BOT, other)[1:]
    assert heard == [words("ticket-unknown")] * 6
    region.telegram.group_writes(BOT, other, "9003", "/open")
    await region.telegram.shows(BOT, other, words("open-nothing"))


async def test_a_citizen_sees_only_their_own_tickets(region: Region) -> None:
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", SECRET)
    await region.chosen("32")
    region.telegram.citizen_writes(BOT, "32", "Другой вопрос")
    await region.settled()
    region.telegram.citizen_writes(BOT, "31", "/my")
    region.telegram.citizen_writes(BOT, "33", "/my")
    await region.settled()
    mine = region.said_in(region.telegram, BOT, "31")[-1]
    assert "№ 1, Школа № 12: в работе" in mine
    assert "№ 2" not in mine
    assert region.said_in(region.telegram, BOT, "33") == [words("my-nothing")]


async def test_replying_to_somebody_elses_message_id_does_not_reach_their_ticket(region: Region) -> None:
    await region.asks(SECRET, user_id="11")
    region.vk.citizen_writes(SCHOOL_VK, "12", "Мой вопрос", reply_to="1")
    await region.settled()
    assert await region.tickets() == 2
    assert [message.text for message in (await region.ticket(1)).messages] == [SECRET]


async def test_words_that_only_look_like_a_command_are_a_citizens_words(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("/школа закрыта?")
    await region.asks("/unknown command")
    said = "\n".join(region.said_in(region.telegram, BOT, chat))
    assert "/школа закрыта?" in said
    assert "unknown command" in said


async def test_an_administrators_private_words_are_a_citizens(region: Region) -> None:
    await region.bind_telegram("school-12", by="9001")
    region.telegram.citizen_writes(BOT, "9001", "А где поликлиника моего ребёнка, кто знает?")
    await region.telegram.shows(BOT, "9001", "Кому их передать?")


@pytest.mark.parametrize("typed", ["/report week", "/ticket 1", "/my дом горит", "/start пожар", "/ban@combot спасите"])
async def test_a_citizens_command_with_words_behind_it_is_words(region: Region, typed: str) -> None:
    await region.chosen("666")
    region.telegram.citizen_writes(BOT, "666", typed)
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == [typed]


async def test_a_citizens_command_for_another_bot_is_nobodys(region: Region) -> None:
    await region.chosen("666")
    before = region.said_in(region.telegram, BOT, "666")
    region.telegram.citizen_writes(BOT, "666", "/help@other_bot")
    await region.settled()
    assert region.said_in(region.telegram, BOT, "666") == before
    assert await region.tickets() == 0
