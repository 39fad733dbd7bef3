"""What the buttons begin with: one letter each, because a messenger carries few characters."""

import re
from enum import StrEnum, unique

from bot.domain.event import ButtonPressed, Event
from bot.domain.message import AttachmentKind


@unique
class Press(StrEnum):
    """The beginning of an action; its parts follow, parted by colons."""

    TICKET = "t"
    """`t:NUMBER:ACTION`: an administrator does something with the ticket of a card."""
    CONFIRM = "a"
    """`a:NUMBER:ANSWER:send|drop`: whether an answer that was held back goes to the citizen."""
    TRANSFER = "x"
    """`x:NUMBER:TRANSFERS:INSTITUTION`: to whom a ticket is given; without an institution it stays."""
    DUPLICATE = "u"
    """`u:NUMBER:OTHER`: which ticket this one repeats; without another one it stays as it is."""
    CLOSING = "k"
    """`k:NUMBER:REASON`: why a ticket is closed without an answer; without a reason it stays open."""
    TEMPLATE = "p"
    """`p:NUMBER:look|send|leave:TEMPLATE`: a template is looked at, sent, or left."""
    INCIDENT = "n"
    """`n:INCIDENT:list|close|send|drop`: what becomes of a mass event."""
    SUSPICION = "s"
    """`s:INSTITUTION:MATTER`: many seem to write of one matter, and it is made a mass event."""
    CHOICE = "c"
    """`c:…`: a citizen chooses an institution, see `handlers.citizen_choice`."""
    LANGUAGE = "l"
    """`l:LANGUAGE`: a citizen chooses their language; `l:LANGUAGE:hello` under the first words."""
    OWN = "m"
    """`m:NUMBER` and `m:NUMBER:WORD`: a citizen looks at their own ticket, or says what becomes of it."""
    ELSEWHERE = "e"
    """`e:NUMBER:WORDS`: a citizen's words, from our id on, belong elsewhere; then `:OTHER`, `:new` or `:leave`."""
    TOPIC = "q"
    """`q:NUMBER:TOPIC`: a citizen says what their ticket is about."""
    REPORT = "r"
    """`r:SCOPE:PERIOD:WHAT…`: what of a report is shown next, see `handlers.report_buttons`."""
    CONSENT = "g"
    """`g:yes|no:tt`: a citizen answers the question that was asked in Tatar; `g:language:tt` asks it so."""
    CLOSED = "z"
    """`z:FIRST:LAST:SCOPE`: announced days off are withdrawn; days as YYYYMMDD."""
    QUESTION = "v"
    """`v:NUMBER:MESSAGE`: an administrator says that thanks or a greeting of a ticket ask for an answer."""
    NOTE = "j"
    """`j:NUMBER:MESSAGE`: an administrator's own words that stayed in the work chat go to the citizen."""
    SILENCE = "h"
    """`h:on:NUMBER`, `h:no:NUMBER`, `h:off:SILENCE`: whether an institution goes on reading somebody's words."""
    WHICH = "w"
    """`w:INSTITUTION:COMMAND:ARGUMENT`: for which of a chat's institutions a command was meant."""
    KEPT = "y"
    """`y:TOKEN`: an action that is longer than a button carries; the desk puts it back before anybody looks."""
    ERASING = "d"
    """`d:yes|no`: whether all that is kept about a citizen is erased."""

    def of(self, *parts: str | int) -> str:
        """Return the whole action of a button."""
        return ":".join((self.value, *map(str, parts)))


_SHAPES = {
    Press.TICKET: r"\d{1,12}:\S+",
    Press.CONFIRM: r"\d{1,12}:\d{1,12}:(send|drop)",
    Press.TRANSFER: r"\d{1,12}:\d{1,3}(:[a-z0-9-]{1,40})?",
    Press.DUPLICATE: r"\d{1,12}(:\d{1,12})?",
    Press.TEMPLATE: r"\d{1,12}:[a-z]+:\d{1,12}",
    Press.INCIDENT: r"\d{1,12}:[a-z]+",
    Press.CHOICE: r"[a-z]+|i:[a-z0-9-]{1,40}|bs:\d{1,4}|b:[0-9a-f]{8}:\d{1,4}|m:[0-9a-f]{8}:[0-9a-f]{8}:\d{1,4}",
    Press.LANGUAGE: r"[a-z]{2}(:hello)?",
    Press.OWN: r"\d{1,12}(:\S+)?",
    Press.TOPIC: r"\d{1,12}:\S+",
    Press.CONSENT: r"(yes|no|language):[a-z]{2}(:chosen)?",
    Press.CLOSED: r"\d{8}:\d{8}:.+",
    Press.CLOSING: r"\d{1,12}:[a-z_]*",
    Press.QUESTION: r"\d{1,12}:\d{1,12}",
    Press.SILENCE: r"(on|no|off):\d{1,12}",
    Press.WHICH: r"[a-z0-9-]{1,40}:[a-z]+:(?s:.*)",
    Press.KEPT: r"[0-9a-f]{24}",
    Press.ERASING: r"yes|no",
}
"""What follows the letter; of a letter that is not here, anything that is not empty."""


LONGEST_ACTION = 64
"""Bytes of a button's action (Telegram)."""


def kept_tokens(action: str) -> set[str]:
    """Return the token that stands for a whole action, none for an action that stands there itself."""
    letter, _, token = action.partition(":")
    return {token} if letter == Press.KEPT and token else set()


def names_button(action: str) -> bool:
    """Tell whether a button of ours may carry this action: a client can send any payload with somebody's words."""
    letter, colon, rest = action.partition(":")
    if not colon or not rest or letter not in set(Press):
        return False
    return re.fullmatch(_SHAPES.get(Press(letter), r".+"), rest) is not None


def as_heard(event: Event | None) -> Event | None:
    """Return the words that came with a press which names no button of ours, every other event as it is.

    Nobody presses a button with files: such a message is words, whatever its payload says.
    """
    if not isinstance(event, ButtonPressed) or event.words is None:
        return event
    has_files = any(each.kind is not AttachmentKind.OTHER for each in event.words.attachments)
    return event if names_button(event.action) and not has_files else event.words
