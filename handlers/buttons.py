"""What the buttons begin with: one letter each, because a messenger carries few characters."""

from enum import StrEnum


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
    TEMPLATE = "p"
    """`p:NUMBER:look|send|leave:TEMPLATE`: a template is looked at, sent, or left."""
    INCIDENT = "n"
    """`n:INCIDENT:list|close|send|drop`: what becomes of a mass event."""
    SUSPICION = "s"
    """`s:INSTITUTION:MATTER`: many seem to write of one matter, and it is made a mass event."""
    CHOICE = "c"
    """`c:…`: a citizen chooses an institution, see `handlers.citizen_choice`."""
    LANGUAGE = "l"
    """`l:LANGUAGE`: a citizen chooses their language."""
    OWN = "m"
    """`m:NUMBER` and `m:NUMBER:yes|no|GRADE`: a citizen looks at their own ticket, or says whether it is solved."""
    TOPIC = "q"
    """`q:NUMBER:TOPIC`: a citizen says what their ticket is about."""
    REPORT = "r"
    """`r:SCOPE:PERIOD:WHAT…`: what of a report is shown next, see `handlers.report_buttons`."""
    CONSENT = "g"
    """`g:yes|no:tt`: a citizen answers the question that was asked in Tatar; `g:language:tt` asks it so."""
    CLOSED = "z"
    """`z:FIRST:LAST:SCOPE`: announced days off are withdrawn; days as YYYYMMDD."""
    ERASING = "d"
    """`d:yes|no`: whether all that is kept about a citizen is erased."""

    def of(self, *parts: str | int) -> str:
        """Return the whole action of a button."""
        return ":".join((self.value, *map(str, parts)))
