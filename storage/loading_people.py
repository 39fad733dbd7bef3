"""Loading who speaks, who is named, and which codes somebody typed."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import Administrator
from storage import people_rows
from storage.keys import identity
from storage.needs import Needs
from storage.tables import (
    acting,
    administrators,
    citizens,
    guesses,
    invites,
)
from storage.vault import Vault
from storage.working_set import Guesses, WorkingSet


async def load_people(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, identities: Iterable[str]) -> None:
    """Load who speaks, as citizens and as administrators."""
    if not identities:
        return
    for row in await connection.execute(select(citizens).where(citizens.c.identity.in_(identities))):
        _keep_citizen(loaded, row, vault)
    await _load_administrators(connection, vault, loaded, administrators.c.identity.in_(identities))


async def load_colleagues(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, codes: set[str]) -> None:
    """Load who answers for institutions."""
    if codes:
        theirs = select(acting.c.administrator).where(acting.c.institution.in_(codes))
        for person in await _load_administrators(connection, vault, loaded, administrators.c.id.in_(theirs)):
            for institution, _ in person.acts_for:
                loaded.colleagues.setdefault(institution, []).append(person.id)


async def load_known_people(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, wanted: set[int]) -> None:
    """Load the citizens and administrators that the loaded tickets name, and the administrators that are wanted."""
    asking = {ticket.citizen for ticket in loaded.tickets.values()} - loaded.citizens.keys()
    if asking:
        for row in await connection.execute(select(citizens).where(citizens.c.id.in_(asking))):
            _keep_citizen(loaded, row, vault)
    named = {*wanted, *(ticket.taken_by for ticket in loaded.tickets.values())}
    named |= {message.administrator for message in loaded.said.values()}
    named |= {answer.administrator for answer in loaded.answers.values()}
    named |= {message.administrator for said in loaded.time_lines.values() for message in said}
    named |= {event.administrator for events in loaded.happened.values() for event in events}
    named_only = {person for person in named if person is not None} - loaded.administrators.keys()
    if named_only:
        await _load_administrators(connection, vault, loaded, administrators.c.id.in_(named_only))


async def load_codes(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs) -> None:
    """Load the invites behind the codes that were typed, locked, and how often their typers were wrong."""
    if not needs.codes:
        return
    by_hash = {vault.fingerprint(code): code for code in needs.codes}
    for row in await connection.execute(select(invites).where(invites.c.code_hash.in_(by_hash)).with_for_update()):
        loaded.invites[by_hash[row.code_hash]] = people_rows.read_invite(row)
    for row in await connection.execute(select(guesses).where(guesses.c.identity.in_(needs.identities))):
        loaded.guesses[row.identity] = Guesses(
            identity=row.identity, failures=row.failures, blocked_until=row.blocked_until
        )


def _keep_citizen(loaded: WorkingSet, row: Any, vault: Vault) -> None:
    loaded.citizens[row.id] = people_rows.read_citizen(row, vault)
    loaded.citizen_ids[row.identity] = row.id


async def _load_administrators(
    connection: AsyncConnection, vault: Vault, loaded: WorkingSet, wanted: ColumnElement[bool]
) -> list[Administrator]:
    found = people_rows.read_administrators(await connection.execute(people_rows.WHO_ACTS.where(wanted)), vault)
    for person in found:
        loaded.administrators[person.id] = person
        loaded.administrator_ids[identity(person.channel, person.user_id)] = person.id
    return found
