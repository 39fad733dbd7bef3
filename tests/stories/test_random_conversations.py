"""A hundred random conversations: whatever people do in whatever order, no word is lost, doubled or led astray.

Many citizens on two messengers, in private and in comments, administrators in a group and in a conversation, repeated
events and restarts. Afterwards every word lies in exactly one ticket and in order, every answer has reached the person
who asked and nobody else, and the times are those of the definitions.
"""

import asyncio
import os
import shutil
from collections import defaultdict
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownAuthor
from bot.domain.clock import ManualClock
from bot.domain.ticket import MessageKind, TicketMessage
from storage.database import Database
from storage.tables import inbox, outbox, tickets
from storage.vault import Vault
from tests.conftest import empty, run, sqlite_url
from tests.stories.region import (
    BOT,
    CLINIC_VK,
    SCHOOL_VK,
    TUESDAY,
    Region,
    living_region,
    pretend_messengers,
)

CONVERSATIONS = int(os.environ.get("RANDOM_CONVERSATIONS", "40"))
STEPS = 4

SCHOOL_CHAT, CLINIC_CHAT = "-1001", "2000000001"
POST = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One citizen in one conversation."""

    channel: str
    community: str
    user: str
    post: str = ""

    @property
    def chat(self) -> str:
        return f"wall-{self.community}_{self.post}" if self.post else self.user


VOICES = (
    Voice(channel="vk", community=SCHOOL_VK, user="11"),
    Voice(channel="vk", community=CLINIC_VK, user="11"),  # the same person asks somebody else
    Voice(channel="telegram", community=BOT, user="11"),  # the same number, another person
    Voice(channel="telegram", community=BOT, user="32"),
    Voice(channel="vk", community=SCHOOL_VK, user="11", post=POST),
    Voice(channel="vk", community=SCHOOL_VK, user="13", post=POST),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody is going to do."""

    kind: str
    voice: Voice
    """Who writes."""
    which: int
    """Which ticket is answered, closed or noted: 0 for the newest."""
    later: timedelta


ACTS = st.builds(
    Act,
    kind=st.sampled_from(("write", "write", "write", "answer", "answer", "close", "note")),
    voice=st.sampled_from(VOICES),
    which=st.integers(0, 5),
    later=st.sampled_from([timedelta(minutes=minutes) for minutes in (0, 2, 45)]),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that matters for the times of a ticket."""

    kind: str
    """`word`, `answer` or `end`."""
    at: datetime
    voice: Voice
    """Whose ticket it is about."""
    token: str = ""
    ticket: int = 0


@dataclass(slots=True)
class Told:
    """Everything that people did, in order."""

    deeds: list[Deed] = field(default_factory=list)
    edits: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def token(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}z"


class Conversations(RuleBasedStateMachine):
    """People do something, one after the other; the product must keep up."""

    empty_database: Callable[[Path], URL]
    vault: Vault

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.database = Database(url=type(self).empty_database(Path(self.folder.name)), vault=self.vault)
        self.clock = ManualClock(TUESDAY)
        self.messengers = pretend_messengers(self.clock)
        self.told = Told()
        self.stack = AsyncExitStack()
        self.region: Region

    @initialize(acts=st.lists(ACTS, min_size=6, max_size=12))
    def begins(self, acts: list[Act]) -> None:
        self.runner.run(self._begin())
        self.people_act(acts)

    @rule(acts=st.lists(ACTS, min_size=2, max_size=6))
    def people_go_on(self, acts: list[Act]) -> None:
        self.people_act(acts)

    def people_act(self, acts: list[Act]) -> None:
        for act in acts:
            self.clock.advance(act.later)
            match act.kind:
                case "write":
                    self._speak(act.voice)
                case "answer":
                    self._answer(act.which)
                case "close":
                    self._close(act.which)
                case "note":
                    self._note(act.which)
            self._settle()

    @rule(voices=st.lists(st.sampled_from(VOICES), min_size=2, max_size=6))
    def many_write_at_once(self, voices: list[Voice]) -> None:
        async def rush() -> None:
            async with self.region.resting_desk():
                for voice in voices:
                    self._speak(voice)

        self.runner.run(rush())
        self._settle()

    @rule(channel=st.sampled_from((0, 1)))
    def the_messenger_repeats_itself(self, channel: int) -> None:
        messenger: Any = self.messengers[channel]
        for community, queue in messenger._queues.items():
            for event in queue._events[-3:]:
                messenger.push_raw(community, orjson.loads(event.payload), key=event.key)
        self._settle()

    @rule(hours=st.sampled_from((1, 5, 26, 80)))
    def time_goes_by(self, hours: int) -> None:
        self.runner.run(self.region.later(timedelta(hours=hours)))

    @rule()
    def the_program_restarts(self) -> None:
        self.runner.run(self._restart())

    def every_word_lies_in_one_ticket_in_order(self) -> None:
        said = self._questions()
        by_voice = defaultdict(list)
        for deed in self.told.deeds:
            if deed.kind == "word":
                by_voice[deed.voice].append(deed.token)
        for voice, tokens in by_voice.items():
            found = [
                message.text
                for messages in said.values()
                for message in messages
                if (message.place.channel, message.place.community, message.place.chat) == _conversation(voice)
                and message.text in tokens
            ]
            assert found == tokens
        assert sum(map(len, said.values())) == sum(map(len, by_voice.values()))

    def answers_reach_who_asked_and_nobody_else(self) -> None:
        for deed in self.told.deeds:
            if deed.kind != "answer":
                continue
            for voice in VOICES:
                messenger = self._messenger(voice.channel)
                shown = [
                    each
                    for each in messenger.transcript(voice.community, voice.chat)
                    if each.author is ShownAuthor.BOT and deed.token in each.text
                ]
                is_there = _conversation(voice) == _conversation(deed.voice)
                assert len(shown) == int(is_there)

    def times_follow_the_definitions(self) -> None:
        where = self._where()
        for row in self._rows():
            waiting_since: datetime | None = None
            first_answered_at: datetime | None = None
            closed_over: datetime | None = None
            for deed in self.told.deeds:
                if (where[deed.token] if deed.kind == "word" else deed.ticket) != row.number:
                    continue
                if deed.kind == "word":
                    # Closing without an answer hides no wait: who writes again has waited since the first words.
                    waiting_since = waiting_since or closed_over or deed.at
                elif deed.kind == "answer":
                    first_answered_at = first_answered_at or deed.at
                    waiting_since = closed_over = None
                else:
                    closed_over = closed_over if waiting_since is None else waiting_since
                    waiting_since = None
            assert row.first_answered_at == first_answered_at
            assert row.waiting_since == waiting_since

    def nothing_is_given_up(self) -> None:
        for table in (inbox, outbox):
            assert self.runner.run(self.region.count(table, table.c.state == "dead")) == 0

    def teardown(self) -> None:
        async def end() -> None:
            await self.stack.aclose()
            await self.database.close()

        try:
            if hasattr(self, "region"):
                self.every_word_lies_in_one_ticket_in_order()
                self.answers_reach_who_asked_and_nobody_else()
                self.times_follow_the_definitions()
                self.nothing_is_given_up()
        finally:
            self.runner.run(end())
            self.runner.close()
            self.folder.cleanup()

    async def _begin(self) -> None:
        await self._start()
        await self.region.bind_telegram("school-12", SCHOOL_CHAT)
        await self.region.bind_vk("clinic-6", CLINIC_VK, CLINIC_CHAT, by="9101")
        for voice in VOICES:
            if voice.channel == "telegram":
                await self.region.chosen(voice.user, "school-12" if voice.user == "11" else "clinic-6")
        await self.region.settled()

    async def _start(self) -> None:
        living = living_region(self.database, Path(self.folder.name), clock=self.clock, messengers=self.messengers)
        self.region = await self.stack.enter_async_context(living)

    async def _restart(self) -> None:
        await self.stack.aclose()
        self.stack = AsyncExitStack()
        await self._start()
        await self.region.settled()

    def _settle(self) -> None:
        self.runner.run(self.region.settled())

    def _speak(self, voice: Voice) -> None:
        token = self.told.token("w")
        messenger = self._messenger(voice.channel)
        if voice.post:
            messenger.comments(voice.community, voice.post, voice.user, token, name="Житель")
        else:
            messenger.citizen_writes(voice.community, voice.user, token, name="Житель")
        self.told.deeds.append(Deed(kind="word", at=self.clock.now(), token=token, voice=voice))

    def _answer(self, which: int) -> None:
        number, token = self._one_of_the_tickets(which), self.told.token("a")
        if number is not None:
            self._in_work_chat(number, token)
            voice = self._whose(number)
            answered = Deed(kind="answer", at=self.clock.now(), voice=voice, token=token, ticket=number)
            self.told.deeds.append(answered)

    def _close(self, which: int) -> None:
        """Close a ticket as an administrator does: the card asks once more, and of whom nobody answered why."""
        number = self._one_of_the_tickets(which)
        if number is None:
            return
        messenger, community, chat, _ = self._work_chat(number)
        card = self._card(number)
        shown = next(m for m in messenger.transcript(community, chat) if m.id == card)
        if any("Ещё…" in button.text for row in shown.buttons for button in row):
            self._press(number, card, f"t:{number}:close")
            self._settle()
            asked = {f"k:{number}:by_phone", f"t:{number}:close-yes"}
            for message in reversed(list(messenger.transcript(community, chat))):
                for button in (button for row in message.buttons for button in row):
                    if button.action in asked:
                        self._press(number, message.id, button.action)
                        deed = Deed(kind="end", at=self.clock.now(), voice=self._whose(number), ticket=number)
                        self.told.deeds.append(deed)
                        return

    def _press(self, number: int, message: str, action: str) -> None:
        messenger, community, chat, by = self._work_chat(number)
        messenger.push_raw(
            community,
            {
                "kind": "press",
                "chat": chat,
                "chat_kind": "group",
                "from": {"id": by, "name": "Анна"},
                "message_id": message,
                "action": action,
                "press_id": f"{action}-{len(self.told.deeds)}",
                "at": self.clock.now().isoformat(),
            },
            chat=chat,
        )

    def _note(self, which: int) -> None:
        number = self._one_of_the_tickets(which)
        if number is not None:
            self._in_work_chat(number, f"// {self.told.token('n')}")

    def _one_of_the_tickets(self, which: int) -> int | None:
        numbers = self._numbers()
        return numbers[-1 - which % len(numbers)] if numbers else None

    def _in_work_chat(self, number: int, text: str) -> None:
        messenger, community, chat, by = self._work_chat(number)
        messenger.group_writes(community, chat, by, text, name="Анна", reply_to=self._card(number))

    def _work_chat(self, number: int) -> tuple[MemoryChannel, str, str, str]:
        institution = next(row.institution for row in self._rows() if row.number == number)
        telegram, vk = self.messengers
        return (
            (telegram, BOT, SCHOOL_CHAT, "9001") if institution == "school-12" else (vk, CLINIC_VK, CLINIC_CHAT, "9101")
        )

    def _card(self, number: int) -> str:
        messenger, community, chat, _ = self._work_chat(number)
        cards = [
            m.id for m in messenger.transcript(community, chat) if m.text.startswith(f"№ {number} ·") and m.buttons
        ]
        return cards[-1]

    def _messenger(self, channel: str) -> MemoryChannel:
        telegram, vk = self.messengers
        return telegram if channel == "telegram" else vk

    def _numbers(self) -> list[int]:
        return [row.number for row in self._rows()]

    def _rows(self) -> list[Any]:
        async def read() -> list[Any]:
            async with self.database.reading() as connection:
                return list(await connection.execute(select(tickets).order_by(tickets.c.number)))

        return self.runner.run(read())

    def _questions(self) -> dict[int, list[TicketMessage]]:
        async def read() -> dict[int, list[TicketMessage]]:
            found = {}
            for number in [row.number for row in rows]:
                line = await self.region.ticket(number)
                found[number] = [message for message in line.messages if message.kind is MessageKind.QUESTION]
            return found

        rows = self._rows()
        return self.runner.run(read())

    def _whose(self, number: int) -> Voice:
        where = self._where()
        return next(deed.voice for deed in self.told.deeds if deed.kind == "word" and where[deed.token] == number)

    def _where(self) -> dict[str, int]:
        return {message.text: number for number, messages in self._questions().items() for message in messages}


def _conversation(voice: Voice) -> tuple[str, str, str]:
    """Return where the voice is heard; comments of two people stand under one post."""
    return voice.channel, voice.community, voice.chat


def _converse(empty_database: Callable[[Path], URL], vault: Vault, *, times: int) -> None:
    class OnThisDatabase(Conversations):
        pass

    OnThisDatabase.empty_database, OnThisDatabase.vault = staticmethod(empty_database), vault
    rules = settings(
        max_examples=times,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(OnThisDatabase, settings=rules)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_random_conversations_on_sqlite(sqlite_template: Path, vault: Vault) -> None:
    def copy(folder: Path) -> URL:
        file = folder / "otklik.db"
        shutil.copyfile(sqlite_template, file)
        return sqlite_url(file)

    _converse(copy, vault, times=CONVERSATIONS * 6 // 10)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.postgresql
def test_random_conversations_on_postgresql(postgresql_template: URL, vault: Vault) -> None:
    def emptied(_: Path) -> URL:
        run(empty(postgresql_template))
        return postgresql_template

    _converse(emptied, vault, times=CONVERSATIONS * 4 // 10)
