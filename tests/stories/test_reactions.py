"""Reactions under posts belong to their institution: counted, reported, and told when a post turns negative."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.institution import parse_scope
from bot.reports.report import make_report
from bot.safety.sentiment import load_sentiments
from storage.database import Database
from storage.tables import posts
from tests.stories.region import BOT, CLINIC, CLINIC_VK, SCHOOL, SCHOOL_VK, Region, living_region

TODAY = date(2026, 11, 24)
CHANNEL = "-1001234"
CHANNEL_POST = f"wall{CHANNEL}_57"


@pytest.fixture
async def region(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    with_channel = replace(SCHOOL, telegram_channel="@school12")
    async with living_region(database, tmp_path, institutions=(with_channel, CLINIC)) as living:
        yield living


async def report(region: Region, *, last: date = TODAY, first: date = TODAY, scope: str = "region") -> dict[str, Any]:
    return await make_report(
        region.database,
        scope=parse_scope(scope),
        first=first,
        last=last,
        zone=region.application.settings.zone,
        now=region.clock.now(),
        sentiments=load_sentiments(),
    )


def dislikes(region: Region, *people: int, post: str = "5") -> None:
    for person in people:
        region.vk.reacts(SCHOOL_VK, post, str(person), "👎")


async def test_reactions_stand_in_every_cut_of_the_report(region: Region) -> None:
    region.vk.reacts(SCHOOL_VK, "5", "11", "❤")
    region.vk.reacts(SCHOOL_VK, "5", "12", "👎")
    region.vk.reacts(SCHOOL_VK, "6", "12", "🤔", thing="photo")
    region.vk.reacts(CLINIC_VK, "5", "11", "❤")
    await region.settled()

    made = await report(region)
    assert made["total"]["reactions"] == {"positive": 2, "negative": 1, "neutral": 1}
    by_institution = {line["code"]: line["reactions"] for line in made["by_institution"]}
    assert by_institution == {
        "school-12": {"positive": 1, "negative": 1, "neutral": 1},
        "clinic-6": {"positive": 1, "negative": 0, "neutral": 0},
    }
    [healthcare, education] = made["by_branch"]
    assert (healthcare["reactions"]["positive"], education["reactions"]["positive"]) == (1, 1)
    [channel] = made["by_channel"]
    assert (channel["channel"], channel["reactions"]["positive"]) == ("vk", 2)
    [day] = made["by_day"]
    assert day["reactions"] == made["total"]["reactions"]
    alone = await report(region, scope="institution:clinic-6")
    assert alone["total"]["reactions"] == {"positive": 1, "negative": 0, "neutral": 0}


async def test_a_reaction_taken_away_leaves_the_day_on_which_it_was_put(region: Region) -> None:
    region.vk.reacts(SCHOOL_VK, "5", "11", "❤")
    region.vk.reacts(SCHOOL_VK, "5", "12", "❤")
    await region.later(timedelta(days=1))
    region.vk.reacts(SCHOOL_VK, "5", "11", before="❤")
    await region.settled()

    tomorrow = TODAY + timedelta(days=1)
    made = await report(region, last=tomorrow)
    assert [day["reactions"]["positive"] for day in made["by_day"]] == [1, 0]
    assert (await report(region, first=tomorrow, last=tomorrow))["total"]["reactions"]["positive"] == 0


async def test_the_same_event_twice_is_one_reaction(region: Region) -> None:
    region.vk.reacts(SCHOOL_VK, "5", "11", "❤", key="like-1")
    region.vk.reacts(SCHOOL_VK, "5", "11", "❤", key="like-1")
    await region.settled()
    assert (await report(region))["total"]["reactions"]["positive"] == 1


@pytest.mark.both_databases
async def test_reactions_to_comments_and_messages_are_nobodys_figure(region: Region) -> None:
    region.vk.reacts(SCHOOL_VK, "5", "11", "❤", comment="12")
    region.telegram.counts_reactions(BOT, "wall-1009_3", {"❤": 5}, sources=("@somebody", "-1009"))
    await region.settled()
    assert await region.count(posts) == 0


async def test_a_telegram_channel_tells_totals_without_names(region: Region) -> None:
    sources = ("@school12", CHANNEL)
    region.telegram.counts_reactions(BOT, CHANNEL_POST, {"👍": 3, "👎": 1}, sources=sources)
    await region.settled()
    region.telegram.counts_reactions(BOT, CHANNEL_POST, {"👍": 5}, sources=sources)
    await region.settled()

    made = await report(region)
    assert made["total"]["reactions"] == {"positive": 5, "negative": 0, "neutral": 0}
    assert [line["code"] for line in made["by_institution"]] == ["school-12"]


async def test_reactions_of_several_people_in_one_batch_add_up(region: Region) -> None:
    async with region.resting_desk():
        for person in range(20):
            region.vk.reacts(SCHOOL_VK, "5", str(person), "❤")
        region.vk.reacts(SCHOOL_VK, "5", "3", before="❤")
    await region.settled()
    assert (await report(region))["total"]["reactions"]["positive"] == 19


async def test_a_post_that_turns_negative_is_told_once_with_its_link(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.reacts(SCHOOL_VK, "5", "1", "❤")
    dislikes(region, 2, 3, 4, 5)
    await region.settled()
    assert not alerts(region, chat)

    dislikes(region, 6, 7, 8)
    await region.settled()
    [alert] = alerts(region, chat)
    assert "негативных реакций 5 из 6" in alert
    assert "👎 5" in alert
    assert "wall-77_5" in alert


async def test_it_is_told_again_only_after_a_quiet_day_and_when_it_goes_on(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    dislikes(region, 1, 2, 3, 4, 5)
    await region.settled()
    await region.later(timedelta(hours=23))
    dislikes(region, 6)
    await region.settled()
    assert len(alerts(region, chat)) == 1

    await region.later(timedelta(hours=2))
    assert len(alerts(region, chat)) == 1
    dislikes(region, 7)
    await region.settled()
    assert len(alerts(region, chat)) == 2


async def test_each_post_is_told_of_by_itself(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    dislikes(region, 1, 2, 3, 4, 5, post="5")
    dislikes(region, 1, 2, 3, 4, 5, post="6")
    await region.settled()
    assert len(alerts(region, chat)) == 2


async def test_without_a_work_chat_it_is_told_when_there_is_one_and_it_goes_on(region: Region) -> None:
    dislikes(region, 1, 2, 3, 4, 5)
    await region.settled()
    chat = await region.bind_telegram("school-12")
    dislikes(region, 6)
    await region.settled()
    assert len(alerts(region, chat)) == 1


@pytest.mark.both_databases
async def test_the_supervisor_reads_reactions_in_the_report(region: Region) -> None:
    boss = await region.join()
    region.vk.reacts(SCHOOL_VK, "5", "11", "❤")
    await region.settled()
    region.telegram.citizen_writes(BOT, boss, "/report today")
    await region.telegram.shows(BOT, boss, "хороших 1, плохих 0, остальных 0")


async def test_what_a_citizen_thinks_of_an_answer_is_shown_in_the_work_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(user_id="11")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    promise = await region.vk.shows(SCHOOL_VK, "11", "№ 1")
    region.telegram.group_writes(BOT, chat, "9001", "Во дворе", name="Анна", reply_to=card.id)
    answer = await region.vk.shows(SCHOOL_VK, "11", "Во дворе")
    await region.settled()
    before = await region.ticket(1)

    region.vk.reacts_to_message(SCHOOL_VK, "11", promise.id, "❤")  # nobody's words
    region.vk.reacts_to_message(SCHOOL_VK, "11", answer.id, "👎")
    shown = await region.telegram.shows(BOT, chat, "житель отметил ответ: 👎")
    region.vk.reacts_to_message(SCHOOL_VK, "11", answer.id, before="👎")
    await region.settled()
    assert shown.reply_to == card.id
    assert sum("отметил ответ" in text for text in region.said_in(region.telegram, BOT, chat)) == 1
    assert (await region.ticket(1)).ticket == before.ticket
    assert (await report(region))["total"]["reactions"] == {"positive": 0, "negative": 0, "neutral": 0}


def alerts(region: Region, chat: str) -> list[str]:
    return [text for text in region.said_in(region.telegram, BOT, chat) if "негативных реакций" in text]
