"""What monitors ask: is it alive, is it ready, how does it fare."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

Ready = Callable[[], Awaitable[Sequence[str]]]
"""Returns what keeps the program from doing its work, in words for the operator; nothing when all is well."""

PATIENCE_SECONDS = 5.0
"""How long the question "ready?" may take before that itself is a problem."""


def health_routes(*, ready: Ready, patience_seconds: float = PATIENCE_SECONDS) -> list[web.RouteDef]:
    """Return `/health/live` and `/health/ready`: 200, or 503 with the reasons as JSON."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def answer_ready(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience_seconds):
                problems = list(await ready())
        except TimeoutError:
            problems = [f"проверка не закончилась за {patience_seconds:g} с"]
        if problems:
            return web.json_response({"status": "not ready", "problems": problems}, status=503)
        return web.json_response({"status": "ok"})

    return [web.get("/health/live", live), web.get("/health/ready", answer_ready)]


def metrics_routes(registry: CollectorRegistry) -> list[web.RouteDef]:
    """Return `/metrics` in Prometheus' text form."""

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/metrics", metrics)]
