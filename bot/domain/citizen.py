"""Who asks."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.message import Place

_ERASED = "erased-"


class CitizenStage(StrEnum):
    """What the bot waits for."""

    WRITING = "writing"
    """Nothing: the next words are a question."""
    CHOOSING = "choosing"
    """The institution, for words already written."""


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
    recent: tuple[str, ...] = ()
    """Codes of the institutions they wrote to, the latest first."""
    forbids: tuple[str, ...] = ()
    """Communities that may not write to them in private."""

    @property
    def is_erased(self) -> bool:
        """Tell whether only measured times are left of them: nobody can be written to."""
        return self.user_id.startswith(_ERASED)


def erased_user_id(citizen: int) -> str:
    """Return what stands in place of the messenger's number of a citizen who was erased."""
    return f"{_ERASED}{citizen}"
