"""The window: one aiohttp server for health, metrics and whatever is mounted beside them (demo, webhooks, pages)."""

import errno
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.domain.errors import SettingsError
from bot.web.headers import add_security_headers
from bot.web.health import Ready, health_routes, metrics_routes
from bot.web.listen import SETTING, Listen

log = structlog.get_logger()

BODY_LIMIT = 1024 * 1024
"""Bytes of a request; a messenger's webhook stays far below."""
SHUTDOWN_SECONDS = 2.0
"""How long a stopping server waits for requests under way."""

_WORDS = {
    errno.EADDRINUSE: "порт уже занят другой программой",
    errno.EACCES: "нет права открыть этот порт",
    errno.EADDRNOTAVAIL: "у этого компьютера нет такого адреса",
}


def web_application(
    *,
    ready: Ready,
    registry: CollectorRegistry,
    routes: Iterable[web.AbstractRouteDef] = (),
    body_limit: int = BODY_LIMIT,
) -> web.Application:
    """Build the application: `/health/live`, `/health/ready`, `/metrics` and the `routes` of other rooms."""
    application = web.Application(client_max_size=body_limit)
    application.add_routes([*health_routes(ready=ready), *metrics_routes(registry), *routes])
    application.on_response_prepare.append(add_security_headers)
    return application


@asynccontextmanager
async def serving(application: web.Application, listen: Listen) -> AsyncIterator[Listen]:
    """Serve while the block runs; yields the address with the port that was really taken.

    Raises SettingsError when the address cannot be used.
    """
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, listen.host, listen.port)
        try:
            await site.start()
        except OSError as error:
            # Python 3.13 tries the next address when the machine has not this one, and then tells no number.
            reason = _WORDS.get(error.errno or errno.EADDRNOTAVAIL, "адрес не открывается")
            raise SettingsError(
                f"{SETTING}: {listen} – {reason}. Укажите другой адрес или порт, например 127.0.0.1:8081."
            ) from error
        actual = replace(listen, port=runner.addresses[0][1])
        log.info("server_started", listen=str(actual))
        yield actual
    finally:
        await runner.cleanup()
