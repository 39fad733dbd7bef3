"""Days off are announced from the work chat or by a supervisor: new due times move, promises stay, it is undone."""

from datetime import date, timedelta

import pytest

from bot.domain.closed_days import read_typed_days
from bot.domain.institution import parse_scope
from bot.reports.report import Report, make_report
from tests.stories.region import BOT, SCHOOL_VK, Region, words

TODAY = date(2026, 11, 24)


async def says(region: Region, chat: str, text: str) -> None:
    region.telegram.group_writes(BOT, chat, "9001", text, name="Анна")
    await region.settled()


async def writes(region: Region, user: str, text: str) -> None:
    region.telegram.citizen_writes(BOT, user, text, name="Руководитель")
    await region.settled()


async def report(region: Region) -> Report:
    return await make_report(
        region.database,
        scope=parse_scope("region"),
        first=TODAY,
        last=date(2026, 12, 31),
        zone=region.application.desk._rules.zone,
        now=region.clock.now(),
    )


async def test_new_due_times_leave_the_closed_days_out_and_promises_stay(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    promised = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert promised.text.startswith("№ 1 · до 18:00 ·")
    await says(region, chat, "/closed 24.11-26.11 карантин")
    kept = await region.telegram.shows(BOT, chat, "нерабочие дни 24.11.2026 – 26.11.2026, карантин")
    assert "Уже обещанные сроки не меняются" in kept.text
    # Asked on Tuesday at noon: eight hours of Friday.
    assert words("closed-example", asked="24.11 12:00", until="пятницы, 27 ноября, 17:00") in kept.text
    await region.asks("Когда починят горку?", user_id="12")
    card = await region.telegram.shows(BOT, chat, "№ 2 ·")
    assert card.text.startswith("№ 2 · до 27.11 17:00 ·")
    assert any(text.startswith("№ 1 · до 18:00 ·") for text in region.said_in(region.telegram, BOT, chat))


async def test_a_citizen_hears_when_work_begins_after_the_closed_days(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await says(region, chat, "/closed 24.11-26.11 карантин")
    await region.asks()
    begins = "Сейчас закрыто, откроются в пятницу, 27 ноября, в 9:00"
    assert any(begins in text for text in region.said_in(region.vk, SCHOOL_VK, "11"))


async def test_what_is_announced_is_shown_and_withdrawn_by_a_button(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await says(region, chat, "/closed")
    await region.telegram.shows(BOT, chat, "нерабочих дней не объявлено")
    await says(region, chat, "/closed 10.12 ремонт")
    await says(region, chat, "/closed")
    listed = await region.telegram.shows(BOT, chat, "нерабочие дни:\n10.12.2026, ремонт")
    region.telegram.presses(BOT, chat, "9001", listed.id, "Отменить 10.12.2026", name="Анна")
    await region.settled()
    await region.telegram.shows(BOT, chat, "10.12.2026, ремонт – снова по обычным часам")
    region.telegram.presses(BOT, chat, "9001", listed.id, "Отменить 10.12.2026", name="Анна")
    await region.settled()
    await says(region, chat, "/closed cancel 10.12")
    await region.telegram.shows(BOT, chat, words("closed-not-there"))


async def test_a_wrong_day_is_told_how_it_is_written(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for wrong in ("завтра", "31.11", "10.12-01.12.2026", "23.11.2026", "10.12.2029"):
        await says(region, chat, f"/closed {wrong}")
    shown = [text for text in region.said_in(region.telegram, BOT, chat) if text == words("closed-how")]
    assert len(shown) == 5


async def test_a_supervisor_closes_the_whole_scope_and_nobody_else_may_undo_it(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.join("7001", "branch:Образование")
    await writes(region, "7001", "/closed 10.12-11.12 морозы")
    kept = await region.telegram.shows(
        BOT, "7001", "отрасль «Образование»: нерабочие дни 10.12.2026 – 11.12.2026, морозы"
    )
    assert words("closed-duty") in kept.text
    await says(region, chat, "/closed")
    shown = await region.telegram.shows(BOT, chat, "10.12.2026 – 11.12.2026, морозы (объявлено шире")
    assert not shown.buttons
    await says(region, chat, "/closed cancel 10.12-11.12")
    await region.telegram.shows(BOT, chat, words("closed-not-there"))
    await writes(region, "7001", "/closed cancel 10.12-11.12")
    await region.telegram.shows(BOT, "7001", "снова по обычным часам")


async def test_a_supervisor_with_two_scopes_names_one(region: Region) -> None:
    await region.join("7001", "branch:Образование")
    await region.join("7001", "institution:clinic-6")
    await writes(region, "7001", "/closed 10.12 морозы")
    await region.telegram.shows(BOT, "7001", "2 – Детская поликлиника № 6")
    await writes(region, "7001", "/closed 2 10.12 морозы")
    await region.telegram.shows(BOT, "7001", "Детская поликлиника № 6: нерабочие дни 10.12.2026, морозы")


async def test_a_citizen_who_types_it_gets_the_citizens_help(region: Region) -> None:
    await region.chosen()
    region.telegram.citizen_writes(BOT, "31", "/closed 10.12")
    await region.settled()
    assert not any("нерабочие дни" in text for text in region.said_in(region.telegram, BOT, "31"))


@pytest.mark.parametrize(("is_announced_first", "hours"), [(True, 8), (False, 26)])
async def test_days_announced_during_a_wait_count_and_those_announced_after_it_do_not(
    region: Region, *, is_announced_first: bool, hours: int
) -> None:
    """Asked on Tuesday at 10, answered on Thursday at 18: eight, nine and nine hours without the quarantine."""
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.later(timedelta(hours=26))
    if is_announced_first:
        await says(region, chat, "/closed 25.11-26.11 карантин")
    await region.later(timedelta(hours=30))
    region.telegram.group_writes(BOT, chat, "9001", "Починили", reply_to=card.id, name="Анна")
    await region.settled()
    await region.later(timedelta(minutes=1))
    if not is_announced_first:
        await says(region, chat, "/closed 25.11-26.11 карантин")
    made = await report(region)
    assert made["total"]["first_response_working"]["median_seconds"] == hours * 3600
    assert made["total"]["first_response"]["median_seconds"] == 56 * 3600


@pytest.mark.parametrize(
    ("text", "first", "last", "reason"),
    [
        ("10.12", "2026-12-10", "2026-12-10", ""),
        ("10.12-14.12 карантин  по гриппу", "2026-12-10", "2026-12-14", "карантин по гриппу"),
        ("10.12.2026 – 14.12.2026", "2026-12-10", "2026-12-14", ""),
        # Over the new year, and what has begun already.
        ("28.12-05.01", "2026-12-28", "2027-01-05", ""),
        ("20.11-27.11", "2026-11-20", "2026-11-27", ""),
        ("24.11", "2026-11-24", "2026-11-24", ""),
        ("23.11", "2027-11-23", "2027-11-23", ""),
    ],
)
def test_days_as_people_type_them(text: str, first: str, last: str, reason: str) -> None:
    assert read_typed_days(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last), reason)


@pytest.mark.parametrize("text", ["", "завтра", "31.11", "29.02-01.03", "05.12-01.12", "23.11.2026", "24.12.2027"])
def test_days_that_are_not_there(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, the person reads how it is written
        read_typed_days(text, TODAY)
