"""Who must answer, where they are present, and who may read their figures."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.message import Place


class InstitutionKind(StrEnum):
    """The legal kind of an institution."""

    STATE = "state"
    MUNICIPAL = "municipal"
    SUBORDINATE = "subordinate"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """One row of the institution sheet (docs: interface, "The institution sheet")."""

    code: str
    name: str
    branch: str
    municipality: str
    short_name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    vk_group_id: str = ""
    vk_name: str = ""
    """The name in its link (`vk.com/NAME`), by which VK tells the number; empty when the number was given itself."""
    vk_token: str = field(default="", repr=False)
    vk_secret: str = field(default="", repr=False)
    telegram_channel: str = ""
    telegram_token: str = field(default="", repr=False)
    max_token: str = field(default="", repr=False)
    work_hours: str = ""
    time_zone: str = ""
    """A name of the zone database; empty takes the setting."""
    calendar: str = ""
    kind: str = InstitutionKind.SUBORDINATE
    parent: str = ""
    ogrn: str = ""
    inn: str = ""
    closed_on: date | None = None
    """From this day on it is not offered, not found and not rated; its history and open tickets stay."""
    successor: str = ""
    """The code of the institution that goes on with its work."""

    @property
    def title(self) -> str:
        """The name that people read in a chat: the short one if there is one."""
        return self.short_name or self.name

    def is_closed(self, today: date) -> bool:
        """Tell whether it has ended."""
        return self.closed_on is not None and self.closed_on <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkChat:
    """The chat in which an institution's administrators answer. An institution has one; a chat may serve several."""

    place: Place
    institution: str
    title: str = ""
    bound_at: datetime
    is_lost: bool = False
    """The bot was removed or the chat is gone; cards wait until another chat is bound."""
    lost_at: datetime | None = None
    """When the supervisors were last told that it is lost."""
    is_forum: bool = False
    """Whether the chat has topics: each ticket then has its own."""
    may_not_make_topics: bool = False
    """It has topics, but the bot lacks the right to make any: tickets are shown as in a plain group."""
    gathered: int | None = None
    """The outbox row of the message that says how many cards are still to come; 0 while there is none yet."""
    reminded_at: datetime | None = None
    """When it was last reminded of what waits: the next reminder comes a quarter of an hour later, as a list."""
    hinted: tuple[int, ...] = ()
    """The tickets whose cards say how to answer: the first few that the chat was shown."""


class ScopeKind(StrEnum):
    """How wide a supervisor sees."""

    REGION = "region"
    BRANCH = "branch"
    MUNICIPALITY = "municipality"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The part of the region that a report or a supervisor covers."""

    kind: ScopeKind
    name: str = ""
    """Branch or municipality name, institution code; empty for the region."""

    def covers(self, institution: Institution) -> bool:
        """Tell whether the institution lies within this scope."""
        match self.kind:
            case ScopeKind.REGION:
                return True
            case ScopeKind.BRANCH:
                return institution.branch == self.name
            case ScopeKind.MUNICIPALITY:
                return institution.municipality == self.name
            case ScopeKind.INSTITUTION:
                return institution.code == self.name

    def __str__(self) -> str:
        """Return the scope as the command line takes it: `region`, `branch:NAME` and so on."""
        return self.kind.value if self.kind is ScopeKind.REGION else f"{self.kind.value}:{self.name}"


def parse_scope(text: str) -> Scope:
    """Read `region`, `branch:NAME`, `municipality:NAME` or `institution:CODE`; ValueError says what is wrong."""
    kind, _, name = text.strip().partition(":")
    try:
        parsed = Scope(kind=ScopeKind(kind.strip().lower()), name=name.strip())
    except ValueError:
        raise ValueError(
            f"unknown scope {text!r}; use region, branch:NAME, municipality:NAME or institution:CODE"
        ) from None
    if (parsed.kind is ScopeKind.REGION) == bool(parsed.name):
        raise ValueError(f"scope {text!r} needs " + ("no name" if parsed.name else "a name after the colon"))
    return parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """One person who reads reports and hears of missed deadlines, for one scope."""

    channel: str
    user_id: str
    place: Place
    """The private dialogue in which they joined."""
    scope: Scope
    joined_at: datetime


class InviteRole(StrEnum):
    """What an invitation gives."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A single-use code, known only by its hash."""

    code_hash: str
    role: InviteRole
    scope: Scope
    """For an administrator: one institution."""
    expires_at: datetime
    used_at: datetime | None = None
