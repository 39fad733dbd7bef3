"""What the visitor does as a person of a pane: writes, sends a place, reacts, edits, deletes, presses."""

from collections.abc import Mapping, Sequence

from bot.channels.memory import MemoryChannel
from bot.channels.memory_people import PretendFile
from bot.channels.memory_transcript import ShownMessage
from bot.demo.panes import ChatShape
from bot.demo.requests import Speaking, refused

PLACES: Mapping[str, tuple[float, float]] = {
    "Казань, центр": (55.7887, 49.1221),
    "Набережные Челны, Новый город": (55.7430, 52.4090),
    "Альметьевск": (54.9009, 52.2970),
    "Нижнекамск": (55.6313, 51.8144),
}
"""Where the citizens of the demo can stand when they send their place."""
SIGNS = ("👍", "❤", "😊", "😢", "😡", "👎")
"""The reactions that the page offers; in VK a ❤ is a like."""


class Deeds:
    """The verbs of the pretend people, in the words of the page."""

    def __init__(self, channels: Mapping[str, MemoryChannel]) -> None:
        self._channels = channels
        self._albums = 0

    def say(
        self, speaking: Speaking, text: str, *, reply_to: str, thread: str, files: Sequence[PretendFile]
    ) -> ShownMessage:
        """Write with files; in Telegram several of them are an album of several messages."""
        if speaking.chat.place.channel == "telegram" and len(files) > 1:
            self._albums += 1
            more = {"album": f"album-{self._albums}"}
            first = self._say_once(speaking, text, reply_to=reply_to, thread=thread, files=files[:1], more=more)
            for file in files[1:]:
                self._say_once(speaking, "", reply_to="", thread=thread, files=[file], more=more)
            return first
        return self._say_once(speaking, text, reply_to=reply_to, thread=thread, files=files, more={})

    def send_place(self, speaking: Speaking, name: str) -> ShownMessage:
        """Send one of the known places on the map; only in one's own dialogue."""
        if name not in PLACES or speaking.chat.shape is not ChatShape.PRIVATE:
            raise refused("отсюда место не отправить")
        place, person = speaking.chat.place, speaking.person
        latitude, longitude = PLACES[name]
        return self._channel(speaking).citizen_sends_place(
            place.community, person.user_id, latitude, longitude, name=person.name
        )

    def react(self, speaking: Speaking, message_id: str, sign: str) -> None:
        """Put a reaction, or take the same one away; without a message it is to the post."""
        channel, place, person = self._channel(speaking), speaking.chat.place, speaking.person
        if sign not in SIGNS or (not message_id and speaking.chat.shape is not ChatShape.COMMENTS):
            raise refused("такой реакции здесь нет")
        if message_id:
            shown = self._find(speaking, message_id)
            before = tuple(each for user, each in shown.reactions if user == person.user_id)
        else:
            before = channel.reactions_to(place.community, place.chat).get(person.user_id, ())
        after = () if before == (sign,) else (sign,)
        match speaking.chat.shape:
            case ChatShape.PRIVATE:
                channel.reacts_to_message(place.community, person.user_id, message_id, after, before=before)
            case ChatShape.COMMENTS:
                post = place.chat.rpartition("_")[2]
                channel.reacts(place.community, post, person.user_id, after, before=before, comment=message_id)
            case ChatShape.GROUP:
                raise refused("в рабочем чате реакции ничего не значат")

    def edit(self, speaking: Speaking, message_id: str, text: str) -> None:
        """Change one's own words."""
        place, person = speaking.chat.place, speaking.person
        shown = self._find(speaking, message_id)
        if shown.user_id != person.user_id or not (text or shown.attachments):
            raise refused("изменить можно только своё сообщение")
        self._channel(speaking).edits(place.community, place.chat, person.user_id, message_id, text, name=person.name)

    def delete(self, speaking: Speaking, message_id: str) -> None:
        """Take one's own comment away; of other deletions messengers tell bots nothing."""
        place = speaking.chat.place
        shown = self._find(speaking, message_id)
        if speaking.chat.shape is not ChatShape.COMMENTS or shown.user_id != speaking.person.user_id:
            raise refused("удалить можно только свой комментарий")
        self._channel(speaking).deletes_comment(place.community, place.chat.rpartition("_")[2], message_id)

    def restore(self, speaking: Speaking, message_id: str) -> None:
        """Bring one's own comment back."""
        channel, place, person = self._channel(speaking), speaking.chat.place, speaking.person
        gone = [each for each in channel.transcripts.with_deleted(place.community, place.chat) if each.is_deleted]
        if not any(each.id == message_id and each.user_id == person.user_id for each in gone):
            raise refused("этого комментария уже нет")
        channel.restores_comment(place.community, place.chat.rpartition("_")[2], message_id, name=person.name)

    def press(self, speaking: Speaking, message_id: str, action: str) -> str:
        """Press a button; returns the press id."""
        place, person = speaking.chat.place, speaking.person
        try:
            return self._channel(speaking).presses(
                place.community, place.chat, person.user_id, message_id, action, name=person.name
            )
        except LookupError:
            raise refused("этой кнопки уже нет") from None

    def _say_once(
        self,
        speaking: Speaking,
        text: str,
        *,
        reply_to: str,
        thread: str,
        files: Sequence[PretendFile],
        more: Mapping[str, object],
    ) -> ShownMessage:
        channel, place, person = self._channel(speaking), speaking.chat.place, speaking.person
        match speaking.chat.shape:
            case ChatShape.PRIVATE:
                command, _, payload = text.partition(" ")
                return channel.citizen_writes(
                    place.community,
                    person.user_id,
                    text,
                    name=person.name,
                    language=person.language,
                    attachments=files,
                    reply_to=reply_to,
                    deep_link=payload.strip() if command == "/start" else "",
                    more=more,
                )
            case ChatShape.GROUP:
                return channel.group_writes(
                    place.community,
                    place.chat,
                    person.user_id,
                    text,
                    name=person.name,
                    title=speaking.chat.title,
                    attachments=files,
                    reply_to=reply_to,
                    thread=self._thread(speaking, reply_to) or thread,
                    more=more,
                )
            case ChatShape.COMMENTS:
                return channel.comments(
                    place.community,
                    place.chat.rpartition("_")[2],
                    person.user_id,
                    text,
                    name=person.name,
                    attachments=files,
                    reply_to=reply_to,
                    more=more,
                )

    def _thread(self, speaking: Speaking, reply_to: str) -> str:
        """A reply stands in the topic of what it replies to."""
        place = speaking.chat.place
        answered = self._channel(speaking).transcripts.find(place.community, place.chat, reply_to)
        return answered.thread if answered is not None else ""

    def _find(self, speaking: Speaking, message_id: str) -> ShownMessage:
        place = speaking.chat.place
        found = self._channel(speaking).transcripts.find(place.community, place.chat, message_id)
        if found is None:
            raise refused("этого сообщения уже нет")
        return found

    def _channel(self, speaking: Speaking) -> MemoryChannel:
        return self._channels[speaking.chat.place.channel]
