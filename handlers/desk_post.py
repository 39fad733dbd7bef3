"""The way out: words, edits and press answers go into the outbox, work for later into the inbox."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.channel import Incoming
from bot.domain.copying import replace
from bot.domain.message import Attachment, Button, OutgoingKind, OutgoingMessage, Place
from bot.domain.parts import split_message
from bot.domain.quotation import read_quotations
from bot.domain.ticket import Ticket
from handlers.buttons import LONGEST_ACTION, Press
from handlers.desk_speech import Speech
from storage.codec import INTERNAL, InternalEvent, encode_event
from storage.outbox_row import CARDS, Copy, OutboxKind, OutboxRow, gathered_lane, ticket_lane
from storage.presses import token_of


class Post(Speech):
    """The part of the desk through which everything goes out."""

    def stands_in(self, place: Place, message_id: str, thread: str) -> None:
        """Remember in which topic a message of this batch stands: replies to it go there too."""
        self._threads[place.lane, message_id] = thread

    def send(
        self,
        place: Place,
        kind: OutboxKind,
        text: str,
        *,
        buttons: Sequence[Sequence[Button]] = (),
        keys: Sequence[Sequence[Button]] = (),
        attachments: Iterable[Attachment] = (),
        reply_to: str = "",
        ticket: Ticket | None = None,
        answer: int | None = None,
        refers_to: int | None = None,
        thread: str = "",
        is_urgent: bool = False,
    ) -> int:
        """Put words into the outbox, cut to what the messenger takes; returns the id of the row with the buttons.

        Where the messenger lets nobody but people speak, words of our own go nowhere (0); an answer is refused aloud.
        """
        if kind is not OutboxKind.ANSWER and not place.is_answerable:
            return 0
        text, quotes = (text, ()) if kind is OutboxKind.ANSWER else read_quotations(text)
        whole = OutgoingMessage(
            kind=OutgoingKind.COMMENT if place.is_comments else OutgoingKind.MESSAGE,
            text=text,
            quotes=quotes,
            attachments=tuple(attachments),
            buttons=tuple(tuple(row) for row in buttons),
            reply_to=reply_to,
            thread=thread or self._thread(place, reply_to, ticket),
        )
        parts = split_message(whole, self.rules.limits[place.channel])
        if place.is_comments:
            # Under a post every part must name the comment, else it would open a talk of its own.
            parts = [replace(part, reply_to=reply_to) for part in parts]
        if keys and not place.is_group and not place.is_comments and self.rules.limits[place.channel].standing_keys:
            parts[-1] = replace(parts[-1], keys=tuple(tuple(row) for row in keys))
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
                is_urgent=is_urgent,
            )
            if part.buttons or not with_buttons:
                with_buttons = row
        return with_buttons

    def make_topic(self, place: Place, title: str, *, icon: str, ticket: Ticket) -> None:
        """Ask for a topic of its own for a ticket; `TopicMade` tells when it is there."""
        message = OutgoingMessage(kind=OutgoingKind.TOPIC, text=title, icon=icon)
        self._put(place, OutboxKind.TOPIC, message, ticket=ticket)

    def edit_topic(self, place: Place, title: str, *, icon: str, thread: str, ticket: Ticket) -> None:
        """Give a topic another title and icon."""
        message = OutgoingMessage(kind=OutgoingKind.TOPIC_EDIT, text=title, icon=icon, thread=thread)
        self._put(place, OutboxKind.TOPIC_EDIT, message, ticket=ticket)

    def edit(
        self,
        place: Place,
        kind: OutboxKind,
        text: str,
        *,
        buttons: Sequence[Sequence[Button]],
        row: int,
        ticket: Ticket | None = None,
    ) -> None:
        """Change what an earlier outbox row shows, after it in the lane of the same ticket.

        A refusal comes back as `DeliveryFailed` of this ticket.
        """
        message = self._edit(place, text, buttons=tuple(tuple(line) for line in buttons))
        self._put(place, kind, message, ticket=ticket, refers_to=row, lane=self._lane(place, kind, ticket))

    def edit_copy(self, copy: Copy, text: str, *, ticket: Ticket) -> None:
        """Let a copy of a citizen's words say something else; a refusal comes back as `DeliveryFailed`."""
        message = self._edit(copy.place, text)
        kind = OutboxKind.WORDS_MOVED
        self._put(copy.place, kind, message, ticket=ticket, refers_to=copy.row)

    def edit_answer(self, place: Place, text: str, *, row: int, ticket: Ticket, answer: int) -> None:
        """Give a part of an answer other words; a refusal comes back as `DeliveryFailed` of this answer."""
        message = OutgoingMessage(kind=OutgoingKind.EDIT, text=text)
        kind = OutboxKind.ANSWER_EDIT
        self._put(place, kind, message, ticket=ticket, answer=answer, is_last=False, refers_to=row)

    def delete_answer(self, place: Place, *, row: int, ticket: Ticket, answer: int) -> None:
        """Take a part of an answer away; a refusal comes back as `DeliveryFailed` of this answer."""
        message = OutgoingMessage(kind=OutgoingKind.DELETE)
        kind = OutboxKind.ANSWER_DELETE
        self._put(place, kind, message, ticket=ticket, answer=answer, is_last=False, refers_to=row)

    def edit_sent(
        self,
        place: Place,
        message_id: str,
        text: str,
        *,
        buttons: Sequence[Sequence[Button]],
        kind: OutboxKind = OutboxKind.NOTICE,
        attachments: Iterable[Attachment] = (),
        thread: str = "",
    ) -> None:
        """Change a message that the messenger named (the one whose button was pressed); without files its own stay."""
        message = replace(
            self._edit(place, text, buttons=tuple(tuple(line) for line in buttons)),
            attachments=tuple(attachments),
            target=message_id,
            thread=thread,
        )
        self._put(place, kind, message)

    def _edit(self, place: Place, text: str, *, buttons: tuple[tuple[Button, ...], ...] = ()) -> OutgoingMessage:
        """Return a change of words; what is too much for one message, with the signs of quotations, is left out."""
        plain, quotes = read_quotations(text)
        message = OutgoingMessage(kind=OutgoingKind.EDIT, text=plain, quotes=quotes, buttons=buttons)
        limits = self.rules.limits[place.channel]
        if not quotes or limits.quotations:
            return message
        return replace(split_message(message, limits)[0], buttons=buttons)

    def end_press(self, place: Place, press_id: str, text: str = "", *, kind: OutboxKind = OutboxKind.PRESS) -> None:
        """End the waiting state of a pressed button, with a short word if there is one."""
        if press_id:
            message = OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, text=text, target=press_id)
            self._put(place, kind, message, lane=f"{place.lane}:press:{press_id}")

    def show_typing(self, place: Place, *, key: str, thread: str = "") -> None:
        """Show that an answer is being made; it waits for nothing and holds up nothing."""
        message = OutgoingMessage(kind=OutgoingKind.TYPING, thread=thread)
        self._put(place, OutboxKind.PRESS, message, lane=f"{place.lane}:typing:{key}")

    def react(
        self,
        place: Place,
        message_id: str,
        sign: str,
        *,
        instead: str = "",
        buttons: Sequence[Sequence[Button]] = (),
        thread: str = "",
    ) -> None:
        """Put a sign under somebody's message; where the messenger cannot do that, say one line `instead`.

        With `buttons` the line is a reply to the message.
        """
        message = OutgoingMessage(
            kind=OutgoingKind.REACTION,
            text=instead,
            buttons=tuple(tuple(row) for row in buttons),
            reply_to=message_id if buttons else "",
            target=message_id,
            thread=thread,
            icon=sign,
        )
        self._put(place, OutboxKind.NOTICE, message)

    def is_busy(self, place: Place) -> bool:
        """Tell whether words of ours are on their way into a conversation, and nobody knows yet what came of them."""
        return place.room_lane in self._layers.loaded.busy_rooms

    def delete(self, place: Place, kind: OutboxKind, *, row: int, ticket: Ticket | None = None) -> None:
        """Take away what an earlier outbox row showed, after it in the lane of the same ticket."""
        message = OutgoingMessage(kind=OutgoingKind.DELETE)
        self._put(place, kind, message, refers_to=row, lane=self._lane(place, kind, ticket))

    def do_aside(
        self, event: InternalEvent, *, key: str, community: str = "", not_before: datetime | None = None
    ) -> None:
        """Let something be done later, as an event of our own; the same key only once."""
        self._layers.aside.add(
            Incoming(
                channel=INTERNAL,
                community=community,
                key=key,
                lane=f"{INTERNAL}:{community}:{key}",
                payload=encode_event(event),
                not_before=not_before,
            )
        )

    def move_chat(self, place: Place, new_chat: str) -> None:
        """Send what waits for a chat to the chat that it became."""
        self._layers.moved_chats.add((place, new_chat))

    def _thread(self, place: Place, reply_to: str, ticket: Ticket | None) -> str:
        """Return the topic in which words belong: that of the message they reply to, or that of their ticket."""
        if reply_to and (place.lane, reply_to) in self._threads:
            return self._threads[place.lane, reply_to]
        if ticket is None or not ticket.work_thread or ticket.work_place != place:
            return ""
        chat = self.registry.work_chats.get(ticket.institution)
        return ticket.work_thread if chat is not None and chat.is_forum else ""

    def waiting_cards(self, place: Place) -> int:
        """Return how many cards and citizens' words wait for a work chat, at most."""
        laid = sum(1 for row in self._layers.outbox.current if row.place == place and row.kind in CARDS)
        return self.registry.crowds.of(place.lane) + laid

    def _lane(self, place: Place, kind: OutboxKind, ticket: Ticket | None) -> str:
        """Return in which lane words go: in a place that many tickets share, each ticket keeps an order of its own."""
        if kind is OutboxKind.GATHERED:
            return gathered_lane(place)
        if ticket is not None and (place.is_group or place.is_comments):
            return ticket_lane(place, ticket.number)
        return place.lane

    def _put(
        self,
        place: Place,
        kind: OutboxKind,
        message: OutgoingMessage,
        *,
        ticket: Ticket | None = None,
        answer: int | None = None,
        is_last: bool = True,
        is_urgent: bool = False,
        refers_to: int | None = None,
        lane: str = "",
    ) -> int:
        row = OutboxRow(
            id=self._layers.next("outbox"),
            place=place,
            lane=lane or self._lane(place, kind, ticket),
            kind=kind,
            message=self._with_short_actions(message),
            ticket=ticket.number if ticket else None,
            answer=answer,
            is_last=is_last,
            is_urgent=is_urgent,
            refers_to=refers_to,
            created_at=self.now,
        )
        self._layers.outbox.add(row)
        return row.id

    def _with_short_actions(self, message: OutgoingMessage) -> OutgoingMessage:
        """Let buttons whose actions no messenger would carry name them by a token."""
        if all(len(button.action.encode()) <= LONGEST_ACTION for row in message.buttons for button in row):
            return message
        return replace(message, buttons=tuple(tuple(map(self._with_short_action, row)) for row in message.buttons))

    def _with_short_action(self, button: Button) -> Button:
        if len(button.action.encode()) <= LONGEST_ACTION:
            return button
        self._layers.presses.add(button.action)
        return replace(button, action=Press.KEPT.of(token_of(button.action)))
