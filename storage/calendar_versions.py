"""What became known of production calendars, and when: kept for ever, because old figures rest on it."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendars import OWN
from storage.database import Database, insert_new
from storage.institutions import tell_desks
from storage.tables import calendar_versions


async def record_calendars(database: Database, texts: Mapping[str, str], *, default: str, now: datetime) -> list[str]:
    """Record every calendar whose content is new, and which one holds for institutions that name none.

    Returns the names that were recorded; nothing is written when everything is known.
    """
    contents = _contents(texts, default)
    async with database.reading() as connection:
        if not _changed(await _read_latest(connection), contents):
            return []
    async with database.unit() as connection:
        changed = _changed(await _read_latest(connection), contents)
        rows = [{"name": name, "recorded_at": now, "content": contents[name]} for name in changed]
        if rows:
            await connection.execute(insert_new(calendar_versions, connection), rows)
            await tell_desks(connection)
        return changed


async def would_record(connection: AsyncConnection, texts: Mapping[str, str], *, default: str) -> list[str]:
    """Return the names of calendars whose content differs from what was recorded; none before anything was."""
    latest = await _read_latest(connection)
    return _changed(latest, _contents(texts, default)) if latest else []


def _contents(texts: Mapping[str, str], default: str) -> dict[str, str]:
    return {name: _canonical(text) for name, text in texts.items()} | {OWN: default}


async def _read_latest(connection: AsyncConnection) -> dict[str, str]:
    query = select(calendar_versions.c.name, calendar_versions.c.content).order_by(calendar_versions.c.recorded_at)
    return {row.name: row.content for row in await connection.execute(query)}


def _changed(latest: Mapping[str, str], contents: Mapping[str, str]) -> list[str]:
    return sorted(name for name, content in contents.items() if latest.get(name) != content)


def _canonical(text: str) -> str:
    """Return one spelling, so that a file that was only laid out anew is no new version."""
    return json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
