"""The way to the supervisors' pages: a one-time link in a private dialogue, and the end of all visits."""

from bot.domain.message import Person, Place
from handlers.desk import Desk
from storage.outbox_row import OutboxKind
from storage.page_keys import LINK_LASTS

ENTER = "/enter/"
"""The path before the key; opening it shows a button, and only pressing that uses the key up."""


def hand_out_link(place: Place, person: Person, desk: Desk) -> None:
    """Send a supervisor a link that lets one browser in; somebody without a role gets nothing."""
    language, pages = desk.rules.language, desk.rules.pages
    if not desk.supervises(person):
        return
    if not pages.url:
        desk.send(place, OutboxKind.NOTICE, desk.say(language, "pages-link-none"))
        return
    link = f"{pages.url}{ENTER}{desk.make_page_key(person)}"
    minutes = int(LINK_LASTS.total_seconds() // 60)
    key = "pages-link" if pages.is_public else "pages-link-here"
    desk.send(place, OutboxKind.NOTICE, desk.say(language, key, link=link, minutes=minutes))


def sign_out(place: Place, person: Person, desk: Desk) -> None:
    """End all visits of a supervisor, wherever their browsers are."""
    if desk.supervises(person):
        desk.sign_out(person)
        desk.send(place, OutboxKind.NOTICE, desk.say(desk.rules.language, "pages-signed-out"))
