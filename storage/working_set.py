"""What lies on the desk for one batch of events: what was loaded, and what has changed."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.absence import Absence
from bot.domain.channel import Incoming
from bot.domain.citizen import Citizen
from bot.domain.closed_days import ClosedDays
from bot.domain.incident import Incident, Members
from bot.domain.institution import Invite, Supervisor, WorkChat
from bot.domain.message import Place
from bot.domain.reaction import Post
from bot.domain.set_aside import SetAside, Silence
from bot.domain.subscription import Subscription
from bot.domain.template import Template
from bot.domain.ticket import Administrator, Answer, Link, SentPart, Ticket, TicketEvent, TicketMessage
from storage.audit import Audited
from storage.codec import HeldEvent
from storage.outbox_row import Copy, OutboxRow
from storage.page_keys import PageKey, SignedOut
from storage.personal import Erasure

DIRECTORY = "directory"
"""The counter that grows when institutions, work chats or supervisors change, so that every process reads them anew."""
PICTURES = "picture"
"""The counter of pictures that are held because more of their album may come: for most batches there are none."""
LATER = "later"
"""The counter of words that open their ticket later: for most batches there are none."""
COUNTERS = (
    "administrator",
    "citizen",
    DIRECTORY,
    "incident",
    LATER,
    "message",
    "outbox",
    PICTURES,
    "redirected",
    "silence",
    "template",
    "ticket",
    "ticket_event",
)

MEMBERS_AT_ONCE = 200
"""Tickets of an incident that are answered in one go."""


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
    link_kinds: dict[str, str] = field(default_factory=dict)
    """By link key: what a message of the bot is (`OutboxKind`); people's messages have none."""
    tickets: dict[int, Ticket] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    """By message id."""
    pending: dict[int, list[TicketMessage]] = field(default_factory=dict)
    """By citizen: words that wait for the choice of an institution."""
    time_lines: dict[int, list[TicketMessage]] = field(default_factory=dict)
    colleagues: dict[str, list[int]] = field(default_factory=dict)
    """By institution: the administrators who have acted for it."""
    happened: dict[int, list[TicketEvent]] = field(default_factory=dict)
    """By ticket, for those that are shown whole."""
    waiting: dict[str, list[int]] = field(default_factory=dict)
    """By institution: numbers of its waiting tickets, the longest waiting first."""
    due: dict[str, list[int]] = field(default_factory=dict)
    """By institution: numbers of its tickets at which the clock must look by now, the longest due first."""
    card_ids: dict[int, str] = field(default_factory=dict)
    """The messenger's ids of the listed tickets' cards, by outbox row."""
    counted: dict[int, Members] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    """By incident: numbers of its next waiting tickets, at most `MEMBERS_AT_ONCE`."""
    gathered: dict[str, list[int]] = field(default_factory=dict)
    """By institution: numbers of all its tickets that wait for their turn to be shown, the oldest first."""
    undecided: dict[str, list[int]] = field(default_factory=dict)
    """By institution: tickets with an answer of which somebody must say whether it goes."""
    crowds: dict[str, int] = field(default_factory=dict)
    """By room: how many cards are on their way."""
    presses: dict[str, str] = field(default_factory=dict)
    """By token: actions that were too long for their buttons."""
    busy_rooms: set[str] = field(default_factory=set)
    """Those into which we have begun to send something without knowing yet what came of it."""
    said: dict[str, TicketMessage] = field(default_factory=dict)
    """By link key: what a person said, as it reads by now."""
    sent_parts: dict[int, list[SentPart]] = field(default_factory=dict)
    """By our id of an answer: the messages in which it went out, in order."""
    copies: dict[int, list[Copy]] = field(default_factory=dict)
    """By ticket: what showed the citizens' further words in work chats, in order."""
    put_off: dict[int, list[SetAside]] = field(default_factory=dict)
    """By citizen: words that open their ticket later, in the order in which they were said."""
    silenced: dict[int, list[SetAside]] = field(default_factory=dict)
    """By silence: what came meanwhile, in the order in which it came."""
    spam_presses: dict[int, list[TicketEvent]] = field(default_factory=dict)
    """By ticket: when its citizen's tickets of the same institution were marked as spam or opened again."""
    commented: set[tuple[int, str]] = field(default_factory=set)
    """Citizens and the lanes of the posts under which they have written (`Needs.commented`)."""
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
    moved_messages: dict[int, TicketMessage] = field(default_factory=dict)
    """Words that a citizen has moved to another ticket, or to none yet."""
    dropped_messages: list[int] = field(default_factory=list)
    """Words that waited for a choice and may not be kept."""
    stopped_answers: list[int] = field(default_factory=list)
    """Answers that must not go out any more, as far as they still wait to be sent."""
    answers: dict[int, Answer] = field(default_factory=dict)
    """Answers that were delivered or refused."""
    put_off: dict[int, list[SetAside]] = field(default_factory=dict)
    """By citizen: everything that opens its ticket later by now."""
    silenced: list[SetAside] = field(default_factory=list)
    silences: dict[int, Silence] = field(default_factory=dict)
    events: list[TicketEvent] = field(default_factory=list)
    undone_events: list[int] = field(default_factory=list)
    """Facts that are none: the words that made them were moved to another ticket."""
    outbox: list[OutboxRow] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    work_chats: dict[str, WorkChat] = field(default_factory=dict)
    supervisors: list[Supervisor] = field(default_factory=list)
    audited: list[Audited] = field(default_factory=list)
    absences: dict[int, Absence | None] = field(default_factory=dict)
    """By administrator; None: they are back."""
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    """By key; those that have ended are forgotten."""
    templates: dict[int, Template | None] = field(default_factory=dict)
    """None: taken away."""
    closed: list[ClosedDays] = field(default_factory=list)
    """Days off that were announced (without an id) or withdrawn."""
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
    page_keys: list[PageKey | SignedOut] = field(default_factory=list)
    """One-time links to the supervisors' pages, and who signs out of them, in order."""
    presses: list[str] = field(default_factory=list)
    """Actions that are too long for their buttons."""
    moved_chats: list[tuple[Place, str]] = field(default_factory=list)
    """Chats that got another id: what waits for the old one goes to the new one."""
