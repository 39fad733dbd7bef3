"""The first words that a person reads here: who reads theirs, what this is not, whom to call. Once a person."""

from dataclasses import replace

from bot.domain.citizen import Citizen
from bot.domain.event import ButtonPressed
from bot.domain.institution import Institution
from bot.domain.message import Button, Place
from handlers.buttons import Press
from handlers.commands import keys_of
from handlers.desk import Desk
from handlers.withdrawing import show_instead
from storage.outbox_row import OutboxKind


def hello(desk: Desk, language: str, institution: Institution | None) -> str:
    """Return the first words, in the name of an institution where one is known."""
    if institution is None:
        return desk.say(language, "hello")
    return desk.say(language, "hello-of", institution=institution.title)


def greet(desk: Desk, citizen: Citizen, place: Place, institution: Institution | None) -> None:
    """Say the first words, or to somebody who has read them only whom they may ask."""
    language = desk.language_of(citizen)
    if desk.is_greeted(citizen):
        key = "courtesy-greeting-of" if institution is not None else "courtesy-greeting"
        title = institution.title if institution is not None else ""
        keys = keys_of(desk.rules.texts, language)
        desk.send(place, OutboxKind.NOTICE, desk.say(language, key, institution=title), keys=keys)
        return
    desk.note_greeted(citizen)
    buttons = _other_language(desk, language)
    desk.send(place, OutboxKind.NOTICE, hello(desk, language, institution), buttons=buttons)


def say_hello_in(desk: Desk, event: ButtonPressed, language: str) -> None:
    """Say the first words in the language that was chosen under them, which is spoken from now on."""
    citizen = desk.citizen(event.sender, event.place)
    desk.keep_citizen(replace(citizen, language=language, has_chosen_language=True))
    institution = desk.registry.institution_of(event.place) or desk.institution(citizen.institution or "")
    show_instead(desk, event, hello(desk, language, institution), _other_language(desk, language))


def _other_language(desk: Desk, language: str) -> list[list[Button]]:
    other = next(name for name in desk.rules.texts.languages if name != language)
    return [[Button(text=desk.say(other, "language-name"), action=Press.LANGUAGE.of(other, "hello"))]]
