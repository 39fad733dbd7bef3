"""The methods of the pretend VK: they refuse what VK refuses."""

import json
import re
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from tests.pretend.vk_world import FIRST_CHAT, Community, VkComment, VkFault, VkFile, checked_keyboard

if TYPE_CHECKING:
    from tests.pretend.vk import PretendVk

Params = Mapping[str, str]
Method = Callable[["PretendVk", Community, Params], Any]
USER_ONLY = frozenset(
    {
        *("wall.get", "wall.getComments", "wall.editComment", "wall.deleteComment", "board.createComment"),
        *("photos.createComment", "video.createComment", "market.createComment"),
        *("photos.getWallUploadServer", "groups.getSettings", "likes.getList"),
    }
)


def call(vk: "PretendVk", community: Community, method: str, params: Params) -> Any:
    """Return the `response` of one method or raise VkFault."""
    if method in USER_ONLY:
        raise VkFault(27, "Group authorization failed: method is unavailable with group auth.")
    if method not in METHODS:
        raise VkFault(3, "Unknown method passed")
    vk.calls[method] += 1
    return METHODS[method](vk, community, params)


def _send(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "messages")
    random_id = _integer(params, "random_id")
    if not -(2**31) <= random_id < 2**31:
        raise VkFault(100, "One of the parameters specified was missing or invalid: random_id is too large")
    if "peer_ids" in params or "user_ids" in params:
        peers = _integers(params.get("peer_ids") or params["user_ids"])
        if len(peers) > 100:
            raise VkFault(100, "One of the parameters specified was missing or invalid: peer_ids too many")
        return [_answer_for(vk, community, peer, random_id, params) for peer in peers]
    if "chat_id" in params:
        peer = FIRST_CHAT + _integer(params, "chat_id")
    else:
        peer = _integer(params, "peer_id" if "peer_id" in params else "user_id")
    answer = _take(vk, community, peer, random_id, params)
    # With `peer_id` a community is not told the number of a message in a conversation.
    return 0 if peer > FIRST_CHAT else answer["message_id"]


def _answer_for(vk: "PretendVk", community: Community, peer: int, random_id: int, params: Params) -> dict[str, Any]:
    try:
        return _take(vk, community, peer, random_id, params)
    except VkFault as fault:
        if fault.code not in {900, 901, 902, 917, 18, 936, 945}:
            raise
        return {"peer_id": peer, "error": {"code": fault.code, "description": fault.message}}


def _take(vk: "PretendVk", community: Community, peer: int, random_id: int, params: Params) -> dict[str, Any]:
    if random_id and (peer, random_id) in community.sent:
        return community.sent[peer, random_id]
    _may_write(community, peer)
    text, files, keyboard = _content(community, params)
    message = community.add(
        peer,
        from_id=-community.group_id,
        date=vk.time(),
        text=text,
        files=files,
        keyboard=keyboard,
        reply_to=_reply(community, peer, params.get("forward")),
    )
    if "lat" in params:
        message.place = (params["lat"], params["long"])
    answer = {"peer_id": peer, "message_id": message.number, "conversation_message_id": message.cmid}
    if random_id:
        community.sent[peer, random_id] = answer
    vk.taken += 1
    community.announce("message_reply", message.as_json(), keep=vk.history)
    return answer


def _may_write(community: Community, peer: int) -> None:
    if peer > FIRST_CHAT:
        if peer not in community.chats:
            raise VkFault(917, "You don't have access to this chat")
    elif peer in community.blocked:
        raise VkFault(900, "Can't send messages for users from blacklist")
    elif peer not in community.wrote or peer in community.forbade:
        raise VkFault(901, "Can't send messages for users without permission")


def _content(community: Community, params: Params) -> tuple[str, list[VkFile], dict[str, Any] | None]:
    text = params.get("message", "")
    if len(text) > 4096:
        raise VkFault(914, "Message is too long")
    names = [name for name in params.get("attachment", "").split(",") if name]
    if len(names) > 10:
        raise VkFault(100, "One of the parameters specified was missing or invalid: too many attachments")
    # VK does not say a word about an attachment to which the community has no right: it leaves it out.
    files = [file for name in names if (file := community.uploaded.get("_".join(name.split("_")[:2])))]
    if not text and not files:
        raise VkFault(100, "One of the parameters specified was missing or invalid: message is empty or invalid")
    keyboard = checked_keyboard(params["keyboard"]) if "keyboard" in params else None
    if keyboard and keyboard["buttons"] and not community.has_bot_abilities:
        raise VkFault(912, "This is a chat bot feature, change this status in settings")
    return text, files, keyboard


def _reply(community: Community, peer: int, forward: str | None) -> int | None:
    if forward is None:
        return None
    try:
        asked = json.loads(forward)
        number = asked["conversation_message_ids"][0]
        is_known = asked["peer_id"] == peer and asked["is_reply"] == 1 and community.message(peer, number) is not None
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise VkFault(100, "One of the parameters specified was missing or invalid: forward is invalid") from error
    if not is_known:
        raise VkFault(100, "One of the parameters specified was missing or invalid: messages to forward not found")
    return int(number)


def _edit(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "messages")
    peer = _integer(params, "peer_id")
    message = community.message(peer, _integer(params, "cmid" if "cmid" in params else "conversation_message_id"))
    if message is None or message.from_id != -community.group_id or message.cmid in vk.too_old:
        raise VkFault(909, "Can't edit this message, because it's too old")
    # Whatever is not named again is gone.
    message.text, message.files, message.keyboard = _content(community, params)
    message.is_edited = True
    return 1


def _delete(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "messages")
    peer = _integer(params, "peer_id")
    if params.get("delete_for_all") != "1":
        raise VkFault(100, "One of the parameters specified was missing or invalid: only for all is known here")
    answers: list[dict[str, Any]] = []
    for number in _integers(params.get("cmids", "")):
        message = community.message(peer, number)
        answer: dict[str, Any] = {"peer_id": peer, "conversation_message_id": number}
        if message is None or message.from_id != -community.group_id or number in vk.too_old:
            answers.append(answer | {"error": {"code": 924, "description": "Can't delete this message for everybody"}})
        else:
            message.is_deleted = True
            answers.append(answer | {"response": 1})
    return answers


def _answer_press(vk: "PretendVk", community: Community, params: Params) -> Any:
    press = community.presses.get(params.get("event_id", ""))
    expected = (_integer(params, "user_id"), _integer(params, "peer_id"))
    is_late = press is not None and vk.time() - press.pressed_at > 60
    if press is None or is_late or press.is_answered or (press.user_id, press.peer_id) != expected:
        raise VkFault(100, "One of the parameters specified was missing or invalid: event_id is invalid")
    if "event_data" in params:
        press.answer = json.loads(params["event_data"])
        if press.answer.get("type") == "show_snackbar" and not 0 < len(press.answer["text"]) <= 90:
            raise VkFault(100, "One of the parameters specified was missing or invalid: event_data")
    press.is_answered = True
    return 1


def _react(vk: "PretendVk", community: Community, params: Params) -> Any:
    peer, number = _integer(params, "peer_id"), _integer(params, "cmid")
    if community.message(peer, number) is None:
        raise VkFault(100, "One of the parameters specified was missing or invalid: cmid")
    community.reactions[peer, number] = _integer(params, "reaction_id")
    return 1


def _get_messages(vk: "PretendVk", community: Community, params: Params) -> Any:
    peer = _integer(params, "peer_id")
    numbers = _integers(params.get("conversation_message_ids", ""))
    found = [message.as_json() for number in numbers if (message := community.message(peer, number))]
    return {"count": len(found), "items": found}


def _create_comment(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "wall")
    post = _integer(params, "post_id")
    if _integer(params, "owner_id") != -community.group_id:
        raise VkFault(15, "Access denied")
    if _integer(params, "from_group") != community.group_id:
        raise VkFault(100, "One of the parameters specified was missing or invalid: from_group is another group")
    if post not in community.posts:
        raise VkFault(212, "Access to post comments denied")
    guid = params.get("guid", "")
    if guid and guid in community.guids:
        return community.guids[guid]
    reply_to = _integer(params, "reply_to_comment") if "reply_to_comment" in params else None
    if reply_to is not None and all(comment.number != reply_to for comment in community.comments[post]):
        raise VkFault(100, "One of the parameters specified was missing or invalid: reply_to_comment not found")
    text, files, _ = _content(
        community, {"message": params.get("message", ""), "attachment": params.get("attachments", "")}
    )
    comment = VkComment(
        number=next(community.numbers),
        from_id=-community.group_id,
        text=text,
        date=vk.time(),
        reply_to=reply_to,
        files=files,
    )
    community.comments[post].append(comment)
    answer = {"comment_id": comment.number, "parents_stack": [reply_to] if reply_to else []}
    if guid:
        community.guids[guid] = answer
    vk.taken += 1
    community.announce("wall_reply_new", vk.comment_as_json(community, post, comment), keep=vk.history)
    return answer


def _get_users(vk: "PretendVk", community: Community, params: Params) -> Any:
    people = []
    for number in _integers(params.get("user_ids", "")):
        first, _, last = vk.names.get(number, f"Житель {number}").partition(" ")
        people.append({"id": number, "first_name": first, "last_name": last, "is_closed": False})
    return people


def _get_groups(vk: "PretendVk", community: Community, params: Params) -> Any:
    numbers = _integers(params.get("group_ids") or params.get("group_id") or str(community.group_id))
    groups = [
        {
            "id": number,
            "name": vk.communities[number].name if number in vk.communities else f"Сообщество {number}",
            "screen_name": f"club{number}",
            "is_closed": 0,
            "type": "page",
        }
        for number in numbers
    ]
    return {"groups": groups, "profiles": []}


def _resolve_name(vk: "PretendVk", community: Community, params: Params) -> Any:
    number = vk.screen_names.get(str(params.get("screen_name", "")))
    return {"type": "group", "object_id": number} if number else []


def _long_poll_server(vk: "PretendVk", community: Community, params: Params) -> Any:
    if _integer(params, "group_id") != community.group_id:
        raise VkFault(15, "Access denied")
    if not community.long_poll_on:
        raise VkFault(
            100, "One of the parameters specified was missing or invalid: longpoll for this group is not enabled"
        )
    community.key = f"key{next(community.numbers)}"
    return {"key": community.key, "server": f"{vk.url}/lp/{community.group_id}", "ts": str(community.ts)}


def _set_long_poll(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "manage")
    community.long_poll_on = params.get("enabled", str(int(community.long_poll_on))) == "1"
    community.events_version = params.get("api_version", community.events_version)
    for name, value in params.items():
        if name in {"group_id", "enabled", "api_version"}:
            continue
        if value == "1":
            community.enabled.add(name)
        else:
            community.enabled.discard(name)
    return 1


def _long_poll_settings(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "manage")
    return {
        "is_enabled": community.long_poll_on,
        "api_version": community.events_version,
        "events": dict.fromkeys(sorted(community.enabled), 1) | {"group_join": 0},
    }


def _token_rights(vk: "PretendVk", community: Community, params: Params) -> Any:
    settings = {"photos": 4, "messages": 4096, "wall": 8192, "docs": 131072, "manage": 262144}
    rights = [{"name": right, "setting": settings[right]} for right in sorted(community.rights)]
    return {"mask": sum(settings[right] for right in community.rights), "permissions": rights}


def _upload_server(kind: str, right: str) -> Method:
    def method(vk: "PretendVk", community: Community, params: Params) -> Any:
        _needs(community, right)
        taken_as = "audio_message" if params.get("type") == "audio_message" else kind
        return {"upload_url": f"{vk.url}/upload/{community.group_id}/{taken_as}", "album_id": -64, "group_id": 0}

    return method


def _save_photo(vk: "PretendVk", community: Community, params: Params) -> Any:
    _integer(params, "server")
    photos = json.loads(params.get("photo", "[]"))
    saved = [_saved(vk, community, photo.get("markers_restarted_at", "")) for photo in photos]
    if not saved or params.get("hash") != "hash":
        raise VkFault(121, "Invalid hash")
    return [file.as_json()["photo"] for file in saved]


def _save_document(vk: "PretendVk", community: Community, params: Params) -> Any:
    file = _saved(vk, community, params.get("file", ""))
    file.name = params.get("title") or file.name
    return file.as_json()


def _saved(vk: "PretendVk", community: Community, word: str) -> VkFile:
    if word not in community.received:
        raise VkFault(105, "Couldn't save file")
    kind, name, content = community.received.pop(word)
    file = vk.keep_file(_kind_of(kind), owner=-community.group_id, name=name, content=content)
    community.uploaded[file.reference] = file
    if kind == "audio_message":
        community.uploaded[file.reference.replace("audio_message", "doc")] = file
    return file


def _kind_of(uploaded_as: str) -> Literal["photo", "doc", "audio_message"]:
    match uploaded_as:
        case "photo" | "audio_message":
            return uploaded_as
        case _:
            return "doc"


def receive_upload(vk: "PretendVk", community: Community, kind: str, name: str, content: bytes) -> dict[str, Any]:
    """Return what the upload server says of a file; saving it comes next."""
    word = secrets.token_hex(8)
    if kind == "photo":
        if not content.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8")):
            return {"server": 1, "photo": "[]", "hash": "hash"}
        community.received[word] = (kind, name, content)
        return {"server": 1, "photo": json.dumps([{"markers_restarted_at": word}]), "hash": "hash"}
    if kind == "audio_message" and not content.startswith(b"OggS"):
        return {"error": "wrong_audio_format", "error_descr": "Неверный формат"}
    if kind != "audio_message" and re.search(r"\.(exe|mp3|apk)$", name):
        return {"error": "invalid_file_extension", "error_descr": "Неверное расширение файла"}
    community.received[word] = (kind, name, content)
    return {"file": word}


def _conversations(vk: "PretendVk", community: Community, params: Params) -> Any:
    _needs(community, "messages")
    return {"count": len(community.dialogues), "items": []}


def _is_allowed(vk: "PretendVk", community: Community, params: Params) -> Any:
    user = _integer(params, "user_id")
    return {"is_allowed": int(user in community.wrote and user not in community.forbade | community.blocked)}


METHODS: dict[str, Method] = {
    "docs.getMessagesUploadServer": _upload_server("doc", "docs"),
    "docs.getWallUploadServer": _upload_server("doc", "docs"),
    "docs.save": _save_document,
    "groups.getById": _get_groups,
    "utils.resolveScreenName": _resolve_name,
    "groups.getLongPollServer": _long_poll_server,
    "groups.getLongPollSettings": _long_poll_settings,
    "groups.getTokenPermissions": _token_rights,
    "groups.setLongPollSettings": _set_long_poll,
    "messages.delete": _delete,
    "messages.edit": _edit,
    "messages.sendReaction": _react,
    "messages.setActivity": lambda vk, community, params: int(params["type"] == "typing"),
    "messages.getByConversationMessageId": _get_messages,
    "messages.getConversations": _conversations,
    "messages.isMessagesFromGroupAllowed": _is_allowed,
    "messages.send": _send,
    "messages.sendMessageEventAnswer": _answer_press,
    "photos.getMessagesUploadServer": _upload_server("photo", "photos"),
    "photos.saveMessagesPhoto": _save_photo,
    "users.get": _get_users,
    "wall.createComment": _create_comment,
}


def _needs(community: Community, right: str) -> None:
    if right not in community.rights:
        raise VkFault(15, "Access denied: no access to call this method")


def _integer(params: Params, name: str) -> int:
    try:
        return int(params[name])
    except (KeyError, ValueError) as error:
        raise VkFault(100, f"One of the parameters specified was missing or invalid: {name} is required") from error


def _integers(written: str) -> list[int]:
    try:
        return [int(number) for number in written.split(",") if number]
    except ValueError as error:
        raise VkFault(100, "One of the parameters specified was missing or invalid: not numbers") from error
