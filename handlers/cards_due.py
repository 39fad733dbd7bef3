"""Cards that had to wait in a rush come in their turn, the oldest first."""

from bot.domain.own_event import CardsDue
from handlers.card import show_card
from handlers.desk import Desk
from handlers.gathering import come_back, is_time_to_tell, tell_gathered


def cards_due(event: CardsDue, desk: Desk) -> None:
    """Show as many as the group takes now, say how many are left, and come back for them."""
    codes = [code for code in desk.registry.served_by(event.place) if desk.work_chat(code) is not None]
    if not codes:
        return  # whoever binds the chat again is shown everything
    numbers = sorted(number for code in codes for number in desk.gathered_in(code))
    shown: list[int] = []
    # A group that has still to take what was put out gets nothing more.
    if desk.waiting_cards(event.place) <= 1:
        shown = numbers[: desk.rules.crowd(event.place)]
        for number in shown:
            ticket = desk.ticket(number)
            if ticket is not None:
                show_card(desk, ticket, desk.time_line(number), is_its_turn=True)
    left = numbers[len(shown) :]
    if not left or is_time_to_tell(desk, event.place):
        tell_gathered(desk, event.place, left)
    if left:
        come_back(desk, event.place)
