"""All commands together, and what every one of them does when something goes wrong."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from bot.cli import (
    awards,
    calendar,
    check,
    data,
    database,
    institutions,
    invite,
    legal,
    policy,
    queues,
    rating,
    report,
    run,
    templates,
    tickets,
)
from bot.cli.output import say, warn
from bot.cli.usage import new_group, usage_line
from bot.domain.errors import OtklikError

DONE, UNEXPECTED, WRONG, INTERRUPTED = 0, 1, 2, 130


def run_program(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no Cyrillic shows question marks; it is no reason to fail.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has had enough (`| head`); the interpreter's own last flush must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return status


def _run(given: list[str]) -> int:
    try:
        if any("\udc80" <= character <= "\udcff" for argument in given for character in argument):
            warn("аргумент записан не в UTF-8; смените кодировку терминала")
            return WRONG
        command = typer.main.get_command(commands())
        with command.make_context("otklik", given) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except typer.TyperException as error:
        warn(usage_line(error))
        return WRONG
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        raise
    # The third of the three places where everything is caught: an operator reads a line, never a bare traceback.
    except Exception as error:  # noqa: BLE001 - see above
        return _failed(error)
    return DONE


def _failed(error: Exception) -> int:
    causes = list(_leaves(error))
    known = [cause for cause in causes if isinstance(cause, OtklikError)]
    if len(known) == len(causes):
        warn(_one_line(known[0]))
        return WRONG
    full = next((each for each in causes if isinstance(each, OSError) and each.errno == errno.ENOSPC), None)
    if full is not None:
        warn("на диске нет места; освободите его и повторите")
        return WRONG
    _log(error)
    warn(f"непредвиденная ошибка {type(causes[0]).__name__}; подробности строкой выше, сообщите о ней разработчикам")
    return UNEXPECTED


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """Parts that run together fail together: what went wrong lies inside the group."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _one_line(error: OtklikError) -> str:
    return " ".join(str(error).split()) or (type(error).__doc__ or "").splitlines()[0]


def _log(error: Exception) -> None:
    import structlog

    from bot.log import set_up_log

    if not structlog.is_configured():
        set_up_log()
    with contextlib.suppress(OSError):
        structlog.get_logger().error("command_failed", exc_info=error)


def commands() -> typer.Typer:
    """Return every command."""
    every = new_group("Отклик: вопросы жителей из Telegram и ВКонтакте доходят до учреждений, ответы – до жителей.")
    every.callback()(_options)
    for module in (run, check, report, rating):
        module.add_to(every)
    for name, group in (
        ("calendar", calendar.commands()),
        ("institutions", institutions.commands()),
        ("invite", invite.commands()),
        ("legal", legal.commands()),
        ("policy", policy.commands()),
        ("templates", templates.commands()),
        ("awards", awards.commands()),
        ("tickets", tickets.commands()),
        ("outbox", queues.outbox_commands()),
        ("inbox", queues.inbox_commands()),
        ("data", data.commands()),
        ("database", database.commands()),
    ):
        every.add_typer(group, name=name)
    return every


def _version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        say(f"otklik {version('otklik')}")
        raise typer.Exit


def _options(
    shows_version: Annotated[
        bool, typer.Option("--version", help="Показать версию.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Options that stand before every command."""
