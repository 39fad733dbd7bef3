"""What kinds of personal data are looked for, and where one was found."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Whose secret it is."""

    SNILS = "snils"
    INN = "inn"
    CARD = "card"
    """A bank card, or the policy of obligatory medical insurance: both are 16 digits with Luhn's check."""
    ACCOUNT = "account"
    PHONE = "phone"
    PASSPORT = "passport"
    CODE = "code"
    """A code from a short message, or a password of digits."""
    EMAIL = "email"
    CAR = "car"
    BIRTH_DATE = "birth-date"
    FLAT = "flat"
    NAME = "name"
    UNSEEN = "unseen"
    """Too far behind in a long text to be looked at: whatever it is, it is covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Characters `start` to `end` (not included) of a text are personal data."""

    kind: Kind
    start: int
    end: int
