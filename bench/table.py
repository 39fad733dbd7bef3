"""The results as a table for people."""

from collections.abc import Sequence

from bench.figure import Figure

_MET = {True: "yes", False: "NO", None: ""}


def print_table(figures: Sequence[Figure], *, seconds: float) -> None:
    """Print figure, measured, goal, met."""
    lines = [("figure", "measured", "goal", "met?", "")] + [
        (figure.says, _amount(figure.measured, figure.unit), _goal(figure), _MET[figure.is_met], figure.note)
        for figure in figures
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for says, measured, goal, met, note in lines:
        row = (says.ljust(widths[0]), measured.rjust(widths[1]), goal.rjust(widths[2]), met.ljust(widths[3]), note)
        print("  ".join(row).rstrip())
    goals = [figure.is_met for figure in figures if figure.is_met is not None]
    print(f"\n{sum(goals)} of {len(goals)} goals met in {seconds:.0f} s")


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    return f"{'≤' if figure.is_ceiling else '≥'} {_amount(figure.goal, figure.unit)}"


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{digits} {unit}"
