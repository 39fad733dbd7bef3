"""A scope from the command line."""

import typer

from bot.domain.institution import Scope, parse_scope


def read_scope(text: str) -> Scope:
    """Read `region`, `branch:NAME` …; raises a usage error in Russian."""
    try:
        return parse_scope(text)
    except ValueError:
        raise typer.BadParameter(
            f"--scope: «{text}» не подходит; нужно region, branch:НАЗВАНИЕ, municipality:НАЗВАНИЕ или institution:КОД"
        ) from None
