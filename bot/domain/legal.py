"""What a foreign messenger may be used for: the law differs from one kind of institution to another (41-ФЗ)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.institution import InstitutionKind


class LegalMode(StrEnum):
    """What Telegram may be used for."""

    FULL = "full"
    """Private dialogues, groups and channels."""
    PUBLIC_ONLY = "public_only"
    """Only what everybody can read: comments are answered, a private dialogue gets directions and is not kept."""
    REDIRECT_ONLY = "redirect_only"
    """Every citizen is shown the way to another messenger; neither words nor the person's number are kept."""
    DISABLED = "disabled"
    """As before, and an institution's own bot is not even listened to."""

    @property
    def allows_dialogue(self) -> bool:
        """Tell whether citizens may write in private and be answered there."""
        return self is LegalMode.FULL

    @property
    def allows_comments(self) -> bool:
        """Tell whether comments may be kept and answered."""
        return self in (LegalMode.FULL, LegalMode.PUBLIC_ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRule:
    """The operator's decision for one kind of institution."""

    kind: InstitutionKind
    mode: LegalMode
    basis: str
    """Why it is lawful, in the operator's words."""
    set_at: datetime


STATE_KINDS = frozenset({InstitutionKind.STATE, InstitutionKind.MUNICIPAL, InstitutionKind.SUBORDINATE})
"""The kinds that 41-ФЗ of 2025 binds: bodies of the state and of municipalities and what is subordinate to them."""


def mode_for(kind: str, rules: Mapping[str, LegalMode], default: LegalMode) -> LegalMode:
    """Return the mode for a kind of institution: its own rule, else the setting."""
    return rules.get(kind, default)


def freest(kinds: Iterable[str], rules: Mapping[str, LegalMode], default: LegalMode) -> LegalMode:
    """Return the freest mode among kinds: what holds while nobody knows yet which institution is meant."""
    modes = [mode_for(kind, rules, default) for kind in kinds] or [default]
    return min(modes, key=list(LegalMode).index)
