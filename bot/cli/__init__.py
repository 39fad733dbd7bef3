"""The command line, `otklik …`: each command parses, calls one room and prints."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 2 wrong usage, settings or input, 1 anything unexpected."""
    import gc

    # Collecting garbage while importing takes a sixth of the start; `bot.cli.running.run` turns it on again.
    gc.disable()
    from bot.cli.program import run_program

    return run_program(arguments)
