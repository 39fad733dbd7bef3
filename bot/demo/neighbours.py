"""The rest of the demo's region, and its last three months: institutions and tickets that are there for the reports.

Nobody can be played here. The town's institutions (`bot.demo.town`) have the same past until the played history begins.
"""

import csv
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import product

from bot.demo.history import ZONE
from bot.demo.institutions import GROUPS, INSTITUTIONS
from bot.demo.past import past
from bot.domain.institution import Institution
from storage.database import Database
from storage.institutions import write_institutions
from storage.past import write_past

PAST = timedelta(days=100)
"""Enough for twelve whole weeks and the month before this one."""
PLAYED = timedelta(days=16)
"""Before that the town's own past ends; the played history begins later."""
FRESH = timedelta(days=4)
"""Who asked a neighbour before that waits no more."""
_DAY = timedelta(days=1)
_NEIGHBOURS_A_DAY, _TOWN_A_DAY = 26.0, 14.0
_NAMES = (
    "Айгуль",
    "Алексей",
    "Альбина",
    "Булат",
    "Венера",
    "Дина",
    "Екатерина",
    "Ильнур",
    "Камиль",
    "Ляйсан",
    "Марина",
    "Наиль",
    "Ольга",
    "Рамиль",
    "Регина",
    "Светлана",
    "Тимур",
    "Юлия",
)
_MOST_ADMINISTRATORS = 3


def neighbours() -> list[Institution]:
    """Return the institutions of `neighbours.csv`."""
    sheet = files("bot.demo").joinpath("neighbours.csv").read_text(encoding="utf-8")
    return [
        Institution(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            branch=row["branch"],
            municipality=row["municipality"],
        )
        for row in csv.DictReader(sheet.splitlines(), delimiter=";")
    ]


async def tell_past(database: Database, *, now: datetime) -> int:
    """Write the rest of the region and everybody's past as it stands at `now`; returns how many tickets."""
    rest = neighbours()
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, rest)
    first, today = (now - PAST).astimezone(ZONE).date(), now.astimezone(ZONE).date()
    town_ends = (now - PLAYED).astimezone(ZONE).date()
    names = {
        (place.code, who): _NAMES[(7 * number + 5 * who) % len(_NAMES)]
        for (number, place), who in product(enumerate((*INSTITUTIONS, *rest)), range(_MOST_ADMINISTRATORS))
    }
    town = past(INSTITUTIONS, first=first, last=town_ends, per_day=_TOWN_A_DAY, is_settled=True)
    told = await write_past(database, town, names=names, communities=GROUPS)
    long_ago = past(rest, first=first, last=today - FRESH, per_day=_NEIGHBOURS_A_DAY, is_settled=True)
    told += await write_past(database, long_ago, names=names)
    lately = past(rest, first=today - FRESH + _DAY, last=today, per_day=_NEIGHBOURS_A_DAY, now=now)
    return told + await write_past(database, lately, names=names)
