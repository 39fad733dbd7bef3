"""Keys that rows are found by, made of what a messenger tells."""

from bot.domain.message import Place


def identity(channel: str, user_id: str) -> str:
    """Return the key of a person: equal ids on two channels are two people."""
    return f"{channel}:{user_id}"


def consent_key(person: str) -> str:
    """Return the key under which somebody's words are held until they agree (`person`: their `identity`)."""
    return f"consent:{person}"


def transfer_key(ticket: int | str) -> str:
    """Return the key under which a typed name, with the reason for a transfer, waits for the press."""
    return f"transfer:{ticket}"


def link_key(place: Place, message_id: str) -> str:
    """Return the key under which a messenger's message is linked to its ticket."""
    return f"{place.lane}/{message_id}"
