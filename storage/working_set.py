"""What lies on the desk for one batch of events: what is needed, what was loaded, what has changed."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from bot.domain.absence import Absence
from bot.domain.channel import Incoming
from bot.domain.citizen import Citizen
from bot.domain.incident import Incident, Members
from bot.domain.institution import Invite, Supervisor, WorkChat
from bot.domain.message import Place
from bot.domain.reaction import Post
from bot.domain.template import Template
from bot.domain.ticket import Administrator, Answer, Link, SentPart, Ticket, TicketEvent, TicketMessage
from storage.codec import HeldEvent
from storage.outbox import OutboxRow
from storage.personal import Erasure

DIRECTORY = "directory"
"""The counter that grows when institutions, work chats or supervisors change, so that every process reads them anew."""
PICTURES = "picture"
"""The counter of pictures that are held because more of their album may come: for most batches there are none."""
COUNTERS = (
    "administrator",
    "citizen",
    DIRECTORY,
    "incident",
    "message",
    "outbox",
    PICTURES,
    "redirected",
    "template",
    "ticket",
    "ticket_event",
)

MEMBERS_AT_ONCE = 200
"""Tickets of an incident that are answered in one go."""


@dataclass(slots=True, kw_only=True)
class Needs:
    """What a batch of events needs, by key."""

    identities: set[str] = field(default_factory=set)
    """`channel:user id` of everyone who speaks."""
    links: set[str] = field(default_factory=set)
    """Keys of messages that somebody replied to (`outbox.link_key`)."""
    tickets: set[int] = field(default_factory=set)
    time_lines: set[int] = field(default_factory=set)
    """Tickets that are shown whole."""
    gathered: set[str] = field(default_factory=set)
    """Institutions whose tickets wait for their turn to be shown; the first of them are loaded whole."""
    crowds: set[str] = field(default_factory=set)
    """Lanes of work chats in which the cards on their way are counted."""
    waiting_in: set[str] = field(default_factory=set)
    """Institutions whose waiting tickets are listed."""
    waiting_with_words: bool = False
    """Whether the waiting tickets are shown whole."""
    card_ids: bool = False
    """Whether it matters where the waiting tickets' cards lie."""
    lanes: set[str] = field(default_factory=set)
    """Conversations of which it matters whether words of ours are on their way there."""
    codes: set[str] = field(default_factory=set)
    """Invitation codes that somebody typed, normalised."""
    said: set[str] = field(default_factory=set)
    """Keys of messages whose words are needed, and for answers in which messages they went out; `links` as well."""
    whole: set[str] = field(default_factory=set)
    """Keys of messages whose tickets are shown whole."""
    colleagues: set[str] = field(default_factory=set)
    """Institutions of which it matters who answers for them."""
    administrators: set[int] = field(default_factory=set)
    """Administrators who are named."""
    in_hands: set[int] = field(default_factory=set)
    """Administrators whose open tickets are needed, those of the institutions in `colleagues`."""
    held: set[str] = field(default_factory=set)
    """Keys under which events are held."""
    posts: set[str] = field(default_factory=set)
    """Keys of posts that were reacted to."""
    consents: set[str] = field(default_factory=set)
    """Identities of which it matters what they wrote before they agreed, unless they have agreed."""
    given_by: set[str] = field(default_factory=set)
    """Institutions of which it is asked to whom they have given tickets lately."""

    counted: set[int] = field(default_factory=set)
    """Incidents whose tickets are counted."""
    members: set[tuple[int, int]] = field(default_factory=set)
    """Incidents whose next waiting tickets are needed, and the ticket number above which."""

    def covers(self, other: "Needs") -> bool:
        """Tell whether nothing of another event's needs is missing here."""
        return all(getattr(other, need.name) <= getattr(self, need.name) for need in fields(self))

    def add(self, other: "Needs") -> None:
        """Join another event's needs."""
        self.identities |= other.identities
        self.links |= other.links
        self.tickets |= other.tickets
        self.time_lines |= other.time_lines
        self.gathered |= other.gathered
        self.crowds |= other.crowds
        self.waiting_in |= other.waiting_in
        self.waiting_with_words |= other.waiting_with_words
        self.card_ids |= other.card_ids
        self.lanes |= other.lanes
        self.codes |= other.codes
        self.said |= other.said
        self.whole |= other.whole
        self.colleagues |= other.colleagues
        self.in_hands |= other.in_hands
        self.administrators |= other.administrators
        self.held |= other.held
        self.posts |= other.posts
        self.consents |= other.consents
        self.given_by |= other.given_by
        self.counted |= other.counted
        self.members |= other.members


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """How often somebody typed a wrong code lately."""

    identity: str
    failures: int
    blocked_until: datetime


@dataclass(slots=True, kw_only=True)
class WorkingSet:
    """Everything loaded, by key. The handlers' desk lays its changes over it."""

    counters: dict[str, int] = field(default_factory=dict)
    citizens: dict[int, Citizen] = field(default_factory=dict)
    citizen_ids: dict[str, int] = field(default_factory=dict)
    administrators: dict[int, Administrator] = field(default_factory=dict)
    administrator_ids: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    """By message id."""
    pending: dict[int, list[TicketMessage]] = field(default_factory=dict)
    """By citizen: words that wait for the choice of an institution."""
    time_lines: dict[int, list[TicketMessage]] = field(default_factory=dict)
    colleagues: dict[str, list[int]] = field(default_factory=dict)
    """By institution: the administrators who last acted for it."""
    happened: dict[int, list[TicketEvent]] = field(default_factory=dict)
    """By ticket, for those that are shown whole."""
    waiting: dict[str, list[int]] = field(default_factory=dict)
    """By institution: numbers of its waiting tickets, the longest waiting first."""
    card_ids: dict[int, str] = field(default_factory=dict)
    """The messenger's ids of the listed tickets' cards, by outbox row."""
    counted: dict[int, Members] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    """By incident: numbers of its next waiting tickets, at most `MEMBERS_AT_ONCE`."""
    gathered: dict[str, list[int]] = field(default_factory=dict)
    """By institution: numbers of all its tickets that wait for their turn to be shown, the oldest first."""
    crowds: dict[str, int] = field(default_factory=dict)
    """By lane: how many cards are on their way."""
    busy_lanes: set[str] = field(default_factory=set)
    """Those into which we have begun to send something without knowing yet what came of it."""
    said: dict[str, TicketMessage] = field(default_factory=dict)
    """By link key: what a person said, as it reads by now."""
    sent_parts: dict[int, list[SentPart]] = field(default_factory=dict)
    """By our id of an answer: the messages in which it went out, in order."""
    held: dict[str, list[HeldEvent]] = field(default_factory=dict)
    """By key, in the order in which they came."""
    held_since: dict[str, datetime] = field(default_factory=dict)
    """By key: when the first of them came."""
    posts: dict[str, Post] = field(default_factory=dict)
    given_by: dict[str, list[str]] = field(default_factory=dict)
    """By institution: to whom it has given tickets lately, the latest first, each once."""
    invites: dict[str, Invite] = field(default_factory=dict)
    """By normalised code."""
    guesses: dict[str, Guesses] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Changes:
    """Everything to write, each thing once, in its last state."""

    counters: dict[str, int] = field(default_factory=dict)
    citizens: dict[int, Citizen] = field(default_factory=dict)
    administrators: dict[int, Administrator] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    new_messages: dict[int, TicketMessage] = field(default_factory=dict)
    reworded: dict[int, TicketMessage] = field(default_factory=dict)
    """Pending words that were changed before anybody saw them."""
    assigned_messages: dict[int, int] = field(default_factory=dict)
    """Pending words that got their ticket: message id → number."""
    dropped_messages: list[int] = field(default_factory=list)
    """Words that waited for a choice and may not be kept."""
    answers: dict[int, Answer] = field(default_factory=dict)
    """Answers that were delivered or refused."""
    events: list[TicketEvent] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    work_chats: dict[str, WorkChat] = field(default_factory=dict)
    supervisors: list[Supervisor] = field(default_factory=list)
    absences: dict[int, Absence | None] = field(default_factory=dict)
    """By administrator; None: they are back."""
    templates: dict[int, Template | None] = field(default_factory=dict)
    """None: taken away."""
    used_invites: dict[str, Invite] = field(default_factory=dict)
    guesses: dict[str, Guesses] = field(default_factory=dict)
    held: dict[str, list[HeldEvent]] = field(default_factory=dict)
    """Everything held under these keys by now."""
    held_since: dict[str, datetime] = field(default_factory=dict)
    """Since when, where something was held before."""
    posts: dict[str, Post] = field(default_factory=dict)
    incidents: dict[int, Incident] = field(default_factory=dict)
    aside: list[Incoming] = field(default_factory=list)
    """Work for another time or place: events of our own."""
    erased: list[Erasure] = field(default_factory=list)
    """Citizens of whom only measured times stay."""
    moved_chats: list[tuple[Place, str]] = field(default_factory=list)
    """Chats that got another id: what waits for the old one goes to the new one."""
