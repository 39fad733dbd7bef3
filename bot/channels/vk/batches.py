"""Small calls of one community that wait at the same time go as one `execute`: sending is the dearest step."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.channels.vk.api import Api, encode
from bot.channels.vk.errors import PROGRAM_ERRORS, UNKNOWN_METHOD, VkRefusedError, code_of, error_of
from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError, ChannelError, RefusalReason

MOST_CALLS: Final = 25
"""VK takes at most 25 calls in one `execute`."""
MOST_CHARACTERS: Final = 60_000
"""Of the program; VK names no figure, so we stay moderate."""
IN_FLIGHT: Final = 2
"""Requests of one community at a time: while one travels, the next gathers."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Waiting:
    method: str
    params: dict[str, str]
    program: str
    result: asyncio.Future[Any]
    is_taken: bool = False


@dataclass(slots=True)
class _Line:
    waiting: deque[_Waiting] = field(default_factory=deque)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))


class Batches:
    """Joins calls. Only for calls that may safely be made twice (`random_id`, `guid`, edits)."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lines: defaultdict[tuple[str, str], _Line] = defaultdict(_Line)
        self._knows_execute = True

    async def call(self, account: Account, method: str, params: Mapping[str, Any]) -> Any:
        """Return this call's `response`, raise this call's error; alone in the line it goes as the method itself."""
        line = self._lines[account.community, account.token]
        encoded = encode(params)
        mine = _Waiting(
            method=method,
            params=encoded,
            program=_program(method, encoded),
            result=asyncio.get_running_loop().create_future(),
        )
        line.waiting.append(mine)
        try:
            # Whoever gets a slot takes everybody with them; the others find themselves taken and only wait.
            async with line.slots:
                await asyncio.sleep(0)  # calls made in the same turn of the loop come along
                while not mine.is_taken:
                    await self._make(account, _take(line.waiting, MOST_CALLS if self._knows_execute else 1))
            return await mine.result
        finally:
            if not mine.is_taken:
                line.waiting.remove(mine)
            if not mine.result.cancel() and not mine.result.cancelled():
                mine.result.exception()  # somebody may have put an error there that we no longer wait for

    async def _make(self, account: Account, batch: Sequence[_Waiting]) -> None:
        try:
            await self._make_together(account, batch)
        finally:
            for call in batch:  # reached without an answer only when whoever took them was stopped
                _fail(call, ChannelBusyError("the call was stopped half-way"))

    async def _make_together(self, account: Account, batch: Sequence[_Waiting]) -> None:
        if len(batch) == 1:
            await self._make_alone(account, batch[0])
            return
        program = f"return [{','.join(call.program for call in batch)}];"
        try:
            answer = await self._api.call_raw(account, "execute", {"code": program})
        except ChannelError as error:
            if not self._is_about_execute(error):
                _fail_all(batch, error)
                return
            rest = batch
        else:
            rest = _share_out(answer, batch)
        for call in rest:  # alone, the culprit shows itself
            await self._make_alone(account, call)

    def _is_about_execute(self, error: ChannelError) -> bool:
        """Tell whether `execute` itself failed, which says nothing of the calls in it."""
        code = code_of(error)
        if code == UNKNOWN_METHOD:
            self._knows_execute = False
        is_refused = isinstance(error, VkRefusedError) and error.reason is not RefusalReason.BAD_TOKEN
        return is_refused or code in PROGRAM_ERRORS or code == UNKNOWN_METHOD

    async def _make_alone(self, account: Account, call: _Waiting) -> None:
        try:
            response = await self._api.call(account, call.method, call.params)
        except ChannelError as error:
            _fail(call, error)
        else:
            _succeed(call, response)


def _take(waiting: deque[_Waiting], most: int) -> list[_Waiting]:
    batch: list[_Waiting] = []
    characters = 0
    while waiting and len(batch) < most:
        characters += len(waiting[0].program)
        if batch and characters > MOST_CHARACTERS:
            break
        waiting[0].is_taken = True
        batch.append(waiting.popleft())
    return batch


def _program(method: str, params: Mapping[str, str]) -> str:
    written = json.dumps(params, ensure_ascii=False, separators=(",", ":"))
    # JSON allows these two separators inside strings, languages like VKScript take them for the end of a line.
    return f"API.{method}({written})".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _share_out(answer: Any, batch: Sequence[_Waiting]) -> Sequence[_Waiting]:
    """Give everyone their own result: `false` in the array is an error, and the errors stand beside it in order.

    Returns the calls whose result nobody can tell. They may be made twice, so they are made again alone.
    """
    responses = answer.get("response") if isinstance(answer, Mapping) else None
    if not isinstance(responses, list) or len(responses) != len(batch):
        return batch
    errors = answer.get("execute_errors", [])
    failed = [call for call, response in zip(batch, responses, strict=True) if response is False]
    for call, response in zip(batch, responses, strict=True):
        if response is not False:
            _succeed(call, response)
    if not isinstance(errors, list) or [_method(error) for error in errors] != [call.method for call in failed]:
        return failed  # nobody knows whose error is whose
    for call, error in zip(failed, errors, strict=True):
        _fail(call, error_of(error))
    return ()


def _method(error: Any) -> Any:
    return error.get("method") if isinstance(error, Mapping) else None


def _succeed(call: _Waiting, response: Any) -> None:
    if not call.result.done():
        call.result.set_result(response)


def _fail_all(batch: Sequence[_Waiting], error: ChannelError) -> None:
    for call in batch:
        _fail(call, error)


def _fail(call: _Waiting, error: ChannelError) -> None:
    if not call.result.done():
        call.result.set_exception(error)
