"""Invitations: a code binds a work chat or gives a scope, once, for a while, and cannot be guessed."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery import desk as desk_module
from bot.domain.institution import InviteRole
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"


async def bind(region: Region, typed: str, *, chat: str = CHAT, by: str = "9001") -> str:
    """Type `/bind …` in a group and return what is answered, empty for silence."""
    before = len(region.said_in(region.telegram, BOT, chat))
    region.telegram.group_writes(BOT, chat, by, f"/bind {typed}".strip(), name="Анна")
    await region.settled()
    return "\n".join(region.said_in(region.telegram, BOT, chat)[before:])


async def join(region: Region, typed: str, *, by: str = "7001") -> str:
    """Type `/join …` in private and return what is answered."""
    before = len(region.said_in(region.telegram, BOT, by))
    region.telegram.citizen_writes(BOT, by, f"/join {typed}".strip())
    await region.settled()
    return "\n".join(region.said_in(region.telegram, BOT, by)[before:])


async def test_a_code_serves_once(region: Region) -> None:
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    assert "это рабочий чат, Школа № 12" in await bind(region, code)
    assert await bind(region, code, chat="-1002") == words("code-used")


async def test_a_code_typed_carelessly_serves(region: Region) -> None:
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert "это рабочий чат" in await bind(region, typed)


async def test_an_expired_code_does_not_serve(region: Region) -> None:
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12", days=7)
    region.clock.advance(timedelta(days=8))
    assert await bind(region, code) == words("code-expired")


async def test_a_code_of_the_other_kind_does_not_serve_and_is_not_spent(region: Region) -> None:
    for_supervisor = await region.invite(InviteRole.SUPERVISOR, "region")
    assert await bind(region, for_supervisor) == words("code-wrong")
    assert "весь регион" in await join(region, for_supervisor)
    for_administrator = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    assert await join(region, for_administrator) == words("code-wrong")
    assert "это рабочий чат" in await bind(region, for_administrator)


async def test_a_command_without_a_code_is_explained(region: Region) -> None:
    assert await bind(region, "") == words("code-missing-administrator")
    assert await join(region, "") == words("code-missing-supervisor")


async def test_bind_in_a_private_dialogue_is_explained_and_spends_nothing(region: Region) -> None:
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    region.telegram.citizen_writes(BOT, "9001", f"/bind {code}")
    await region.telegram.shows(BOT, "9001", words("bind-in-group"))
    assert "это рабочий чат" in await bind(region, code)


async def test_join_in_a_group_gives_nobody_a_scope_and_spends_nothing(region: Region) -> None:
    code = await region.invite(InviteRole.SUPERVISOR, "region")
    region.telegram.group_writes(BOT, "-5", "7001", f"/join {code}")
    await region.settled()
    assert region.said_in(region.telegram, BOT, "-5") == []
    assert "весь регион" in await join(region, code)


async def test_guessing_is_slowed_down_and_longer_each_time(region: Region) -> None:
    for number in range(5):
        assert await bind(region, f"AAAAA-0000{number}") == words("code-wrong")
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    assert await bind(region, code) == words("code-blocked", minutes=11)
    region.clock.advance(timedelta(minutes=11))
    assert await bind(region, "AAAAA-99999") == words("code-wrong")
    assert await bind(region, code) == words("code-blocked", minutes=21)
    region.clock.advance(timedelta(minutes=21))
    assert "это рабочий чат" in await bind(region, code)


@pytest.mark.both_databases
async def test_quick_guesses_in_several_chats_are_counted_together(region: Region) -> None:
    for number in range(9):
        region.telegram.group_writes(BOT, f"-{number + 1}", "666", f"/bind AAAAA-1111{number}")
    region.telegram.citizen_writes(BOT, "666", "/join AAAAA-22222")
    await region.settled()
    heard = [region.said_in(region.telegram, BOT, f"-{number + 1}")[0] for number in range(9)]
    assert heard.count(words("code-wrong")) == 5
    assert region.said_in(region.telegram, BOT, "666") == [words("code-blocked", minutes=11)]


async def test_one_persons_guesses_do_not_block_another(region: Region) -> None:
    for number in range(6):
        await bind(region, f"AAAAA-3333{number}", by="666")
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    assert "это рабочий чат" in await bind(region, code, by="9001")


async def test_links_carry_codes(region: Region) -> None:
    code = (await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")).replace("-", "")
    region.telegram.group_writes(BOT, CHAT, "9001", f"/start@otklik_bot bind_{code}")
    await region.telegram.shows(BOT, CHAT, "это рабочий чат")
    code = (await region.invite(InviteRole.SUPERVISOR, "branch:Культура")).replace("-", "")
    region.telegram.citizen_writes(BOT, "7001", f"/start join_{code}", deep_link=f"join_{code}")
    await region.telegram.shows(BOT, "7001", "отрасль «Культура»")
    code = (await region.invite(InviteRole.SUPERVISOR, "municipality:Набережные Челны")).replace("-", "")
    region.vk.citizen_writes(SCHOOL_VK, "7002", "Начать", deep_link=f"join_{code}")
    await region.vk.shows(SCHOOL_VK, "7002", "Набережные Челны")


async def test_a_mention_of_the_community_before_a_command_is_understood(region: Region) -> None:
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    region.vk.group_writes(SCHOOL_VK, "2000000001", "9101", f"[club77|@school12], /bind {code}")
    await region.vk.shows(SCHOOL_VK, "2000000001", "это рабочий чат")


async def test_an_institution_bound_late_gets_everything_that_waits_with_all_words(region: Region) -> None:
    await region.asks("Первый вопрос", user_id="11", name="Гульнара")
    await region.asks("и вдогонку", user_id="11", name="Гульнара")
    await region.asks("Второй вопрос", user_id="12", name="Ильдар")
    chat = await region.bind_telegram("school-12")
    await region.settled()

    said = region.said_in(region.telegram, BOT, chat)[1:]
    assert ["Первый вопрос\nи вдогонку\n" in said[0], "Второй вопрос" in said[1], len(said)] == [True, True, 2]


async def test_words_said_while_a_chat_is_being_bound_lose_nothing(region: Region) -> None:
    await region.asks("Первый вопрос")
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    async with region.resting_desk():
        region.vk.citizen_writes(SCHOOL_VK, "11", "до привязки", name="Гульнара")
        region.telegram.group_writes(BOT, CHAT, "9001", f"/bind {code}", name="Анна")
        await asyncio.sleep(0.02)
        region.vk.citizen_writes(SCHOOL_VK, "11", "после привязки", name="Гульнара")
        region.vk.citizen_writes(SCHOOL_VK, "12", "Другой вопрос", name="Ильдар")
    await region.settled()
    said = "\n".join(region.said_in(region.telegram, BOT, CHAT))
    for text in ("Первый вопрос", "до привязки", "после привязки", "Другой вопрос"):
        assert said.count(text) == 1, f"{text} in\n{said}"
    assert said.index("Первый вопрос") < said.index("до привязки") < said.index("после привязки")


async def test_words_handled_together_with_the_first_showing_are_shown_too(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "BATCH", 2)
    await region.asks("Первый вопрос")
    code = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    async with region.resting_desk():
        region.telegram.group_writes(BOT, CHAT, "9001", f"/bind {code}", name="Анна")
        await region.until_stored()
        for number in range(1, 5):
            region.vk.citizen_writes(SCHOOL_VK, "11", f"добавка {number}", name="Гульнара")
            await region.until_stored()
    await region.settled()
    said = "\n".join(region.said_in(region.telegram, BOT, CHAT))
    for text in ("Первый вопрос", *(f"добавка {number}" for number in range(1, 5))):
        assert said.count(text) == 1, f"{text} in\n{said}"


async def test_another_work_chat_takes_over_with_all_words(region: Region) -> None:
    old = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    await region.asks("и вдогонку")
    card = await region.telegram.shows(BOT, old, "№ 1 ·")
    new = await region.bind_telegram("school-12", "-1002", by="9002")
    await region.telegram.shows(BOT, old, words("chat-replaced", institution="Школа № 12"))
    await region.telegram.shows(BOT, new, "Первый вопрос")
    moved = await region.telegram.shows(BOT, new, "и вдогонку")

    region.telegram.group_writes(BOT, old, "9001", "Из старого чата", reply_to=card.id)
    region.telegram.group_writes(BOT, new, "9002", "Из нового чата", reply_to=moved.id)
    await region.vk.shows(SCHOOL_VK, "11", "Из нового чата")
    await region.settled()
    assert "Из старого чата" not in region.said_in(region.vk, SCHOOL_VK, "11")


async def test_new_words_after_the_work_chat_has_changed_bring_the_whole_ticket(region: Region) -> None:
    old = await region.bind_telegram("school-12")
    await region.asks("Первый вопрос")
    card = await region.telegram.shows(BOT, old, "№ 1 ·")
    region.telegram.group_writes(BOT, old, "9001", "Ответ", name="Анна", reply_to=card.id)
    await region.settled()
    new = await region.bind_telegram("school-12", "-1002", by="9002")
    await region.asks("Ещё вопрос")
    said = "\n".join(region.said_in(region.telegram, BOT, new))
    assert "Первый вопрос" in said
    assert "Ещё вопрос" in said
