"""Somebody allows or forbids a community to write to them: the work chat learns it before it types an answer."""

from dataclasses import replace

from bot.domain.event import WritingAllowed
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk


def writing_allowed(event: WritingAllowed, desk: Desk) -> None:
    """Remember it of those who wrote before; of others nothing is kept."""
    citizen = desk.known_citizen(event.sender)
    if citizen is None:
        return
    others = tuple(community for community in citizen.forbids if community != event.place.community)
    forbids = others if event.is_allowed else (*others, event.place.community)
    if forbids == citizen.forbids:
        return
    desk.keep_citizen(replace(citizen, forbids=forbids))
    key = "writing-allowed" if event.is_allowed else "writing-forbidden"
    for ticket in desk.tickets_of(citizen):
        if ticket.place != event.place or ticket.is_ended:
            continue
        refresh_card(desk, ticket)
        if ticket.waiting_since is not None:
            tell_work_chat(desk, ticket, desk.say(desk.rules.language, key, number=ticket.number))
