"""What can go wrong with the pretend Telegram, on demand."""

import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from tests.pretend.telegram_methods import Call, RefusedError

_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class FaultKind(StrEnum):
    """How a call fails."""

    REFUSE = "refuse"
    DROP = "drop"
    """The connection dies before the call is taken."""
    TAKE_AND_DROP = "take-and-drop"
    """The call is taken, then the connection dies."""
    HANG = "hang"
    GARBLE = "garble"
    """An answer that is not JSON."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of failure for the next `times` calls of `method` (`*` for any) into `chat` (None for any)."""

    kind: FaultKind
    method: str = "*"
    chat: int | None = None
    times: int = 1
    status: int = 200
    description: str = ""
    parameters: dict[str, float] = field(default_factory=dict)

    def fits(self, call: Call) -> bool:
        """Tell whether this call is to fail."""
        is_method = self.method in ("*", call.method)
        return self.times > 0 and is_method and (self.chat is None or self.chat == call.whole("chat_id"))

    def refusal(self) -> RefusedError:
        """Return what Telegram says."""
        wish = self.parameters.get("retry_after")
        words = f"Too Many Requests: retry after {wish}" if self.status == 429 else _WORDS.get(self.status, "Error")
        return RefusedError(self.status, self.description or words, **self.parameters)


class Faults:
    """The faults that were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let calls fail from now on."""
        self._faults.append(fault)

    def next_for(self, call: Call) -> Fault | None:
        """Return the fault of this call and count it."""
        for fault in self._faults:
            if fault.fits(call):
                fault.times -= 1
                return fault
        return None

    def clear(self) -> None:
        """Let everything go well again."""
        self._faults.clear()


class Rates:
    """Telegram's speed limits by its FAQ: 30 a second for a bot, 1 a second for a chat, 20 a minute for a group."""

    def __init__(self) -> None:
        self._times: dict[tuple[int, int], deque[float]] = {}

    def check(self, call: Call) -> None:
        """Raise RefusedError(429) for a call that comes too soon; bursts of three are let through in a private chat."""
        if not call.method.startswith(("send", "editMessage", "createForumTopic", "editForumTopic")):
            return
        chat_id = call.whole("chat_id")
        limits = [((call.bot.id, 0), 30, 1.0), ((call.bot.id, chat_id), *((3, 3.0) if chat_id > 0 else (20, 60.0)))]
        now = time.monotonic()
        for key, calls, seconds in limits:
            times = self._times.setdefault(key, deque())
            while times and times[0] <= now - seconds:
                times.popleft()
            if len(times) >= calls:
                wait = max(1, round(times[0] + seconds - now + 0.5))
                raise RefusedError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for key, _, _ in limits:
            self._times[key].append(now)
