"""What a batch of events needs on the desk, by key."""

from dataclasses import dataclass, field, fields


@dataclass(slots=True, kw_only=True)
class Needs:
    """What a batch of events needs, by key."""

    identities: set[str] = field(default_factory=set)
    """`channel:user id` of everyone who speaks."""
    links: set[str] = field(default_factory=set)
    """Keys of messages that somebody replied to (`keys.link_key`)."""
    tickets: set[int] = field(default_factory=set)
    time_lines: set[int] = field(default_factory=set)
    """Tickets that are shown whole."""
    gathered: set[str] = field(default_factory=set)
    """Institutions whose tickets wait for their turn to be shown; the first of them are loaded whole."""
    crowds: set[str] = field(default_factory=set)
    """Lanes of work chats in which the cards on their way are counted."""
    waiting_in: set[str] = field(default_factory=set)
    """Institutions whose waiting tickets are listed."""
    repeated: set[int] = field(default_factory=set)
    """Tickets that others may repeat, and those that they repeat themselves."""
    repeating: set[int] = field(default_factory=set)
    """Tickets of which those are needed that repeat them."""
    same_citizen: set[int] = field(default_factory=set)
    """Tickets whose citizens' other tickets are needed."""
    due_in: set[str] = field(default_factory=set)
    """Institutions whose tickets are needed at which the clock must look by now."""
    due_with_words: bool = False
    """Of the tickets in `due_in` of which supervisors may be told, a few an institution, what was said."""
    waiting_with_words: bool = False
    """Whether the waiting tickets are shown whole."""
    card_ids: bool = False
    """Whether it matters where the waiting tickets' cards lie."""
    rooms: set[str] = field(default_factory=set)
    """Rooms of which it matters whether words of ours are on their way there."""
    copies: set[int] = field(default_factory=set)
    """Tickets of which it matters where work chats show the further words."""
    presses: set[str] = field(default_factory=set)
    """Tokens of actions that were too long for their buttons."""
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
    commented: set[str] = field(default_factory=set)
    """Lanes of posts of which it matters who of those who speak has written there before."""
    silences: set[int] = field(default_factory=set)
    """Silences of which it matters what came meanwhile."""
    spam_presses: set[int] = field(default_factory=set)
    """Tickets of which it matters whether their citizens' words were marked as spam before."""
    put_off: bool = False
    """Whether it matters what those who speak have said that opens its ticket later."""
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
        self.due_in |= other.due_in
        self.repeated |= other.repeated
        self.repeating |= other.repeating
        self.same_citizen |= other.same_citizen
        self.due_with_words |= other.due_with_words
        self.waiting_with_words |= other.waiting_with_words
        self.card_ids |= other.card_ids
        self.copies |= other.copies
        self.rooms |= other.rooms
        self.presses |= other.presses
        self.codes |= other.codes
        self.said |= other.said
        self.whole |= other.whole
        self.colleagues |= other.colleagues
        self.in_hands |= other.in_hands
        self.administrators |= other.administrators
        self.commented |= other.commented
        self.put_off |= other.put_off
        self.silences |= other.silences
        self.spam_presses |= other.spam_presses
        self.held |= other.held
        self.posts |= other.posts
        self.consents |= other.consents
        self.given_by |= other.given_by
        self.counted |= other.counted
        self.members |= other.members
