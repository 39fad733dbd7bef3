"""Where the law closes Telegram for an institution, citizens are shown another way and nothing of them is kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.institution import InstitutionKind
from bot.domain.legal import LegalMode, LegalRule
from storage.database import Database
from storage.legal import read_redirected, write_legal_rule
from storage.tables import audit, citizens, held_events, inbox, messages, outbox
from tests.stories.region import BOT, CLUB, SCHOOL, SCHOOL_VK, Region, living_region, words

STATE_SCHOOL = replace(SCHOOL, kind=InstitutionKind.MUNICIPAL)
FREE_CLUB = replace(CLUB, kind=InstitutionKind.OTHER)


async def close(region: Region, mode: LegalMode, *kinds: InstitutionKind) -> None:
    """Let the operator set a mode for kinds of institution."""
    for kind in kinds:
        rule = LegalRule(kind=kind, mode=mode, basis="решение юриста", set_at=region.clock.now())
        async with region.database.unit() as connection:
            await write_legal_rule(connection, rule, actor="operator")


async def everything_about(region: Region, user_id: str) -> list[str]:
    """Return in which tables anything of a person is found."""
    async with region.database.reading() as connection:
        came = await connection.execute(select(inbox.c.lane, inbox.c.payload))
        found = ["inbox" for row in came if user_id in row.lane or row.payload]
        went = await connection.execute(select(outbox.c.lane, outbox.c.chat))
        found += ["outbox" for row in went if user_id in row.lane or row.chat == user_id]
    for table in (citizens, messages, held_events):
        found += [table.name] * await region.count(table)
    return found


async def test_a_closed_dialogue_shows_the_way_and_keeps_nothing(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, institutions=(STATE_SCHOOL,)) as region:
        await close(region, LegalMode.REDIRECT_ONLY, InstitutionKind.MUNICIPAL)
        region.telegram.citizen_writes(BOT, "424242", "Почему холодно в школе?", name="Олег")
        await region.telegram.shows(BOT, "424242", "вам ответить не могут")
        region.telegram.citizen_writes(BOT, "424242", "/start school-12", name="Олег", deep_link="school-12")
        way = await region.telegram.shows(BOT, "424242", "https://vk.com/club77")
        await region.settled()

        assert "112" in way.text
        assert await region.tickets() == 0
        assert await everything_about(region, "424242") == []
        async with database.reading() as connection:
            assert await read_redirected(connection) == 2


@pytest.mark.both_databases
async def test_an_emergency_is_answered_where_nobody_may_answer(database: Database, tmp_path: Path) -> None:
    school = replace(STATE_SCHOOL, vk_group_id="", vk_token="", phone="+7 843 000-00-02")
    async with living_region(database, tmp_path, institutions=(school,)) as region:
        await close(region, LegalMode.REDIRECT_ONLY, InstitutionKind.MUNICIPAL)
        region.telegram.citizen_writes(BOT, "424242", "В школе пахнет газом", name="Олег", deep_link="school-12")
        await region.telegram.shows(BOT, "424242", "вам ответить не могут")
        await region.settled()

        call, way = region.said_in(region.telegram, BOT, "424242")
        assert call == words("emergency-gas")
        assert words("redirect-phone-only", phone="+7 843 000-00-02") in way
        assert await everything_about(region, "424242") == []


async def test_other_kinds_and_other_messengers_go_on(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, institutions=(STATE_SCHOOL, FREE_CLUB)) as region:
        await close(region, LegalMode.REDIRECT_ONLY, InstitutionKind.MUNICIPAL)
        await region.chosen("31", "club-1")
        region.telegram.citizen_writes(BOT, "31", "Когда концерт?")
        await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
        region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?")
        await region.vk.shows(SCHOOL_VK, "11", "Принято, № 2 ·")


async def test_choosing_a_closed_institution_drops_the_words(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, institutions=(STATE_SCHOOL, FREE_CLUB)) as region:
        await close(region, LegalMode.PUBLIC_ONLY, InstitutionKind.MUNICIPAL)
        region.telegram.citizen_writes(BOT, "31", "Почему закрыли бассейн?")
        await region.telegram.shows(BOT, "31", "Кому их передать?")
        region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск")
        await region.telegram.shows(BOT, "31", "https://vk.com/club77")
        await region.settled()

        assert await region.tickets() == 0
        assert await region.count(messages) == 0


async def test_an_answer_into_a_dialogue_closed_since_is_refused_kindly(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, institutions=(STATE_SCHOOL,)) as region:
        chat = await region.bind_vk("school-12", SCHOOL_VK)
        await region.chosen("31")
        region.telegram.citizen_writes(BOT, "31", "Где бассейн?")
        card = await region.vk.shows(SCHOOL_VK, chat, "Где бассейн?")
        await region.settled()
        await close(region, LegalMode.REDIRECT_ONLY, InstitutionKind.MUNICIPAL)
        region.vk.group_writes(SCHOOL_VK, chat, "9101", "На ремонте.", reply_to=card.id)
        await region.vk.shows(SCHOOL_VK, chat, "личная переписка в Telegram для вашего учреждения закрыта")
        await region.settled()

        assert not any("На ремонте" in text for text in region.said_in(region.telegram, BOT, "31"))


async def test_every_change_is_kept_in_the_audit_log(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, institutions=(STATE_SCHOOL,)) as region:
        await close(region, LegalMode.PUBLIC_ONLY, InstitutionKind.MUNICIPAL)
        async with database.reading() as connection:
            row = (await connection.execute(select(audit))).one()
    assert (row.actor, row.action, row.subject) == ("operator", "legal-mode", "municipal: public_only; решение юриста")
