"""The log: words for people on a terminal, one JSON object a line elsewhere; always on stderr, never with a secret."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor

_SECRETS = re.compile(
    r"\d+:[A-Za-z0-9_-]{30,}"  # Telegram
    r"|vk1\.a\.[A-Za-z0-9_.-]+"  # VK
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # the name and password of a proxy or database address
)
_MASK = "***"


def set_up_log(log_format: str = "auto", *, stream: TextIO | None = None, least: int = logging.INFO) -> None:
    """Send our own log and the warnings of libraries to `stream` (stderr).

    Of our own nothing is said below the level `least`, of libraries nothing below a warning.
    `log_format` is `text`, `json` or `auto`, which is text on a terminal and JSON elsewhere.
    """
    target = sys.stderr if stream is None else stream
    is_text = log_format == "text" or (log_format == "auto" and target.isatty())
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if is_text else "iso", utc=not is_text),
        structlog.processors.format_exc_info,
        mask_secrets,
    ]
    renderer = _for_people(colors=target.isatty()) if is_text else structlog.processors.JSONRenderer(serializer=_json)
    structlog.configure(
        processors=[*before, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    _route_libraries(target, before, renderer, least=max(least, logging.WARNING))


def mask_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace everything that looks like a token or a password: the last defence, nobody should log one."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    match value:
        case str():
            return _SECRETS.sub(_MASK, value)
        case Mapping():
            return {key: _masked(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(item) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            return _SECRETS.sub(_MASK, str(value))


def _for_people(*, colors: bool) -> Processor:
    return structlog.dev.ConsoleRenderer(
        colors=colors, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0, sort_keys=False
    )


def _json(value: Any, **_: Any) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def _route_libraries(target: TextIO, before: list[Processor], renderer: Processor, *, least: int) -> None:
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *before],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, mask_secrets, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(least)
    # Alembic tells every step at "info", asyncio every slow callback at "warning" only in its debug mode.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
