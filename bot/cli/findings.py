"""Findings, a line each, as `otklik check` and `otklik database check` print them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from bot.cli.output import say, say_json

if TYPE_CHECKING:
    from bot.domain.channel import Finding

_WRONG = 2
_MARKS = {"ok": "в порядке", "warning": "внимание", "error": "ошибка"}


def say_findings(findings: "Sequence[Finding]", *, as_json: bool) -> None:
    """Print every finding with its remedy; ends the command with status 2 if any is an error."""
    from bot.domain.channel import Severity

    if as_json:
        say_json(
            [
                {
                    "subject": finding.subject,
                    "level": finding.severity,
                    "says": finding.says,
                    "remedy": finding.remedy or None,
                }
                for finding in findings
            ]
        )
    else:
        for finding in findings:
            say(f"{_MARKS[finding.severity]:9}  {finding.subject}: {finding.says}")
            if finding.remedy:
                say(f"{'':9}  → {finding.remedy}")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(_WRONG)
