"""What people on the pretend VK do besides writing: they change and delete, like, react, allow and forbid."""

from collections.abc import Mapping
from typing import Any, Literal

from tests.pretend.vk_world import Community

Thing = Literal["photo", "video", "topic", "market"]

_FAMILIES: Mapping[Thing, tuple[str, str, str]] = {
    "photo": ("photo_comment", "photo_id", "photo_owner_id"),
    "video": ("video_comment", "video_id", "video_owner_id"),
    "topic": ("board_post", "topic_id", "topic_owner_id"),
    "market": ("market_comment", "item_id", "market_owner_id"),
}


class Changes:
    """The further deeds of people; a part of `PretendVk`."""

    communities: dict[int, Community]
    history: int

    def time(self) -> int:
        """Return the time as VK writes it."""
        raise NotImplementedError

    def edits_message(self, group_id: int, peer_id: int, cmid: int, text: str) -> None:
        """A person changes what they wrote."""
        message = self.communities[group_id].message(peer_id, cmid)
        assert message is not None
        message.text = text
        self._tell(group_id, "message_edit", message.as_json() | {"update_time": self.time()})

    def comments_on(
        self, group_id: int, thing: Thing, number: int, user_id: int, text: str, *, reply_to: int | None = None
    ) -> int:
        """A person comments on a photo, a video, goods or in a topic; returns the comment's number."""
        family, number_name, owner_name = _FAMILIES[thing]
        comment = next(self.communities[group_id].numbers)
        raw = {
            "id": comment,
            "from_id": user_id,
            "date": self.time(),
            "text": text,
            number_name: number,
            owner_name: -group_id,
        }
        if reply_to is not None and thing == "topic":
            raw["text"] = f"[club{group_id}:bp-{group_id}_{reply_to}|Имя], {text}"
        elif reply_to is not None:
            raw["reply_to_comment"] = reply_to
        self._tell(group_id, f"{family}_new", raw)
        return comment

    def edits_comment(self, group_id: int, post_id: int, comment: int, text: str) -> None:
        """A person changes a comment under a post."""
        self._change_comment(group_id, "wall_reply_edit", post_id, comment, text)

    def restores_comment(self, group_id: int, post_id: int, comment: int) -> None:
        """A comment that was deleted comes back."""
        self._change_comment(group_id, "wall_reply_restore", post_id, comment, None)

    def deletes_comment(self, group_id: int, post_id: int, comment: int) -> None:
        """A comment under a post is deleted."""
        raw = {"owner_id": -group_id, "id": comment, "post_id": post_id, "deleter_id": 5}
        self._tell(group_id, "wall_reply_delete", raw)

    def likes(self, group_id: int, post_id: int, user_id: int, *, comment: int | None = None) -> None:
        """A person likes a post, or a comment under it."""
        self._tell(group_id, "like_add", self._like(group_id, post_id, user_id, comment))

    def unlikes(self, group_id: int, post_id: int, user_id: int, *, comment: int | None = None) -> None:
        """A person takes a like away."""
        self._tell(group_id, "like_remove", self._like(group_id, post_id, user_id, comment))

    def reacts(self, group_id: int, peer_id: int, cmid: int, user_id: int, reaction: int | None) -> None:
        """A person reacts to a message by one of VK's numbers; None takes the reaction away."""
        raw = {"reacted_id": user_id, "peer_id": peer_id, "cmid": cmid}
        self._tell(group_id, "message_reaction_event", raw | ({} if reaction is None else {"reaction_id": reaction}))

    def allows_messages(self, group_id: int, user_id: int) -> None:
        """A person allows the community's messages."""
        self.communities[group_id].forbade.discard(user_id)
        self._tell(group_id, "message_allow", {"user_id": user_id, "key": ""})

    def forbids_messages(self, group_id: int, user_id: int) -> None:
        """A person forbids the community's messages: VK answers 901."""
        self.communities[group_id].forbade.add(user_id)
        self._tell(group_id, "message_deny", {"user_id": user_id})

    def _change_comment(self, group_id: int, kind: str, post_id: int, number: int, text: str | None) -> None:
        community = self.communities[group_id]
        comment = next(comment for comment in community.comments[post_id] if comment.number == number)
        comment.text = comment.text if text is None else text
        raw = {
            "id": number,
            "from_id": comment.from_id,
            "date": comment.date,
            "text": comment.text,
            "post_owner_id": -group_id,
            "post_id": post_id,
        }
        self._tell(group_id, kind, raw)

    def _like(self, group_id: int, post_id: int, user_id: int, comment: int | None) -> dict[str, Any]:
        return {
            "liker_id": user_id,
            "object_type": "post" if comment is None else "comment",
            "object_owner_id": -group_id,
            "object_id": post_id if comment is None else comment,
            "thread_reply_id": 0,
            "post_id": 0 if comment is None else post_id,
        }

    def _tell(self, group_id: int, kind: str, thing: dict[str, Any]) -> None:
        self.communities[group_id].announce(kind, thing, keep=self.history)
