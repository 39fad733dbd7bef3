"""Numbers as people read them in both languages: 12 345, 94,3 %, 4,7."""

from bot.texts.pattern import NO_BREAK_SPACE


def say_count(count: int) -> str:
    """Return a whole number with its thousands apart."""
    return f"{count:,}".replace(",", NO_BREAK_SPACE)


def say_decimal(number: float, *, digits: int = 1) -> str:
    """Return a number with so many digits after a decimal comma."""
    return f"{number:,.{digits}f}".replace(",", NO_BREAK_SPACE).replace(".", ",").replace("-", "−")


def say_share(share: float) -> str:
    """Return a share as percents with one decimal; «100 %» is only all, «0 %» only nothing."""
    if share in (0, 1):
        return f"{share * 100:.0f}{NO_BREAK_SPACE}%"
    return f"{say_decimal(min(max(share * 100, 0.1), 99.9))}{NO_BREAK_SPACE}%"


def percent(share: float) -> int:
    """Return a share as whole percents; only all is 100 and only nothing is 0."""
    whole = int(share * 100 + 0.5)
    return min(max(whole, 1), 99) if 0 < share < 1 else whole
