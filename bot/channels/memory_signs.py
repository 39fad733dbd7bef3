"""What people on the pretend messenger do without words: they react, and they allow or forbid to be written to."""

from collections.abc import Mapping, Sequence

from bot.channels.memory_people import PretendPeople


class PretendSigns(PretendPeople):
    """The wordless deeds of people."""

    def reactions_to(self, community: str, chat: str) -> dict[str, tuple[str, ...]]:
        """Return what stands under a post, by person."""
        return {user: signs for user, signs in self._posts.get((community, chat), {}).items() if signs}

    def reacts(
        self,
        community: str,
        post: str,
        user_id: str,
        after: str | Sequence[str] = (),
        *,
        before: str | Sequence[str] = (),
        comment: str = "",
        thing: str = "wall",
        sources: Sequence[str] = (),
        key: str = "",
    ) -> None:
        """Put reactions under a post (or a comment under it) in place of those `before`; none takes them away."""
        chat = f"{thing}-{community}_{post}"
        raw = {
            "kind": "reaction",
            "chat": chat,
            "message_id": comment,
            "from": {"id": user_id},
            "before": list(before),
            "after": list(after),
            "sources": list(sources),
            "link": self._link(community, chat),
            "at": self._moment(None).isoformat(),
        }
        if comment:
            self.transcripts.react(community, chat, comment, user_id, after)
        else:
            self._posts.setdefault((community, chat), {})[user_id] = tuple(after)
            self.transcripts.touch(community, chat)
        self.push_raw(community, raw, key=key, chat=chat)

    def reacts_to_message(
        self,
        community: str,
        user_id: str,
        message_id: str,
        after: str | Sequence[str] = (),
        *,
        before: str | Sequence[str] = (),
    ) -> None:
        """Put reactions to a message of one's own private dialogue in place of those `before`."""
        self.transcripts.react(community, user_id, message_id, user_id, after)
        raw = {
            "kind": "reaction",
            "chat": user_id,
            "message_id": message_id,
            "from": {"id": user_id},
            "before": list(before),
            "after": list(after),
            "at": self._moment(None).isoformat(),
        }
        self.push_raw(community, raw, chat=user_id)

    def counts_reactions(
        self, community: str, chat: str, totals: Mapping[str, int], *, sources: Sequence[str] = ()
    ) -> None:
        """Let the messenger tell how many reactions a post (`wall…`) has by now."""
        raw = {
            "kind": "counted",
            "chat": chat,
            "totals": dict(totals),
            "sources": list(sources),
            "link": self._link(community, chat),
            "at": self._moment(None).isoformat(),
        }
        self.push_raw(community, raw, chat=chat)

    def forbids_writing(self, community: str, user_id: str) -> None:
        """Forbid a community to write to this person, and let it know."""
        self.block(user_id)
        self._tell_writing(community, user_id, is_allowed=False)

    def allows_writing(self, community: str, user_id: str) -> None:
        """Allow it again."""
        self.unblock(user_id)
        self._tell_writing(community, user_id, is_allowed=True)

    def _tell_writing(self, community: str, user_id: str, *, is_allowed: bool) -> None:
        raw = {
            "kind": "writing",
            "chat": user_id,
            "from": {"id": user_id},
            "allowed": "yes" if is_allowed else "no",
            "at": self._moment(None).isoformat(),
        }
        self.push_raw(community, raw, chat=user_id)
