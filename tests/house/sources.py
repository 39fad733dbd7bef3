"""What the house tests read: the project's own files."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tracked_files() -> list[Path]:
    """Every file of the project; without git (a released archive), every file outside hidden and built folders."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        found = [ROOT / name for name in listed.decode().split("\0") if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        found = [
            file
            for file in ROOT.rglob("*")
            if not any(
                part.startswith(".") or part in ("var", "build", "dist") for part in file.relative_to(ROOT).parts
            )
        ]
    return [file for file in found if file.is_file()]


def modules(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file of these rooms, parsed."""
    for room in rooms:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield file, ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
