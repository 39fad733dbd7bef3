"""What every desk is given and no event changes: the texts, the norm, the zone, the messengers' limits, the search."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.directory.topics import Topics
from bot.domain.channel import Limits
from bot.domain.institution import Institution
from bot.domain.legal import LegalMode
from bot.domain.message import Place
from bot.domain.reaction import NegativeRule, Sentiments
from bot.domain.sla import SlaPolicy
from bot.safety.emergency import EmergencyWords
from bot.safety.sentiment import load_sentiments
from bot.texts import Texts


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


class Near(Protocol):
    """An institution and how far away it is."""

    @property
    def institution(self) -> Institution:
        """The institution."""
        ...

    @property
    def kilometres(self) -> float:
        """How far it is from the place that was sent."""
        ...


class Search(Protocol):
    """Finds institutions by a typed name or by a place (`bot.directory.search`)."""

    @property
    def knows_places(self) -> bool:
        """Whether a place on the map can find anything."""
        ...

    def nearest(self, latitude: float, longitude: float, *, limit: int = 5) -> Sequence[Near]:
        """Return the institutions around a place, the nearest first."""
        ...

    def find(self, text: str, *, municipality: str | None = None, limit: int = 5) -> Sequence[Offer]:
        """Return the best offers, the best first."""
        ...

    def covers(self, text: str) -> float:
        """Return which share of the words belongs to the best offer's name, 0 to 1."""
        ...

    def reads_as_name(self, text: str) -> bool:
        """Tell whether a text is nothing but a name, even if no institution has it."""
        ...


_RUSH = timedelta(seconds=15)


@dataclass(slots=True, kw_only=True)
class PagesAddress:
    """Where the supervisors' pages are; a server that takes any free port knows it only when it has begun."""

    url: str = ""
    """Without a stroke at the end; empty while nothing serves them."""
    is_public: bool = False
    """Whether it opens on other machines too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What stays the same from batch to batch."""

    texts: Texts
    limits: Mapping[str, Limits]
    """By channel."""
    zone: ZoneInfo
    language: str = "ru"
    """Of work chats, and of citizens who chose none."""
    telegram_mode: LegalMode = LegalMode.FULL
    """What Telegram may be used for where the operator set nothing for the kind of institution."""
    asks_consent: bool = False
    """Whether citizens agree in private before anything of theirs is kept."""
    is_paced: bool = True
    """Whether the messengers' speed limits are kept; without them no card ever waits for its turn."""
    gathers_flood: bool = False
    """Whether words that come too quickly from one citizen are shown together."""
    tickets_per_hour: int = 10
    """So many tickets one person opens in an hour over all institutions; emergencies are not counted out."""
    keep_words: timedelta = timedelta(days=365)
    """How long after its end a ticket's words are kept, and below files."""
    keep_files: timedelta = timedelta(days=180)
    policy: SlaPolicy = field(default_factory=SlaPolicy)
    """What holds where nobody set a rule; ask `Desk.policy`."""
    allowed_sites: tuple[str, ...] = ()
    """Sites that answers may name besides the official ones."""
    collision: timedelta = timedelta(seconds=60)
    """So soon after another administrator's answer a further one is asked about first; nothing turns that off."""
    sentiments: Sentiments = field(default_factory=load_sentiments, repr=False)
    negative: NegativeRule = field(default_factory=NegativeRule)
    most_transfers: int = 2
    """So often a ticket may be given to anybody; after that only to the parent."""
    topics: Topics = field(default_factory=Topics.load, repr=False)
    asks_topic: bool = False
    """Whether citizens choose the topic by buttons where the rules are unsure."""
    pages: PagesAddress = field(default_factory=PagesAddress)
    emergency_words: EmergencyWords = field(default_factory=EmergencyWords.load, repr=False)

    def crowd(self, place: Place) -> int:
        """Return how many cards on their way make a rush in a work chat."""
        return self.crowd_of(place.channel)

    def crowd_of(self, channel: str) -> int:
        """Return how many messages a group of this messenger takes in a quarter of a minute."""
        if not self.is_paced:
            return sys.maxsize
        rate = self.limits[channel].group_rate
        return max(int(rate.calls * _RUSH / rate.per), 1)
