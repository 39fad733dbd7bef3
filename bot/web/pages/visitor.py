"""Who looks at the pages: the session behind a request's cookie, and what that supervisor may see at this moment."""

from dataclasses import dataclass, field

from aiohttp import web

from bot.domain.clock import Clock
from bot.domain.institution import Institution, Scope
from storage.database import Database
from storage.page_keys import Session, read_scopes, read_session

COOKIE = "otklik_pages"
SAFE_COOKIE = "__Host-otklik_pages"
"""Over https: a browser takes it for no other host and sends it nowhere unencrypted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A supervisor with a session."""

    session: Session
    cookie: str = field(repr=False)
    scopes: tuple[Scope, ...]
    """At least one; read anew at every request."""
    token: str = field(repr=False)
    """What a form of this session must carry."""

    @property
    def identity(self) -> str:
        """The supervisor's `channel:user id`."""
        return self.session.identity

    @property
    def language(self) -> str:
        """In which language the pages speak."""
        return self.session.language

    def may_see(self, institution: Institution) -> bool:
        """Tell whether an institution lies within any of the scopes."""
        return any(scope.covers(institution) for scope in self.scopes)


async def find_visitor(request: web.Request, database: Database, clock: Clock) -> Visitor | None:
    """Return who looks; None without a session, and for somebody from whom every scope was taken."""
    cookie = request.cookies.get(SAFE_COOKIE) or request.cookies.get(COOKIE)
    # What is not ASCII was never ours, and may hold bytes that no text is made of.
    if not cookie or not cookie.isascii():
        return None
    async with database.reading() as connection:
        session = await read_session(connection, database.vault, cookie, now=clock.now())
        scopes = await read_scopes(connection, session.identity) if session is not None else []
    if session is None or not scopes:
        return None
    return Visitor(session=session, cookie=cookie, scopes=tuple(scopes), token=form_token(database, cookie))


def form_token(database: Database, cookie: str) -> str:
    """Return what only a page of this session can know."""
    return database.vault.fingerprint(f"form:{cookie}")
