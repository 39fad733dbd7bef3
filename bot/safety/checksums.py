"""The control digits of Russian numbers. Each function takes digits only and tells whether they agree."""

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, *_INN_10)
_INN_12 = (3, *_INN_11)
_FIRST_SNILS_WITH_CHECK = 1_001_998
"""Numbers up to 001-001-998 carry no control digits (Pension Fund's rule of 1996)."""


def is_snils(digits: str) -> bool:
    """Check eleven digits: nine weighed 9 to 1, the remainder by 101 in the last two, 100 counts as 00."""
    if len(digits) != 11 or int(digits[:9]) <= _FIRST_SNILS_WITH_CHECK:
        return False
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100 == int(digits[9:])


def is_inn(digits: str) -> bool:
    """Check a taxpayer's number: ten digits of an organisation, twelve of a person (order ЕД-7-14/559 of the ФНС)."""
    if len(digits) == 10:
        return digits != "0" * 10 and _weighed(digits, _INN_10)
    return len(digits) == 12 and digits != "0" * 12 and _weighed(digits, _INN_11) and _weighed(digits, _INN_12)


def is_luhn(digits: str) -> bool:
    """Check a card's number (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total > 0 and total % 10 == 0


def _weighed(digits: str, weights: tuple[int, ...]) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return total % 11 % 10 == int(digits[len(weights)])
