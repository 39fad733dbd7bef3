"""The messengers' speed limits, kept by ourselves: a chat that must wait never holds up the others."""

import asyncio
import heapq
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

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

    def free_within(self, now: datetime, stretch: timedelta, *, kept_free: int = 0) -> int:
        """Return how many calls may begin within a stretch of time, leaving `kept_free` to others."""
        allowed = self._rate.calls - kept_free
        return allowed - sum(at + self._rate.per > now + stretch for at in self._calls)

    def count(self, at: datetime, *, instead_of: datetime | None = None) -> None:
        """Remember a call, which perhaps was expected earlier."""
        if instead_of is not None and instead_of in self._calls:
            self._calls.remove(instead_of)
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
        """By room."""
        self._told: dict[str, datetime] = {}
        """Rooms of which the messenger itself said until when they take nothing."""
        self._gates: dict[tuple[str, str], _Gate] = {}
        self._order = 0

    def chat_free_at(self, place: Place, priority: int) -> datetime:
        """Return when the next message into this chat is allowed.

        Cards and what is even less urgent leave a part of a group's messages to the words that answer a person.
        """
        now = self._clock.now()
        told = max(now, self._told.get(place.room_lane, now))
        if not self._is_on:
            return told
        return max(told, self._chat(place, now).free_at(now, kept_free=self._kept_free(place, priority)))

    def free_within(self, place: Place, priority: int, stretch: timedelta) -> int:
        """Return how many messages into this chat may begin within a stretch of time."""
        now = self._clock.now()
        if self._told and self._told.get(place.room_lane, now) > now + stretch:
            return 0
        if not self._is_on:
            return sys.maxsize
        return self._chat(place, now).free_within(now, stretch, kept_free=self._kept_free(place, priority))

    def shut(self, place: Place, until: datetime) -> None:
        """Obey a messenger that takes nothing more of a chat: none of its lanes asks before."""
        now = self._clock.now()
        self._told = {room: at for room, at in self._told.items() if at > now}
        self._told[place.room_lane] = max(until, self._told.get(place.room_lane, until))

    def _kept_free(self, place: Place, priority: int) -> int:
        is_patient = place.is_group and priority >= Priority.CARD
        return self._limits[place.channel].group_rate.calls // _KEPT_FREE if is_patient else 0

    async def admit(self, place: Place, priority: int, *, is_message: bool = True) -> None:
        """Wait until the account may make another call, then count it for the account and, if a message, the chat."""
        if not self._is_on:
            return
        gate = self._gate(place)
        now = self._clock.now()
        chat = self._chat(place, now) if is_message else None
        if chat is not None:
            chat.count(now)  # at once: of many lanes that look at the same chat only as many go on as it takes
        if gate.waiters or gate.window.free_at(now) > now:
            await self._queue(gate, priority)
            if chat is not None:
                chat.count(self._clock.now(), instead_of=now)
        else:
            gate.window.count(now)

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
        room = place.room_lane
        window = self._chats.get(room)
        if window is None:
            if len(self._chats) > _FORGET_CHATS_ABOVE:
                self._chats = {name: kept for name, kept in self._chats.items() if not kept.is_quiet(now)}
            limits = self._limits[place.channel]
            is_group = Place.of_room(room).is_group
            window = _Window(limits.group_rate if is_group else limits.private_rate)
            self._chats[room] = window
        return window
