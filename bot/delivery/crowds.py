"""Notices when unusually many write of one matter, and lets the work chat be asked whether it is a mass event."""

from datetime import datetime, timedelta

from bot.domain.channel import Incoming
from bot.domain.matter import common_matter, matter_of, speaks_of
from bot.domain.own_event import IncidentSuspected
from storage.codec import INTERNAL, encode_event
from storage.database import Database
from storage.incidents import read_crowds

WITHIN = timedelta(hours=1)


async def suspected(database: Database, *, now: datetime, at_least: int) -> list[Incoming]:
    """Return an event for each institution to which at least so many wrote of one matter within an hour.

    One matter of one institution has one key a day: the work chat is asked once.
    """
    async with database.reading() as connection:
        crowds = await read_crowds(connection, database.vault, since=now - WITHIN, at_least=at_least)
    found = []
    for crowd in crowds:
        matter = " ".join(common_matter(crowd.texts, at_least=at_least))
        if matter:
            words = matter_of(matter)
            count = sum(speaks_of(words, text) for text in crowd.texts)
            event = IncidentSuspected(institution=crowd.institution, matter=matter, count=count)
            key = f"suspected:{crowd.institution}:{matter}:{now:%Y-%m-%d}"
            found.append(
                Incoming(channel=INTERNAL, community="", key=key, lane=f"{INTERNAL}:{key}", payload=encode_event(event))
            )
    return found
