"""Headers of every answer: what a browser must not do with our pages, and nothing about what serves them."""

from aiohttp import web
from multidict import CIMultiDict

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""A route that sets one of these itself keeps its own."""


async def add_security_headers(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Complete an answer's headers; connect it to `on_response_prepare`."""
    headers: CIMultiDict[str] = response.headers
    headers.pop("Server", None)
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
