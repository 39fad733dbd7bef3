"""A small region for stories: the real product on a real database, pretend messengers and people, a clock by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import func, select

from bot.app import PARTS, Application, build
from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE, VK_LIKE
from bot.channels.memory_transcript import ShownAuthor
from bot.domain.channel import Limits, Rate
from bot.domain.clock import ManualClock
from bot.domain.institution import Institution, InviteRole, parse_scope
from bot.settings import Settings
from bot.texts import Texts
from handlers.commands import Reader, help_lines
from storage.database import Database
from storage.institutions import write_institutions
from storage.invites import make_invite
from storage.listings import TimeLine, read_time_line
from storage.outbox_row import Priority
from storage.tables import cursors, inbox, outbox, tickets
from tests import present

TUESDAY = present.TUESDAY
BOT = "500"
"""The regional Telegram bot."""
SCHOOL_VK = "77"
CLINIC_VK = "78"
_QUICK = Rate(calls=1000, per=timedelta(seconds=1))

SCHOOL = Institution(
    code="school-12",
    name="МБОУ «СОШ № 12» г. Альметьевска",
    short_name="Школа № 12",
    branch="Образование",
    municipality="Альметьевский район",
    vk_group_id=SCHOOL_VK,
    vk_token="vk1.a.school",
)
CLINIC = Institution(
    code="clinic-6",
    name="ГАУЗ «Детская городская поликлиника № 6»",
    short_name="Детская поликлиника № 6",
    branch="Здравоохранение",
    municipality="Набережные Челны",
    vk_group_id=CLINIC_VK,
    vk_token="vk1.a.clinic",
)
CLUB = Institution(
    code="club-1",
    name="Дом культуры «Нефтьче»",
    branch="Культура",
    municipality="Альметьевский район",
)


_TEXTS = Texts.load()


def words(key: str, **arguments: str | int) -> str:
    """Return what people read in Russian."""
    return _TEXTS.say("ru", key, **arguments)


def help_of(reader: str) -> str:
    """Return what `/help` tells a `citizen`, an `administrator` or a `supervisor` in Russian."""
    whose = Reader.WORK_CHAT if reader == "administrator" else Reader(reader)
    return words(f"{reader}-help", commands=help_lines(_TEXTS, "ru", whose))


@dataclass(slots=True)
class Region:
    """Everything a story touches."""

    application: Application
    database: Database
    telegram: MemoryChannel
    vk: MemoryChannel
    clock: ManualClock

    async def invite(self, role: InviteRole, scope: str, *, days: int = 7) -> str:
        """Make an invitation as the operator does."""
        async with self.database.unit() as connection:
            return await make_invite(
                connection,
                self.database.vault,
                role=role,
                scope=parse_scope(scope),
                expires_at=self.clock.now() + timedelta(days=days),
            )

    async def bind_telegram(self, code: str, chat: str = "-1001", by: str = "9001", name: str = "Анна") -> str:
        """Make a Telegram group an institution's work chat."""
        invite = await self.invite(InviteRole.ADMINISTRATOR, f"institution:{code}")
        self.telegram.group_writes(BOT, chat, by, f"/bind {invite}", name=name, title="Рабочий чат")
        await self.telegram.shows(BOT, chat, "это рабочий чат")
        return chat

    async def bind_vk(self, code: str, community: str, chat: str = "2000000001", by: str = "9101") -> str:
        """Make a VK conversation an institution's work chat."""
        invite = await self.invite(InviteRole.ADMINISTRATOR, f"institution:{code}")
        self.vk.group_writes(community, chat, by, f"/bind {invite}", name="Мария", title="Рабочий чат")
        await self.vk.shows(community, chat, "это рабочий чат")
        return chat

    async def join(self, user_id: str = "7001", scope: str = "region") -> str:
        """Make somebody a supervisor in Telegram."""
        invite = await self.invite(InviteRole.SUPERVISOR, scope)
        self.telegram.citizen_writes(BOT, user_id, f"/join {invite}", name="Руководитель")
        await self.telegram.shows(BOT, user_id, "Вам доступны показатели")
        return user_id

    async def later(self, duration: timedelta) -> None:
        """Let time pass, and everything happen that was due by then."""
        self.clock.advance(duration)
        await self.settled()
        await self.application.deadlines.work()
        await self.settled()

    async def chosen(self, user_id: str = "31", code: str = "school-12", name: str = "Олег") -> str:
        """Bring a citizen to an institution by its link in Telegram."""
        self.telegram.citizen_writes(BOT, user_id, f"/start {code}", name=name, deep_link=code)
        await self.telegram.shows(BOT, user_id, "ваш вопрос")
        return user_id

    async def asks(self, text: str = "Где бассейн?", *, user_id: str = "11", name: str = "Гульнара") -> None:
        """Let a citizen ask the school in its VK community."""
        self.vk.citizen_writes(SCHOOL_VK, user_id, text, name=name)
        await self.settled()

    async def closes(self, chat: str, card: str, *, by: str = "9001", why: str = "by_phone") -> None:
        """Let an administrator close a ticket that has no answer, in a Telegram group."""
        self.telegram.presses(BOT, chat, by, card, words("button-close"), name="Анна")
        await self.settled()
        self.telegram.presses(BOT, chat, by, "", words(f"closing-{why}"), name="Анна")
        await self.settled()

    def said_in(self, messenger: MemoryChannel, community: str, chat: str) -> list[str]:
        """Return everything the bot shows in a conversation."""
        return [shown.text for shown in messenger.transcript(community, chat) if shown.author is ShownAuthor.BOT]

    @asynccontextmanager
    async def resting_desk(self) -> AsyncIterator[None]:
        """Let everything that people do meanwhile wait in the inbox, to be handled in one batch afterwards."""
        desk: Any = self.application.desk
        work, is_resting = desk.work, asyncio.Event()

        async def rest() -> int:
            is_resting.set()
            return 0

        desk.work = rest
        while not is_resting.is_set():
            desk._bell.ring()
            await asyncio.sleep(0.001)
        try:
            yield
            await self.until_stored()
        finally:
            desk.work = work
            desk._bell.ring()

    async def until_stored(self) -> None:
        """Wait until everything that people did lies in the inbox."""
        while not await self._has_stored_everything():  # noqa: ASYNC110 - the database rings no bell
            await asyncio.sleep(0.001)

    def wake(self) -> None:
        """Ring every bell, so that nobody waits for the next look."""
        for part in (self.application.desk, self.application.sender, self.application.reporter):
            part._bell.ring()

    async def settled(self, seconds: float = 60.0) -> None:
        """Wait until nothing is left to handle or to send now (what must wait for a later time may stay)."""
        quiet = 0
        async with asyncio.timeout(seconds):
            while quiet < 2:
                await asyncio.sleep(0.005)
                self.wake()
                quiet = quiet + 1 if await self._is_quiet() else 0

    async def _has_stored_everything(self) -> bool:
        async with self.database.reading() as connection:
            known = await connection.execute(select(cursors))
            stored = {(row.channel, row.community): int(row.position or 0) for row in known}
        return all(
            stored.get((channel.name, community), 0) >= newest
            for channel in (self.telegram, self.vk)
            for community, newest in channel.newest().items()
        )

    async def _is_quiet(self) -> bool:
        if not await self._has_stored_everything():
            return False
        now = self.clock.now()
        async with self.database.reading() as connection:
            for table in (inbox, outbox):
                later = select(table.c.lane).where(table.c.state == "todo", table.c.not_before > now)
                is_due = table.c.state.in_(("todo", "sending")) & table.c.lane.not_in(later)
                if table is outbox:  # a chat that takes no more has its rows left in the outbox
                    shut = self.application.sender.shut()
                    is_patient = outbox.c.priority >= int(Priority.CARD)
                    is_shut = outbox.c.room.in_(shut.rooms) | (is_patient & outbox.c.room.in_(shut.patient))
                    is_due &= ~((outbox.c.state == "todo") & is_shut)
                waiting = select(func.count()).where(is_due)
                if (await connection.execute(waiting)).scalar_one():
                    return False
        return True

    async def ticket(self, number: int) -> TimeLine:
        """Return a ticket with everything said."""
        async with self.database.reading() as connection:
            return await read_time_line(connection, self.database.vault, number)

    async def count(self, table: Any, *conditions: Any) -> int:
        """Count rows."""
        async with self.database.reading() as connection:
            counted = await connection.execute(select(func.count()).select_from(table).where(*conditions))
            return int(counted.scalar_one())

    async def tickets(self) -> int:
        """Count the tickets."""
        return await self.count(tickets)


_BEHIND_MORE = {
    _TEXTS.say("ru", f"button-{label}"): action
    for label, action in {
        "take": "take",
        "topic": "topic",
        "duplicate": "duplicate",
        "interim": "interim",
        "final": "final",
        "close": "close-yes",
        "spam": "spam-yes",
    }.items()
}


class StoryMessenger(MemoryChannel):
    """A pretend messenger whose people press what stands behind «Ещё…» in one go, confirmed where that is asked."""

    def presses(
        self,
        community: str,
        chat: str,
        user_id: str,
        message_id: str,
        action_or_text: str,
        *,
        name: str = "",
        at: datetime | None = None,
    ) -> str:
        try:
            return super().presses(community, chat, user_id, message_id, action_or_text, name=name, at=at)
        except LookupError:
            if action_or_text not in _BEHIND_MORE:
                raise
        message, button = self._button(community, chat, message_id, _TEXTS.say("ru", "button-menu"))
        self._presses += 1
        press_id = f"press-{self._presses}"
        pushed = {
            "kind": "press",
            "chat": chat,
            "chat_kind": "group",
            "from": {"id": user_id, "name": name},
            "message_id": message.id,
            "action": f"{button.action.rpartition(':')[0]}:{_BEHIND_MORE[action_or_text]}",
            "press_id": press_id,
            "thread": message.thread,
            "at": self._moment(at).isoformat(),
        }
        self.push_raw(community, pushed, chat=chat)
        return press_id


def pretend_messengers(clock: ManualClock) -> tuple[MemoryChannel, MemoryChannel]:
    """Make a Telegram and a VK without speed limits: the clock stands still in stories."""
    telegram = StoryMessenger("telegram", _quick(TELEGRAM_LIKE), clock=clock, address="https://t.me")
    vk = StoryMessenger("vk", _quick(VK_LIKE), clock=clock, idempotent=True, address="https://vk.com")
    return telegram, vk


def _quick(limits: Limits) -> Limits:
    return replace(limits, account_rate=_QUICK, private_rate=_QUICK, group_rate=_QUICK)


def settings_in(
    folder: Path, *, consent: Literal["ask", "off"] = "off", flood: Literal["gather", "off"] = "off"
) -> Settings:
    """Make settings for a story; most stories begin after the citizen's consent."""
    token = f"{BOT}:AAStoryStoryStoryStoryStoryStoryStory00"
    return Settings(_env_file=None, data_dir=folder, telegram_token=token, consent=consent, flood=flood)


@asynccontextmanager
async def living_region(
    database: Database,
    folder: Path,
    *,
    clock: ManualClock | None = None,
    messengers: tuple[MemoryChannel, MemoryChannel] | None = None,
    institutions: tuple[Institution, ...] = (SCHOOL, CLINIC, CLUB),
    consent: Literal["ask", "off"] = "off",
    flood: Literal["gather", "off"] = "off",
) -> AsyncIterator[Region]:
    """Run the product for the block; with the same messengers and clock it goes on where it stopped."""
    clock = clock or ManualClock(TUESDAY)
    telegram, vk = messengers or pretend_messengers(clock)
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, institutions)
    application = build(
        settings_in(folder, consent=consent, flood=flood), database, {"telegram": telegram, "vk": vk}, clock=clock
    )
    running = asyncio.create_task(application.run(set(PARTS) - {"web"}))
    try:
        yield Region(application=application, database=database, telegram=telegram, vk=vk, clock=clock)
        if running.done():
            running.result()
    finally:
        running.cancel()
        await asyncio.wait({running})
        if not running.cancelled():
            running.result()
