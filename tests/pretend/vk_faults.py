"""Faults on demand: what the pretend VK does wrong the next times."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, kw_only=True)
class _Fault:
    method: str
    code: int | None
    how: str | None
    times: int
    answer: Any = None


class Faults:
    """A list of faults, each for one method (or `long_poll`, `upload`, `download`, or `*` for any method)."""

    def __init__(self) -> None:
        self._faults: list[_Fault] = []

    def add(self, method: str, *, code: int | None, how: str | None, times: int) -> None:
        self._faults.append(_Fault(method=method, code=code, how=how, times=times))

    def answer_with(self, method: str, answer: Any) -> None:
        self._faults.append(_Fault(method=method, code=None, how="answer", times=1, answer=answer))

    def code(self, method: str) -> int | None:
        """Take the next error code for this method."""
        for fault in self._faults:
            if fault.code is not None and fault.method in (method, "*"):
                self._use(fault)
                return fault.code
        return None

    def answer(self, method: str) -> Any:
        """Take the next JSON that this method answers instead of doing anything, None for none."""
        for fault in self._faults:
            if fault.how == "answer" and fault.method == method:
                self._use(fault)
                return fault.answer
        return None

    def transport(self, *methods: str) -> str | None:
        """Take the next broken connection for one of these methods."""
        for fault in self._faults:
            is_meant = fault.method in methods or (fault.method == "*" and methods[0] != "long_poll")
            if fault.how not in (None, "answer") and is_meant:
                self._use(fault)
                return fault.how
        return None

    def _use(self, fault: _Fault) -> None:
        fault.times -= 1
        if fault.times <= 0:
            self._faults.remove(fault)
