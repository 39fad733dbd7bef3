"""Changes laid over what was loaded: those of the event in hand, over those of the events accepted before it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.domain.absence import Absence
from bot.domain.channel import Incoming
from bot.domain.citizen import Citizen
from bot.domain.closed_days import ClosedDays
from bot.domain.incident import Incident
from bot.domain.institution import Invite, Supervisor, WorkChat
from bot.domain.message import Place
from bot.domain.reaction import Post
from bot.domain.set_aside import SetAside, Silence
from bot.domain.subscription import Subscription
from bot.domain.template import Template
from bot.domain.ticket import Administrator, Answer, Link, Ticket, TicketEvent, TicketMessage
from storage.audit import Audited
from storage.codec import HeldEvent
from storage.outbox_row import OutboxRow
from storage.page_keys import PageKey, SignedOut
from storage.personal import Erasure
from storage.working_set import Changes, Guesses, WorkingSet

Key = TypeVar("Key")
Value = TypeVar("Value")


class Layered(Generic[Key, Value]):
    """Things by key."""

    def __init__(self, loaded: Mapping[Key, Value] | None = None) -> None:
        self._loaded = loaded or {}
        self.accepted: dict[Key, Value] = {}
        self.current: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """Return a thing as it stands now, None when there is none."""
        for layer in (self.current, self.accepted):
            if key in layer:
                return layer[key]
        return self._loaded.get(key)

    def keep(self, key: Key, value: Value) -> None:
        """Lay a new or changed thing on top."""
        self.current[key] = value

    def accept(self) -> None:
        """Keep what the event in hand has changed."""
        if self.current:
            self.accepted.update(self.current)
            self.current = {}

    def drop(self) -> None:
        """Forget what the event in hand has changed."""
        self.current = {}


class Pile(Generic[Value]):
    """Things that are only added."""

    def __init__(self) -> None:
        self.accepted: list[Value] = []
        self.current: list[Value] = []

    def add(self, value: Value) -> None:
        """Lay a thing on top."""
        self.current.append(value)

    def accept(self) -> None:
        """Keep what the event in hand has added."""
        if self.current:
            self.accepted += self.current
            self.current = []

    def drop(self) -> None:
        """Forget what the event in hand has added."""
        self.current = []


class Layers:
    """Everything on the desk that can change."""

    def __init__(self, loaded: WorkingSet) -> None:
        self.loaded = loaded
        self.counters = Layered(loaded.counters)
        self.citizens: Layered[int, Citizen] = Layered(loaded.citizens)
        self.citizen_ids: Layered[str, int | None] = Layered(loaded.citizen_ids)
        self.administrators: Layered[int, Administrator] = Layered(loaded.administrators)
        self.administrator_ids: Layered[str, int] = Layered(loaded.administrator_ids)
        self.tickets: Layered[int, Ticket] = Layered(loaded.tickets)
        self.messages: Layered[int, TicketMessage] = Layered()
        self.reworded: Layered[int, TicketMessage] = Layered()
        self.assigned: Layered[int, int] = Layered()
        self.moved: Layered[int, TicketMessage] = Layered()
        self.pending: Layered[int, list[TicketMessage]] = Layered(loaded.pending)
        self.answers: Layered[int, Answer] = Layered(loaded.answers)
        self.linked: Layered[str, int] = Layered(loaded.links)
        self.invites: Layered[str, Invite] = Layered(loaded.invites)
        self.guesses: Layered[str, Guesses] = Layered(loaded.guesses)
        self.put_off: Layered[int, list[SetAside]] = Layered(loaded.put_off)
        self.silences: Layered[int, Silence] = Layered()
        self.silenced: Pile[SetAside] = Pile()
        self.held: Layered[str, list[HeldEvent]] = Layered(loaded.held)
        self.posts: Layered[str, Post] = Layered(loaded.posts)
        self.said: Layered[str, TicketMessage] = Layered(loaded.said)
        self.work_chats: Layered[str, WorkChat] = Layered()
        self.absences: Layered[int, Absence | None] = Layered()
        self.templates: Layered[int, Template | None] = Layered()
        self.subscriptions: Layered[str, Subscription] = Layered()
        self.closed: Layered[tuple[str, date, date], ClosedDays] = Layered()
        self.supervisors: Pile[Supervisor] = Pile()
        self.audited: Pile[Audited] = Pile()
        self.dropped: Pile[int] = Pile()
        self.stopped: Pile[int] = Pile()
        self.incidents: Layered[int, Incident] = Layered()
        self.events: Pile[TicketEvent] = Pile()
        self.undone: Pile[int] = Pile()
        self.outbox: Pile[OutboxRow] = Pile()
        self.links: Pile[Link] = Pile()
        self.aside: Pile[Incoming] = Pile()
        self.erased: Pile[Erasure] = Pile()
        self.page_keys: Pile[PageKey | SignedOut] = Pile()
        self.presses: Pile[str] = Pile()
        self.moved_chats: Pile[tuple[Place, str]] = Pile()
        self.tickets_of: dict[int, list[int]] = {}
        """Ticket numbers by citizen, and below answers by ticket; numbers of dropped events may be among them."""
        self.answers_of: dict[int, list[int]] = {}
        for ticket in loaded.tickets.values():
            self.tickets_of.setdefault(ticket.citizen, []).append(ticket.number)
        for answer in loaded.answers.values():
            self.answers_of.setdefault(answer.ticket, []).append(answer.message)
        self._all = [layer for layer in vars(self).values() if isinstance(layer, Layered | Pile)]

    def next(self, counter: str) -> int:
        """Return the next number of a counter."""
        number = (self.counters.get(counter) or 0) + 1
        self.counters.keep(counter, number)
        return number

    def accept(self) -> None:
        """Keep what the event in hand has changed."""
        for layer in self._all:
            if layer.current:
                layer.accept()

    def drop(self) -> None:
        """Forget what the event in hand has changed."""
        for layer in self._all:
            layer.drop()

    def _held_since(self) -> dict[str, datetime]:
        """Return since when things are held that were held before and still are."""
        before = self.loaded.held
        return {
            key: self.loaded.held_since[key]
            for key, events in self.held.accepted.items()
            if key in before and key in self.loaded.held_since and events[:1] == before[key][:1]
        }

    def changes(self) -> Changes:
        """Return everything accepted so far, for the archive."""
        return Changes(
            counters=self.counters.accepted,
            citizens=self.citizens.accepted,
            administrators=self.administrators.accepted,
            tickets=self.tickets.accepted,
            new_messages=self.messages.accepted,
            reworded=self.reworded.accepted,
            assigned_messages=self.assigned.accepted,
            moved_messages=self.moved.accepted,
            dropped_messages=self.dropped.accepted,
            stopped_answers=self.stopped.accepted,
            incidents=self.incidents.accepted,
            answers=self.answers.accepted,
            events=[event for event in self.events.accepted if event.id not in self.undone.accepted],
            undone_events=self.undone.accepted,
            outbox=self.outbox.accepted,
            links=self.links.accepted,
            work_chats=self.work_chats.accepted,
            supervisors=self.supervisors.accepted,
            audited=self.audited.accepted,
            absences=self.absences.accepted,
            templates=self.templates.accepted,
            subscriptions=self.subscriptions.accepted,
            closed=list(self.closed.accepted.values()),
            used_invites=self.invites.accepted,
            guesses=self.guesses.accepted,
            put_off=self.put_off.accepted,
            silenced=self.silenced.accepted,
            silences=self.silences.accepted,
            held=self.held.accepted,
            posts=self.posts.accepted,
            held_since=self._held_since(),
            aside=self.aside.accepted,
            erased=self.erased.accepted,
            page_keys=self.page_keys.accepted,
            presses=self.presses.accepted,
            moved_chats=self.moved_chats.accepted,
        )
