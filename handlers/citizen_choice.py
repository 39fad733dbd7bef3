"""A citizen presses a button: of the choice of an institution, or of a language."""

from dataclasses import replace

from bot.domain.event import ButtonPressed
from bot.domain.ticket import RoutedBy
from handlers.buttons import Press
from handlers.choosing import Rows, branch_page, cancel_choice, choose, institution_page, municipality_page
from handlers.desk import Desk
from handlers.elsewhere import elsewhere_pressed
from handlers.greeting import say_hello_in
from handlers.solved import own_ticket_pressed
from handlers.topics import topic_pressed
from handlers.withdrawing import show_instead
from storage.outbox_row import OutboxKind


def citizen_choice(event: ButtonPressed, desk: Desk) -> None:
    """Turn the pages of the choice, or take it. Actions that no button of ours carries do nothing."""
    citizen = desk.citizen(event.sender, event.place)
    language = desk.language_of(citizen)
    if event.action.startswith(f"{Press.OWN}:"):
        own_ticket_pressed(event, desk, citizen)
        return
    if event.action.startswith(f"{Press.ELSEWHERE}:"):
        elsewhere_pressed(event, desk, citizen)
        return
    desk.end_press(event.place, event.press_id)
    if event.action.startswith(f"{Press.TOPIC}:"):
        topic_pressed(event, desk, citizen)
        return
    match event.action.split(":"):
        case [Press.CHOICE, "i", code]:
            institution = desk.institution(code)
            if institution is not None:
                if event.message_id:
                    text = desk.say(language, "choice-made", institution=institution.title)
                    desk.edit_sent(event.place, event.message_id, text, buttons=())
                choose(desk, citizen, institution, event.place, RoutedBy.CHOICE)
            return
        case [Press.LANGUAGE, chosen] if chosen in desk.rules.texts.languages:
            desk.keep_citizen(replace(citizen, language=chosen, has_chosen_language=True))
            desk.send(event.place, OutboxKind.NOTICE, desk.say(chosen, "language-saved"))
            return
        case [Press.LANGUAGE, chosen, "hello"] if chosen in desk.rules.texts.languages:
            say_hello_in(desk, event, chosen)
            return
        case [Press.CHOICE, "cancel"]:
            show_instead(desk, event, cancel_choice(desk, citizen, event.place))
            return
        case [Press.CHOICE, *named, page] if page.isdecimal() and event.message_id:
            shown = _page(desk, language, named, int(page))
            if shown is not None:
                words, rows = shown
                desk.edit_sent(event.place, event.message_id, words, buttons=rows)


def _page(desk: Desk, language: str, named: list[str], page: int) -> tuple[str, Rows] | None:
    """Return a page of the choice, None for one that no button of ours names."""
    match named:
        case ["bs"]:
            return branch_page(desk, language, page)
        case ["b", branch]:
            return municipality_page(desk, language, branch, page)
        case ["m", branch, municipality]:
            return institution_page(desk, language, branch, municipality, page)
    return None
