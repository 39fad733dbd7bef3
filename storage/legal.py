"""Legal modes at rest: one rule a kind of institution, every change in the audit log."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import InstitutionKind
from bot.domain.legal import LegalMode, LegalRule
from storage.audit import write_audit
from storage.database import upsert
from storage.institutions import tell_desks
from storage.tables import counters, legal_rules

REDIRECTED = "redirected"
"""The counter of citizens' words that were only shown the way: all that is kept of them."""


async def read_legal_rules(connection: AsyncConnection) -> list[LegalRule]:
    """Return the rules in the order of the kinds' names."""
    return [
        LegalRule(kind=InstitutionKind(row.kind), mode=LegalMode(row.mode), basis=row.basis, set_at=row.set_at)
        for row in await connection.execute(select(legal_rules).order_by(legal_rules.c.kind))
    ]


async def write_legal_rule(connection: AsyncConnection, rule: LegalRule, *, actor: str) -> None:
    """Set the mode of a kind; running desks notice it."""
    row = {"kind": rule.kind.value, "mode": rule.mode.value, "basis": rule.basis, "set_at": rule.set_at}
    await connection.execute(upsert(legal_rules, connection), row)
    subject = f"{rule.kind.value}: {rule.mode.value}; {rule.basis}"
    await write_audit(connection, actor=actor, action="legal-mode", subject=subject, at=rule.set_at)
    await tell_desks(connection)


async def clear_legal_rule(connection: AsyncConnection, rule: LegalRule, *, actor: str) -> None:
    """Let the setting hold again for a kind."""
    await connection.execute(delete(legal_rules).where(legal_rules.c.kind == rule.kind.value))
    await write_audit(connection, actor=actor, action="legal-mode", subject=f"{rule.kind.value}: –", at=rule.set_at)
    await tell_desks(connection)


async def read_redirected(connection: AsyncConnection) -> int:
    """Return how often a citizen was only shown the way."""
    return (await connection.execute(select(counters.c.value).where(counters.c.name == REDIRECTED))).scalar() or 0
