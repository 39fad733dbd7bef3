"""Groups with topics on the pretend messenger: who may make topics, and what refuses words."""

from dataclasses import dataclass, replace

from bot.domain.errors import ChannelRefusedError, RefusalReason
from bot.domain.message import OutgoingKind, OutgoingMessage, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendTopic:
    """One topic as everybody in the group sees it."""

    thread: str
    title: str
    icon: str = ""
    is_closed: bool = False
    is_deleted: bool = False
    changes: int = 0
    """How often its title or icon was changed."""


class PretendTopics:
    """All groups with topics of one pretend messenger."""

    def __init__(self) -> None:
        self._forums: dict[tuple[str, str], bool] = {}
        """By community and chat: whether the bot may make topics there."""
        self._topics: dict[tuple[str, str, str], PretendTopic] = {}

    def switch_on(self, community: str, chat: str, *, may_make: bool = True) -> None:
        """Give a group topics, with or without the right to make any for the bot."""
        self._forums[community, chat] = may_make

    def switch_off(self, community: str, chat: str) -> None:
        """Make it a plain group again: what was said in topics stands in the one conversation."""
        self._forums.pop((community, chat), None)

    def are_on(self, community: str, chat: str) -> bool:
        """Tell whether a group has topics."""
        return (community, chat) in self._forums

    def of(self, community: str, chat: str) -> list[PretendTopic]:
        """Return a group's topics, the oldest first, deleted ones too."""
        return [topic for (where, group, _), topic in self._topics.items() if (where, group) == (community, chat)]

    def close(self, community: str, chat: str, thread: str) -> None:
        """Close a topic."""
        self._change(community, chat, replace(self._topics[community, chat, thread], is_closed=True))

    def delete(self, community: str, chat: str, thread: str) -> None:
        """Delete a topic; its messages go with it."""
        self._change(community, chat, replace(self._topics[community, chat, thread], is_deleted=True))

    def make(self, place: Place, outgoing: OutgoingMessage, thread: str) -> None:
        """Make a topic whose first message has the id `thread`."""
        topic = PretendTopic(thread=thread, title=outgoing.text, icon=outgoing.icon)
        self._change(place.community, place.chat, topic)

    def rename(self, place: Place, outgoing: OutgoingMessage) -> None:
        """Give a topic another title and icon."""
        before = self._topics[place.community, place.chat, outgoing.thread]
        now = replace(before, title=outgoing.text, icon=outgoing.icon, changes=before.changes + 1)
        self._change(place.community, place.chat, now)

    def refuse(self, outgoing: OutgoingMessage, place: Place) -> None:
        """Raise what a real messenger would say of a topic that cannot be made, or is not there to be spoken in."""
        if outgoing.kind is OutgoingKind.TOPIC and not self.are_on(place.community, place.chat):
            raise ChannelRefusedError("the chat is not a forum", reason=RefusalReason.BAD_MESSAGE)
        if outgoing.kind is OutgoingKind.TOPIC and not self._forums[place.community, place.chat]:
            raise ChannelRefusedError("not enough rights to create a topic", reason=RefusalReason.FORBIDDEN)
        if outgoing.thread and outgoing.kind in (OutgoingKind.MESSAGE, OutgoingKind.TOPIC_EDIT):
            topic = self._topics.get((place.community, place.chat, outgoing.thread))
            is_there = topic is not None and not topic.is_closed and not topic.is_deleted
            if not is_there or not self.are_on(place.community, place.chat):
                raise ChannelRefusedError("message thread not found", reason=RefusalReason.TOPIC_GONE)

    def _change(self, community: str, chat: str, topic: PretendTopic) -> None:
        self._topics[community, chat, topic.thread] = topic
