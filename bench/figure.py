"""One measured figure and its goal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, and what it ought to be (the project's goals: docs/benchmarks.md)."""

    name: str
    """`bench.what`, the same in every run, so that results can be compared."""
    says: str
    measured: float | None
    """None: it could not be measured here; `note` says why."""
    unit: str
    goal: float | None = None
    """None: there is no goal, the figure explains another one."""
    is_ceiling: bool = False
    """Whether the goal is the most that is allowed; otherwise it is the least."""
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Tell whether the goal is met; None without a goal or a measurement."""
        if self.goal is None or self.measured is None:
            return None
        return self.measured <= self.goal if self.is_ceiling else self.measured >= self.goal
