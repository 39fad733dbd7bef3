"""An invented region: institutions in forty municipalities, each with a VK community and a work chat in Telegram."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import insert

from bot.domain.citizen import Citizen
from bot.domain.institution import Institution, WorkChat
from bot.domain.message import Place
from storage import people_rows
from storage.database import Database
from storage.institutions import write_institutions
from storage.tables import citizens, counters, work_chats

BOT = "500"
"""The regional Telegram bot."""
TOKEN = f"{BOT}:AABenchBenchBenchBenchBenchBenchBench00"
FIRST_GROUP = -1_001_000_000_000
"""Work chats are the supergroups below this number."""
FIRST_COMMUNITY = 1
MUNICIPALITIES = 40
_BRANCHES = ("Образование", "Здравоохранение", "Культура", "Социальная защита", "ЖКХ")
_KINDS = ("Школа", "Поликлиника", "Дом культуры", "Центр помощи", "Управляющая компания")
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_institutions(count: int, *, with_vk: bool = True) -> list[Institution]:
    """Invent so many institutions of five branches; the first ones have the pretend VK's communities 1, 2, 3 …"""
    return [
        Institution(
            code=f"place-{number}",
            name=f"МБУ «{_KINDS[number % 5]} № {number}» муниципального района {number % MUNICIPALITIES}",
            short_name=f"{_KINDS[number % 5]} № {number}",
            branch=_BRANCHES[number % 5],
            municipality=f"Район {number % MUNICIPALITIES}",
            vk_group_id=str(FIRST_COMMUNITY + number) if with_vk else "",
            vk_token=f"token-{FIRST_COMMUNITY + number}" if with_vk else "",
        )
        for number in range(count)
    ]


async def settle(database: Database, institutions: Sequence[Institution]) -> None:
    """Write the institutions, each with a work chat of its own in Telegram."""
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, institutions)
        chats = [
            WorkChat(
                place=Place(channel="telegram", community=BOT, chat=str(FIRST_GROUP - number)),
                institution=institution.code,
                title="Рабочий чат",
                bound_at=_LONG_AGO,
            )
            for number, institution in enumerate(institutions)
        ]
        await connection.execute(
            insert(work_chats), [people_rows.write_work_chat(chat, database.vault) for chat in chats]
        )


async def acquaint(database: Database, users: Iterable[int], institutions: Sequence[Institution]) -> None:
    """Make people of Telegram known who have chosen an institution before, so that their words need no question."""
    async with database.unit() as connection:
        known = [
            Citizen(
                id=number,
                channel="telegram",
                user_id=str(user),
                name=f"Житель {user}",
                language="ru",
                institution=institutions[number % len(institutions)].code,
                place=Place(channel="telegram", community=BOT, chat=str(user)),
                created_at=_LONG_AGO,
            )
            for number, user in enumerate(users, start=1)
        ]
        await connection.execute(
            insert(citizens), [people_rows.write_citizen(citizen, database.vault) for citizen in known]
        )
        await connection.execute(insert(counters), [{"name": "citizen", "value": len(known)}])
