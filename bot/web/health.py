"""What monitors ask: is it alive, is it ready, how does it fare."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the program does, in words for the operator; empty when all is well."""

    problems: Sequence[str] = ()
    """What keeps it from doing its work."""
    warnings: Sequence[str] = ()
    """What somebody should look at while it works."""


Ready = Callable[[], Awaitable[Health]]

PATIENCE_SECONDS = 5.0
"""How long the question "ready?" may take before that itself is a problem."""


def health_routes(*, ready: Ready, patience_seconds: float = PATIENCE_SECONDS) -> list[web.RouteDef]:
    """Return `/health/live` and `/health/ready`: 200, with `degraded` when there are warnings, or 503 with `problems`.

    Both are lists of sentences.
    """

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def answer_ready(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience_seconds):
                health = await ready()
        except TimeoutError:
            health = Health(problems=[f"проверка не закончилась за {patience_seconds:g} с"])
        if health.problems:
            return web.json_response({"status": "not ready", "problems": list(health.problems)}, status=503)
        if health.warnings:
            return web.json_response({"status": "degraded", "degraded": list(health.warnings)})
        return web.json_response({"status": "ok"})

    return [web.get("/health/live", live), web.get("/health/ready", answer_ready)]


def metrics_routes(registry: CollectorRegistry) -> list[web.RouteDef]:
    """Return `/metrics` in Prometheus' text form."""

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/metrics", metrics)]
