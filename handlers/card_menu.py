"""Behind «Ещё…»: what is seldom done with a ticket. The card's own buttons return after a press, or after a minute."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.copying import replace
from bot.domain.message import Button
from bot.domain.own_event import CardMenuDue
from bot.domain.ticket import Ticket, TicketState
from handlers.card import refresh_card
from handlers.card_words import card_button
from handlers.desk import Desk

_OPEN_FOR = timedelta(seconds=60)


def open_menu(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    """Show the rest of the buttons; returns the key of the press's own word."""
    show_menu(desk, ticket, _menu(desk, ticket, _ends(desk, ticket)))
    return "press-menu-topic" if ticket.topic else ""


def close_menu(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    """Show the card's own buttons again."""
    refresh_card(desk, ticket)
    return ""


def ask_to_close(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    """Ask once more before a ticket is closed."""
    if ticket.is_ended:
        return "press-closed-already"
    _ask(desk, ticket, "close")
    return "press-close-sure"


def ask_about_spam(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    """Ask once more before a ticket becomes spam."""
    if ticket.state is TicketState.SPAM:
        return "press-closed-already"
    _ask(desk, ticket, "spam")
    return "press-spam-sure"


def _ask(desk: Desk, ticket: Ticket, what: str) -> None:
    """Show «no» over the whole row of the button that was pressed, and «yes» on the first row by itself.

    As many rows stand there as before: who taps twice has said no.
    """
    _, *others = _menu(desk, ticket, [card_button(desk, ticket, f"{what}-no")])
    show_menu(desk, ticket, [[card_button(desk, ticket, f"{what}-yes")], *others])


def show_menu(desk: Desk, ticket: Ticket, buttons: Sequence[Sequence[Button]]) -> None:
    """Show other buttons than the card's own, for a minute at most."""
    until = desk.now + _OPEN_FOR
    shown = desk.keep_ticket(replace(ticket, menu_until=until))
    refresh_card(desk, shown, buttons=buttons)
    key = f"menu:{ticket.number}:{until.isoformat()}"
    desk.do_aside(CardMenuDue(ticket=ticket.number), key=key, not_before=until)


def card_menu_due(event: CardMenuDue, desk: Desk) -> None:
    """Show the card's own buttons again, unless they have returned already or the menu was opened anew."""
    ticket = desk.ticket(event.ticket)
    if ticket is not None and ticket.menu_until is not None and ticket.menu_until <= desk.now:
        refresh_card(desk, ticket)


def _menu(desk: Desk, ticket: Ticket, ends: Sequence[Button]) -> list[list[Button]]:
    """Return the rows. What ends a ticket stands in the middle.

    There no button of the card stood a moment ago, neither counted from the top nor, where the card is the last message
    of the chat and grows upwards, from the bottom.
    """
    kinds = [] if ticket.taken_by else ["take"]
    kinds += ["topic", "duplicate"]
    if ticket.state is not TicketState.OPEN:
        kinds.append("final" if ticket.interim_at is not None else "interim")
    first, second, *others = [card_button(desk, ticket, kind) for kind in kinds]
    back = card_button(desk, ticket, "menu-back")
    return [[first], [second], list(ends), *([others] if others else []), [back]]


def _ends(desk: Desk, ticket: Ticket) -> list[Button]:
    kinds = ["close", "spam"] if ticket.state is TicketState.OPEN else ["close"]
    return [card_button(desk, ticket, kind) for kind in kinds]
