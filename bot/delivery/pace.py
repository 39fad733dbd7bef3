"""The messengers' speed limits, kept by ourselves: a chat that must wait never holds up the others."""

import asyncio
import heapq
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.channel import Limits, Rate
from bot.domain.clock import Clock
from bot.domain.message import Place
from storage.outbox_row import Priority

_FORGET_CHATS_ABOVE = 10_000
_KEPT_FREE = 4
"""One in so many messages of a group is kept free of cards."""


class _Window:
    """Counts calls in a sliding stretch of time."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._calls: deque[datetime] = deque(maxlen=rate.calls)

    def free_at(self, now: datetime, *, kept_free: int = 0) -> datetime:
        """Return when the next call is allowed that leaves `kept_free` calls to others."""
        allowed = self._rate.calls - kept_free
        if len(self._calls) < allowed:
            return now
        return max(now, self._calls[-allowed] + self._rate.per)

    def count(self, at: datetime) -> None:
        """Remember a call."""
        self._calls.append(at)

    def is_quiet(self, now: datetime) -> bool:
        """Tell whether everything counted lies too far back to matter."""
        return not self._calls or self._calls[-1] + self._rate.per <= now


@dataclass(slots=True)
class _Gate:
    """One account's calls: the most urgent waiter goes first."""

    window: _Window
    waiters: list[tuple[int, int, asyncio.Future[None]]] = field(default_factory=list)
    opener: asyncio.Task[None] | None = None


class Pace:
    """Lets calls through as the messengers allow; `is_on=False` lets everything through (load tests only)."""

    def __init__(self, *, limits: Mapping[str, Limits], clock: Clock, is_on: bool = True) -> None:
        self._limits = limits
        self._clock = clock
        self._is_on = is_on
        self._chats: dict[str, _Window] = {}
        """By channel, community and room."""
        self._gates: dict[tuple[str, str], _Gate] = {}
        self._order = 0

    def chat_free_at(self, place: Place, priority: int) -> datetime:
        """Return when the next message into this chat is allowed.

        Cards and what is even less urgent leave a part of a group's messages to the words that answer a person.
        """
        now = self._clock.now()
        if not self._is_on:
            return now
        is_patient = place.is_group and priority >= Priority.CARD
        kept_free = self._limits[place.channel].group_rate.calls // _KEPT_FREE if is_patient else 0
        return self._chat(place, now).free_at(now, kept_free=kept_free)

    async def admit(self, place: Place, priority: int, *, is_message: bool = True) -> None:
        """Wait until the account may make another call, then count it for the account and, if a message, the chat."""
        if not self._is_on:
            return
        gate = self._gate(place)
        now = self._clock.now()
        if gate.waiters or gate.window.free_at(now) > now:
            await self._queue(gate, priority)
        else:
            gate.window.count(now)
        if is_message:
            now = self._clock.now()
            self._chat(place, now).count(now)

    async def _queue(self, gate: _Gate, priority: int) -> None:
        admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._order += 1
        heapq.heappush(gate.waiters, (priority, self._order, admitted))
        if gate.opener is None or gate.opener.done():
            gate.opener = asyncio.create_task(self._open(gate))
        await admitted

    async def _open(self, gate: _Gate) -> None:
        """Let the waiters of one account through, one by one, the most urgent first."""
        while gate.waiters:
            now = self._clock.now()
            free_at = gate.window.free_at(now)
            if free_at > now:
                await self._clock.sleep(free_at - now)
                continue
            _, _, admitted = heapq.heappop(gate.waiters)
            if not admitted.done():
                gate.window.count(now)
                admitted.set_result(None)

    def _gate(self, place: Place) -> _Gate:
        key = (place.channel, place.community)
        if key not in self._gates:
            self._gates[key] = _Gate(window=_Window(self._limits[place.channel].account_rate))
        return self._gates[key]

    def _chat(self, place: Place, now: datetime) -> _Window:
        # Comments under all Telegram posts stand in one group; a channel's mailbox is private to each person.
        chat = place.room if place.is_comments else place.chat
        room = f"{place.channel}:{place.community}:{chat}"
        window = self._chats.get(room)
        if window is None:
            if len(self._chats) > _FORGET_CHATS_ABOVE:
                self._chats = {name: kept for name, kept in self._chats.items() if not kept.is_quiet(now)}
            limits = self._limits[place.channel]
            window = _Window(limits.group_rate if place.is_group or chat.startswith("-") else limits.private_rate)
            self._chats[room] = window
        return window
