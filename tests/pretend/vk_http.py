"""The pretend VK over HTTP: methods, Long Poll, uploads, downloads, and the control of a benchmark."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.pretend.vk_methods import call, receive_upload
from tests.pretend.vk_script import as_form, calls_of
from tests.pretend.vk_world import Community, VkFault

if TYPE_CHECKING:
    from tests.pretend.vk import PretendVk

_AT_ONCE = 1000
"""Events in one answer of Long Poll."""


class VkHttp:
    """Routes of one pretend VK."""

    def __init__(self, vk: "PretendVk") -> None:
        self._vk = vk

    def application(self) -> web.Application:
        application = web.Application(client_max_size=100 * 2**20)
        application.add_routes(
            [
                web.route("*", "/method/{method}", self._method),
                web.get("/lp/{group}", self._long_poll),
                web.post("/upload/{group}/{kind}", self._upload),
                web.get("/file/{number}/{name}", self._download),
                web.post("/control/{verb}", self._control),
                web.get("/control/counters", self._counters),
            ]
        )
        return application

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = {name: str(value) for name, value in [*request.query.items(), *(await request.post()).items()]}
        self._vk.requests += 1
        try:
            programme = calls_of(params.get("code", "")) if method == "execute" else []
        except VkFault as fault:
            return _json({"error": fault.as_json()})
        how = self._vk.faults.transport(method, *(name for name, _ in programme))
        if how is not None and how != "accept-then-drop":
            return await self._fail(request, how)
        odd = self._vk.faults.answer(method)
        if odd is not None:
            return _json(odd)
        answer = self._answer(request, method, params, programme)
        if how == "accept-then-drop":
            return await self._fail(request, "drop")
        return _json(answer)

    def _answer(
        self, request: web.Request, method: str, params: dict[str, str], programme: list[tuple[str, dict[str, Any]]]
    ) -> dict[str, Any]:
        try:
            community = self._community(request, params)
            if code := self._vk.faults.code(method):
                raise VkFault(code)
            if method != "execute":
                return {"response": call(self._vk, community, method, params)}
        except VkFault as fault:
            shown = [{"key": name, "value": value} for name, value in params.items() if name != "access_token"]
            return {"error": fault.as_json() | {"request_params": shown}}
        responses: list[Any] = []
        errors = []
        for name, values in programme:
            try:
                if code := self._vk.faults.code(name):
                    raise VkFault(code)
                responses.append(call(self._vk, community, name, as_form(values)))
            except VkFault as fault:
                responses.append(False)
                errors.append({"method": name} | fault.as_json())
        return {"response": responses} | ({"execute_errors": errors} if errors else {})

    def _community(self, request: web.Request, params: Mapping[str, str]) -> Community:
        token = params.get("access_token") or request.headers.get("Authorization", "").removeprefix("Bearer ")
        community = self._vk.by_token(token)
        if community is None:
            raise VkFault(5, "User authorization failed: invalid access_token (4).")
        if "v" not in params:
            raise VkFault(8, "Invalid request: v (version) is required")
        if not params["v"].startswith("5."):
            raise VkFault(8, "Invalid request: versions below 5.0 are not supported")
        if self._vk.is_strict_about_pace:
            now = asyncio.get_running_loop().time()
            community.requests = [moment for moment in community.requests if now - moment < 1.0]
            if len(community.requests) >= 20:
                raise VkFault(6, "Too many requests per second")
            community.requests.append(now)
        return community

    async def _long_poll(self, request: web.Request) -> web.StreamResponse:
        community = self._vk.communities[int(request.match_info["group"])]
        how = self._vk.faults.transport("long_poll")
        if how is not None:
            return await self._fail(request, how)
        if community.poll_faults:
            return _json(community.poll_faults.pop(0))
        if request.query.get("act") != "a_check" or request.query.get("key") != community.key:
            return _json({"failed": 2})
        ts = request.query.get("ts", "")
        if not ts.isdecimal() or not community.forgotten <= int(ts) <= community.ts:
            return _json({"failed": 1, "ts": community.ts})
        self._vk.polls += 1
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(float(request.query.get("wait", "25"))):
                while community.ts == int(ts) and not self._vk.closing.is_set():
                    await self._vk.until_closing(community.bell.wait())
        start = int(ts) - community.forgotten
        if start < 0:  # forgotten while waiting
            return _json({"failed": 1, "ts": community.ts})
        updates = community.events[start : start + _AT_ONCE]
        return _json({"ts": str(int(ts) + len(updates)), "updates": updates})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        how = self._vk.faults.transport("upload")
        if how is not None:
            return await self._fail(request, how)
        community = self._vk.communities[int(request.match_info["group"])]
        kind = request.match_info["kind"]
        form = await request.post()
        file = form.get("photo" if kind == "photo" else "file")
        if not isinstance(file, web.FileField):
            # vk_api's uploader numbers its pictures: file0, file1 …
            file = next((value for value in form.values() if isinstance(value, web.FileField)), None)
        if not isinstance(file, web.FileField):
            return _json({"error": "no_file"})
        return _json(receive_upload(self._vk, community, kind, file.filename, file.file.read()))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        how = self._vk.faults.transport("download")
        if how is not None:
            return await self._fail(request, how)
        file = self._vk.files.get(int(request.match_info["number"]))
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mime)

    async def _fail(self, request: web.Request, how: str) -> web.StreamResponse:
        match how:
            case "drop":
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            case "hang":
                await self._vk.closing.wait()
                return web.Response(status=503)
            case "not-json":
                return web.Response(text="<html>502 Bad Gateway</html>", content_type="text/html")
            case status:
                return web.Response(status=int(status))

    async def _control(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json() if request.can_read_body else {}
        match request.match_info["verb"]:
            case "communities":  # {"77": "token"}
                for group, token in asked.items():
                    self._vk.add_community(int(group), token)
            case "writes":  # [{"group_id", "user_id", "text"}], many at once
                for one in asked:
                    self._vk.citizen_writes(one["group_id"], one["user_id"], one["text"])
            case "chat":  # {"group_id", "chat_n", "user_id", "text", "reply_to"}
                self._vk.chat_message(**asked)
            case "join":  # {"group_id", "chat_n", "user_id"}
                self._vk.joins_chat(**asked)
            case "messages":  # {"group_id", "peer_id"}
                return _json([message.as_json() for message in self._vk.messages(**asked)])
            case "reset":
                self._vk.reset_counters()
            case _:
                return web.Response(status=404)
        return _json({"ok": True})

    async def _counters(self, request: web.Request) -> web.StreamResponse:
        return _json(self._vk.counters())


def _json(answer: Any) -> web.Response:
    return web.Response(body=json.dumps(answer).encode(), content_type="application/json")
