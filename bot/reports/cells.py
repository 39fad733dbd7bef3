"""Cells of a CSV file as a Russian spreadsheet reads them; words never start a formula."""

from datetime import timedelta

Cell = str | int | float | timedelta | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these a spreadsheet may take words for a formula."""
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def cell_text(cell: Cell) -> str:
    """Return a cell as text: decimal commas, durations as hours and minutes, nothing as an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        one_line = " ".join(cell.splitlines())
        return f"'{one_line}" if cell.startswith(FORMULA_STARTS) else one_line
    if isinstance(cell, timedelta):
        return clock(cell)
    return str(cell).replace(".", ",")


def clock(duration: timedelta) -> str:
    """Return «27:05», which a spreadsheet reads as a duration; what is left over is cut off."""
    hours, rest = divmod(duration, _HOUR)
    return f"{hours}:{rest // _MINUTE:02}"
