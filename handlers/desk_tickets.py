"""What lies on the desk of tickets: themselves, what was said in them, how answers fare, which message is whose."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.address import message_address
from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.message import Place
from bot.domain.reaction import Post
from bot.domain.set_aside import SetAside, Silence, Why
from bot.domain.ticket import (
    Answer,
    Link,
    MessageKind,
    SentPart,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketMessage,
)
from handlers.desk_speech import Speech
from storage.codec import HeldEvent
from storage.keys import link_key
from storage.outbox_row import Copy, OutboxKind, as_sent_part
from storage.working_set import DIRECTORY, LATER, PICTURES


class Tickets(Speech):
    """The part of the desk that knows tickets."""

    def ticket(self, number: int) -> Ticket | None:
        """Return a ticket that lies here."""
        return self._layers.tickets.get(number)

    def keep_ticket(self, ticket: Ticket) -> Ticket:
        """Lay a new or changed ticket on the desk."""
        if self.ticket(ticket.number) is None:
            self._layers.tickets_of.setdefault(ticket.citizen, []).append(ticket.number)
        self._layers.tickets.keep(ticket.number, ticket)
        return ticket

    def changed_tickets(self) -> list[Ticket]:
        """Return the tickets that the event in hand has changed."""
        return list(self._layers.tickets.current.values())

    def tickets_of(self, citizen: Citizen) -> list[Ticket]:
        """Return a citizen's tickets that are open or ended lately, the newest first."""
        numbers = sorted(set(self._layers.tickets_of.get(citizen.id, [])), reverse=True)
        found = [self.ticket(number) for number in numbers]
        return [ticket for ticket in found if ticket is not None and ticket.citizen == citizen.id]

    def in_hands_of(self, administrator: int) -> list[Ticket]:
        """Return the open tickets that an administrator took, of those that lie here (`Needs.in_hands`)."""
        layers = self._layers.tickets
        numbers = sorted({*self._layers.loaded.tickets, *layers.accepted, *layers.current})
        found = [self.ticket(number) for number in numbers]
        return [each for each in found if each is not None and each.taken_by == administrator and not each.is_ended]

    def waiting_in(self, institution: str) -> list[Ticket]:
        """Return an institution's tickets in which a citizen waits, the longest waiting first."""
        found = [self.ticket(number) for number in self._layers.loaded.waiting.get(institution, [])]
        return [ticket for ticket in found if ticket is not None and ticket.waiting_since is not None]

    def owing_in(self, institution: str) -> list[Ticket]:
        """Return an institution's tickets in which nobody waits but a final answer is owed after an interim one."""
        found = [self.ticket(number) for number in self._layers.loaded.waiting.get(institution, [])]
        return [each for each in found if each is not None and each.interim_at is not None and not each.waiting_since]

    def undecided_in(self, institution: str) -> list[int]:
        """Return the tickets with an answer of which somebody must say whether it goes (`Needs.card_ids`)."""
        return self._layers.loaded.undecided.get(institution, [])

    def repeating(self, number: int) -> list[Ticket]:
        """Return the tickets that were marked as repeats of this one (`Needs.repeating`)."""
        layers = self._layers.tickets
        numbers = sorted({*self._layers.loaded.tickets, *layers.accepted, *layers.current})
        found = [self.ticket(each) for each in numbers]
        return [each for each in found if each is not None and each.duplicate_of == number]

    def due_in(self, institution: str) -> list[Ticket]:
        """Return an institution's tickets at which the clock must look by now (`Needs.due_in`)."""
        found = [self.ticket(number) for number in self._layers.loaded.due.get(institution, [])]
        return [each for each in found if each is not None and each.ring_at is not None and each.ring_at <= self.now]

    def card_address(self, ticket: Ticket) -> str:
        """Return where a listed ticket's card can be opened, empty when its messenger has no such addresses."""
        number = self._layers.loaded.card_ids.get(ticket.card or 0, "")
        return message_address(ticket.work_place, number, thread=ticket.work_thread)

    def given_by(self, institution: str) -> list[str]:
        """Return to whom an institution has given tickets lately, the latest first (`Needs.given_by`)."""
        return self._layers.loaded.given_by.get(institution, [])

    def gathered_in(self, institution: str) -> list[int]:
        """Return the numbers of an institution's tickets that wait for their turn to be shown, the oldest first."""
        numbers = self._layers.loaded.gathered.get(institution, [])
        return [number for number in numbers if self._waits_for_turn(number)]

    def _waits_for_turn(self, number: int) -> bool:
        ticket = self.ticket(number)
        return ticket is None or (ticket.card is None and not ticket.thread_shows)

    def time_line(self, number: int) -> list[TicketMessage]:
        """Return what was said in a ticket that is shown whole, in this very batch too."""
        layers = self._layers
        said = {message.id: message for message in layers.loaded.time_lines.get(number, [])}
        waited = {message.id: message for words in layers.loaded.pending.values() for message in words}
        moved = layers.moved.accepted | layers.moved.current
        waited |= moved | layers.reworded.accepted | layers.reworded.current
        for messages in (layers.messages.accepted, layers.messages.current):
            waited |= messages
            said |= {message.id: message for message in messages.values() if message.ticket == number}
        for changed in (layers.reworded.accepted, layers.reworded.current):
            said |= {message.id: message for message in changed.values() if message.ticket == number}
        said = {key: message for key, message in said.items() if key not in moved}
        said |= {message.id: message for message in moved.values() if message.ticket == number}
        for assigned in (layers.assigned.accepted, layers.assigned.current):
            said |= {message: waited[message] for message, ticket in assigned.items() if ticket == number}
        return [said[message] for message in sorted(said)]

    def is_whole(self, number: int) -> bool:
        """Tell whether everything said in a ticket lies here, not only what this batch has brought."""
        return number in self._layers.loaded.time_lines

    def happened(self, number: int) -> list[TicketEvent]:
        """Return what else befell a ticket that is shown whole, in order."""
        events = self._layers.events
        new = [event for pile in (events.accepted, events.current) for event in pile if event.ticket == number]
        undone = {*self._layers.undone.accepted, *self._layers.undone.current}
        return [event for event in (*self._layers.loaded.happened.get(number, []), *new) if event.id not in undone]

    def undo_event(self, event: TicketEvent) -> None:
        """Let a fact be none: the words that made it were moved to another ticket."""
        self._layers.undone.add(event.id)

    def next_ticket_number(self) -> int:
        """Return the number of a new ticket."""
        return self._layers.next("ticket")

    def note_event(
        self,
        ticket: Ticket,
        kind: TicketEventKind,
        administrator: int | None = None,
        *,
        detail: str = "",
        at: datetime | None = None,
    ) -> None:
        """Keep a fact of a ticket's time line, of now or of an earlier moment."""
        self._layers.events.add(
            TicketEvent(
                id=self._layers.next("ticket_event"),
                ticket=ticket.number,
                kind=kind,
                at=at or self.now,
                administrator=administrator,
                detail=detail,
            )
        )

    def next_message_id(self) -> int:
        """Return the id of a new message."""
        return self._layers.next("message")

    def keep_message(self, message: TicketMessage) -> None:
        """Store something said; without a ticket it waits for the citizen's choice."""
        self._layers.messages.keep(message.id, message)
        if message.ticket is None and message.citizen is not None and message.kind is MessageKind.QUESTION:
            self._layers.pending.keep(message.citizen, [*self.pending(message.citizen), message])
        self._keep_delivery(message)

    def make_answer(self, message: TicketMessage) -> None:
        """Let a note that is stored, or new in this batch, be an answer from now on."""
        self.change_said(message)
        self._keep_delivery(message)

    def _keep_delivery(self, message: TicketMessage) -> None:
        if message.delivery is not None and message.ticket is not None:
            self.keep_answer(
                Answer(
                    message=message.id,
                    ticket=message.ticket,
                    administrator=message.administrator,
                    delivery=message.delivery,
                    said_at=message.said_at,
                    delivered_at=message.delivered_at,
                    is_interim=message.is_interim,
                )
            )

    def move_message(self, message: TicketMessage) -> None:
        """Move words, as they are to be kept from now on, to another ticket; without one they wait for a choice."""
        self._layers.moved.keep(message.id, message)
        if message.ticket is None and message.citizen is not None and message.kind is MessageKind.QUESTION:
            self._layers.pending.keep(message.citizen, [*self.pending(message.citizen), message])

    def copies(self, number: int) -> list[Copy]:
        """Return what shows a ticket's further words in work chats, in order (`Needs.copies`)."""
        new = [row for pile in (self._layers.outbox.accepted, self._layers.outbox.current) for row in pile]
        laid = [
            Copy(row=row.id, place=row.place, ticket=number, message=row.answer)
            for row in new
            if row.ticket == number and row.kind is OutboxKind.FOLLOW_UP
        ]
        return [*self._layers.loaded.copies.get(number, []), *laid]

    def pending(self, citizen: int) -> list[TicketMessage]:
        """Return a citizen's words that wait for the choice of an institution, in order."""
        return self._layers.pending.get(citizen) or []

    def change_pending(self, message: TicketMessage) -> None:
        """Let words that wait for the choice of an institution read differently."""
        if message.citizen is None:
            return
        others = self.pending(message.citizen)
        self._layers.pending.keep(message.citizen, [message if known.id == message.id else known for known in others])
        is_new = self._layers.messages.get(message.id) is not None
        (self._layers.messages if is_new else self._layers.reworded).keep(message.id, message)

    def change_said(self, message: TicketMessage) -> None:
        """Let something said in a ticket read, or count, differently."""
        is_new = self._layers.messages.get(message.id) is not None
        (self._layers.messages if is_new else self._layers.reworded).keep(message.id, message)
        if message.message_id:
            self.keep_said(message.place, message.message_id, message)

    def assign(self, citizen: int, ticket: int) -> None:
        """Give a citizen's waiting words to their ticket."""
        for message in self.pending(citizen):
            self._layers.assigned.keep(message.id, ticket)
        self._layers.pending.keep(citizen, [])

    def put_off(self, citizen: int) -> list[SetAside]:
        """Return a citizen's words that open their ticket later, in the order in which they were said."""
        return self._layers.put_off.get(citizen) or []

    def set_aside(self, aside: SetAside) -> None:
        """Keep words outside any ticket; those that waited for a choice wait for it no longer."""
        message = replace(aside.message, kind=MessageKind(aside.why.value), ticket=None)
        citizen = message.citizen
        if citizen is None:
            return
        pending = self.pending(citizen)
        if any(known.id == message.id for known in pending):
            self.change_pending(message)
            self._layers.pending.keep(citizen, [known for known in self.pending(citizen) if known.id != message.id])
        else:
            self._layers.messages.keep(message.id, message)
        aside = replace(aside, message=message)
        if aside.why is Why.SILENCED:
            self._layers.silenced.add(aside)
            return
        self._layers.put_off.keep(citizen, [*self.put_off(citizen), aside])
        self._count_put_off(1)

    def take_up(self, citizen: int, chosen: Sequence[SetAside], ticket: int) -> None:
        """Give words that were put off to their ticket."""
        if not chosen:
            return
        taken = {each.message.id for each in chosen}
        self._layers.put_off.keep(citizen, [each for each in self.put_off(citizen) if each.message.id not in taken])
        self._count_put_off(-len(taken))
        for each in chosen:
            message = replace(each.message, kind=MessageKind.QUESTION, ticket=ticket)
            is_new = self._layers.messages.get(message.id) is not None
            (self._layers.messages if is_new else self._layers.reworded).keep(message.id, message)
            self._layers.assigned.keep(message.id, ticket)

    def change_put_off(self, message: TicketMessage) -> None:
        """Let words that open their ticket later read differently."""
        if message.citizen is None:
            return
        others = self.put_off(message.citizen)
        self._layers.put_off.keep(
            message.citizen,
            [replace(each, message=message) if each.message.id == message.id else each for each in others],
        )
        is_new = self._layers.messages.get(message.id) is not None
        (self._layers.messages if is_new else self._layers.reworded).keep(message.id, message)

    def _count_put_off(self, more: int) -> None:
        self._layers.counters.keep(LATER, max((self._layers.counters.get(LATER) or 0) + more, 0))

    def spam_presses(self, ticket: Ticket) -> list[TicketEvent]:
        """Return when this citizen's tickets of the same institution were marked as spam or opened again."""
        return self._layers.loaded.spam_presses.get(ticket.number, [])

    def silenced_in(self, silence: Silence) -> list[SetAside]:
        """Return what came while somebody was silenced (`Needs.silences`), and in this batch."""
        new = [each for pile in (self._layers.silenced.accepted, self._layers.silenced.current) for each in pile]
        theirs = [
            each for each in new if each.message.citizen == silence.citizen and each.institution == silence.institution
        ]
        return [*self._layers.loaded.silenced.get(silence.id, []), *theirs]

    def silence(self, number: int) -> Silence | None:
        """Return a silence that has not been lifted."""
        for layer in (self._layers.silences.current, self._layers.silences.accepted):
            if number in layer:
                found = layer[number]
                return found if found.lifted_at is None else None
        return self.registry.silences.get(number)

    def silences(self) -> list[Silence]:
        """Return everybody who is silenced by now."""
        numbers = {*self.registry.silences, *self._layers.silences.accepted, *self._layers.silences.current}
        found = [self.silence(number) for number in sorted(numbers)]
        return [each for each in found if each is not None and self.now < each.ends_at]

    def silence_of(self, citizen: int, institution: str) -> Silence | None:
        """Return why an institution reads nothing new of somebody, None for nearly everybody."""
        theirs = [each for each in self.silences() if each.citizen == citizen and each.institution == institution]
        return theirs[0] if theirs else None

    def next_silence_id(self) -> int:
        """Return the id of a new silence."""
        return self._layers.next("silence")

    def keep_silence(self, silence: Silence) -> None:
        """Silence somebody, or lift it."""
        self._layers.silences.keep(silence.id, silence)
        self._layers.next(DIRECTORY)

    def has_commented(self, citizen: int, place: Place) -> bool:
        """Tell whether somebody wrote under a post before this batch (`Needs.commented`)."""
        return (citizen, place.lane) in self._layers.loaded.commented

    def drop_words(self, citizen: int) -> None:
        """Keep nothing of a citizen's words that wait for a choice."""
        for message in self.pending(citizen):
            self._layers.dropped.add(message.id)
        self._layers.pending.keep(citizen, [])

    def answers(self, ticket: int) -> list[Answer]:
        """Return how each answer of a ticket fares, in order."""
        numbers = sorted(set(self._layers.answers_of.get(ticket, [])))
        found = [self.answer(number) for number in numbers]
        return [answer for answer in found if answer is not None and answer.ticket == ticket]

    def answer(self, message: int) -> Answer | None:
        """Return how one answer fares."""
        return self._layers.answers.get(message)

    def keep_answer(self, answer: Answer) -> None:
        """Remember how an answer fares."""
        self._layers.answers_of.setdefault(answer.ticket, []).append(answer.message)
        self._layers.answers.keep(answer.message, answer)

    def stop_answer(self, message: int) -> None:
        """Let an answer not go out any more, if it still waits to be sent."""
        self._layers.stopped.add(message)

    def linked_ticket(self, place: Place, message_id: str) -> Ticket | None:
        """Return the ticket that a messenger's message belongs to."""
        key = link_key(place, message_id)
        number = self._layers.linked.get(key)
        return self.ticket(number) if number is not None else None

    def link_kind(self, place: Place, message_id: str) -> str | None:
        """Return what a message of the bot's own is that belongs to a ticket (`OutboxKind`).

        None for a person's, and for one that was sent before this was kept.
        """
        return self._layers.loaded.link_kinds.get(link_key(place, message_id))

    def link(self, place: Place, message_id: str, ticket: Ticket, said: TicketMessage | None = None) -> None:
        """Let replies to a messenger's message find the ticket; with `said`, also edits and deletions their words."""
        key = link_key(place, message_id)
        message = said.id if said is not None else None
        self._layers.links.add(Link(place=place, message_id=message_id, ticket=ticket.number, message=message))
        self._layers.linked.keep(key, ticket.number)
        if said is not None:
            self._layers.said.keep(key, said)

    def link_anew(self, place: Place, message_id: str, ticket: Ticket) -> None:
        """Let replies to a message of ours find another ticket from now on."""
        link = Link(place=place, message_id=message_id, ticket=ticket.number, is_moved=True)
        self._layers.links.add(link)
        self._layers.linked.keep(link_key(place, message_id), ticket.number)

    def link_said(self, ticket: Ticket, said: TicketMessage) -> None:
        """Let replies to what a person said find the ticket, whichever picture of an album they point to."""
        for message_id in (said.message_id, *said.parts):
            self.link(said.place, message_id, ticket, said)

    def said(self, place: Place, message_id: str) -> TicketMessage | None:
        """Return what a person said in a messenger's message, as it reads by now (`Needs.said`)."""
        return self._layers.said.get(link_key(place, message_id))

    def keep_said(self, place: Place, message_id: str, message: TicketMessage) -> None:
        """Let a messenger's message read differently from now on within this batch, an album by all its ids."""
        for each in {message_id, message.message_id, *message.parts}:
            self._layers.said.keep(link_key(place, each), message)

    def sent_parts(self, answer: int) -> list[SentPart]:
        """Return the messages in which an answer went out or will, in order; empty when they are long gone."""
        new = [row for pile in (self._layers.outbox.accepted, self._layers.outbox.current) for row in pile]
        laid = [as_sent_part(row) for row in new if row.answer == answer and row.kind is OutboxKind.ANSWER]
        gone = {row.refers_to for row in new if row.answer == answer and row.kind is OutboxKind.ANSWER_DELETE}
        return [part for part in (*self._layers.loaded.sent_parts.get(answer, []), *laid) if part.row not in gone]

    def post(self, key: str) -> Post | None:
        """Return a post that people reacted to before (`Needs.posts`)."""
        return self._layers.posts.get(key)

    def keep_post(self, post: Post) -> None:
        """Remember how many reactions a post has."""
        self._layers.posts.keep(post.key, post)

    def hold(self, key: str, event: HeldEvent) -> None:
        """Keep an event under a key until somebody says how it goes on (`Needs.held`)."""
        self._layers.held.keep(key, [*self.held(key), event])

    def held(self, key: str) -> list[HeldEvent]:
        """Return what is held under a key, in the order in which it came."""
        return self._layers.held.get(key) or []

    def count_pictures(self, more: int) -> None:
        """Count how many pictures are held: while there are none, nobody looks for them."""
        held = (self._layers.counters.get(PICTURES) or 0) + more
        self._layers.counters.keep(PICTURES, max(held, 0))

    def hold_instead(self, key: str, events: list[HeldEvent]) -> None:
        """Hold these under a key instead of what was held there."""
        self._layers.held.keep(key, events)

    def release(self, key: str) -> list[HeldEvent]:
        """Return what is held under a key and hold it no longer."""
        events = self.held(key)
        if events:
            self._layers.held.keep(key, [])
        return events
