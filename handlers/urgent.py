"""Words of emergency: the citizen is told at once whom to call, and the work chat sees it before anything else."""

from bot.domain.citizen import Citizen
from bot.domain.event import CommentReceived, MessageEdited, MessageReceived
from bot.safety.emergency import Emergency, emergency
from bot.safety.insults import has_insult
from handlers.desk import Desk
from storage.outbox_row import OutboxKind


def answer_emergency(desk: Desk, event: MessageReceived | CommentReceived | MessageEdited, citizen: Citizen) -> None:
    """Say whom to call, whatever else becomes of the words; nothing when they speak of no emergency."""
    if (event.place.lane, event.message_id) not in desk.released:
        say_whom_to_call(desk, event, desk.language_of(citizen))


def say_whom_to_call(
    desk: Desk,
    event: MessageReceived | CommentReceived | MessageEdited,
    language: str,
    *,
    kind: OutboxKind = OutboxKind.NOTICE,
) -> None:
    """Say whom to call to somebody of whom nothing but these words may be known."""
    found = _found(desk, event.text)
    if found is not None:
        text = desk.say(language, f"emergency-{found.value}")
        reply_to = event.message_id if event.place.is_comments else ""
        desk.send(event.place, kind, text, reply_to=reply_to)


def urgent_lines(desk: Desk, text: str) -> list[str]:
    """Return the line that stands above a citizen's words in the work chat, none for most words.

    It comes after the ticket's number: by their first line our own words are recognised when their link is lost.
    """
    found = _found(desk, text)
    return [desk.say(desk.rules.language, "card-emergency")] if found is not None else []


def flag_lines(desk: Desk, text: str) -> list[str]:
    """Return all lines that stand above a citizen's words: emergencies, then insults, which arrive all the same."""
    if text not in desk.insults:
        desk.insults[text] = has_insult(text)
    insult = [desk.say(desk.rules.language, "card-insult")] if desk.insults[text] else []
    return [*urgent_lines(desk, text), *insult]


def find_emergency(desk: Desk, text: str) -> Emergency | None:
    """Return the emergency that words speak of, None for most."""
    return _found(desk, text)


def _found(desk: Desk, text: str) -> Emergency | None:
    if text not in desk.emergencies:
        desk.emergencies[text] = emergency(text, desk.rules.emergency_words)
    return desk.emergencies[text]
