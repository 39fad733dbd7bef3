"""Policies at rest: rules are only added, every one with its audit line; what held once can always be read again."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import parse_scope
from bot.domain.policies import PolicyRule
from storage.audit import write_audit
from storage.institutions import tell_desks
from storage.tables import policies


async def read_policy_rules(connection: AsyncConnection) -> list[PolicyRule]:
    """Return every rule in the order in which they were recorded."""
    return [_read(row) for row in await connection.execute(select(policies).order_by(policies.c.id))]


async def write_policy_rule(connection: AsyncConnection, rule: PolicyRule) -> PolicyRule:
    """Add a rule and return it with its id; running desks notice it."""
    written = {
        "scope": str(rule.scope),
        "topic": rule.topic,
        "effective_at": rule.effective_at,
        "terms": json.dumps(dict(rule.terms), sort_keys=True),
        "recorded_at": rule.recorded_at,
        "recorded_by": rule.recorded_by,
    }
    number = (await connection.execute(insert(policies).values(written).returning(policies.c.id))).scalar_one()
    subject = f"{rule.scope} {rule.topic or '*'} {rule.effective_at.isoformat()} {written['terms']}"
    await write_audit(connection, actor=rule.recorded_by, action="policy", subject=subject, at=rule.recorded_at)
    await tell_desks(connection)
    return replace(rule, id=number)


def _read(row: Any) -> PolicyRule:
    return PolicyRule(
        id=row.id,
        scope=parse_scope(row.scope),
        topic=row.topic,
        effective_at=row.effective_at,
        terms=json.loads(row.terms),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )
