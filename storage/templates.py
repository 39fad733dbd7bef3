"""Templates at rest: few rows, their words sealed."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import parse_scope
from bot.domain.template import Template
from storage.database import insert_new, upsert
from storage.institutions import tell_desks
from storage.tables import counters, templates
from storage.vault import Vault

COUNTER = "template"
"""The row of `counters` from which templates get their numbers."""


async def read_templates(connection: AsyncConnection, vault: Vault) -> list[Template]:
    """Return every template in the order in which they were made."""
    found = await connection.execute(select(templates).order_by(templates.c.id))
    return [_read(row, vault) for row in found]


async def write_templates(connection: AsyncConnection, vault: Vault, changed: dict[int, Template | None]) -> None:
    """Write templates by their number; None takes one away."""
    gone = [number for number, template in changed.items() if template is None]
    kept = [_write(template, vault) for template in changed.values() if template is not None]
    if gone:
        await connection.execute(delete(templates).where(templates.c.id.in_(gone)))
    if kept:
        await connection.execute(upsert(templates, connection), kept)


async def import_templates(connection: AsyncConnection, vault: Vault, wanted: Iterable[Template]) -> tuple[int, int]:
    """Store templates from a file, by scope and title; returns how many are new and how many were changed."""
    await connection.execute(insert_new(counters, connection), {"name": COUNTER, "value": 0})
    query = select(counters.c.value).where(counters.c.name == COUNTER).with_for_update()
    last = (await connection.execute(query)).scalar_one()
    known = {(str(each.scope), each.title.casefold()): each for each in await read_templates(connection, vault)}
    changed: dict[int, Template | None] = {}
    added = 0
    for template in wanted:
        before = known.get((str(template.scope), template.title.casefold()))
        if before is None:
            added += 1
        number = before.id if before is not None else last + added
        numbered = Template(
            id=number, scope=template.scope, title=template.title, text=template.text, text_tt=template.text_tt
        )
        if numbered != before:
            changed[number] = numbered
    await write_templates(connection, vault, changed)
    await connection.execute(update(counters).where(counters.c.name == COUNTER).values(value=last + added))
    await tell_desks(connection)
    return added, len(changed) - added


def _read(row: Any, vault: Vault) -> Template:
    return Template(
        id=row.id,
        scope=parse_scope(row.scope),
        title=row.title,
        text=vault.open_text(row.text),
        text_tt=vault.open_text(row.text_tt),
    )


def _write(template: Template, vault: Vault) -> dict[str, Any]:
    return {
        "id": template.id,
        "scope": str(template.scope),
        "title": template.title,
        "text": vault.seal_text(template.text),
        "text_tt": vault.seal_text(template.text_tt),
    }
