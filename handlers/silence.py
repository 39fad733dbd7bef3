"""A person whose words were spam twice can be silenced for an institution: told once, counted, kept, shown on lifting.

Words of emergency pass, and so do words for tickets that are open. Supervisors hear of it and can lift it as well.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.own_event import SilenceOver
from bot.domain.set_aside import SetAside, Silence, Why
from bot.domain.ticket import RoutedBy, Ticket, TicketEventKind, TicketMessage
from bot.safety.links import defang
from handlers.buttons import Press
from handlers.card import tell_work_chat
from handlers.desk import Desk
from handlers.lost import supervisors_of
from storage.outbox_row import OutboxKind

LASTS = timedelta(days=30)
_LISTED = 8
"""Silences with a button; VK takes ten under one message."""
_SHOWN = 100
"""Messages that are shown on lifting, the latest; the operator's export has all."""
_WORDS = 300
"""Characters of each."""


def offer_silence(desk: Desk, ticket: Ticket) -> None:
    """Offer to silence whoever writes spam for the second time: words that came before the first press count once."""
    if desk.silence_of(ticket.citizen, ticket.institution) is not None:
        return
    first = _first_press(desk, ticket)
    if first is None or ticket.last_citizen_at <= first:
        return
    language = desk.rules.language
    name = _name(desk, ticket)
    buttons = [
        [Button(text=desk.say(language, "button-silence"), action=Press.SILENCE.of("on", ticket.number))],
        [Button(text=desk.say(language, "button-silence-not"), action=Press.SILENCE.of("no", ticket.number))],
    ]
    text = desk.say(language, "silence-offer", number=ticket.number, name=name, days=LASTS.days)
    if ticket.work_place is not None:
        desk.send(ticket.work_place, OutboxKind.NOTICE, text, buttons=buttons, ticket=ticket, refers_to=ticket.card)


def silence_pressed(event: ButtonPressed, desk: Desk) -> None:
    """Handle `h:on:NUMBER`, `h:no:NUMBER` and `h:off:SILENCE`, in a work chat or from a supervisor."""
    match event.action.split(":"):
        case [_, "off", number] if number.isdecimal():
            answer = _lift_pressed(event, desk, int(number))
        case [_, "on" | "no" as wish, number] if number.isdecimal():
            answer = _silence_pressed(event, desk, int(number), is_wanted=wish == "on")
        case _:
            answer = "press-void"
    desk.end_press(event.place, event.press_id, desk.say(desk.rules.language, answer))


def is_silenced(desk: Desk, citizen: Citizen, institution: Institution) -> bool:
    """Tell whether an institution reads nothing new of somebody."""
    return desk.silence_of(citizen.id, institution.code) is not None


def keep_silenced(desk: Desk, institution: Institution, words: Iterable[TicketMessage], routed_by: RoutedBy) -> None:
    """Keep and count words that nobody is shown."""
    for message in words:
        day = message.said_at.astimezone(desk.rules.zone).date().isoformat()
        desk.set_aside(
            SetAside(message=message, institution=institution.code, why=Why.SILENCED, routed_by=routed_by, day=day)
        )


def silence_over(event: SilenceOver, desk: Desk) -> None:
    """Lift a silence whose time is over."""
    silence = desk.silence(event.silence)
    if silence is not None:
        _lift(desk, silence)


def silenced_command(event: MessageReceived, desk: Desk) -> None:
    """List who is silenced: in a work chat for its institutions, in private for the supervisor's scopes."""
    language = desk.rules.language
    here = [each for each in desk.silences() if _may_lift(desk, event, each)]
    if not here:
        desk.send(
            event.place,
            OutboxKind.NOTICE,
            desk.say(language, "silenced-nobody"),
            reply_to=event.message_id,
            thread=event.thread,
        )
        return
    lines = [desk.say(language, "silenced-head", count=len(here))]
    lines += [_line(desk, language, each) for each in here[:_LISTED]]
    if len(here) > _LISTED:
        lines.append(desk.say(language, "silenced-more", count=len(here) - _LISTED))
    buttons = [[_lift_button(desk, each, with_name=True)] for each in here[:_LISTED]]
    desk.send(
        event.place,
        OutboxKind.NOTICE,
        "\n".join(lines),
        buttons=buttons,
        reply_to=event.message_id,
        thread=event.thread,
    )


def _first_press(desk: Desk, ticket: Ticket) -> datetime | None:
    """Return when this person was first marked as spam here, by a press that nobody in the work chat took back."""
    presses = [each for each in desk.spam_presses(ticket) if each.kind is TicketEventKind.SPAM]
    undone = [
        (each.ticket, each.at)
        for each in desk.spam_presses(ticket)
        if each.kind is TicketEventKind.REOPENED and each.administrator is not None
    ]
    for press in presses:
        later = [other.at for other in presses if other.ticket == press.ticket and other.at > press.at]
        until = min(later, default=None)
        if not any(
            number == press.ticket and at >= press.at and (until is None or at <= until) for number, at in undone
        ):
            return press.at
    return None


def _silence_pressed(event: ButtonPressed, desk: Desk, number: int, *, is_wanted: bool) -> str:
    ticket = desk.ticket(number)
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        return "press-void"
    language = desk.rules.language
    if not is_wanted:
        _show(desk, event, desk.say(language, "silence-not", number=ticket.number))
        return "press-silence-not"
    if desk.silence_of(ticket.citizen, ticket.institution) is not None:
        return "press-silenced-already"
    citizen, institution = desk.citizen_by_id(ticket.citizen), desk.holder(ticket)
    if citizen.is_erased:
        return "press-void"
    administrator = desk.administrator(event.sender, ticket.institution)
    silence = Silence(
        id=desk.next_silence_id(),
        citizen=citizen.id,
        institution=institution.code,
        ticket=ticket.number,
        name=citizen.name,
        by=desk.administrator_name(administrator.id),
        began_at=desk.now,
        ends_at=desk.now + LASTS,
    )
    desk.keep_silence(silence)
    desk.note_audit(event.sender, "silence", f"citizen {citizen.id}: {institution.code}")
    desk.do_aside(SilenceOver(silence=silence.id), key=f"silence:{silence.id}", not_before=silence.ends_at)
    _tell_citizen(desk, ticket, institution, silence)
    line = _line(desk, language, silence)
    _show(desk, event, line, [[_lift_button(desk, silence)]])
    for supervisor in supervisors_of(desk, institution):
        desk.send(supervisor.place, OutboxKind.REMINDER, line, buttons=[[_lift_button(desk, silence)]])
    return "press-silenced"


def _tell_citizen(desk: Desk, ticket: Ticket, institution: Institution, silence: Silence) -> None:
    """Say once that nothing more is given on, until when, and which way stays open."""
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    until = desk.until(language, silence.ends_at, desk.zone(institution))
    text = desk.say(language, "silence-told", institution=institution.title, until=until)
    formal = Button(text=desk.say(language, "button-formal"), url=desk.say(language, "formal-address"))
    buttons = [] if ticket.place.is_comments else [[formal]]
    address = "" if buttons else f"\n{desk.say(language, 'formal-address')}"
    desk.send(
        ticket.place, OutboxKind.NOTICE, f"{text}{address}", buttons=buttons, ticket=ticket, reply_to=ticket.reply_to
    )


def _lift_pressed(event: ButtonPressed, desk: Desk, number: int) -> str:
    silence = desk.silence(number)
    if silence is None:
        return "press-lifted-already"
    if not _may_lift(desk, event, silence):
        return "press-void"
    desk.note_audit(event.sender, "silence-lift", f"citizen {silence.citizen}: {silence.institution}")
    _lift(desk, silence)
    return "press-lifted"


def _lift(desk: Desk, silence: Silence) -> None:
    """Let words pass again, and show what came meanwhile, each with its own time; no clock runs for it."""
    language = desk.rules.language
    came = desk.silenced_in(silence)
    desk.keep_silence(replace(silence, lifted_at=desk.now))
    ticket, institution = desk.ticket(silence.ticket), desk.institution(silence.institution)
    if ticket is None or institution is None:
        return
    name = defang(silence.name) or desk.say(language, "citizen-unnamed")
    head = desk.say(language, "silence-lifted", number=ticket.number, name=name, count=len(came))
    lines = [_said(desk, language, each.message, institution) for each in came[-_SHOWN:]]
    if len(came) > _SHOWN:
        lines.insert(0, desk.say(language, "silenced-more", count=len(came) - _SHOWN))
    tell_work_chat(desk, ticket, "\n".join([head, *lines]), OutboxKind.FOLLOW_UP)
    citizen = desk.citizen_by_id(ticket.citizen)
    if not ticket.place.is_comments and not citizen.is_erased:
        text = desk.say(desk.language_of(citizen), "silence-over", institution=institution.title)
        desk.send(ticket.place, OutboxKind.NOTICE, text)


def _said(desk: Desk, language: str, message: TicketMessage, institution: Institution) -> str:
    at = desk.shortly(language, message.said_at, desk.zone(institution))
    words = " ".join(defang(message.text).split())
    words = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    files = [f"[{desk.say(language, f'attachment-{each.kind.value}')}]" for each in message.attachments]
    return " ".join([at, *([words] if words else []), *files])


def _line(desk: Desk, language: str, silence: Silence) -> str:
    institution = desk.institution(silence.institution)
    zone = desk.zone(institution) if institution is not None else desk.rules.zone
    return desk.say(
        language,
        "silenced-line",
        name=defang(silence.name) or desk.say(language, "citizen-unnamed"),
        institution=institution.title if institution is not None else silence.institution,
        number=silence.ticket,
        until=desk.shortly(language, silence.ends_at, zone),
        by=silence.by,
    )


def _lift_button(desk: Desk, silence: Silence, *, with_name: bool = False) -> Button:
    language = desk.rules.language
    key = "button-lift-of" if with_name else "button-lift"
    return Button(text=desk.say(language, key, number=silence.ticket), action=Press.SILENCE.of("off", silence.id))


def _may_lift(desk: Desk, event: ButtonPressed | MessageReceived, silence: Silence) -> bool:
    if event.place.is_group:
        return silence.institution in desk.registry.served_by(event.place)
    institution = desk.institution(silence.institution)
    return institution is not None and any(each.scope.covers(institution) for each in desk.supervises(event.sender))


def _name(desk: Desk, ticket: Ticket) -> str:
    return defang(desk.citizen_by_id(ticket.citizen).name) or desk.say(desk.rules.language, "citizen-unnamed")


def _show(desk: Desk, event: ButtonPressed, text: str, buttons: Sequence[Sequence[Button]] = ()) -> None:
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=buttons, thread=event.thread)
    else:
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons)
