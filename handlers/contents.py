"""The table of contents: which handler an event goes to."""

from collections.abc import Callable
from typing import Any

from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatJoined,
    ChatLeft,
    ChatMigrated,
    CommentReceived,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ReactionsCounted,
    WritingAllowed,
)
from bot.domain.own_event import (
    AbsenceDue,
    AnswerDelayed,
    AnswerRepeated,
    CalendarMissing,
    CardMenuDue,
    CardsDue,
    DeadlineDue,
    Delivered,
    DeliveryFailed,
    EmergencyHeard,
    FloodCalmed,
    HeldDue,
    IncidentAnswered,
    IncidentGrown,
    IncidentSuspected,
    PersonErased,
    SilenceOver,
    TicketInherited,
    TopicMade,
    WordsDue,
    WorkChatBound,
)
from handlers.absence import absence_due
from handlers.albums import in_whole
from handlers.answer_delayed import answer_delayed
from handlers.answered_elsewhere import answered_elsewhere
from handlers.calendar_missing import calendar_missing
from handlers.card_menu import card_menu_due
from handlers.cards_due import cards_due
from handlers.chat_joined import chat_joined, chat_left, chat_migrated, work_chat_bound
from handlers.citizen_comment import citizen_comment
from handlers.deadline_due import deadline_due
from handlers.delivered import delivered
from handlers.delivery_failed import delivery_failed
from handlers.desk import Desk
from handlers.duplicates import answer_repeated
from handlers.duty import emergency_heard
from handlers.erasing import person_erased
from handlers.flood import flood_calmed
from handlers.held import held_due
from handlers.incident import incident_grown
from handlers.incident_work import incident_answered, incident_suspected
from handlers.message_edited import message_deleted, message_edited
from handlers.reacted import reaction_changed, reactions_counted
from handlers.reception import button_pressed, message_received
from handlers.silence import silence_over
from handlers.thread import thread_made
from handlers.thread_title import refresh_threads
from handlers.transfer import ticket_inherited
from handlers.words_due import words_due
from handlers.writing_allowed import writing_allowed

HANDLERS: dict[type[Event], Callable[[Any, Desk], None]] = {
    MessageReceived: message_received,
    CommentReceived: citizen_comment,
    AnsweredElsewhere: answered_elsewhere,
    MessageEdited: message_edited,
    MessageDeleted: message_deleted,
    ReactionChanged: reaction_changed,
    ReactionsCounted: reactions_counted,
    WritingAllowed: writing_allowed,
    ButtonPressed: button_pressed,
    ChatJoined: chat_joined,
    ChatLeft: chat_left,
    ChatMigrated: chat_migrated,
    TopicMade: thread_made,
    CardMenuDue: card_menu_due,
    CardsDue: cards_due,
    TicketInherited: ticket_inherited,
    HeldDue: held_due,
    AbsenceDue: absence_due,
    EmergencyHeard: emergency_heard,
    FloodCalmed: flood_calmed,
    WordsDue: words_due,
    SilenceOver: silence_over,
    PersonErased: person_erased,
    AnswerRepeated: answer_repeated,
    AnswerDelayed: answer_delayed,
    IncidentAnswered: incident_answered,
    IncidentGrown: incident_grown,
    IncidentSuspected: incident_suspected,
    CalendarMissing: calendar_missing,
    WorkChatBound: work_chat_bound,
    Delivered: delivered,
    DeliveryFailed: delivery_failed,
    DeadlineDue: deadline_due,
}
"""`ReportDue` is not here: it takes long and is done aside from the desk (`bot.delivery.reporter`)."""


def handle(event: Event, desk: Desk) -> None:
    """Let the event's handler change the desk."""
    for each in in_whole(event, desk):
        if isinstance(each, MessageReceived | ButtonPressed) and (each.thread or each.place.is_group):
            desk.stands_in(each.place, each.message_id, each.thread)
        HANDLERS[type(each)](each, desk)
    refresh_threads(desk)
