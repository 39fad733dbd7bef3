"""What every handler is given: the things that its event needs, and a place to lay its changes.

A handler reads and changes what lies here and awaits nothing. Its changes are kept by `accept` or forgotten by `drop`;
the post room loads the desk before a batch and writes it afterwards, in one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.channel import Incoming, Limits
from bot.domain.citizen import Citizen
from bot.domain.institution import Institution, Invite, Supervisor, WorkChat
from bot.domain.message import Attachment, Button, OutgoingKind, OutgoingMessage, Person, Place
from bot.domain.parts import split_message
from bot.domain.sla import SlaPolicy
from bot.domain.ticket import Administrator, Answer, Link, Ticket, TicketEvent, TicketEventKind, TicketMessage
from bot.domain.work_calendar import WorkCalendar
from bot.texts import Texts
from bot.texts.duration import say_duration
from bot.texts.moments import say_moment_shortly, say_until
from storage.codec import INTERNAL, InternalEvent, encode_event
from storage.outbox import OutboxKind, OutboxRow, link_key
from storage.registry import Registry
from storage.rows import identity
from storage.working_set import DIRECTORY, Changes, Guesses, WorkingSet


class Offer(Protocol):
    """One institution that a typed name may mean."""

    @property
    def institution(self) -> Institution:
        """The institution."""
        ...

    @property
    def is_sure(self) -> bool:
        """Whether it may be taken without asking."""
        ...


class Search(Protocol):
    """Finds institutions by a typed name (`bot.directory.search`)."""

    def find(self, text: str, *, municipality: str | None = None, limit: int = 5) -> Sequence[Offer]:
        """Return the best offers, the best first."""
        ...

    def covers(self, text: str) -> float:
        """Return which share of the words belongs to the best offer's name, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What stays the same from batch to batch."""

    texts: Texts
    limits: Mapping[str, Limits]
    """By channel."""
    zone: ZoneInfo
    language: str = "ru"
    """Of work chats, and of citizens who chose none."""
    policy: SlaPolicy = field(default_factory=SlaPolicy)


@dataclass(slots=True)
class _Layer(Changes):
    """Changes, and the indexes over them."""

    citizen_ids: dict[str, int] = field(default_factory=dict)
    administrator_ids: dict[str, int] = field(default_factory=dict)
    linked: dict[str, int] = field(default_factory=dict)
    pending: dict[int, list[TicketMessage]] = field(default_factory=dict)

    def absorb(self, other: "_Layer") -> None:
        """Lay another layer on top of this one."""
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, dict):
                mine.update(theirs)
            else:
                mine.extend(theirs)


class Desk:
    """The desk of one batch."""

    def __init__(self, *, loaded: WorkingSet, registry: Registry, search: Search, rules: Rules, now: datetime) -> None:
        self.now = now
        self.rules = rules
        self.registry = registry
        self.search = search
        self._loaded = loaded
        self._accepted = _Layer()
        self._current = _Layer()
        self._tickets_of: dict[int, list[int]] = {}
        for ticket in loaded.tickets.values():
            self._tickets_of.setdefault(ticket.citizen, []).append(ticket.number)
        self._answers_of: dict[int, list[int]] = {}
        for answer in loaded.answers.values():
            self._answers_of.setdefault(answer.ticket, []).append(answer.message)

    # The batch.

    @property
    def changes(self) -> Changes:
        """Everything accepted so far."""
        return self._accepted

    def accept(self) -> None:
        """Keep the changes of the event that was just handled."""
        self._accepted.absorb(self._current)
        for chat in self._current.work_chats.values():
            self.registry.bind(chat)
        for person in self._current.supervisors:
            self.registry.join(person)
        self._current = _Layer()

    def drop(self) -> None:
        """Forget the changes of the event that was just handled."""
        self._current = _Layer()

    # People.

    def citizen(self, person: Person, place: Place) -> Citizen:
        """Return the citizen, made if they are new; their latest name is kept."""
        key = identity(person.channel, person.user_id)
        known = self._find_id("citizen_ids", key)
        if known is None:
            citizen = Citizen(
                id=self._next("citizen"),
                channel=person.channel,
                user_id=person.user_id,
                name=person.name,
                language=self.rules.texts.choose_language(person.language) if person.language else "",
                place=place,
                created_at=self.now,
            )
            self._current.citizen_ids[key] = citizen.id
            return self.keep_citizen(citizen)
        citizen = self.citizen_by_id(known)
        if person.name and person.name != citizen.name:
            return self.keep_citizen(replace(citizen, name=person.name))
        return citizen

    def citizen_by_id(self, number: int) -> Citizen:
        """Return a citizen whose ticket lies here."""
        for layer in (self._current.citizens, self._accepted.citizens, self._loaded.citizens):
            if number in layer:
                return layer[number]
        raise KeyError(number)

    def keep_citizen(self, citizen: Citizen) -> Citizen:
        """Lay a changed citizen on the desk."""
        self._current.citizens[citizen.id] = citizen
        return citizen

    def language_of(self, citizen: Citizen) -> str:
        """Return the language in which to speak to a citizen."""
        return citizen.language or self.rules.language

    def administrator(self, person: Person, institution: str) -> Administrator:
        """Return who acts in a work chat, made if they are new."""
        key = identity(person.channel, person.user_id)
        known = self._find_id("administrator_ids", key)
        before = self.administrator_by_id(known) if known is not None else None
        now = Administrator(
            id=before.id if before else self._next("administrator"),
            channel=person.channel,
            user_id=person.user_id,
            name=person.name or (before.name if before else ""),
            institution=institution,
        )
        if now != before:
            self._current.administrators[now.id] = now
            self._current.administrator_ids[key] = now.id
        return now

    def administrator_by_id(self, number: int) -> Administrator:
        """Return an administrator whom a ticket here names."""
        for layer in (self._current.administrators, self._accepted.administrators, self._loaded.administrators):
            if number in layer:
                return layer[number]
        raise KeyError(number)

    def administrator_name(self, number: int | None) -> str:
        """Return the name to show, a plain word when the messenger did not tell one."""
        name = self.administrator_by_id(number).name if number is not None else ""
        return name or self.say(self.rules.language, "administrator-unnamed")

    def supervises(self, person: Person) -> list[Supervisor]:
        """Return the scopes that a person has, none for most people."""
        return self.registry.supervisors.get(identity(person.channel, person.user_id), [])

    # Institutions.

    def institution(self, code: str) -> Institution | None:
        """Return an institution by its code."""
        return self.registry.institutions.get(code)

    def calendar(self, institution: Institution) -> WorkCalendar:
        """Return the institution's working time."""
        return WorkCalendar(zone=self.zone(institution))

    def zone(self, institution: Institution) -> ZoneInfo:
        """Return the institution's zone."""
        return ZoneInfo(institution.time_zone) if institution.time_zone else self.rules.zone

    def work_chat(self, code: str) -> WorkChat | None:
        """Return the chat where an institution answers, None while it has none that can be reached."""
        chat = self._current.work_chats.get(code) or self.registry.work_chats.get(code)
        return chat if chat is not None and not chat.is_lost else None

    def keep_work_chat(self, chat: WorkChat) -> None:
        """Bind an institution to a chat, or change what is known of it."""
        self._current.work_chats[chat.institution] = chat
        self._grow_directory()

    def keep_supervisor(self, person: Supervisor) -> None:
        """Give somebody a scope."""
        self._current.supervisors.append(person)
        self._grow_directory()

    # Codes.

    def invite(self, code: str) -> Invite | None:
        """Return the invitation that a typed, normalised code opens, also a used or expired one."""
        used = self._current.used_invites.get(code) or self._accepted.used_invites.get(code)
        return used or self._loaded.invites.get(code)

    def use_invite(self, code: str, invite: Invite) -> None:
        """Spend an invitation."""
        self._current.used_invites[code] = replace(invite, used_at=self.now)

    def guesses(self, person: Person) -> Guesses:
        """Return how often a person has typed wrong codes lately."""
        key = identity(person.channel, person.user_id)
        for layer in (self._current.guesses, self._accepted.guesses, self._loaded.guesses):
            if key in layer:
                return layer[key]
        return Guesses(identity=key, failures=0, blocked_until=self.now)

    def keep_guesses(self, guesses: Guesses) -> None:
        """Remember wrong codes."""
        self._current.guesses[guesses.identity] = guesses

    # Tickets.

    def ticket(self, number: int) -> Ticket | None:
        """Return a ticket that lies here."""
        for layer in (self._current.tickets, self._accepted.tickets, self._loaded.tickets):
            if number in layer:
                return layer[number]
        return None

    def keep_ticket(self, ticket: Ticket) -> Ticket:
        """Lay a new or changed ticket on the desk."""
        if self.ticket(ticket.number) is None:
            self._tickets_of.setdefault(ticket.citizen, []).append(ticket.number)
        self._current.tickets[ticket.number] = ticket
        return ticket

    def tickets_of(self, citizen: Citizen) -> list[Ticket]:
        """Return a citizen's tickets that are open or ended lately, the newest first."""
        numbers = sorted(set(self._tickets_of.get(citizen.id, [])), reverse=True)
        found = [self.ticket(number) for number in numbers]
        return [ticket for ticket in found if ticket is not None and ticket.citizen == citizen.id]

    def waiting_in(self, institution: str) -> list[Ticket]:
        """Return an institution's tickets in which a citizen waits, the longest waiting first."""
        found = [self.ticket(number) for number in self._loaded.waiting.get(institution, [])]
        return [ticket for ticket in found if ticket is not None and ticket.waiting_since is not None]

    def time_line(self, number: int) -> list[TicketMessage]:
        """Return what was said in a ticket that is shown whole."""
        return self._loaded.time_lines.get(number, [])

    def next_ticket_number(self) -> int:
        """Return the number of a new ticket."""
        return self._next("ticket")

    def note_event(self, ticket: Ticket, kind: TicketEventKind, administrator: int | None = None) -> None:
        """Keep a fact of a ticket's time line."""
        self._current.events.append(
            TicketEvent(
                id=self._next("ticket_event"),
                ticket=ticket.number,
                kind=kind,
                at=self.now,
                administrator=administrator,
            )
        )

    # Words.

    def next_message_id(self) -> int:
        """Return the id of a new message."""
        return self._next("message")

    def keep_message(self, message: TicketMessage) -> None:
        """Store something said; without a ticket it waits for the citizen's choice."""
        self._current.new_messages[message.id] = message
        if message.ticket is None and message.citizen is not None:
            self._current.pending[message.citizen] = [*self.pending(message.citizen), message]
        if message.delivery is not None and message.ticket is not None:
            self.keep_answer(
                Answer(
                    message=message.id,
                    ticket=message.ticket,
                    administrator=message.administrator,
                    delivery=message.delivery,
                )
            )

    def pending(self, citizen: int) -> list[TicketMessage]:
        """Return a citizen's words that wait for the choice of an institution, in order."""
        for layer in (self._current.pending, self._accepted.pending, self._loaded.pending):
            if citizen in layer:
                return layer[citizen]
        return []

    def assign(self, citizen: int, ticket: int) -> None:
        """Give a citizen's waiting words to their ticket."""
        for message in self.pending(citizen):
            self._current.assigned_messages[message.id] = ticket
        self._current.pending[citizen] = []

    def answers(self, ticket: int) -> list[Answer]:
        """Return how each answer of a ticket fares, in order."""
        numbers = sorted(set(self._answers_of.get(ticket, [])))
        found = [self.answer(number) for number in numbers]
        return [answer for answer in found if answer is not None and answer.ticket == ticket]

    def answer(self, message: int) -> Answer | None:
        """Return how one answer fares."""
        for layer in (self._current.answers, self._accepted.answers, self._loaded.answers):
            if message in layer:
                return layer[message]
        return None

    def keep_answer(self, answer: Answer) -> None:
        """Remember how an answer fares."""
        self._answers_of.setdefault(answer.ticket, []).append(answer.message)
        self._current.answers[answer.message] = answer

    def linked_ticket(self, place: Place, message_id: str) -> Ticket | None:
        """Return the ticket that a messenger's message belongs to."""
        key = link_key(place, message_id)
        for layer in (self._current.linked, self._accepted.linked, self._loaded.links):
            if key in layer:
                return self.ticket(layer[key])
        return None

    def link(self, place: Place, message_id: str, ticket: Ticket) -> None:
        """Let replies to a messenger's message find the ticket."""
        self._current.links.append(Link(place=place, message_id=message_id, ticket=ticket.number))
        self._current.linked[link_key(place, message_id)] = ticket.number

    # The way out.

    def send(
        self,
        place: Place,
        kind: OutboxKind,
        text: str,
        *,
        buttons: Sequence[Sequence[Button]] = (),
        attachments: Iterable[Attachment] = (),
        reply_to: str = "",
        ticket: Ticket | None = None,
        answer: int | None = None,
        refers_to: int | None = None,
    ) -> int:
        """Put words into the outbox, cut to what the messenger takes; returns the id of the row with the buttons."""
        whole = OutgoingMessage(
            kind=OutgoingKind.COMMENT if place.is_comments else OutgoingKind.MESSAGE,
            text=text,
            attachments=tuple(attachments),
            buttons=tuple(tuple(row) for row in buttons),
            reply_to=reply_to,
        )
        parts = split_message(whole, self.rules.limits[place.channel])
        if place.is_comments:
            # Under a post every part must name the comment, else it would open a talk of its own.
            parts = [replace(part, reply_to=reply_to) for part in parts]
        with_buttons = 0
        for index, part in enumerate(parts):
            row = self._put(
                place,
                kind,
                part,
                ticket=ticket,
                answer=answer,
                is_last=index == len(parts) - 1,
                refers_to=refers_to if index == 0 else None,
            )
            if part.buttons or not with_buttons:
                with_buttons = row
        return with_buttons

    def edit(self, place: Place, kind: OutboxKind, text: str, *, buttons: Sequence[Sequence[Button]], row: int) -> None:
        """Change what an earlier outbox row shows."""
        message = OutgoingMessage(kind=OutgoingKind.EDIT, text=text, buttons=tuple(tuple(line) for line in buttons))
        self._put(place, kind, message, refers_to=row)

    def edit_sent(self, place: Place, message_id: str, text: str, *, buttons: Sequence[Sequence[Button]]) -> None:
        """Change a message that the messenger named (the one whose button was pressed)."""
        message = OutgoingMessage(
            kind=OutgoingKind.EDIT,
            text=text,
            buttons=tuple(tuple(line) for line in buttons),
            target=message_id,
        )
        self._put(place, OutboxKind.NOTICE, message)

    def end_press(self, place: Place, press_id: str, text: str = "") -> None:
        """End the waiting state of a pressed button, with a short word if there is one."""
        if press_id:
            message = OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, text=text, target=press_id)
            self._put(place, OutboxKind.PRESS, message, lane=f"{place.lane}:press:{press_id}")

    def do_aside(self, event: InternalEvent, *, key: str, community: str = "") -> None:
        """Let something be done later, as an event of our own; the same key only once."""
        self._current.aside.append(
            Incoming(
                channel=INTERNAL,
                community=community,
                key=key,
                lane=f"{INTERNAL}:{community}:{key}",
                payload=encode_event(event),
            )
        )

    def move_chat(self, place: Place, new_chat: str) -> None:
        """Send what waits for a chat to the chat that it became."""
        self._current.moved_chats.append((place, new_chat))

    # Speech.

    def say(self, language: str, key: str, /, **arguments: str | int) -> str:
        """Return words from `bot/texts`."""
        return self.rules.texts.say(language, key, **arguments)

    def until(self, language: str, moment: datetime, zone: tzinfo) -> str:
        """Return «вторника, 24 ноября, 10:40»."""
        return say_until(self.rules.texts, language, moment, zone=zone)

    def shortly(self, language: str, moment: datetime, zone: tzinfo) -> str:
        """Return «24.11 10:40»."""
        return say_moment_shortly(self.rules.texts, language, moment, zone=zone)

    def how_long(self, language: str, since: datetime) -> str:
        """Return how long ago something was, in words."""
        return say_duration(self.rules.texts, language, self.now - since)

    # Inside.

    def _put(
        self,
        place: Place,
        kind: OutboxKind,
        message: OutgoingMessage,
        *,
        ticket: Ticket | None = None,
        answer: int | None = None,
        is_last: bool = True,
        refers_to: int | None = None,
        lane: str = "",
    ) -> int:
        row = OutboxRow(
            id=self._next("outbox"),
            place=place,
            lane=lane or place.lane,
            kind=kind,
            message=message,
            ticket=ticket.number if ticket else None,
            answer=answer,
            is_last=is_last,
            refers_to=refers_to,
            created_at=self.now,
        )
        self._current.outbox.append(row)
        return row.id

    def _next(self, counter: str) -> int:
        for layer in (self._current.counters, self._accepted.counters, self._loaded.counters):
            if counter in layer:
                number = layer[counter] + 1
                self._current.counters[counter] = number
                return number
        raise KeyError(counter)

    def _grow_directory(self) -> None:
        self._next(DIRECTORY)

    def _find_id(self, index: str, key: str) -> int | None:
        for layer in (self._current, self._accepted, self._loaded):
            found: int | None = getattr(layer, index).get(key)
            if found is not None:
                return found
        return None
