"""A citizen agrees that their words and number are kept; until then they are only held, sealed, for a day."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.language import spoken_language
from bot.domain.message import Button, Person, Place
from handlers.buttons import Press
from handlers.commands import keys_of
from handlers.courtesies import is_courtesy
from handlers.desk import Desk
from handlers.duty import tell_of_draft
from handlers.greeting import hello
from handlers.urgent import say_whom_to_call
from storage.keys import consent_key, identity
from storage.outbox_row import OutboxKind

_QUIET = timedelta(minutes=10)
"""Words that follow each other within this time are not asked about again."""
_YES = {"да": "ru", "согласен": "ru", "согласна": "ru", "согласны": "ru", "әйе": "tt", "эйе": "tt", "риза": "tt"}
_NO = {"нет": "ru", "не согласен": "ru", "не согласна": "ru", "юк": "tt", "риза түгел": "tt", "риза тугел": "tt"}


def lacks_consent(desk: Desk, person: Person) -> bool:
    """Tell whether somebody must agree before anything of theirs is kept; supervisors write by their office."""
    if not desk.rules.asks_consent or desk.supervises(person):
        return False
    citizen = desk.known_citizen(person)
    return citizen is None or citizen.consented_at is None


def hear_before_consent(event: MessageReceived, desk: Desk) -> list[MessageReceived]:
    """Hold somebody's words and ask for their consent; returns what goes on now because they have just agreed."""
    key = consent_key(identity(event.sender.channel, event.sender.user_id))
    held = desk.held(key)
    said = event.text.strip(" .,!)\n").lower()
    if held and said in _YES:
        return _agree(desk, event.sender, event.place, _YES[said])
    if held and said in _NO:
        _refuse(desk, event.sender, event.place, _NO[said])
        desk.forget_event()
        return []
    language = _language(desk, event.sender, event.text)
    say_whom_to_call(desk, event, language)
    tell_of_draft(desk, event, [before.text for before in held])
    # Of a greeting only that somebody was asked is kept, not the words.
    desk.hold(key, replace(event, text="", attachments=()) if is_courtesy(event) else event)
    # From here on the words lie in one place only, from where they are erased.
    desk.forget_event()
    here = [before for before in held if before.place == event.place]
    known = desk.known_citizen(event.sender)
    if not here and (known is None or not desk.is_greeted(known)):
        _introduce(desk, event.place, language)
    if not here or event.sent_at - here[-1].sent_at > _QUIET:
        words, buttons = _question(desk, language)
        desk.send(event.place, OutboxKind.REDIRECT, words, buttons=buttons)
    return []


def choose_consent(event: ButtonPressed, desk: Desk) -> list[MessageReceived]:
    """Take the choice of a pressed button; returns the words that go on now."""
    desk.end_press(event.place, event.press_id, kind=OutboxKind.REDIRECT)
    match event.action.split(":"):
        case [_, "language", language] if language in desk.rules.texts.languages:
            words, buttons = _question(desk, language, is_chosen=True)
            _show(desk, event, words, buttons)
        case [_, "more", language, *chosen] if language in desk.rules.texts.languages:
            _show_more(desk, event, language, is_chosen=bool(chosen))
        case [_, "yes", language, *chosen] if lacks_consent(desk, event.sender):
            _show(desk, event, desk.say(language, "consent-given"))
            return _agree(desk, event.sender, event.place, language, is_chosen=bool(chosen))
        case [_, "no", language, *_] if lacks_consent(desk, event.sender):
            _show(desk, event, desk.say(language, "consent-not-given"))
            _refuse(desk, event.sender, event.place, language)
            desk.forget_event()
        case [_, "no", language, *_]:
            desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "consent-taken-back-how"))
    return []


def press_before_consent(event: ButtonPressed, desk: Desk) -> None:
    """Somebody of whom nothing is kept presses an old button: they are asked first."""
    desk.end_press(event.place, event.press_id, kind=OutboxKind.REDIRECT)
    words, buttons = _question(desk, _language(desk, event.sender, ""))
    desk.send(event.place, OutboxKind.NOTICE, words, buttons=buttons)


def _introduce(desk: Desk, place: Place, language: str) -> None:
    own = desk.registry.institution_of(place)
    formal = Button(text=desk.say(language, "button-formal"), url=desk.say(language, "formal-address"))
    desk.send(place, OutboxKind.REDIRECT, hello(desk, language, own), buttons=[[formal]])


def _question(desk: Desk, language: str, *, is_chosen: bool = False) -> tuple[str, list[list[Button]]]:
    """Return the words and buttons that ask; the language chosen under them is remembered by the buttons alone."""
    end = f"{language}:chosen" if is_chosen else language
    other = next(name for name in desk.rules.texts.languages if name != language)
    buttons = [
        [Button(text=desk.say(language, "button-consent-yes"), action=Press.CONSENT.of("yes", end))],
        [Button(text=desk.say(language, "button-consent-no"), action=Press.CONSENT.of("no", end))],
        [Button(text=desk.say(language, "button-consent-more"), action=Press.CONSENT.of("more", end))],
        [Button(text=desk.say(other, "language-name"), action=Press.CONSENT.of("language", other))],
    ]
    words = desk.say(
        language, "consent-question", days=desk.rules.keep_words.days, file_days=desk.rules.keep_files.days
    )
    return words, buttons


def _show_more(desk: Desk, event: ButtonPressed, language: str, *, is_chosen: bool) -> None:
    """Say who keeps the data, what for, and how the consent is taken back, below the question."""
    words, [yes, no, _, *others] = _question(desk, language, is_chosen=is_chosen)
    own = desk.registry.institution_of(event.place)
    more = desk.say(language, "consent-more-of", institution=own.title) if own else desk.say(language, "consent-more")
    _show(desk, event, f"{words}\n\n{more}", [yes, no, *others])


def _agree(
    desk: Desk, person: Person, place: Place, language: str, *, is_chosen: bool = False
) -> list[MessageReceived]:
    citizen = desk.citizen(person, place)
    if is_chosen or not citizen.has_chosen_language:
        citizen = replace(citizen, language=language, has_chosen_language=is_chosen)
    desk.keep_citizen(replace(citizen, consented_at=desk.now, greeted_at=desk.now))
    held = [event for event in desk.release(_key(person)) if isinstance(event, MessageReceived) and _says(event)]
    desk.released |= {(event.place.lane, event.message_id) for event in held}
    if not held:
        thanks = desk.say(language, "consent-thanks")
        desk.send(place, OutboxKind.NOTICE, thanks, keys=keys_of(desk.rules.texts, language))
    return held


def _says(event: MessageReceived) -> bool:
    return bool(event.text or event.attachments)


def _refuse(desk: Desk, person: Person, place: Place, language: str) -> None:
    desk.release(_key(person))
    own = desk.registry.institution_of(place)
    lines = [desk.say(language, "consent-refused")]
    if own is not None and own.phone:
        lines.append(desk.say(language, "consent-refused-phone", institution=own.title, phone=own.phone))
    formal = Button(text=desk.say(language, "button-formal"), url=desk.say(language, "formal-address"))
    desk.send(place, OutboxKind.REDIRECT, "\n".join(lines), buttons=[[formal]])


def _show(desk: Desk, event: ButtonPressed, words: str, buttons: list[list[Button]] | None = None) -> None:
    """Change the question that stands above the pressed button, or say it anew where that cannot be named."""
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, words, buttons=buttons or (), kind=OutboxKind.REDIRECT)
    else:
        desk.send(event.place, OutboxKind.REDIRECT, words, buttons=buttons or ())


def _language(desk: Desk, person: Person, text: str) -> str:
    """Return the language in which to speak to somebody of whom little or nothing is known."""
    citizen = desk.known_citizen(person)
    if citizen is not None and citizen.language:
        return citizen.language
    by_phone = desk.rules.texts.choose_language(person.language) if person.language else ""
    if by_phone == "tt":
        return by_phone
    return spoken_language(text) or by_phone or desk.rules.language


def _key(person: Person) -> str:
    return consent_key(identity(person.channel, person.user_id))
