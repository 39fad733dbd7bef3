"""A work chat that can no longer be reached: its tickets wait, its supervisors are told."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.institution import Institution, Supervisor
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_KNOWN_FOR = timedelta(hours=1)


def lose_work_chat(desk: Desk, code: str) -> None:
    """Mark an institution's work chat as lost and tell whoever supervises the institution, once."""
    chat, institution = desk.work_chat(code), desk.institution(code)
    if chat is None or institution is None:
        return
    is_known = chat.lost_at is not None and desk.now - chat.lost_at < _KNOWN_FOR
    desk.keep_work_chat(replace(chat, is_lost=True, lost_at=chat.lost_at if is_known else desk.now))
    if is_known:
        return  # somebody spoke there, so that it was tried again: nothing has changed
    for supervisor in supervisors_of(desk, institution):
        text = desk.say(desk.rules.language, "work-chat-lost", institution=institution.title)
        desk.send(supervisor.place, OutboxKind.REMINDER, text)


def supervisors_of(desk: Desk, institution: Institution) -> list[Supervisor]:
    """Return who supervises an institution, each person once."""
    found = {}
    for people in desk.registry.supervisors.values():
        for person in people:
            if person.scope.covers(institution):
                found[person.channel, person.user_id] = person
    return list(found.values())
