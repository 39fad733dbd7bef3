"""Commands by their Russian and Tatar names: which words are one, and which are a citizen's words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.memory_transcript import ShownAuthor
from bot.domain.institution import InviteRole
from bot.texts import Texts
from storage.institutions import write_institutions
from tests.stories.region import BOT, CLINIC, CLUB, SCHOOL, SCHOOL_VK, Region, help_of, words


async def said_last(region: Region, user: str) -> str:
    await region.settled()
    return region.said_in(region.telegram, BOT, user)[-1]


@pytest.mark.parametrize("typed", ["/мои", "/МИНЕМ", "Мои", " минем", "/my@otklik_bot"])
async def test_a_citizen_sees_their_tickets_by_any_name(region: Region, typed: str) -> None:
    region.telegram.citizen_writes(BOT, "31", typed)
    is_tatar = "минем" in typed.lower()
    assert await said_last(region, "31") == (Texts.load().say("tt", "my-nothing") if is_tatar else words("my-nothing"))
    assert await region.tickets() == 0


@pytest.mark.parametrize("typed", ["помощь", "Ярдәм", "/помощь", "help"])
async def test_help_is_there_without_the_slash(region: Region, typed: str) -> None:
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", typed)
    assert "/language" in await said_last(region, "31")
    assert await region.tickets() == 0


@pytest.mark.parametrize(
    "typed", ["помощь нужна", "/мои слова", "/язык не тот", "рейтинг", "юк", "закрыто", "ждут", "/школа", "/люди"]
)
async def test_words_behind_a_name_and_other_roles_names_are_a_citizens_words(region: Region, typed: str) -> None:
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", typed)
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == [typed]


async def test_a_name_that_replies_to_something_is_words(region: Region) -> None:
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "Где бассейн?")
    accepted = await region.telegram.shows(BOT, "31", "№ 1")
    region.telegram.citizen_writes(BOT, "31", "удалить", reply_to=accepted.id)
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == ["Где бассейн?", "удалить"]


@pytest.mark.parametrize("typed", ["удалить", "/удалить", "/my"])
async def test_a_name_with_a_file_is_words(region: Region, typed: str) -> None:
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", typed, attachments=[("1.png", "image/png", b"PNG")])
    await region.settled()
    (said,) = (await region.ticket(1)).messages
    assert (said.text, len(said.attachments)) == (typed, 1)


async def test_for_an_hour_after_an_answer_a_name_without_the_slash_is_words(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "Какой язык учат, и что удалить из дневника?")
    card = await region.telegram.shows(BOT, chat, "Какой язык")
    region.telegram.group_writes(BOT, chat, "9001", "Какой язык вам нужен?", name="Анна", reply_to=card.id)
    await region.settled()
    await region.later(timedelta(minutes=59))
    region.telegram.citizen_writes(BOT, "31", "тел")
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages][-1] == "тел"
    region.telegram.citizen_writes(BOT, "31", "/тел")
    assert await said_last(region, "31") == words("choose-language")
    await region.later(timedelta(minutes=2))
    region.telegram.citizen_writes(BOT, "31", "язык")
    assert await said_last(region, "31") == words("choose-language")
    assert len((await region.ticket(1)).messages) == 3


async def test_while_a_name_is_awaited_a_word_of_it_is_that_name(region: Region) -> None:
    centre = replace(CLUB, code="help-1", name="Центр социальной помощи «Помощь»")
    async with region.database.unit() as connection:
        await write_institutions(connection, region.database.vault, [SCHOOL, CLINIC, CLUB, centre])
    region.telegram.citizen_writes(BOT, "31", "Когда приходит соцработник?")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "Помощь")
    await region.settled()
    assert help_of("citizen") not in region.said_in(region.telegram, BOT, "31")
    region.telegram.citizen_writes(BOT, "32", "Когда приходит соцработник?")
    await region.telegram.shows(BOT, "32", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "32", "язык")
    assert await said_last(region, "32") == words("choose-language")


async def test_in_a_work_chat_a_name_counts_only_with_the_slash(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "Где бассейн?")
    for typed in ("/ждут", "/көтәләр", "/ЖДУТ мои", "/сообщение 1", "/хәбәр № 1", "/помощь"):
        count = len(region.said_in(region.telegram, BOT, chat))
        region.telegram.group_writes(BOT, chat, "9001", typed, name="Анна")
        await region.settled()
        assert len(region.said_in(region.telegram, BOT, chat)) == count + 1, typed
    before = region.said_in(region.telegram, BOT, chat)
    region.telegram.group_writes(BOT, chat, "9001", "ждут", name="Анна")
    await region.settled()
    assert region.said_in(region.telegram, BOT, chat) == before
    region.telegram.group_writes(BOT, chat, "9001", "закрыто", name="Анна", reply_to=card.id)
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == ["Где бассейн?", "закрыто"]


@pytest.mark.parametrize("typed", ["рейтинг", "/РЕЙТИНГ", "просрочено", "кичеккән", "отчет", "хисап", "/отчёт неделя"])
async def test_a_supervisor_asks_by_any_name(region: Region, typed: str) -> None:
    boss = await region.join()
    region.telegram.citizen_writes(BOT, boss, typed)
    await region.settled()
    said = region.said_in(region.telegram, BOT, boss)
    assert help_of("citizen") not in said
    assert await region.tickets() == 0


async def test_a_code_is_taken_by_any_name(region: Region) -> None:
    invite = await region.invite(InviteRole.SUPERVISOR, "region")
    region.telegram.citizen_writes(BOT, "7001", f"/войти {invite}", name="Руководитель")
    await region.telegram.shows(BOT, "7001", "Вам доступны показатели")
    bind = await region.invite(InviteRole.ADMINISTRATOR, "institution:school-12")
    region.telegram.group_writes(BOT, "-1001", "9001", f"/бәйләү {bind}", name="Анна", title="Рабочий чат")
    await region.telegram.shows(BOT, "-1001", "это рабочий чат")


async def test_help_lists_the_commands_by_their_names_in_the_readers_language(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.telegram.group_writes(BOT, chat, "9001", "/помощь", name="Анна")
    region.telegram.citizen_writes(BOT, "31", "ярдәм")
    boss = await region.join()
    region.telegram.citizen_writes(BOT, boss, "помощь")
    await region.settled()
    in_chat = region.said_in(region.telegram, BOT, chat)[-1]
    assert in_chat == help_of("administrator")
    assert "/ждут (/open) – что ждёт ответа" in in_chat
    assert "/отправить (/send)" in in_chat
    assert "люди" not in in_chat
    assert "/рейтинг (/rating)" in region.said_in(region.telegram, BOT, boss)[-1]
    assert "/минем (/my) – хәбәрләрегез" in region.said_in(region.telegram, BOT, "31")[-1]
    region.telegram.citizen_writes(BOT, "32", "помощь")
    assert await said_last(region, "32") == help_of("citizen")
    assert "/мои (/my) – ваши сообщения" in help_of("citizen")


@pytest.mark.parametrize("typed", ["/start", "начать"])
async def test_a_supervisors_start_greets_a_supervisor(region: Region, typed: str) -> None:
    boss = await region.join()
    region.telegram.citizen_writes(BOT, boss, typed)
    greeting = await region.telegram.shows(BOT, boss, "Выберите период")
    assert "Здравствуйте. Вам доступны показатели" in greeting.text
    region.telegram.presses(BOT, boss, boss, greeting.id, words("report-period-week"))
    await region.telegram.shows(BOT, boss, "Отчёт: весь регион")
    await region.join(scope="branch:Культура")
    region.telegram.citizen_writes(BOT, boss, typed)
    several = await region.telegram.shows(BOT, boss, "Чей отчёт показать?")
    assert len(several.buttons) == 2
    region.telegram.citizen_writes(BOT, boss, "/start school-12", deep_link="school-12")
    await region.telegram.shows(BOT, boss, "Это Школа № 12")


async def test_menus_are_set_for_each_kind_of_reader_and_follow_who_becomes_a_supervisor(region: Region) -> None:
    menus = region.telegram.menus
    await region.application.menus.look()
    names = {where: [name for name, _ in commands] for where, commands in menus.items()}
    for language in ("", "ru", "tt"):
        assert names[BOT, "", False, language] == ["start", "my", "language", "delete", "help"]
        assert {"open", "ticket", "send", "help"} <= set(names[BOT, "", True, language])
    does = {language: dict(menus[BOT, "", False, language])["my"] for language in ("", "ru", "tt")}
    assert does["ru"] == does[""] == words("can-my")
    assert does["tt"].startswith("хәбәрләрегез")
    boss = await region.join()
    await region.application.menus.look()
    assert "overdue" in dict(menus[BOT, boss, False, "tt"])
    assert "start" not in dict(menus[BOT, boss, False, "tt"])
    menus.clear()
    await region.application.menus.look()
    assert menus == {}, "what has not changed is not set again"


async def test_vk_has_keys_with_the_greeting_help_and_the_first_answer(region: Region) -> None:
    def keys() -> list[bool]:
        shown = region.vk.transcript(SCHOOL_VK, "11")
        return [bool(each.keys) for each in shown if each.author is ShownAuthor.BOT]

    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "Где бассейн?")
    assert not any(keys()), "a greeting and an acceptance have buttons of their own"
    before = len(keys())
    for text in ("На первом этаже.", "Вход со двора."):
        region.telegram.group_writes(BOT, chat, "9001", text, name="Анна", reply_to=card.id)
        await region.settled()
    assert keys()[before:] == [True, False]
    region.vk.citizen_writes(SCHOOL_VK, "11", "/help")
    await region.settled()
    assert keys()[before:] == [True, False, True]
    assert not any(each.keys for each in region.telegram.transcript(BOT, chat))
