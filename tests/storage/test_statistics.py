"""What the archive gives to reports: plain facts, complete, in chunks, and never any words."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.domain.institution import Scope, ScopeKind
from bot.domain.measures import Fact, FactKind
from bot.domain.ticket import TicketOrigin, TicketState
from storage.database import Database
from storage.statistics import TicketFacts, read_administrator_names, read_facts, read_places
from tests.reports.archive import Archive, at

REGION = Scope(kind=ScopeKind.REGION)


async def facts_in(
    database: Database,
    *,
    scope: Scope = REGION,
    start: datetime = at("mon 0:00"),  # noqa: B008 - a constant
    end: datetime = at("sun 0:00"),  # noqa: B008 - a constant
    chunk: int = 1_000,
) -> list[TicketFacts]:
    async with database.reading() as connection:
        chunks = [found async for found in read_facts(connection, scope=scope, start=start, end=end, chunk=chunk)]
    assert all(0 < len(found) <= chunk for found in chunks)
    return [ticket for found in chunks for ticket in found]


def school_of(archive: Archive) -> str:
    return archive.institution("school", "Школа", "Образование", "Казань")


async def test_a_tickets_facts_are_its_questions_delivered_answers_and_events(database: Database) -> None:
    archive = Archive()
    school = school_of(archive)
    alsu = archive.administrator("Алсу", school)
    ticket = (
        archive.asked(school, "mon 10:00", origin=TicketOrigin.COMMENT).taken("mon 10:01").noted("mon 10:02", by=alsu)
    )
    ticket.refused("mon 10:03", by=alsu).on_the_way("mon 10:04", by=alsu).answered("mon 10:30", by=alsu)
    ticket.says("mon 11:00").excused("mon 11:05").closed("mon 12:00").reopened("tue 10:00").spam("tue 11:00")
    await archive.store(database)

    (found,) = await facts_in(database)

    assert set(found.facts) == {
        Fact(kind=FactKind.ASKED, at=at("mon 10:00")),
        Fact(kind=FactKind.ANSWERED, at=at("mon 10:30"), administrator=alsu),
        Fact(kind=FactKind.ASKED, at=at("mon 11:00")),
        Fact(kind=FactKind.EXCUSED, at=at("mon 11:05")),
        Fact(kind=FactKind.ENDED, at=at("mon 12:00")),
        Fact(kind=FactKind.REOPENED, at=at("tue 10:00")),
        Fact(kind=FactKind.ASKED, at=at("tue 10:00")),
        Fact(kind=FactKind.SPAM, at=at("tue 11:00")),
    }
    assert len(found.facts) == 8
    assert (found.number, found.institution, found.channel) == (1, "school", "vk")
    assert (found.origin, found.state) == (TicketOrigin.COMMENT, TicketState.SPAM)
    assert found.opened_at == at("mon 10:00")
    assert found.first_deadline_at == at("mon 18:00")
    assert found.opened_at.tzinfo is UTC


async def test_a_ticket_belongs_to_the_period_in_which_it_opened(database: Database) -> None:
    archive = Archive()
    school = school_of(archive)
    second = timedelta(seconds=1)
    for opened_at in (at("tue 0:00") - second, at("tue 0:00"), at("wed 0:00") - second, at("wed 0:00")):
        archive.asked(school, "", opened_at=opened_at).answered("fri 10:00", by=None)
    await archive.store(database)

    found = await facts_in(database, start=at("tue 0:00"), end=at("wed 0:00"))

    assert [ticket.number for ticket in found] == [2, 3]
    assert all(FactKind.ANSWERED in {fact.kind for fact in ticket.facts} for ticket in found)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 8, 1_000])
async def test_chunks_lose_and_repeat_nothing(database: Database, chunk: int) -> None:
    archive = Archive()
    school = school_of(archive)
    for moment in ("mon 10:00", "mon 10:00", "mon 10:00", "tue 10:00", "mon 9:00", "tue 10:00", "wed 10:00"):
        archive.asked(school, moment)
    await archive.store(database)

    found = await facts_in(database, chunk=chunk)

    assert [ticket.number for ticket in found] == [5, 1, 2, 3, 4, 6, 7]
    assert all(len(ticket.facts) == 1 for ticket in found)


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        (REGION, [1, 2, 3]),
        (Scope(kind=ScopeKind.BRANCH, name="Образование"), [1, 2]),
        (Scope(kind=ScopeKind.MUNICIPALITY, name="Казань"), [1, 3]),
        (Scope(kind=ScopeKind.INSTITUTION, name="b"), [2]),
        (Scope(kind=ScopeKind.BRANCH, name="Спорт"), []),
    ],
)
async def test_a_scope_sees_only_its_own(database: Database, scope: Scope, numbers: list[int]) -> None:
    archive = Archive()
    archive.asked(archive.institution("a", "А", "Образование", "Казань"), "mon 10:00")
    archive.asked(archive.institution("b", "Б", "Образование", "Арский район"), "mon 11:00")
    archive.asked(archive.institution("c", "В", "Культура", "Казань"), "mon 12:00")
    await archive.store(database)
    assert [ticket.number for ticket in await facts_in(database, scope=scope)] == numbers


async def test_words_that_wait_for_an_institution_are_nobodys(database: Database) -> None:
    archive = Archive()
    school_of(archive)
    archive.waits_for_an_institution("mon 10:00")
    await archive.store(database)
    assert await facts_in(database) == []


async def test_places_come_in_the_order_of_the_sheet_and_without_secrets(database: Database) -> None:
    archive = Archive()
    archive.institution("z", "Я", "Образование", "Казань", time_zone="Asia/Yekaterinburg")
    archive.institution("a", "А", "Культура", "Казань")
    await archive.store(database)
    async with database.reading() as connection:
        places = await read_places(connection)
    assert [(place.code, place.name, place.time_zone) for place in places] == [
        ("z", "Я", "Asia/Yekaterinburg"),
        ("a", "А", ""),
    ]


async def test_only_wanted_names_are_opened(database: Database) -> None:
    archive = Archive()
    school = school_of(archive)
    alsu, bulat, unnamed = (archive.administrator(name, school) for name in ("Алсу", "Булат", ""))
    await archive.store(database)
    async with database.reading() as connection:
        assert await read_administrator_names(connection, database.vault, {alsu, unnamed}) == {
            alsu: "Алсу",
            unnamed: "",
        }
        assert await read_administrator_names(connection, database.vault, {bulat}) == {bulat: "Булат"}
        assert await read_administrator_names(connection, database.vault, set()) == {}


async def test_no_words_are_read_and_few_statements_are_made(database: Database) -> None:
    archive = Archive()
    school = school_of(archive)
    for _ in range(50):
        archive.asked(school, "mon 10:00").answered("mon 10:30", by=None)
    await archive.store(database)
    statements: list[str] = []
    async with database.reading() as connection:

        def note(_connection, _cursor, statement: str, *_others: object) -> None:
            statements.append(statement)

        event.listen(connection.sync_connection, "before_cursor_execute", note)
        found = [
            ticket
            async for chunk in read_facts(connection, scope=REGION, start=at("mon 0:00"), end=at("sun 0:00"))
            for ticket in chunk
        ]
    assert len(found) == 50
    assert len(statements) == 4
    assert not [statement for statement in statements if "body" in statement or "first_words" in statement]
