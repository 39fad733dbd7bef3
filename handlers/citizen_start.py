"""A citizen begins, or asks what this is."""

from dataclasses import replace

from bot.domain.event import MessageReceived
from bot.domain.message import Button
from bot.domain.ticket import RoutedBy
from handlers.buttons import Press
from handlers.choosing import choose
from handlers.commands import Reader, help_lines, keys_of
from handlers.desk import Desk
from handlers.greeting import greet
from handlers.meant import show_start
from storage.outbox_row import OutboxKind

LANGUAGES = ("ru", "tt")


def citizen_start(event: MessageReceived, desk: Desk, payload: str) -> None:
    """Greet; a link that names an institution chooses it, and words that waited for the choice go there.

    Without a link the next words are asked about again: this is the way to another institution.
    """
    citizen = desk.citizen(event.sender, event.place)
    own = desk.registry.institution_of(event.place)
    linked = desk.institution(payload.lower()) if payload else None
    if linked is not None and own is None:
        choose(desk, citizen, linked, event.place, RoutedBy.DEEP_LINK)
        return
    citizen = desk.keep_citizen(replace(citizen, institution=None))
    if own is None:
        show_start(desk, citizen.id, event.place)
    if (event.place.lane, event.message_id) in desk.released:
        # The first words stood above the question for the consent, which was answered just now.
        language = desk.language_of(citizen)
        thanks, keys = desk.say(language, "consent-thanks"), keys_of(desk.rules.texts, language)
        desk.send(event.place, OutboxKind.NOTICE, thanks, keys=keys)
    else:
        greet(desk, citizen, event.place, own)


def citizen_help(event: MessageReceived, desk: Desk) -> None:
    """Say what can be done here."""
    citizen = desk.citizen(event.sender, event.place)
    language = desk.language_of(citizen)
    text = desk.say(language, "citizen-help", commands=help_lines(desk.rules.texts, language, Reader.CITIZEN))
    desk.send(event.place, OutboxKind.NOTICE, text, keys=keys_of(desk.rules.texts, language))


def citizen_language(event: MessageReceived, desk: Desk) -> None:
    """Offer the languages."""
    citizen = desk.citizen(event.sender, event.place)
    buttons = [[Button(text=desk.say(name, "language-name"), action=Press.LANGUAGE.of(name)) for name in LANGUAGES]]
    desk.send(event.place, OutboxKind.NOTICE, desk.say(desk.language_of(citizen), "choose-language"), buttons=buttons)
