"""Who asks."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.message import Place

_ERASED = "erased-"
_CONVERSATIONS = 20
"""Conversations of one citizen in which it is remembered what was shown last."""


class CitizenStage(StrEnum):
    """What the bot waits for."""

    WRITING = "writing"
    """Nothing: the next words are a question."""
    CHOOSING = "choosing"
    """The institution, for words already written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a citizen was shown last in one private conversation: their next words there belong to it."""

    lane: str
    ticket: int | None = None
    """The ticket that was shown last (an answer, an acceptance, a look, a confirmation); None: none since a start."""
    looked_at: datetime | None = None
    """When the citizen opened that ticket themselves; None when it was shown otherwise."""
    is_asked: bool = False
    """Whether since then the citizen was asked for which institution their words are."""
    institution: str = ""
    """The code of the institution whose link or choice counts until the ticket of another one is shown."""
    is_linked: bool = False
    """Whether it was a link; a choice counts only until a ticket is shown."""
    confirmed: int | None = None
    """The ticket of which the citizen was last told that their words go there."""
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """A person who wrote or pressed a button, on one channel."""

    id: int
    channel: str
    user_id: str
    name: str = field(default="", repr=False)
    language: str = ""
    """In which we speak to them: chosen, of their phone, or the one they wrote in."""
    has_chosen_language: bool = False
    """Whether they chose it themselves; then no words change it."""
    institution: str | None = None
    """The code of the institution they last came for (link, choice)."""
    stage: CitizenStage = CitizenStage.WRITING
    place: Place
    """Where they last spoke in private, or commented."""
    created_at: datetime
    consented_at: datetime | None = None
    """When they agreed that their words and number are kept; None: not yet, or taken back."""
    greeted_at: datetime | None = None
    """When they were told what this is, that it is no formal request, and whom to call; None: not yet."""
    recent: tuple[str, ...] = ()
    """Codes of the institutions they wrote to, the latest first."""
    forbids: tuple[str, ...] = ()
    """Communities that may not write to them in private."""
    moving: int | None = None
    """The number of their ticket for which they are choosing another institution."""
    shown: tuple[Shown, ...] = ()
    """What was shown last in each conversation, the latest conversation first."""

    def shown_in(self, place: Place) -> Shown | None:
        """Return what was shown last in a conversation, None while nothing is known of it."""
        return next((each for each in self.shown if each.lane == place.lane), None)

    def having_seen(self, shown: Shown) -> Self:
        """Return the citizen with something new shown in one conversation."""
        others = tuple(each for each in self.shown if each.lane != shown.lane)
        return replace(self, shown=(shown, *others)[:_CONVERSATIONS])

    @property
    def is_erased(self) -> bool:
        """Tell whether only measured times are left of them: nobody can be written to."""
        return self.user_id.startswith(_ERASED)


def erased_user_id(citizen: int) -> str:
    """Return what stands in place of the messenger's number of a citizen who was erased."""
    return f"{_ERASED}{citizen}"
