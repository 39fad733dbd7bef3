"""Check digits of the Russian registration numbers ОГРН and ИНН."""

_INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
"""As in python-stdnum's `stdnum.ru.inn`: the 10th digit takes the last nine of them, the 11th digit of a person's
number the last ten, the 12th all eleven."""


def is_ogrn(text: str) -> bool:
    """Tell whether this is an ОГРН (13 digits) or ОГРНИП (15) whose last digit fits.

    It is the number before it modulo 11 (15 digits: 13), then modulo 10, as in python-stdnum's `stdnum.ru.ogrn`.
    """
    if len(text) not in {13, 15} or not _is_digits(text):
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def is_inn(text: str) -> bool:
    """Tell whether this is an ИНН of an organisation (10 digits) or a person (12) whose check digits fit."""
    if len(text) not in {10, 12} or not _is_digits(text):
        return False
    checked = [9] if len(text) == 10 else [10, 11]
    return all(_inn_digit(text, position) == int(text[position]) for position in checked)


def _inn_digit(text: str, position: int) -> int:
    weights = _INN_WEIGHTS[len(_INN_WEIGHTS) - position :]
    return sum(weight * int(digit) for weight, digit in zip(weights, text[:position], strict=True)) % 11 % 10


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
