"""One question or complaint, from the first message to its end."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.message import Attachment, Place


class TicketState(StrEnum):
    """Where a ticket stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WAITING = "waiting"
    CLOSED = "closed"
    SPAM = "spam"


class TicketOrigin(StrEnum):
    """How the question reached us; decides how the answer returns."""

    PRIVATE = "private"
    COMMENT = "comment"


class RoutedBy(StrEnum):
    """Why a ticket went to its institution."""

    COMMUNITY = "community"
    DEEP_LINK = "deep-link"
    CHOICE = "choice"
    EARLIER = "earlier"


class Ring(StrEnum):
    """Why the clock looks at a ticket."""

    WARNING = "warning"
    """A share of the time for an answer has passed: the work chat is reminded."""
    DEADLINE = "deadline"
    """The citizen's wait should have ended: the work chat and the parent are told."""
    ESCALATION = "escalation"
    """It still goes on an hour of work later: the supervisors are told."""
    RESOLUTION = "resolution"
    """After an interim answer the final one is owed: the work chat is reminded, then the supervisors."""
    GRADE = "grade"
    """Some minutes after an answer: the citizen is asked whether it helped; then the silence is awaited."""
    SILENCE = "silence"
    """The citizen has been silent after an answer: the ticket closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket. Times are UTC; the messenger's own where it tells them."""

    number: int
    institution: str
    citizen: int
    place: Place
    origin: TicketOrigin
    state: TicketState = TicketState.OPEN
    routed_by: RoutedBy
    opened_at: datetime
    """The messenger's time of the first message."""
    first_deadline_at: datetime
    """By the policy in force when the ticket opened; decides "in time" for ever."""
    waiting_since: datetime | None
    """The time of the earliest citizen message that has no answer yet; None when nobody waits."""
    deadline_at: datetime | None
    """Until when the present wait should end; None when nobody waits."""
    taken_by: int | None = None
    """The administrator's id."""
    taken_at: datetime | None = None
    """When they said that they would answer; None when they have answered since, or took it by answering."""
    first_answered_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    ring_at: datetime | None = None
    """When the clock next looks at the ticket; None for never."""
    ring: Ring | None = None
    """Why it looks then."""
    card: int | None = None
    """The outbox row of the card in the work chat."""
    first_words: str = field(default="", repr=False)
    """What the card shows of the first message."""
    post: str = field(default="", repr=False)
    """COMMENT: how the post begins, where the messenger told it."""
    work_place: Place | None = None
    """Where the card lies."""
    link: str = ""
    """The address of the dialogue or of the latest comment."""
    reply_to: str = ""
    """COMMENT: the citizen's latest comment, under which the answer goes."""
    last_citizen_at: datetime
    last_answer_at: datetime | None = None
    language: str = ""
    """In which the citizen wrote, as far as it can be told."""
    topic: str = ""
    """What it is about (`bot.directory.topics`); empty for unknown."""
    topic_confidence: float | None = None
    """How sure the rules were, 0 to 1; None when a person chose the topic, or nobody did."""
    transfers: int = 0
    """How often it was given to another institution."""
    came_to: str = ""
    """The code of the institution to which the citizen wrote; empty while it holds the ticket itself."""
    given_at: datetime | None = None
    """When its present holder got it from another institution; None when nobody gave it away."""
    follows: int | None = None
    """The number of the ended ticket whose words it answers."""
    incident: int | None = None
    """The number of the mass event to which it belongs."""
    work_thread: str = ""
    """The topic of the work chat in which it is answered; empty in a chat without topics."""
    thread_shows: str = ""
    """Which state the title of that topic shows; empty when none was asked for."""
    grade: int | None = None
    """1 to 5, from the citizen."""
    is_solved: bool | None = None
    """What the citizen said; None when they said nothing."""
    minute_full_at: datetime | None = None
    """When the citizen may again write as much as a minute allows (`bot.safety.flood`), and below an hour."""
    hour_full_at: datetime | None = None
    gathered_from: int | None = None
    """Our id of the first message of a flood, which is shown later in one piece; None when nothing is gathered."""
    grade_asked_at: datetime | None = None
    """They are asked once."""
    hard_limit_at: datetime | None = None
    """The policy's limit in wall time for the first answer, whatever the hours; None before there was one."""
    resolve_by_at: datetime | None = None
    """Until when the policy wants a final answer or an end; None before there was such a norm."""
    interim_at: datetime | None = None
    """When the latest answer was marked as not the final one; None when it is final, or there is none."""
    warned: int = 0
    """How far the present wait was told of, in percent of its time (`bot.domain.ladder`)."""
    solve_warned: int = 0
    """The same for the final answer that is owed after an interim one."""
    is_urgent: bool = False
    """Whether its words speak of an emergency: it is told of at night as well."""
    duplicate_of: int | None = None
    """The number of the ticket that asks the same."""
    put_off_until: datetime | None = None
    """When it was opened, if its writer had opened as many tickets as an hour allows; None: at once."""
    is_asking: bool = False
    """Whether an answer asked the citizen something, and they have said nothing since: any word is the answer to it."""
    repeats: int = 0
    """How many other citizens' tickets were marked as asking the same: they read its answers too."""
    is_touched: bool = False
    """Whether somebody has pressed a button of its card: from then on the card does not grow under their hands."""
    menu_until: datetime | None = None
    """While the card shows other buttons than its own: when its own return."""

    told_of_notes: tuple[int, ...] = ()
    """Administrators who have been told that a reply of theirs in it is a note, our ids: they are told once."""
    left_since: datetime | None = None
    """Since when somebody had waited when the latest wait ended without an answer; None when it had one since."""
    left_at: datetime | None = None
    """When it ended so."""
    withdrawn_at: datetime | None = None
    """When the citizen took it back: words never open it again."""
    accepted_at: datetime | None = None
    """When the citizen was told its number; None of tickets that are older than this."""

    @property
    def is_coming(self) -> bool:
        """Tell whether its card will come into the work chat by itself: when its topic is made, or in its turn."""
        return self.card is None and self.work_place is not None

    @property
    def is_ended(self) -> bool:
        """Tell whether the ticket is closed or spam."""
        return self.state in (TicketState.CLOSED, TicketState.SPAM)

    def unanswered(self, at: datetime) -> Self:
        """Return the ticket with nobody waiting any more, though nobody has answered; the wait may go on one day."""
        if self.waiting_since is None:
            return self
        return replace(self, waiting_since=None, deadline_at=None, left_since=self.waiting_since, left_at=at)

    def ended(self, at: datetime, *, state: TicketState = TicketState.CLOSED) -> Self:
        """Return the ticket closed, or as spam: nobody waits any more, no final answer is owed, nothing rings."""
        return replace(
            self.unanswered(at),
            state=state,
            closed_at=at,
            deadline_at=None,
            interim_at=None,
            ring=None,
            ring_at=None,
        )


class Author(StrEnum):
    """Who said a message of a ticket."""

    CITIZEN = "citizen"
    ADMINISTRATOR = "administrator"
    BOT = "bot"


class MessageKind(StrEnum):
    """What a message of a ticket is."""

    QUESTION = "question"
    """A citizen's words."""
    ANSWER = "answer"
    """A human answer on its way to the citizen, or there."""
    NOTE = "note"
    """Words among administrators."""
    COURTESY = "courtesy"
    """A citizen's greeting, thanks, praise or emoji: nobody waits for an answer to it."""
    LATER = "later"
    """A citizen's words that open a ticket later (`bot.domain.set_aside`)."""
    SILENCED = "silenced"
    """A citizen's words that came while they were silenced."""
    EDIT = "edit"
    """What the citizen's or administrator's message `edit_of` says by now."""


class DeliveryState(StrEnum):
    """How an answer fares."""

    ON_THE_WAY = "on-the-way"
    DELIVERED = "delivered"
    REFUSED = "refused"
    HELD = "held"
    """Not sent: somebody in the work chat is asked first whether it should be."""
    DROPPED = "dropped"
    """Not sent: somebody decided so."""
    TAKEN_BACK = "taken-back"
    """The administrator took it away from the citizen again: it counts as never given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMessage:
    """One thing said in a ticket."""

    id: int
    ticket: int | None
    """None while the citizen is choosing the institution."""
    citizen: int | None
    """Whose words wait for a ticket; None for an administrator's message."""
    kind: MessageKind
    author: Author
    administrator: int | None = None
    text: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    place: Place
    """Where it was said."""
    message_id: str
    """The messenger's id there."""
    link: str = ""
    said_at: datetime
    """The messenger's time."""
    received_at: datetime
    """When we stored it."""
    delivery: DeliveryState | None = None
    """Only for answers."""
    delivered_at: datetime | None = None
    refused_reason: str = ""
    parts: tuple[str, ...] = ()
    """An album: the messenger's ids of its other messages."""
    quote: str = field(default="", repr=False)
    """The words that it answers, if they are not ours, or of ours the part that the citizen pointed to."""
    forwarded_from: str = field(default="", repr=False)
    """Who said it first, when it was passed on; `?` for somebody unknown."""
    moved_at: datetime | None = None
    """When the citizen moved the words into this ticket from another one."""
    edit_of: int | None = None
    """EDIT: our id of the message that was changed."""
    is_interim: bool = False
    """ANSWER: an administrator said that it is not the final one."""


class TicketEventKind(StrEnum):
    """What else befalls a ticket; kept as facts for the times and the time line."""

    OPENED = "opened"
    TAKEN = "taken"
    CLOSED = "closed"
    CLOSED_BY_SILENCE = "closed-by-silence"
    REOPENED = "reopened"
    NO_ANSWER_NEEDED = "no-answer-needed"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    """It asks the same as another ticket; `detail` is the number of that one."""
    WARNED = "warned"
    """The work chat was reminded; `detail` is the percent of the time for an answer that had passed."""
    INTERIM = "interim"
    """An administrator said that an answer is not the final one; `detail` is our id of the answer."""
    FINAL = "final"
    """… or that it is the final one after all."""
    UNSOLVED = "unsolved"
    """The time for a final answer is over."""
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    NUDGED = "nudged"
    """A supervisor had the work chat reminded of it."""
    TRANSFERRED = "transferred"
    """`detail` is the code of the institution that holds it from then on."""
    TOPIC_SET = "topic-set"
    """`detail` is the topic that an administrator chose."""
    INCIDENT_JOINED = "incident-joined"
    """`detail` is the number of the incident."""
    DELETED = "deleted"
    """The citizen took words back, or an administrator an answer; `detail` is our id of the message."""
    GRADE_ASKED = "grade-asked"
    GRADED = "graded"
    """`detail` is the grade, 1 to 5."""
    SOLVED = "solved"
    """`detail` is `yes` or `no`."""
    WITHDRAWN = "withdrawn"
    """The citizen took the ticket back."""
    PRESS_VOIDED = "press-voided"
    """The citizen wrote again after their words were marked as needing no answer: the mark counts no more."""
    TOOK_OVER = "took-over"
    """The citizen wrote again after spam: since `at` they have waited in ticket `detail`, and go on waiting here."""
    TAKEN_OVER = "taken-over"
    """The same seen from the other ticket; `detail` is the number of the one in which the wait goes on."""
    CONFIRMED = "confirmed"
    """An administrator let an answer go about which they were asked; `detail` is our id of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent:
    """One such fact."""

    id: int
    ticket: int
    kind: TicketEventKind
    at: datetime
    administrator: int | None = None
    detail: str = ""
    """What the kind needs. OPENED: the code of the institution that held it first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """Somebody who acted in a work chat."""

    id: int
    channel: str
    user_id: str
    name: str = field(default="", repr=False)
    institution: str
    """The institution for which they last acted."""
    acted_at: datetime | None = None
    """When they last did anything, to about a day."""
    acts_for: tuple[tuple[str, datetime], ...] = ()
    """Every institution for which they have acted, and when they last did, to about a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How one human answer fares, without its words."""

    message: int
    ticket: int
    administrator: int | None
    delivery: DeliveryState
    said_at: datetime
    delivered_at: datetime | None = None
    refused_reason: str = ""
    is_interim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A message of a work chat or of a citizen's dialogue belongs to a ticket."""

    place: Place
    message_id: str
    ticket: int
    message: int | None = None
    """Our id of what was said, when it was said by a person."""
    is_moved: bool = False
    """Whether it belonged to another ticket before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPart:
    """One message in which an answer went out, or will."""

    row: int
    """The outbox row: an edit of it refers to this."""
    place: Place
    message_id: str
    """The messenger's id, empty while it is on its way."""
    has_words: bool = True
    has_files: bool = False
