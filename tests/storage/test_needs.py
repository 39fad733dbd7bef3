"""A batch needs what each of its events needs."""

from dataclasses import fields

import pytest

from storage.needs import Needs


@pytest.mark.parametrize("name", [need.name for need in fields(Needs)])
def test_needs_that_are_joined_lose_nothing(name: str) -> None:
    of_one = Needs()
    setattr(of_one, name, {"key"} if isinstance(getattr(of_one, name), set) else True)
    of_batch = Needs()
    assert not of_batch.covers(of_one)
    of_batch.add(of_one)
    assert of_batch == of_one
    assert of_batch.covers(of_one)
