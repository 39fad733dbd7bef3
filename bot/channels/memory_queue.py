"""What a pretend messenger has ready for one receiver: events by number, offered again until they are confirmed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_AT_ONCE = 100
"""Events in one answer, as in Telegram's getUpdates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedEvent:
    """One raw event and its number."""

    number: int
    key: str
    chat: str
    message_id: str = ""
    """The message in the transcript from which it came, if any."""
    payload: bytes = field(repr=False)


class EventQueue:
    """The events of one community, numbered from 1; none is removed: a receiver asks for what follows a number."""

    def __init__(self) -> None:
        self._events: list[QueuedEvent] = []
        self._bell = asyncio.Event()
        self.confirmed = 0
        """The number up to which the receiver has stored everything."""

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing waits for the receiver."""
        return self.confirmed >= len(self._events)

    def put(self, payload: bytes, *, chat: str, key: str, message_id: str = "") -> QueuedEvent:
        """Add an event; an empty `key` takes its number."""
        number = len(self._events) + 1
        event = QueuedEvent(number=number, key=key or str(number), chat=chat, message_id=message_id, payload=payload)
        self._events.append(event)
        self._bell.set()
        return event

    @property
    def newest(self) -> int:
        """The number of the newest event, 0 when there is none."""
        return len(self._events)

    async def after(self, number: int) -> Sequence[QueuedEvent]:
        """Wait until there are events beyond `number` and return the earliest of them, as long polling does."""
        while len(self._events) <= number:
            self._bell.clear()
            await self._bell.wait()
        return self._events[number : number + MOST_AT_ONCE]
