"""An operator sees what waits, what failed and why, and gives it another try."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.domain.errors import NotFoundError, StorageError
from bot.domain.ticket import MessageKind, TicketEventKind, TicketState
from storage.database import Database
from storage.listings import list_tickets, read_time_line
from storage.queues import list_inbox, list_outbox, retry_inbox, retry_outbox
from storage.tables import inbox, outbox
from tests.storage.filled import HOUR, NOON, WORDS, fill


@pytest.fixture
async def filled(database: Database) -> Database:
    await fill(database)
    return database


async def test_tickets_are_listed_by_number_and_narrowed_down(filled: Database) -> None:
    async with filled.reading() as connection:
        assert [line.number for line in await list_tickets(connection)] == [1, 2]
        assert [line.number for line in await list_tickets(connection, institution="clinic-6")] == [2]
        assert [line.number for line in await list_tickets(connection, state=TicketState.ANSWERED)] == [1]
        assert await list_tickets(connection, institution="clinic-6", state=TicketState.ANSWERED) == []


async def test_overdue_are_those_whose_citizen_still_waits_after_the_deadline(filled: Database) -> None:
    async with filled.reading() as connection:
        assert await list_tickets(connection, overdue_at=NOON + 8 * HOUR) == []
        late = await list_tickets(connection, overdue_at=NOON + 8 * HOUR + timedelta(seconds=1))
    assert [line.number for line in late] == [2]


async def test_an_unknown_institution_is_no_empty_list(filled: Database) -> None:
    async with filled.reading() as connection:
        with pytest.raises(NotFoundError, match="no-such"):
            await list_tickets(connection, institution="no-such")


async def test_a_time_line_holds_words_facts_and_deliveries(filled: Database) -> None:
    async with filled.reading() as connection:
        line = await read_time_line(connection, filled.vault, 1)
    assert (line.ticket.number, line.ticket.institution_name, line.citizen.name) == (1, "Школа № 12", "Ильнур")
    assert [(message.kind, message.text) for message in line.messages] == [
        (MessageKind.QUESTION, WORDS),
        (MessageKind.ANSWER, "Починим завтра"),
    ]
    assert [event.kind for event in line.events] == [TicketEventKind.OPENED, TicketEventKind.TAKEN]
    assert [row.state for row in line.deliveries] == ["sent", "dead", "todo"]
    assert (line.taken_by, line.administrators) == ("Алия", {1: "Алия"})


async def test_a_number_that_was_never_given_is_told(filled: Database) -> None:
    async with filled.reading() as connection:
        with pytest.raises(NotFoundError, match="№ 3"):
            await read_time_line(connection, filled.vault, 3)


async def test_queues_show_what_is_unfinished_or_only_what_failed(filled: Database) -> None:
    async with filled.reading() as connection:
        assert [row.id for row in await list_outbox(connection)] == [2, 3]
        assert [(row.id, row.error) for row in await list_outbox(connection, is_dead=True)] == [(2, "blocked")]
        assert [row.key for row in await list_inbox(connection, filled.vault)] == ["1", "2"]
        [dead] = await list_inbox(connection, filled.vault, is_dead=True)
    assert (dead.key, dead.error, dead.payload) == ("2", "не понято", "\ufffdnot json")


async def test_another_try_begins_afresh(filled: Database) -> None:
    now = NOON + 100 * HOUR
    async with filled.unit() as connection:
        assert await retry_outbox(connection, [2, 3, 2], now=now) == 2
        assert await retry_inbox(connection, [2]) == 1
    async with filled.reading() as connection:
        row = (await connection.execute(select(outbox).where(outbox.c.id == 2))).one()
        assert (row.state, row.attempts, row.not_before, row.error, row.created_at) == ("todo", 0, None, "", now)
        assert [line.state for line in await list_inbox(connection, filled.vault)] == ["todo", "todo"]


@pytest.mark.parametrize(
    ("ids", "error", "says"),
    [
        ([2, 99], NotFoundError, "99"),  # one of them was never there
        ([2, 1], StorageError, "1"),  # one of them is sent: a citizen would read it twice
    ],
)
async def test_another_try_is_for_all_or_for_none(
    filled: Database, ids: list[int], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        async with filled.unit() as connection:
            await retry_outbox(connection, ids, now=NOON)
    async with filled.reading() as connection:
        assert [row.id for row in await list_outbox(connection, is_dead=True)] == [2]


async def test_a_row_in_the_senders_hands_is_left_there(filled: Database) -> None:
    async with filled.unit() as connection:
        await connection.execute(outbox.update().where(outbox.c.id == 3).values(state="sending"))
    with pytest.raises(StorageError):
        async with filled.unit() as connection:
            await retry_outbox(connection, [3], now=NOON)


async def test_a_thousand_rows_are_retried_in_one_unit(filled: Database) -> None:
    async with filled.unit() as connection:
        row = (await connection.execute(select(inbox).where(inbox.c.key == "2"))).mappings().one()
        copies = [{**row, "id": 1_000 + number, "key": f"k{number}"} for number in range(1_200)]
        await connection.execute(insert(inbox), copies)
    async with filled.unit() as connection:
        assert await retry_inbox(connection, [copy["id"] for copy in copies]) == 1_200
