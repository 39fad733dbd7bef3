"""Where the law closes a foreign messenger for an institution, citizens are shown another way and nothing is kept."""

from bot.domain.event import CommentReceived, MessageReceived
from bot.domain.institution import Institution
from bot.domain.legal import LegalMode, freest, mode_for
from bot.domain.message import Button, Place
from handlers.desk import Desk
from handlers.urgent import say_whom_to_call
from storage.legal import REDIRECTED
from storage.outbox_row import OutboxKind

TELEGRAM = "telegram"
"""The only channel that the law calls foreign."""


def is_closed(desk: Desk, place: Place, institution: Institution | None) -> bool:
    """Tell whether words said here for this institution may not be kept or answered.

    While nobody knows which institution is meant, the freest mode of all holds.
    """
    if place.channel != TELEGRAM or place.is_group or _is_free(desk):
        return False
    mode = _mode(desk, institution)
    return not (mode.allows_comments if place.is_comments else mode.allows_dialogue)


def turned_away(event: MessageReceived, desk: Desk, *, payload: str = "") -> bool:
    """Show a citizen the way when the dialogue is closed; then the event leaves no trace. False: go on."""
    if event.place.channel != TELEGRAM or _is_free(desk):
        return False
    citizen = desk.known_citizen(event.sender)
    chosen = payload or event.deep_link or (citizen.institution if citizen else None) or ""
    institution = desk.registry.addressed(event.place, event.sources) or desk.institution(chosen.lower())
    if not is_closed(desk, event.place, institution):
        return False
    told = desk.rules.texts.choose_language(event.sender.language) if event.sender.language else ""
    language = told or desk.rules.language
    # No law keeps anybody from hearing whom to call when there is gas in the house.
    say_whom_to_call(desk, event, language, kind=OutboxKind.REDIRECT)
    show_way(desk, event.place, institution, language=language)
    desk.forget_event()
    return True


def unheard(event: CommentReceived, desk: Desk, institution: Institution) -> bool:
    """Leave a comment unheard where even public words may not be kept; True if so."""
    if not is_closed(desk, event.place, institution):
        return False
    desk.count(REDIRECTED)
    desk.forget_event()
    return True


def show_way(desk: Desk, place: Place, institution: Institution | None, *, language: str) -> None:
    """Say in one message where this institution can be asked; the message itself is not kept once it is sent."""
    desk.count(REDIRECTED)
    lines = [desk.say(language, "redirect-head")]
    if institution is not None:
        lines.append(institution.title)
        if institution.vk_group_id:
            lines.append(desk.say(language, "redirect-vk", group=institution.vk_group_id))
        if institution.phone:
            key = "redirect-phone" if institution.vk_group_id else "redirect-phone-only"
            lines.append(desk.say(language, key, phone=institution.phone))
    else:
        lines.append(desk.say(language, "redirect-search"))
    lines.append(desk.say(language, "redirect-emergency"))
    button = Button(text=desk.say(language, "button-formal"), url=desk.say(language, "formal-address"))
    desk.send(place, OutboxKind.REDIRECT, "\n\n".join(lines), buttons=[[button]])


def _is_free(desk: Desk) -> bool:
    return desk.rules.telegram_mode is LegalMode.FULL and not desk.registry.legal_modes


def _mode(desk: Desk, institution: Institution | None) -> LegalMode:
    registry = desk.registry
    if institution is None:
        return freest(registry.kinds, registry.legal_modes, desk.rules.telegram_mode)
    return mode_for(institution.kind, registry.legal_modes, desk.rules.telegram_mode)
