"""Everything that can go wrong, as one tree; each docstring is the sentence that a person may read."""

from datetime import timedelta
from enum import StrEnum


class OtklikError(Exception):
    """Something went wrong in «Отклик»."""


class SettingsError(OtklikError):
    """A setting, an argument or an input file is wrong; the message names it and says what to do."""


class NotYetError(OtklikError):
    """The event cannot be judged yet; it is looked at again a little later, and that is no failure."""


class RuleError(OtklikError):
    """The desk does not allow this; `text_key` names the kind words in `bot/texts` for the person who tried."""

    def __init__(self, text_key: str, **arguments: str | int) -> None:
        super().__init__(text_key)
        self.text_key = text_key
        self.arguments = arguments


class NotFoundError(OtklikError):
    """There is no such thing."""


class StorageError(OtklikError):
    """The database cannot be opened, read or written; the message says why and what to do."""


class DatabaseAwayError(StorageError):
    """The database does not answer now; waiting helps."""


class MalformedEventError(OtklikError):
    """A messenger's event cannot be understood; it is kept for the operator."""


class UnstorableError(StorageError):
    """A value does not fit the database: the fault lies with what is written, not with the database."""


class RefusalReason(StrEnum):
    """Why a messenger will never take a message; each has words in `bot/texts` (`refused-…`)."""

    BLOCKED = "blocked"
    """The person blocked the bot or forbade messages from the community."""
    NOT_STARTED = "not-started"
    """The person has never written to the bot or the community."""
    PERSON_GONE = "person-gone"
    """The account was deleted."""
    CHAT_GONE = "chat-gone"
    """The chat was deleted or the bot was removed from it."""
    FORBIDDEN = "forbidden"
    """The bot or the token lacks a right."""
    MESSAGE_GONE = "message-gone"
    """The message to edit or to answer no longer exists."""
    TOPIC_GONE = "topic-gone"
    """The topic of the group was deleted or closed."""
    TOO_LATE = "too-late"
    """The messenger no longer lets this message be edited or deleted."""
    BAD_MESSAGE = "bad-message"
    """The messenger does not accept this message as it is."""
    BAD_TOKEN = "bad-token"  # noqa: S105 - a reason, not a password
    """The token is wrong or was revoked."""
    TOO_MANY_TRIES = "too-many-tries"
    """The messenger could not be reached for days."""


class ChannelError(OtklikError):
    """A messenger failed."""


class ChannelBusyError(ChannelError):
    """A messenger asks to try later or cannot be reached; `retry_after` is its own wish, if it named one."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ChannelRefusedError(ChannelError):
    """A messenger will never do this."""

    def __init__(self, message: str, *, reason: RefusalReason) -> None:
        super().__init__(message)
        self.reason = reason


class ChatMovedError(ChannelError):
    """A group became a supergroup; `new_chat` is where it lives now."""

    def __init__(self, new_chat: str) -> None:
        super().__init__(f"the chat moved to {new_chat}")
        self.new_chat = new_chat


class ConflictError(ChannelError):
    """Another program receives with the same token; only one may."""


class FileUnavailableError(ChannelError):
    """A file cannot be fetched from its messenger (too large, expired); the text goes without it, and says so."""
