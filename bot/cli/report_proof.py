"""`otklik report --recompute`: the proof that what reports are made of equals the facts, and the mending of it."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import typer

from bot.cli.output import say, say_json
from bot.cli.running import opened, run
from bot.domain.clock import SystemClock
from bot.domain.institution import Scope

if TYPE_CHECKING:
    from bot.reports.recomputing import Difference, Proof
    from bot.settings import Settings

_SHOWN = 50


def prove(settings: "Settings", scope: Scope, first: date, last: date, *, repairs: bool, as_json: bool) -> None:
    """Compare, tell, and mend if asked to; the exit status is 1 when something differs and is not mended."""
    proof = run(_prove(settings, scope, first, last, repairs=repairs))
    if as_json:
        differences = [asdict(each) for each in proof.differences]
        value = {"equal": proof.is_equal, "tickets": proof.tickets, "figures": proof.figures}
        say_json({**value, "differences": differences, **({"repaired": True} if repairs and differences else {})})
    elif proof.is_equal:
        say(f"совпало: {proof.tickets} сообщений, {proof.figures} показателей")
    else:
        for each in proof.differences[:_SHOWN]:
            say(_line(each))
        if len(proof.differences) > _SHOWN:
            say(f"… и ещё {len(proof.differences) - _SHOWN}")
        say(f"различий: {len(proof.differences)} (сообщений {proof.tickets}, показателей {proof.figures})")
        say("исправлено" if repairs else "исправить: повторите с --repair")
    if not proof.is_equal and not repairs:
        raise typer.Exit(1)


def _line(each: "Difference") -> str:
    where = f"сообщение № {each.ticket}" if each.ticket is not None else each.where
    return f"{where}, {each.name}: хранится {each.kept}, по событиям {each.facts}"


async def _prove(settings: "Settings", scope: Scope, first: date, last: date, *, repairs: bool) -> "Proof":
    from bot.delivery.measurer import Measurer
    from bot.reports.recomputing import recompute, repair

    async with opened(settings) as database:
        now = SystemClock().now()
        proof = await recompute(database, scope=scope, first=first, last=last, zone=settings.zone, now=now)
        if repairs and not proof.is_equal:
            await repair(database, proof, first=first, last=last)
            measurer = Measurer(database=database, zone=settings.zone, clock=SystemClock())
            while await measurer.work():
                pass
        return proof
