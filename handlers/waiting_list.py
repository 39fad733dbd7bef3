"""`/open`: in which tickets citizens wait, the longest waiting first, and where a final answer is owed."""

from bot.domain.event import MessageReceived
from bot.domain.message import Button
from bot.domain.ticket import Ticket
from bot.safety.masks import mask
from handlers.buttons import Press
from handlers.card import is_shown
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_WORDS_SHOWN = 60
_LISTED = 20
_IN_A_ROW = 4
_OWN = {"мои", "мое", "моё", "my", "минем", "минеке", "үземнеке"}
"""What somebody types after `/open` to see only what they took."""


def show_waiting(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Show the tickets in which citizens wait; with «мои» only those of whoever asks."""
    language = desk.rules.language
    codes = desk.registry.served_by(event.place)
    waiting = [ticket for code in codes for ticket in desk.waiting_in(code)]
    owing = [ticket for code in codes for ticket in desk.owing_in(code)]
    is_own = argument.casefold() in _OWN
    if is_own and codes:
        own = desk.administrator(event.sender, codes[0]).id
        waiting = [ticket for ticket in waiting if ticket.taken_by == own]
        owing = [ticket for ticket in owing if ticket.taken_by == own]
    waiting.sort(key=lambda ticket: ticket.waiting_since or desk.now)
    lines = [_line(desk, language, ticket, is_own=is_own) for ticket in waiting[:_LISTED]]
    if len(waiting) > _LISTED:
        lines.append(desk.say(language, "open-more", count=len(waiting) - _LISTED))
    nothing = "open-nothing-own" if is_own else "open-nothing"
    head = desk.say(language, "open-head", count=len(waiting)) if waiting else desk.say(language, nothing)
    if owing:
        owing.sort(key=lambda ticket: (ticket.resolve_by_at or desk.now, ticket.number))
        lines.append(desk.say(language, "open-owed-head"))
        lines += [_owed_line(desk, language, ticket) for ticket in owing[:_LISTED]]
        if len(owing) > _LISTED:
            lines.append(desk.say(language, "open-more", count=len(owing) - _LISTED))
    if undecided := [number for code in codes for number in desk.undecided_in(code)]:
        numbers = ", ".join(f"№ {number}" for number in undecided[:_LISTED])
        lines.append(desk.say(language, "open-undecided", count=len(undecided), numbers=numbers))
    ways = [way_to_card(desk, ticket) for ticket in (*waiting[:_LISTED], *owing[:_LISTED]) if is_shown(desk, ticket)]
    ways = ways[: desk.rules.limits[event.place.channel].buttons]
    desk.send(
        event.place,
        OutboxKind.NOTICE,
        "\n".join([head, *lines]),
        buttons=[ways[index : index + _IN_A_ROW] for index in range(0, len(ways), _IN_A_ROW)],
        reply_to=event.message_id,
        thread=event.thread,
    )


def _line(desk: Desk, language: str, ticket: Ticket, *, is_own: bool) -> str:
    words = " ".join(mask(ticket.first_words).split())
    words = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
    is_late = ticket.deadline_at is not None and ticket.deadline_at < desk.now
    line = desk.say(
        language,
        "open-line-late" if is_late else "open-line",
        number=ticket.number,
        waits=desk.how_long(language, ticket.waiting_since or desk.now),
        words=words or desk.say(language, "card-no-words"),
    )
    if ticket.taken_by is None or is_own:
        return line
    return f"{line} · {desk.say(language, 'open-taken', name=desk.administrator_name(ticket.taken_by))}"


def _owed_line(desk: Desk, language: str, ticket: Ticket) -> str:
    due = ticket.resolve_by_at
    if due is None:
        return desk.say(language, "open-owed-line-open", number=ticket.number)
    until = desk.until(language, due, desk.zone(desk.holder(ticket)))
    return desk.say(
        language, "open-owed-line" if due > desk.now else "open-owed-line-late", number=ticket.number, until=until
    )


def way_to_card(desk: Desk, ticket: Ticket) -> Button:
    """Return the button that leads to a card: by its address where the messenger has one, else by a reply to it."""
    text = desk.say(desk.rules.language, "button-to-card", number=ticket.number)
    address = desk.card_address(ticket)
    return (
        Button(text=text, url=address) if address else Button(text=text, action=Press.TICKET.of(ticket.number, "show"))
    )
