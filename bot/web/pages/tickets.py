"""The tickets behind a figure: their list, its order and its filters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.institution import Institution
from bot.domain.ticket import TicketState
from bot.reports.counting.chosen import FIGURES, NO_TOPIC, Choice, Chosen, Selection
from bot.web.pages.asked import Asked
from bot.web.pages.wording import NOTHING, Words

TICKET = "/ticket/"
COLUMNS = ("number", "first", "working", "waiting")
"""What the list can be sorted by at any time; the figure's own time comes beside them."""
_TIMES = ("first", "working")
_OWN_TIME = {"next": "next", "resolved": "resolution", "resolved_in_time": "resolution"}
_STARTS_WITH_GREATEST = "-number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and the address that sorts by it."""

    name: str
    href: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ticket of the list."""

    number: int
    href: str
    """Empty for what was given to somebody whom the visitor does not see."""
    opened_at: str
    institution: str
    channel: str
    topic: str
    state: str
    is_late: bool
    times: int
    seconds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a filter."""

    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter of the form."""

    name: str
    title: str
    options: list[Option]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketList:
    """Everything that the list's template shows."""

    title: str
    count: int
    tickets: int
    times: tuple[str, ...]
    columns: list[Column]
    entries: list[Entry]
    filters: list[Filter]
    has_administrator: bool


def read_choice(asked: Asked) -> Choice | None:
    """Return what the address wants to be listed; None when it cannot be understood."""
    is_known = asked.figure in FIGURES and asked.state in ("", *TicketState)
    is_number = asked.administrator == "" or (asked.administrator.isdecimal() and len(asked.administrator) < 18)
    if not is_known or not is_number:
        return None
    return Choice(
        figure=asked.figure,
        channel=asked.channel,
        topic=asked.topic,
        state=TicketState(asked.state) if asked.state else None,
        administrator=int(asked.administrator) if asked.administrator else None,
        sort=asked.sort or _STARTS_WITH_GREATEST,
    )


def show_tickets(
    selection: Selection,
    *,
    asked: Asked,
    words: Words,
    places: Mapping[str, Institution],
    may_see: Callable[[Institution], bool],
    channels: Sequence[str],
) -> TicketList:
    """Dress a list."""
    own = _OWN_TIME.get(asked.figure)
    times = (*_TIMES, *([own] if own else []), "waiting")

    def entry(chosen: Chosen) -> Entry:
        line = chosen.line
        place = places[line.institution]
        return Entry(
            number=line.number,
            href=asked.link(f"{TICKET}{line.number}") if may_see(place) else "",
            opened_at=words.moment(line.opened_at),
            institution=place.title,
            channel=words.channel(line.channel),
            topic=words.topic(line.topic),
            state=words.say(f"pages-state-{line.state.value}"),
            is_late=chosen.is_in_time is False,
            times=chosen.times,
            seconds={
                name: words.say_time(chosen.seconds[name]) if name in chosen.seconds else NOTHING for name in times
            },
        )

    return TicketList(
        title=words.say(f"pages-tickets-{asked.figure or 'all'}"),
        count=selection.count,
        tickets=selection.tickets,
        times=times,
        columns=[_column(name, asked) for name in ("number", *times)],
        entries=[entry(chosen) for chosen in selection.shown],
        filters=_filters(asked, words, channels),
        has_administrator=bool(asked.administrator),
    )


def _column(name: str, asked: Asked) -> Column:
    sort = asked.sort or _STARTS_WITH_GREATEST
    is_down, is_up = sort == f"-{name}", sort == name
    return Column(
        name=name,
        href=asked.link("/tickets", sort=name if is_down else f"-{name}", page=""),
        order="descending" if is_down else "ascending" if is_up else "none",
    )


def _filters(asked: Asked, words: Words, channels: Sequence[str]) -> list[Filter]:
    topics = [(NO_TOPIC, words.topic("")), *((key, words.topic(key)) for key in words.topics)]
    states = [(state.value, words.say(f"pages-state-{state.value}")) for state in TicketState]
    figures = [(figure, words.say(f"pages-tickets-{figure or 'all'}")) for figure in FIGURES]
    return [
        _filter("figure", figures, asked.figure, words, is_open=False),
        _filter("state", states, asked.state, words),
        _filter("channel", [(channel, words.channel(channel)) for channel in channels], asked.channel, words),
        _filter("topic", topics, asked.topic, words),
    ]


def _filter(
    name: str, options: Sequence[tuple[str, str]], chosen: str, words: Words, *, is_open: bool = True
) -> Filter:
    every = [("", words.say("pages-filter-any"))] if is_open else []
    return Filter(
        name=name,
        title=words.say(f"pages-filter-{name}"),
        options=[Option(value=value, title=title, is_chosen=value == chosen) for value, title in (*every, *options)],
    )
