"""Choosing an institution: by typed name, or branch → municipality → institution by buttons."""

from binascii import crc32
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.citizen import Citizen, CitizenStage
from bot.domain.institution import Institution
from bot.domain.message import Button, Place
from bot.domain.ticket import RoutedBy
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.legal import is_closed, show_way
from handlers.meant import current_ticket, show_question, show_start
from handlers.question import admit, append_words_waiting
from storage.outbox_row import OutboxKind

PAGE = 8
"""Choices on a page; with the two buttons for turning it VK's ten are full."""
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
    before = [known for known in map(desk.institution, citizen.recent) if known is not None]
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


def choose(desk: Desk, citizen: Citizen, institution: Institution, place: Place, routed_by: RoutedBy) -> None:
    """Take the citizen's choice; the words that waited for it become a ticket, or go on with the one that is open."""
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
        language = desk.language_of(chosen)
        text = desk.say(language, "institution-chosen", institution=institution.title)
        desk.send(place, OutboxKind.NOTICE, text)
        return
    ticket = current_ticket(desk, chosen, words[0].place, institution.code)
    if ticket is None:
        admit(desk, chosen, institution, words, routed_by)
    else:
        append_words_waiting(desk, chosen, ticket, words)


def branch_page(desk: Desk, language: str, page: int) -> tuple[str, Rows]:
    """Return the words and buttons of a page of branches."""
    branches = sorted({institution.branch for institution in desk.registry.institutions.values()})
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
    return (i for i in desk.registry.institutions.values() if name_key(i.branch) == branch)


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
    return [*rows, turning] if turning else rows


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
    """Return the button that leads to the pages of branches."""
    return [Button(text=desk.say(language, "button-by-branch"), action=Press.CHOICE.of("bs", "0"))]


def label_of(title: str, detail: str) -> str:
    """Return a button's words: as much of the title as fits beside the detail."""
    between = " · "
    return f"{_label(title, _LABEL - len(between) - len(detail))}{between}{detail}"


def _label(text: str, most: int = _LABEL) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
