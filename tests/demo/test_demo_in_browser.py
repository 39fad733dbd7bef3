"""One person plays citizen, administrator and supervisor on the demo page, in a real browser on the real product."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.demo.institutions import GROUPS
from bot.web.listen import Listen
from tests.demo.browser import (
    DESK,
    PHONE,
    agreed,
    chromium,
    make_picture,
    needs_chromium,
    page_of,
    words,
)
from tests.demo.little_bot import on_stage

DELIVERED = words("card-answer-delivered", at="|", name="").partition(" |")[0]

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="module")]

# All tests share one demo and one browser, as employees in a class do; so each asks a question of its own.


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address() -> AsyncIterator[str]:
    async with agreed() as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return make_picture(tmp_path / "двор.png")


async def test_a_question_goes_to_the_work_chat_and_the_answer_comes_back_and_is_counted(address, browser):
    question = "Когда начинается приём в первый класс?"
    async with page_of(browser, address, DESK) as page:
        await page.until_figure("open", "0")
        await page.writes("vk-citizen", question)
        number = await page.ticket_number("vk-citizen")
        await page.until_figure("open", "1")
        card = await page.sees("telegram-team", question)
        assert "Алия Сафина" in await card.inner_text()
        assert number in await card.inner_text()

        await page.presses_behind("telegram-team", question, words("button-take"))
        await page.sees("telegram-team", words("card-taken", name="Анна"))
        await page.answers("telegram-team", question, "Приём с 1 апреля.")
        await page.sees("vk-citizen", "Приём с 1 апреля.")
        await page.sees("telegram-team", DELIVERED)
        await page.until_figure("open", "0")

        await page.presses_behind("telegram-team", question, words("button-close"), words("button-close-yes"))
        await page.sees("telegram-team", words("card-state-closed").partition(" ")[2])
        await page.pane("supervisor").get_by_role("button", name="Отчёт", exact=True).click()
        report = await (await page.sees("supervisor", "медиана")).inner_text()
        assert "Школа № 512, Казань" in report
        await expect(page.page.locator(".tour li.done")).to_have_count(4)


async def test_a_supervisor_gets_a_picture_a_workbook_and_the_way_to_the_pages(address, browser):
    async with page_of(browser, address, DESK) as page:
        supervisor = page.pane("supervisor")
        await supervisor.get_by_role("button", name="Отчёт", exact=True).click()
        await expect(supervisor.locator(".log .photo img").last).to_be_visible()
        await supervisor.locator(".log").get_by_role("button", name=words("report-menu-files")).last.click()
        await supervisor.locator(".log").get_by_role("button", name=words("report-form-xlsx")).last.click()
        file = supervisor.locator(".log a[download$='.xlsx']").last
        await expect(file).to_be_visible()
        workbook = await page.page.request.get(await file.evaluate("link => link.href"))
        assert (await workbook.body())[:2] == b"PK"
        await supervisor.get_by_role("button", name="Страницы", exact=True).click()
        link = supervisor.locator(".log a[href*='/enter/']").last
        await expect(link).to_be_visible()
        await page.page.goto(await link.evaluate("link => link.href"))
        await page.page.get_by_role("button").last.click()
        await expect(page.page.locator("h1")).to_be_visible()


async def test_a_note_stays_in_the_work_chat(address, browser):
    question = "Есть ли продлёнка по субботам?"
    async with page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", question, to="Детский сад № 718, Казань")
        await page.answers("telegram-team", question, "// спрошу у завуча")
        await page.sees("telegram-team", "// спрошу у завуча")
        await page.answers("telegram-team", question, "С 1 апреля.")
        await page.sees("vk-citizen", "С 1 апреля.")
        assert "завуча" not in await page.pane("vk-citizen").inner_text()


async def test_a_comment_is_answered_under_the_comment(address, browser):
    async with page_of(browser, address, DESK) as page:
        await page.chooses("vk-citizen", "Школа № 512, Челны")
        await page.pane("vk-citizen").get_by_role("button", name="Запись").click()
        await page.writes("vk-citizen", "Во сколько финал по волейболу?")
        await page.answers("vk-team", "Во сколько финал", "В пятницу в 15:30.")
        answer = await page.sees("vk-citizen", "В пятницу в 15:30.")
        comment = page.bubble("vk-citizen", "Во сколько финал")
        assert await answer.get_attribute("data-root") == await comment.get_attribute("data-id")
        assert "answer" in str(await answer.get_attribute("class"))


async def test_a_telegram_citizen_chooses_the_institution_and_pictures_travel_both_ways(address, browser, picture):
    async with page_of(browser, address, DESK) as page:
        await page.writes("telegram-citizen", "У дома яма", picture=picture)
        await page.bubble("telegram-citizen", "").locator(".key").first.wait_for()
        await page.writes("telegram-citizen", "служба благоустройства")
        await page.ticket_number("telegram-citizen")
        await page.sees("vk-team", "У дома яма")
        photo = page.pane("vk-team").locator(".photo img").last
        await photo.wait_for()
        assert await photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 4

        await page.answers("vk-team", "У дома яма", "Засыпали, вот фото.", picture=picture)
        answer = await page.sees("telegram-citizen", "Засыпали, вот фото.")
        await answer.locator(".photo").click()
        await expect(page.page.locator("#viewer img")).to_be_visible()
        await page.page.keyboard.press("Escape")
        await expect(page.page.locator("#viewer img")).to_be_hidden()


async def test_a_link_on_the_card_opens_the_comment(address, browser):
    question = "Где посмотреть расписание звонков?"
    async with page_of(browser, address, DESK) as page:
        await page.chooses("vk-citizen", "Детская поликлиника № 96, Челны")
        await page.pane("vk-citizen").get_by_role("button", name="Запись").click()
        await page.writes("vk-citizen", question)
        card = await page.sees("vk-team", question)
        await page.chooses("vk-citizen", "Дом культуры «Яңарыш», Нижнекамск")
        await card.get_by_role("link").click()
        pointed = page.pane("vk-citizen").locator(".pointed")
        await pointed.wait_for()
        assert question in await pointed.inner_text()


async def test_text_is_shown_as_text(address, browser):
    async with page_of(browser, address, DESK) as page:
        nasty = "<img src=x onerror=\"document.title='взлом'\"> & <b>_*=1+1"
        await page.writes("vk-citizen", nasty, to="Библиотека № 97, Казань")
        for pane in ("vk-citizen", "telegram-team"):
            shown = await page.sees(pane, nasty)
            assert await shown.locator("img, b").count() == 0
        assert await page.page.title() == "Отклик – учебная площадка"


async def test_time_can_be_moved_on_until_the_supervisor_hears_of_a_missed_deadline(browser):
    async with agreed() as address, page_of(browser, address, DESK) as page:
        await page.writes("vk-citizen", "Можно ли забрать аттестат за сестру?")
        number = await page.ticket_number("vk-citizen")
        await page.until_figure("overdue", "0")
        for _ in range(5):  # over any weekend
            await page.page.get_by_role("button", name="+1 день").click()
        assert "Школа № 512, Казань" in await (await page.sees("supervisor", number)).inner_text()
        await page.until_figure("overdue", "1")


async def test_news_in_several_work_chats_at_once_is_not_missed(browser):
    async with (
        on_stage(Listen(host="127.0.0.1", port=0)) as stage,
        page_of(browser, f"{stage.listen.url}/demo", DESK) as page,
    ):
        for code, asked in (("nizhnekamsk-yards", "Где песок?"), ("vysokaya-gora-hospital", "Когда приём?")):
            stage.channels["vk"].citizen_writes(GROUPS[code], "999", asked)
        await page.sees("vk-team", "Где песок?")
        await page.pane("vk-team").get_by_role("button", name="Новое: Высокая Гора").click()
        await page.sees("vk-team", "Когда приём?")
        await page.pane("vk-team").locator(".elsewhere").wait_for(state="hidden")


async def test_the_keyboard_is_enough(address, browser):
    question = "До какого числа каникулы?"
    async with page_of(browser, address, DESK) as page:
        keys = page.page.keyboard
        await page.chooses("vk-citizen", "Музыкальная школа № 23, Альметьевск")
        await page.pane("vk-citizen").locator("textarea").focus()
        await keys.type(question)
        await keys.press("Enter")
        await page.sees("telegram-team", question)
        await page.pane("telegram-team").locator(".log").focus()
        await keys.press("ArrowUp")
        await keys.press("Enter")
        await page.pane("telegram-team").locator(".replying").wait_for()
        await keys.type("С 1 апреля")
        await keys.press("Shift+Enter")
        await keys.type("и до 30 июня")
        await keys.press("Enter")
        await page.sees("vk-citizen", "С 1 апреля\nи до 30 июня")


async def test_on_a_phone_the_panes_are_tabs_with_unread_badges(address, browser):
    async with page_of(browser, address, PHONE) as page:
        badge = page.page.locator("#tab-telegram-team .tab-badge")
        assert not await badge.is_visible()
        await page.writes("vk-citizen", "Нужна ли сменная обувь?", to="Соцзащита, Альметьевск")
        await badge.wait_for()
        assert not await page.pane("telegram-team").is_visible()
        await page.page.locator("#tab-telegram-team").tap()
        assert not await page.pane("vk-citizen").is_visible()
        await page.sees("telegram-team", "Нужна ли сменная обувь?")
        await badge.wait_for(state="hidden")
        await page.answers("telegram-team", "Нужна ли сменная обувь?", "С 1 апреля.")
        await page.sees("telegram-team", DELIVERED)
        await page.page.locator("#tab-vk-citizen .tab-badge").wait_for()
        await page.page.locator("#tab-vk-citizen").tap()
        assert await (await page.sees("vk-citizen", "С 1 апреля.")).is_visible()
        assert await page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for control in await page.page.locator("button:visible, select:visible, textarea:visible").all():
            box = await control.bounding_box()
            assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= 390 + 1)


CONTRASTS = """
() => {
  const read = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (top, below) => top.rgb.map((value, i) => value * top.alpha + below[i] * (1 - top.alpha));
  const backOf = (node) => {
    if (!node) return [255, 255, 255];
    const back = read(getComputedStyle(node).backgroundColor);
    return back.alpha === 1 ? back.rgb : over(back, backOf(node.parentElement));
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const low = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility({ opacityProperty: true })) continue;
    if (node.closest("option, .unseen, script, .reply")) continue;
    const back = backOf(node);
    const ink = over(read(getComputedStyle(node).color), back);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low[`${node.tagName}.${node.className}`] = ratio.toFixed(2);
  }
  return low;
}
"""


@pytest.mark.parametrize(("look", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"])
async def test_words_stand_out_from_their_background(address, browser, look, scheme):
    """At least 4.5 to 1, the AA level of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#contrast-minimum)."""
    async with page_of(browser, address, {**look, "color_scheme": scheme, "reduced_motion": "reduce"}) as page:
        await page.writes("vk-citizen", "Во сколько открывается школа?", to="Бассейн «Акчарлак», Челны")
        await page.sees("vk-citizen", "№")
        panes = ["vk-citizen", "telegram-team", "vk-team", "supervisor"] if look is PHONE else ["vk-citizen"]
        for pane in panes:
            if look is PHONE:
                await page.page.locator(f"#tab-{pane}").tap()
            assert await page.page.evaluate(CONTRASTS) == {}
        await page.page.locator("#tab-vk-citizen" if look is PHONE else "#pane-vk-citizen").click()
        await page.pane("vk-citizen").get_by_role("button", name="Запись").click()
        assert await page.page.evaluate(CONTRASTS) == {}
