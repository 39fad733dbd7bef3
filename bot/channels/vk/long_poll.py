"""One question to a community's Long Poll server, and what it answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import orjson

from bot.channels.vk.connection import Connection
from bot.domain.errors import ChannelBusyError


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a community's events are to be had."""

    address: str
    key: str = field(repr=False)
    ts: str
    """The present end of the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Either events with the position behind them, or `failed`."""

    ts: str | None
    updates: tuple[Any, ...] = ()
    failed: Any = None
    """1: our position is too old, `ts` names another; 2: the key has run out; 3: all is forgotten; 4: wrong version."""


def read_server(response: Any) -> Server:
    """Read the answer of `groups.getLongPollServer`; raises ChannelBusyError when it is no such thing."""
    match response:
        case {"server": str(address), "key": str(key), "ts": str() | int() as ts}:
            return Server(address=address, key=key, ts=str(ts))
        case _:
            raise ChannelBusyError("VK's Long Poll server cannot be read")


async def ask(
    connection: Connection, server: Server, *, ts: str, wait: timedelta, patience: timedelta | None = None
) -> Answer:
    """Wait at the server for events after `ts`, at most `wait`; raises ChannelBusyError.

    `patience`, when it is longer: a server may wait longer than it was asked to.
    """
    seconds = int(wait.total_seconds())
    try:
        async with connection.session().get(
            server.address,
            params={"act": "a_check", "key": server.key, "ts": ts, "wait": str(seconds)},
            timeout=aiohttp.ClientTimeout(total=(patience or wait).total_seconds() + 10, sock_connect=10),
        ) as response:
            if response.status != 200:
                raise ChannelBusyError(f"VK's Long Poll answered HTTP {response.status}")
            body = await response.read()
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        # `from None`: the errors of aiohttp carry the address, and the key with it.
        raise ChannelBusyError(f"VK's Long Poll could not be reached: {type(error).__name__}") from None
    return _read_answer(body)


def _read_answer(body: bytes) -> Answer:
    try:
        answer = load(body)
    except ValueError as error:
        raise ChannelBusyError("VK's Long Poll answered something that is not JSON") from error
    match answer:
        case {"failed": failed} if failed is not None:
            return Answer(ts=_ts(answer), failed=failed)
        case {"ts": str() | int() as ts, "updates": list(updates)}:
            return Answer(ts=str(ts), updates=tuple(updates))
        case _:
            raise ChannelBusyError("VK's Long Poll answered without a position")


def _ts(answer: Mapping[str, Any]) -> str | None:
    ts = answer.get("ts")
    return str(ts) if isinstance(ts, str | int) else None


def load(body: bytes) -> Any:
    """Read JSON; what orjson finds too odd (half of a surrogate pair, a giant number) must not hold up a batch."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            return json.loads(body)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def dump(event: Any) -> bytes:
    """Write one event back as JSON in UTF-8; halves of surrogate pairs, which UTF-8 cannot hold, become `?`."""
    try:
        return orjson.dumps(event)
    except (TypeError, ValueError):
        return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
