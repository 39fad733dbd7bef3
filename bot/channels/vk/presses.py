"""What ends a button's waiting state: VK wants the event, the person and the peer, the port has one string."""

from bot.domain.errors import ChannelRefusedError, RefusalReason


def press_id(*, event: str, person: int, peer: int) -> str:
    """Return the three as one string, empty when VK gave no event to answer."""
    return f"{event}:{person}:{peer}" if event else ""


def read_press_id(press: str) -> tuple[str, str, str]:
    """Return event, person and peer; raises ChannelRefusedError for a string that is no press id."""
    parts = press.rsplit(":", 2)
    if len(parts) != 3:
        raise ChannelRefusedError("this is not the id of a press in VK", reason=RefusalReason.BAD_MESSAGE)
    return parts[0], parts[1], parts[2]
