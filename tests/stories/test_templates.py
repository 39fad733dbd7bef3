"""Prepared answers: kept from the chat, looked at before they go, filled with what differs, sent once."""

from pathlib import Path

import pytest

from bot.directory.template_sheet import read_template_sheet
from bot.domain.template import filled, unknown_placeholders
from storage.templates import import_templates
from tests.stories.region import BOT, CLUB, SCHOOL, SCHOOL_VK, Region, words

SENT = words("button-template-send")
EXAMPLE = Path(__file__).parents[2] / "docs" / "templates-example.csv"


async def keeps(region: Region, chat: str, text: str, reply_to: str = "") -> None:
    region.telegram.group_writes(BOT, chat, "9001", text, name="Анна", reply_to=reply_to)
    await region.settled()


def press(region: Region, chat: str, text: str, by: str = "9001", message: str = "") -> None:
    region.telegram.presses(BOT, chat, by, message, text, name="Анна")


async def test_a_template_is_kept_looked_at_and_sent_by_whoever_presses(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await keeps(region, chat, "/template Приём\nЗдравствуйте, {имя}. По сообщению № {номер}: {учреждение}, до {срок}.")
    await region.asks()
    press(region, chat, "Шаблон")
    await region.telegram.shows(BOT, chat, words("template-choose", number=1))
    press(region, chat, "Приём")
    look = await region.telegram.shows(BOT, chat, words("template-look", number=1, title="Приём"))
    full = "Здравствуйте, Гульнара. По сообщению № 1: Школа № 12, до вторника, 24 ноября, 18:00."
    assert full in look.text
    assert not [text for text in region.said_in(region.vk, SCHOOL_VK, "11") if "Здравствуйте, Гульнара" in text]
    press(region, chat, SENT, message=look.id)
    await region.vk.shows(SCHOOL_VK, "11", full)
    await region.settled()
    line = await region.ticket(1)
    assert [(said.kind.value, line.administrators.get(said.administrator or 0)) for said in line.messages[1:]] == [
        ("answer", "Анна")
    ]
    assert line.ticket.waiting_since is None
    region.telegram.group_writes(BOT, chat, "9001", "/undo", name="Анна", reply_to=look.id)
    await region.settled()
    assert (await region.ticket(1)).ticket.waiting_since is not None, "it can be taken back like any answer"


async def test_two_quick_presses_send_one_answer_and_leaving_sends_none(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await keeps(region, chat, "/template Приём\nПо вторникам.")
    await region.asks()
    press(region, chat, "Шаблон")
    await region.settled()
    press(region, chat, "Приём")
    await region.settled()
    press(region, chat, words("button-template-leave"))
    await region.telegram.shows(BOT, chat, words("template-left", number=1))
    press(region, chat, "Шаблон")
    await region.settled()
    press(region, chat, "Приём")
    await region.settled()
    async with region.resting_desk():
        press(region, chat, SENT)
        press(region, chat, SENT)
    await region.settled()
    assert region.said_in(region.vk, SCHOOL_VK, "11").count("По вторникам.") == 1


@pytest.mark.both_databases
async def test_an_answer_already_given_becomes_a_template(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Шаблон" not in [button.text for row in card.buttons for button in row], "no button that leads nowhere"
    answer = region.telegram.group_writes(BOT, chat, "9001", "Приходите с 9.", name="Анна", reply_to=card.id)
    await region.settled()
    await keeps(region, chat, "/template Часы", reply_to=answer.id)
    await keeps(region, chat, "/templates")
    shown = await region.telegram.shows(BOT, chat, words("templates-head", institution="Школа № 12"))
    assert shown.text.splitlines()[1:] == ["1. Часы – Приходите с 9."]
    await keeps(region, chat, "/template часы\nПриходите с 10.")
    await region.telegram.shows(BOT, chat, words("template-changed", title="часы", institution="Школа № 12"))
    await keeps(region, chat, "/template delete 1")
    await region.telegram.shows(BOT, chat, words("template-gone", title="часы"))
    await keeps(region, chat, "/templates")
    await region.telegram.shows(BOT, chat, words("templates-none", institution="Школа № 12"))


async def test_what_cannot_be_filled_is_told_when_it_is_kept(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    known = "{имя}, {номер}, {учреждение}, {срок}"
    await keeps(region, chat, "/template Приём\nЖдём вас {дата} в {время}.")
    unknown = words("template-unknown", unknown="{дата}, {время}", placeholders=known)
    await region.telegram.shows(BOT, chat, unknown)
    await keeps(region, chat, "/template")
    await region.telegram.shows(BOT, chat, words("template-how", placeholders=known))
    await keeps(region, chat, "/templates")
    await region.telegram.shows(BOT, chat, words("templates-none", institution="Школа № 12"))


async def test_a_doubtful_template_is_asked_about_like_any_answer(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await keeps(region, chat, "/template Код\nПришлите код из СМС.")
    await region.asks()
    press(region, chat, "Шаблон")
    await region.settled()
    press(region, chat, "Код")
    await region.settled()
    press(region, chat, SENT)
    await region.telegram.shows(BOT, chat, words("template-held", number=1, title="Код", name="Анна"))
    await region.telegram.shows(BOT, chat, words("doubt-code"))
    assert "Пришлите код из СМС." not in region.said_in(region.vk, SCHOOL_VK, "11")


async def test_templates_of_a_branch_are_for_its_institutions_and_speak_tatar_to_who_does(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    sheet = read_template_sheet(EXAMPLE.read_bytes(), [SCHOOL, CLUB])
    assert [reason for _, reason in sheet.refused] == ["в области «branch:Здравоохранение» нет ни одного учреждения"]
    async with region.database.unit() as connection:
        assert await import_templates(connection, region.database.vault, sheet.templates) == (3, 0)
        assert await import_templates(connection, region.database.vault, sheet.templates) == (0, 0)
    region.vk.citizen_writes(SCHOOL_VK, "11", "Мәктәпкә ничек язылырга?", name="Гөлнара", language="tt")
    await region.settled()
    press(region, chat, "Шаблон")
    await region.settled()
    press(region, chat, "Запись в школу")
    await region.settled()
    press(region, chat, SENT)
    await region.vk.shows(SCHOOL_VK, "11", "Исәнмесез, Гөлнара. Мәктәпкә алу турында")
    await keeps(region, chat, "/template delete 1")
    await region.telegram.shows(BOT, chat, words("template-shared", title="Запись в школу"))


async def test_another_institutions_templates_are_not_to_be_had(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    other = await region.bind_telegram("clinic-6", "-1002", by="9003", name="Вера")
    await keeps(region, chat, "/template Приём\nПо вторникам.")
    region.telegram.group_writes(BOT, other, "9003", "/templates", name="Вера")
    await region.telegram.shows(BOT, other, words("templates-none", institution="Детская поликлиника № 6"))


def test_a_citizen_without_a_name_is_greeted_without_one() -> None:
    values = {"имя": "", "номер": "7"}
    assert filled("Здравствуйте, {имя}. № { номер }, {Номер}.", values) == "Здравствуйте. № 7, 7."
    assert unknown_placeholders("{имя} {дата} { Срок } {дата}") == ["дата"]
