"""Where a message or a chat can be opened by those who are in it, as far as its messenger has such addresses."""

from bot.domain.message import VK_CHATS, Place


def message_address(place: Place | None, message_id: str, *, thread: str = "") -> str:
    """Return the address of one message, empty where there is none.

    Telegram's supergroups have them (core.telegram.org/api/links, "Private message links").
    """
    if place is None or place.channel != "telegram" or not place.chat.startswith("-100") or not message_id:
        return ""
    way = [place.chat.removeprefix("-100"), thread, message_id]
    return "https://t.me/c/" + "/".join(part for part in way if part)


def chat_address(place: Place | None) -> str:
    """Return the address of a group as a whole: VK's conversations have one, for whoever may read the community's."""
    if place is None or place.channel != "vk" or not place.is_group:
        return ""
    return f"https://vk.com/gim{place.community}?sel=c{int(place.chat) - VK_CHATS}"
