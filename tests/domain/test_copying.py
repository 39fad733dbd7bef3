"""A quick copy is the library's copy."""

import dataclasses
from dataclasses import dataclass

import pytest

from bot.domain.copying import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Something with several values."""

    name: str
    veins: int = 3
    words: tuple[str, ...] = ()


def test_a_copy_has_the_new_values_and_keeps_the_others() -> None:
    leaf = Leaf(name="дуб", words=("а",))
    copy = replace(leaf, veins=5)
    assert copy == dataclasses.replace(leaf, veins=5) == Leaf(name="дуб", veins=5, words=("а",))
    assert leaf.veins == 3


def test_a_value_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="Leaf has no stem"):
        replace(Leaf(name="дуб"), stem=1)  # type: ignore[call-arg]


def test_a_copy_is_as_frozen_as_its_original() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(Leaf(name="дуб"), veins=1).veins = 2  # type: ignore[misc]


def test_a_record_that_checks_its_values_is_not_copied_past_the_check() -> None:
    @dataclass(frozen=True, slots=True)
    class Checked:
        one: int
        other: int

        def __post_init__(self) -> None:
            assert self.one < self.other

    with pytest.raises(TypeError, match="must be made anew"):
        replace(Checked(1, 2), one=3)
