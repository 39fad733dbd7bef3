"""The whole conversation on the demo page: consent, albums, transfers, templates, topics, events."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.demo.browser import DESK, PHONE, agreed, chromium, demo, make_picture, needs_chromium, page_of, words

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="module")]

SCHOOL = "Школа № 512, Казань"
SCHOOL_TEAM = "Казань · школа и сад"
TOPICS_TEAM = "Казань · здоровье и книги"
YARDS_TEAM = "Нижнекамск · рабочий чат"

# All tests share one demo and one browser; so each asks a question of its own.


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address() -> AsyncIterator[str]:
    async with agreed() as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def test_a_citizen_agrees_before_anything_is_passed_on(browser):
    question = "Нужен ли пропуск в бассейн?"
    async with demo() as address, page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", question, to=SCHOOL)
        await page.pane("vk-citizen").get_by_role("button", name=words("button-consent-yes"), exact=True).wait_for()
        assert question not in await page.pane("telegram-team").inner_text()
        await page.agrees("vk-citizen")
        await page.ticket_number("vk-citizen")
        await page.sees("telegram-team", question)


async def test_links_of_buttons_open_beside_the_page(address, browser):
    async with page_of(browser, address, DESK) as page:
        await page.chooses("vk-citizen", SCHOOL)
        formal = page.pane("vk-citizen").locator("a.key", has_text=words("button-formal"))
        assert await formal.first.get_attribute("target") == "_blank"


async def test_a_question_is_given_to_another_institution_by_its_name(address, browser):
    question = "Где сделать справку 026/у?"
    async with page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", question, to=SCHOOL)
        number = await page.ticket_number("vk-citizen")
        await page.presses("telegram-team", question, words("button-transfer"))
        await page.answers("telegram-team", f"{number}: кому передать", "поликлиника 91 – про справки")
        await page.presses("telegram-team", f"{number}: нашлось по названию", "Поликлиника № 91")
        await page.sees("vk-citizen", "· Поликлиника № 91")
        await page.chooses("telegram-team", TOPICS_TEAM)
        await page.sees("telegram-team", "про справки")


async def test_a_template_is_looked_at_and_then_sent(address, browser):
    question = "Как записать ребёнка на кружок?"
    async with page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", question, to="Детский сад № 718, Казань")
        await page.presses("telegram-team", question, words("button-templates"))
        await page.pane("telegram-team").locator(".key", has_text="Нужны подробности").last.click()
        await page.pane("telegram-team").locator(".key", has_text=words("button-template-send")).last.click()
        await page.sees("vk-citizen", "нам нужно знать адрес и время")


async def test_an_album_is_one_message_on_both_sides(address, browser, tmp_path):
    pictures = [make_picture(tmp_path / f"двор-{number}.png") for number in range(3)]
    async with page_of(browser, address, DESK) as page:
        await page.writes("telegram-citizen", "/start kazan-school-512")
        await page.writes("telegram-citizen", "Вот что во дворе школы", pictures=pictures)
        own = await page.sees("telegram-citizen", "Вот что во дворе школы")
        await expect(own.locator(".photo")).to_have_count(3)
        await page.sees("telegram-team", "Вот что во дворе школы")
        await expect(page.pane("telegram-team").locator(".photo")).to_have_count(3)


async def test_a_place_on_the_map_finds_the_nearest_institutions(address, browser):
    async with page_of(browser, address, DESK) as page:
        await page.pane("telegram-citizen").locator(".pin").click()
        await page.page.get_by_role("menuitem", name="Альметьевск").click()
        await page.bubble("telegram-citizen", "Место на карте").wait_for()


async def test_both_sides_edit_what_they_said(address, browser):
    async with page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", "Собрание в 17 часов, верно?", to=SCHOOL)
        await page.sees("telegram-team", "Собрание в 17 часов")
        await page.edits("vk-citizen", "Собрание в 17 часов", "Собрание в 18 часов, верно?")
        await page.sees("telegram-team", "Собрание в 18 часов, верно?")
        await page.answers("telegram-team", "Собрание в 18 часов", "Да, в шесть вечера.")
        await page.sees("vk-citizen", "Да, в шесть вечера.")
        await page.edits("telegram-team", "Да, в шесть вечера.", "Да, в 18:00, вход с улицы.")
        corrected = await page.sees("vk-citizen", "Да, в 18:00, вход с улицы.")
        assert "изм." in await corrected.inner_text()


async def test_a_comment_is_deleted_and_comes_back(address, browser):
    comment = "Можно прийти с бабушкой?"
    async with page_of(browser, address, DESK) as page:
        await page.chooses("vk-citizen", SCHOOL)
        await page.pane("vk-citizen").get_by_role("button", name="Запись").click()
        await page.writes("vk-citizen", comment)
        await page.sees("telegram-team", comment)
        await page.does("vk-citizen", comment, "Удалить")
        await page.pane("vk-citizen").locator(".deleted").wait_for()
        await page.pane("vk-citizen").get_by_role("button", name="Вернуть").click()
        await page.sees("vk-citizen", comment)


async def test_in_a_topic_everything_said_is_the_answer(address, browser):
    question = "Работаете ли вы в воскресенье?"
    async with page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", question, to="Библиотека № 97, Казань")
        number = await page.ticket_number("vk-citizen")
        await page.chooses("telegram-team", TOPICS_TEAM)
        team = page.pane("telegram-team")
        await team.locator(".topic", has_text=number).click()
        await page.sees("telegram-team", question)
        await page.writes("telegram-team", "Только читальный зал, с 9 до 14.")
        await page.sees("vk-citizen", "Только читальный зал")
        await team.locator(".topic", has_text=number).locator(".mark.good").wait_for()


async def test_two_administrators_do_not_answer_at_once_unasked(address, browser):
    question = "Есть ли места в первый «А»?"
    async with page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", question, to=SCHOOL)
        await page.answers("telegram-team", question, "Есть два места.")
        await page.sees("vk-citizen", "Есть два места.")
        await page.pane("telegram-team").locator(".persons").get_by_role("button", name="Марат").click()
        await page.answers("telegram-team", question, "Мест уже нет.")
        await page.pane("telegram-team").locator(".key", has_text="Отправить всё равно").last.wait_for()
        assert "Мест уже нет." not in await page.pane("vk-citizen").inner_text()


async def test_many_write_of_one_matter_and_read_one_answer(address, browser):
    async with page_of(browser, address, DESK) as page:
        await page.tries("Массовое событие")
        await page.sees("vk-team", "третий подъезд")
        await page.pane("vk-team").locator(".send").click()
        await page.answers("vk-team", "Массовое событие №", "Воду дадут к 15:00.")
        await page.pane("vk-team").locator(".key", has_text=words("button-incident-send")).last.click()
        await page.sees("vk-team", "ответ отправляется всем")


@pytest.mark.long
async def test_in_a_rush_the_work_chat_knows_how_many_cards_are_still_to_come(browser):
    async with demo() as address, page_of(browser, address, DESK) as page:
        await page.tries("Наплыв")
        await page.sees("telegram-team", words("cards-gathered", count=7, numbers="").partition(".")[0])


async def test_a_post_that_turns_negative_is_told_once(address, browser):
    async with page_of(browser, address, DESK) as page:
        await page.tries("Плохие реакции")
        told = await page.sees("telegram-team", "😡")
        assert SCHOOL in await told.inner_text()
        await page.chooses("vk-citizen", SCHOOL)
        await page.pane("vk-citizen").get_by_role("button", name="Запись").click()
        post = page.pane("vk-citizen").locator(".post")
        await post.get_by_role("button", name="Реакция 😡: 4").wait_for()
        await post.locator(".react-post").click()
        await page.page.get_by_role("menuitem", name="Реакция 👍").click()
        await post.get_by_role("button", name="Реакция 👍: 1").wait_for()


async def test_a_grade_is_asked_for_when_time_has_passed(browser):
    async with demo() as address, page_of(browser, address, DESK) as page:
        await page.until_day()
        await page.writes("vk-citizen", "Во сколько открывается школа?", to=SCHOOL)
        await page.agrees("vk-citizen")
        await page.answers("telegram-team", "Во сколько открывается школа?", "В 7:30.")
        await page.sees("vk-citizen", "В 7:30.")
        for _ in range(2):
            await page.page.get_by_role("button", name="+10 мин").click()
        await page.pane("vk-citizen").get_by_role("button", name=words("button-yes"), exact=True).click()
        await page.pane("vk-citizen").get_by_role("button", name="5", exact=True).click()
        await page.sees("telegram-team", words("card-grade", grade=5))


@pytest.mark.parametrize(
    "look", [DESK, {"viewport": {"width": 1024, "height": 768}}, PHONE], ids=["1440", "1024", "390"]
)
async def test_everything_is_large_enough_for_a_finger(address, browser, look):
    async with page_of(browser, address, look) as page:
        assert await page.page.evaluate(SMALL) == []
        await page.page.locator("#try").click()
        assert await page.page.evaluate(SMALL) == []
        assert await page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


SMALL = """
() => [...document.querySelectorAll("button, select, textarea, .key, .attach")]
  .filter((node) => node.checkVisibility() && !node.closest(".bubble"))
  .map((node) => [node.className, node.getBoundingClientRect().height])
  .filter(([, height]) => height < 39.5)
"""
