"""Choosing an institution: by typed name, or branch → municipality → institution by buttons."""

from binascii import crc32
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.citizen import Citizen, CitizenStage
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Institution
from bot.domain.message import Button, Place
from bot.domain.ticket import RoutedBy, Ticket
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.greeting import greet
from handlers.legal import is_closed, show_way
from handlers.meant import current_ticket, is_question_last, show_question, show_start
from handlers.question import admit, append_words_waiting
from handlers.succession import acting, offered, tell_ended, today
from handlers.transfer import transfer
from handlers.withdrawing import show_instead, why_not
from storage.outbox_row import OutboxKind

PAGE = 7
"""Choices on a page; with the two buttons for turning it and the one that leaves VK's ten are full."""
_CANCEL_WORDS = frozenset({"отмена", "стоп", "не надо", "кирәкми", "туктат"})
_MENTIONED = 3
_OFFERED = 5
_BEFORE = 3
"""Institutions of earlier messages that stand before a mere mention."""
_LABEL = 40
"""Characters of a button that phones show and VK takes."""

Rows = list[list[Button]]


def ask_institution(desk: Desk, citizen: Citizen, place: Place, *, about: str) -> None:
    """Ask whom the words are for.

    Offered first is what they name beyond doubt, then where the citizen wrote lately, then what they may mean.
    """
    show_question(desk, citizen.id, place)
    language = desk.language_of(citizen)
    found = desk.search.find(about, limit=_MENTIONED) if about else []
    named = [offer.institution for offer in found if offer.is_sure]
    mentioned = [offer.institution for offer in found if not offer.is_sure]
    day = today(desk)
    recent = filter(None, map(desk.institution, citizen.recent))
    before = [known for known in recent if not known.is_closed(day)]
    offered = {known.code: known for known in (*named, *before[:_BEFORE], *mentioned, *before[_BEFORE:])}
    words = [desk.say(language, "choose-institution")]
    if desk.search.knows_places:
        words.append(desk.say(language, "choose-by-place"))
    desk.send(
        place,
        OutboxKind.NOTICE,
        "\n\n".join(words),
        buttons=[*_institution_rows(list(offered.values())[:_OFFERED]), branch_row(desk, language)],
    )


def offer_found(desk: Desk, citizen: Citizen, place: Place, found: Sequence[Institution]) -> None:
    """Show what a typed name may mean."""
    show_question(desk, citizen.id, place)
    language = desk.language_of(citizen)
    desk.send(
        place,
        OutboxKind.NOTICE,
        desk.say(language, "choose-among" if found else "nothing-found"),
        buttons=[*_institution_rows(found), branch_row(desk, language)],
    )


def ask_where_instead(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket) -> None:
    """Ask to which institution a ticket belongs that went to the wrong place."""
    language = desk.language_of(citizen)
    refusal = why_not(desk, ticket, is_moved=True)
    if refusal:
        show_instead(desk, event, desk.say(language, refusal, number=ticket.number))
        return
    desk.keep_citizen(replace(citizen, moving=ticket.number))
    show_question(desk, citizen.id, event.place)
    before = [known for known in map(desk.institution, citizen.recent) if known and known.code != ticket.institution]
    found = [offer.institution for offer in desk.search.find(ticket.first_words, limit=_MENTIONED)]
    offered = {known.code: known for known in (*before, *found) if known.code != ticket.institution}
    text = desk.say(language, "misdirected-where", number=ticket.number)
    rows = _institution_rows(list(offered.values())[:_OFFERED])
    desk.send(event.place, OutboxKind.NOTICE, text, buttons=[*rows, branch_row(desk, language)])


def _moved(desk: Desk, citizen: Citizen, institution: Institution, place: Place) -> bool:
    """Give the ticket away for which the citizen was choosing; False when they choose for new words."""
    ticket = desk.ticket(citizen.moving) if citizen.moving is not None else None
    is_asked = is_question_last(citizen, place)
    citizen = desk.keep_citizen(replace(desk.citizen_by_id(citizen.id), moving=None))
    if ticket is None or not is_asked:
        return False
    language = desk.language_of(citizen)
    refusal = why_not(desk, ticket, is_moved=True)
    if not refusal and institution.code == ticket.institution:
        refusal = "misdirected-stays"
    if refusal:
        text = desk.say(language, refusal, number=ticket.number)
        desk.send(place, OutboxKind.NOTICE, text, ticket=ticket)
    elif is_closed(desk, ticket.place, institution):
        show_way(desk, place, institution, language=language)
    else:
        transfer(desk, ticket, institution, administrator=None)
    return True


def says_cancel(desk: Desk, citizen: Citizen, event: MessageReceived) -> bool:
    """Tell whether words leave the choice: they do while words wait for it and our question was shown last."""
    waits = citizen.moving is not None or (
        citizen.stage is CitizenStage.CHOOSING and any(each.place == event.place for each in desk.pending(citizen.id))
    )
    is_word = not event.attachments and event.text.strip(" \n.,!…").lower().replace("ё", "е") in _CANCEL_WORDS
    return waits and is_word and is_question_last(citizen, event.place)


def cancel_choice(desk: Desk, citizen: Citizen, place: Place) -> str:
    """Leave the choice: words that waited are kept no longer, a ticket stays where it is. Returns what to say."""
    language = desk.language_of(citizen)
    if citizen.moving is not None:
        number = citizen.moving
        desk.keep_citizen(replace(citizen, moving=None))
        return desk.say(language, "misdirected-stays", number=number)
    waited = desk.pending(citizen.id)
    desk.drop_words(citizen.id)
    desk.keep_citizen(replace(citizen, stage=CitizenStage.WRITING))
    show_start(desk, citizen.id, place)
    return desk.say(language, "draft-cancelled" if waited else "draft-nothing")


def choose(desk: Desk, citizen: Citizen, institution: Institution, place: Place, routed_by: RoutedBy) -> None:
    """Take the citizen's choice; the words that waited for it become a ticket, or go on with the one that is open."""
    if _moved(desk, citizen, institution, place):
        return
    heir = acting(desk, institution)
    if heir is None or heir.code != institution.code:
        tell_ended(desk, citizen, place, institution, heir)
        if heir is None and desk.pending(citizen.id):
            ask_institution(desk, citizen, place, about="")
            return
        if heir is None:
            desk.keep_citizen(replace(desk.citizen_by_id(citizen.id), institution=None, stage=CitizenStage.WRITING))
            show_start(desk, citizen.id, place)
            return
        institution = heir
    if is_closed(desk, place, institution):
        desk.drop_words(citizen.id)
        turned = desk.keep_citizen(replace(citizen, institution=None, stage=CitizenStage.WRITING, place=place))
        show_way(desk, place, institution, language=desk.language_of(turned))
        return
    desk.keep_citizen(replace(citizen, institution=institution.code, stage=CitizenStage.WRITING, place=place))
    show_start(desk, citizen.id, place, institution.code, is_linked=routed_by is RoutedBy.DEEP_LINK)
    chosen = desk.citizen_by_id(citizen.id)
    words = desk.pending(chosen.id)
    if not words:
        if not desk.is_greeted(chosen):
            greet(desk, chosen, place, institution)
            return
        text = desk.say(desk.language_of(chosen), "institution-chosen", institution=institution.title)
        desk.send(place, OutboxKind.NOTICE, text)
        return
    ticket = current_ticket(desk, chosen, words[0].place, institution.code)
    if ticket is None:
        admit(desk, chosen, institution, words, routed_by)
    else:
        append_words_waiting(desk, chosen, ticket, words)


def branch_page(desk: Desk, language: str, page: int) -> tuple[str, Rows]:
    """Return the words and buttons of a page of branches."""
    branches = sorted({institution.branch for institution in offered(desk)})
    choices = [(branch, f"b:{name_key(branch)}:0") for branch in branches]
    return desk.say(language, "choose-branch"), _page(desk, language, choices, page, turn="bs", back="")


def municipality_page(desk: Desk, language: str, branch: str, page: int) -> tuple[str, Rows]:
    """Return a page of the municipalities in which a branch has institutions."""
    names = sorted({i.municipality for i in _in_branch(desk, branch)})
    choices = [(name, f"m:{branch}:{name_key(name)}:0") for name in names]
    words = desk.say(language, "choose-municipality")
    return words, _page(desk, language, choices, page, turn=f"b:{branch}", back="bs:0")


def institution_page(desk: Desk, language: str, branch: str, municipality: str, page: int) -> tuple[str, Rows]:
    """Return a page of a branch's institutions in one municipality."""
    found = [i for i in _in_branch(desk, branch) if name_key(i.municipality) == municipality]
    choices = [(institution.title, f"i:{institution.code}") for institution in sorted(found, key=lambda i: i.title)]
    words = desk.say(language, "choose-one")
    return words, _page(desk, language, choices, page, turn=f"m:{branch}:{municipality}", back=f"b:{branch}:0")


def name_key(name: str) -> str:
    """Return a short key of a name for a button's action."""
    return f"{crc32(name.encode()):08x}"


def _in_branch(desk: Desk, branch: str) -> Iterable[Institution]:
    return (i for i in offered(desk) if name_key(i.branch) == branch)


def _page(desk: Desk, language: str, choices: Sequence[tuple[str, str]], page: int, *, turn: str, back: str) -> Rows:
    page = min(max(page, 0), max((len(choices) - 1) // PAGE, 0))
    shown = choices[page * PAGE : (page + 1) * PAGE]
    buttons = [Button(text=_label(text), action=Press.CHOICE.of(action)) for text, action in shown]
    rows = [buttons[index : index + 2] for index in range(0, len(buttons), 2)]
    turning = []
    if page or back:
        action = f"{turn}:{page - 1}" if page else back
        turning.append(Button(text=desk.say(language, "button-back"), action=Press.CHOICE.of(action)))
    if (page + 1) * PAGE < len(choices):
        turning.append(Button(text=desk.say(language, "button-more"), action=Press.CHOICE.of(turn, page + 1)))
    return [*rows, [*turning, _cancel_button(desk, language)]]


def _institution_rows(found: Sequence[Institution]) -> Rows:
    same = [institution.title for institution in found]
    return [
        [
            Button(
                text=_label(
                    f"{institution.title}, {institution.municipality}"
                    if same.count(institution.title) > 1 or len(institution.title) < _LABEL // 2
                    else institution.title
                ),
                action=Press.CHOICE.of("i", institution.code),
            )
        ]
        for institution in found
    ]


def branch_row(desk: Desk, language: str) -> list[Button]:
    """Return the button that leads to the pages of branches, and the one that leaves the choice."""
    by_branch = Button(text=desk.say(language, "button-by-branch"), action=Press.CHOICE.of("bs", "0"))
    return [by_branch, _cancel_button(desk, language)]


def _cancel_button(desk: Desk, language: str) -> Button:
    return Button(text=desk.say(language, "button-cancel"), action=Press.CHOICE.of("cancel"))


def label_of(title: str, detail: str) -> str:
    """Return a button's words: as much of the title as fits beside the detail."""
    between = " · "
    return f"{_label(title, _LABEL - len(between) - len(detail))}{between}{detail}"


def _label(text: str, most: int = _LABEL) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
