"""The same tickets counted along every cut of a report: institution, administrator, channel, day, topic."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from bot.domain.institution import Institution
from bot.domain.reaction import Sentiments
from bot.reports.counting.columns import Columns, Ints
from bot.reports.counting.counted import Counted, join, nothing_counted
from bot.reports.counting.figures import Figures, asked, figures_of
from bot.reports.counting.groups import Counting, Groups
from bot.reports.counting.scales import Scale
from storage.measured_row import Mark
from storage.reactions import ReactionCount
from storage.set_aside import SilencedCount

CUTS = ("institution", "administrator", "channel", "day", "topic")
"""What is counted; branches, municipalities and the total are sums over institutions."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cut:
    """What was counted, with the names of its groups.

    An institution is its code, a day an ISO date, an administrator the pair of person (None: the messenger did not
    tell who it was) and institution.
    """

    keys: Sequence[Hashable]
    counted: Counted

    def places_of(self, keys: Iterable[Hashable]) -> Ints:
        """Return which of this cut's groups each key is, -1 for none."""
        numbers = {key: number for number, key in enumerate(self.keys)}
        return np.array([numbers.get(key, -1) for key in keys], dtype=np.int64)


Cuts = Mapping[str, Cut]
"""A cut for each of CUTS."""


def count(columns: Columns, *, scale: Scale, now: float, cuts: Sequence[str] = CUTS) -> Cuts:
    """Count tickets along the cuts as things stand at `now` (seconds since 1970)."""
    counting = Counting(columns, scale=scale, now=now)
    return {name: _GROUPINGS[name](columns, counting) for name in cuts}


def add_up(parts: Sequence[Cuts], *, scale: Scale) -> Cuts:
    """Join cuts of tickets that have none in common."""
    if len(parts) == 1:
        return parts[0]
    return {name: _added([part[name] for part in parts], scale) for name in (parts[0] if parts else CUTS)}


def _added(cuts: Sequence[Cut], scale: Scale) -> Cut:
    numbers: dict[Hashable, int] = {}
    targets = [np.array([numbers.setdefault(key, len(numbers)) for key in cut.keys], dtype=np.int64) for cut in cuts]
    if not cuts:
        return Cut(keys=[], counted=nothing_counted(scale, 0))
    joined = join([(cut.counted, target) for cut, target in zip(cuts, targets, strict=True)], len(numbers))
    return Cut(keys=list(numbers), counted=joined)


def grouped(cut: Cut, group_of: Callable[[Hashable], Hashable | None]) -> Cut:
    """Return sums over the groups of a cut; what belongs to None is left out."""
    numbers: dict[Hashable, int] = {}
    to = [-1 if (group := group_of(key)) is None else numbers.setdefault(group, len(numbers)) for key in cut.keys]
    counted = join([(cut.counted, np.array(to, dtype=np.int64))], len(numbers))
    return Cut(keys=list(numbers), counted=counted)


def with_reactions(cuts: Cuts, counted: Iterable[ReactionCount], sentiments: Sentiments) -> Cuts:
    """Count reactions to posts as well; they belong to no administrator and no topic."""
    return _with_days(
        cuts,
        [
            (each.institution, each.channel, each.day.isoformat(), sentiments.of(each.reaction).value, each.count)
            for each in counted
        ],
    )


def with_silenced(cuts: Cuts, counted: Iterable[SilencedCount]) -> Cuts:
    """Count what came from silenced people, by the day on which it came; it is in nothing else."""
    return _with_days(
        cuts, [(institution, channel, day, "silenced", count) for institution, channel, day, count in counted]
    )


def _with_days(cuts: Cuts, counted: Sequence[tuple[str, str, str, str, int]]) -> Cuts:
    """Add institution, channel, day, counter and count to the cuts to which they belong."""
    added = dict(cuts)
    for place, name in enumerate(("institution", "channel", "day")):
        cut = _with_keys(cuts[name], (each[place] for each in counted)) if name in cuts else None
        if cut is None:
            continue
        numbers = {key: number for number, key in enumerate(cut.keys)}
        for each in counted:
            cut.counted.add(numbers[each[place]], each[3], each[4])
        added[name] = cut
    return added


def _with_keys(cut: Cut, keys: Iterable[Hashable]) -> Cut:
    """Return the cut with groups for these keys, and counts of its own that may be changed."""
    known = set(cut.keys)
    new = list(dict.fromkeys(key for key in keys if key not in known))
    empty = nothing_counted(cut.counted.scale, len(new))
    counted = replace(
        cut.counted,
        counts=np.concatenate([cut.counted.counts, empty.counts]),
        waiting_since=np.concatenate([cut.counted.waiting_since, empty.waiting_since]),
        longest=np.concatenate([cut.counted.longest, empty.longest]),
    )
    return Cut(keys=[*cut.keys, *new], counted=counted)


def areas(cuts: Cuts, places: Mapping[str, Institution]) -> Cuts:
    """Return the institutions' cut with those of one branch and municipality added up under the first one's code.

    From these few, branches, municipalities and the total are added up: the many are gone through only once.
    """
    first: dict[tuple[str, str], Hashable] = {}

    def stands_for(code: Hashable) -> Hashable:
        place = places[str(code)]
        return first.setdefault((place.branch, place.municipality), code)

    return {"institution": grouped(cuts["institution"], stands_for)}


def total(cuts: Cuts, now: datetime) -> Figures:
    """Return the figures of all tickets."""
    return sum_of(cuts["institution"], now)


def sum_of(cut: Cut, now: datetime) -> Figures:
    """Return the figures of all groups of a cut together."""
    everything = join([(cut.counted, np.zeros(cut.counted.size, dtype=np.int64))], 1)
    return figures_of(everything, now)[0]


def by_institution(cuts: Cuts, places: Mapping[str, Institution], now: datetime) -> list[Figures]:
    """Return a line for every institution that was asked something, by name."""
    found = [(places[str(code)], figures) for code, figures in _lines(cuts["institution"], now)]
    return [
        {
            "code": place.code,
            "name": place.name,
            "short_name": place.short_name,
            "branch": place.branch,
            "municipality": place.municipality,
            **({"closed_on": place.closed_on.isoformat()} if place.closed_on else {}),
            **figures,
        }
        for place, figures in sorted(found, key=lambda line: (line[0].name.casefold(), line[0].code))
    ]


def by_group(
    cuts: Cuts, name: str, places: Mapping[str, Institution], group_of: Callable[[Institution], str], now: datetime
) -> list[Figures]:
    """Return a line for every group of institutions (branch, municipality) that was asked something, by name."""
    found = _lines(grouped(cuts["institution"], lambda code: group_of(places[str(code)])), now)
    return [{name: key, **figures} for key, figures in sorted(found, key=lambda line: str(line[0]).casefold())]


def by_administrator(cuts: Cuts, names: Mapping[int, str], now: datetime) -> list[Figures]:
    """Return a line for everybody who answered, by name; None is who answered without a known name.

    `id` is our own number of the administrator, 0 for one whom the messenger did not tell.
    """
    cut = cuts["administrator"]
    lines = [
        ((names.get(person, "") if person is not None else ""), institution, person or 0, figures)
        for (person, institution), figures in zip(_people(cut), figures_of(cut.counted, now), strict=True)
        if figures["answered"] or figures["next_response"]["n"]
    ]
    lines.sort(key=lambda line: (not line[0], line[0].casefold(), line[1], line[2]))
    return [
        {"administrator": name or None, "id": person, "institution": institution, **figures}
        for name, institution, person, figures in lines
    ]


def people(cuts: Cuts) -> set[int]:
    """Return everybody who answered and whose account the messenger told."""
    return {person for person, _ in _people(cuts["administrator"]) if person is not None}


def by_channel(cuts: Cuts, now: datetime) -> list[Figures]:
    """Return a line for every channel through which something was asked, by name."""
    return [{"channel": key, **figures} for key, figures in sorted(_lines(cuts["channel"], now), key=_key)]


def by_topic(cuts: Cuts, topics: Mapping[str, tuple[str, str]], now: datetime) -> list[Figures]:
    """Return a line for every topic of which something was asked, most questions first; None is for no topic.

    `topics` tells names and the classifier's codes by key; `key` is empty for no topic.
    """
    found = [(str(key), figures) for key, figures in _lines(cuts["topic"], now)]
    found.sort(key=lambda line: (not line[0], -line[1]["questions"], line[0]))
    return [
        {"topic": (name or None), "key": key, "code": code, **figures}
        for key, (name, code), figures in ((key, topics.get(key, (key, "")), figures) for key, figures in found)
    ]


def by_day(cuts: Cuts, days: Iterable[str], now: datetime) -> list[Figures]:
    """Return a line for every day, also the empty ones."""
    cut = _with_keys(cuts["day"], days := list(days))
    figures = dict(zip(cut.keys, figures_of(cut.counted, now), strict=True))
    return [{"date": day, **figures[day]} for day in days]


def _lines(cut: Cut, now: datetime) -> list[tuple[Hashable, Figures]]:
    """Return every group that has anything to show."""
    found = zip(cut.keys, figures_of(cut.counted, now), asked(cut.counted).tolist(), strict=True)
    return [
        (key, figures)
        for key, figures, is_asked in found
        if is_asked or figures["next_response"]["n"] or figures["held"]["n"]
    ]


def _key(line: tuple[Hashable, Figures]) -> str:
    return str(line[0])


def _people(cut: Cut) -> list[tuple[int | None, str]]:
    return cut.keys  # type: ignore[return-value]  # the keys of this cut are such pairs


def _institutions(columns: Columns, counting: Counting) -> Cut:
    holders, mine = columns.holders, columns.institution.index
    groups = Groups(tickets=mine, later=mine[columns.later.row], holders=holders.who.index)
    return Cut(keys=holders.who.names, counted=counting.by(groups, len(holders.who.names)))


def _administrators(columns: Columns, counting: Counting) -> Cut:
    """Group by who answered for which institution: a line holds the answers that this person gave."""
    width = len(columns.institution.names) + 1
    answered = columns.has(Mark.ANSWERED)
    persons = [*columns.administrator.names]
    numbers = {person: number for number, person in enumerate(persons)}
    of_later = np.array(
        [numbers.setdefault(person, len(numbers)) for person in columns.later.who.names], dtype=np.int64
    )
    persons = list(numbers)
    # One more than the person's number: 0 is somebody whom the messenger did not tell.
    first = (columns.administrator.index + 1) * width + columns.institution.index
    later_who = columns.later.who.index
    later_person = np.where(later_who >= 0, of_later[later_who] if len(of_later) else later_who, -1)
    later = (later_person + 1) * width + columns.institution.index[columns.later.row]
    is_own_later = columns.is_own[columns.later.row]
    pairs = np.unique(np.concatenate([first[answered], later[is_own_later]]))
    keys = [
        (persons[pair // width - 1] if pair >= width else None, columns.institution.names[pair % width])
        for pair in pairs.tolist()
    ]
    groups = Groups(
        tickets=np.where(answered, np.searchsorted(pairs, first), -1),
        later=np.where(is_own_later, np.searchsorted(pairs, later), -1),
        holders=np.full(len(columns.holders.row), -1, dtype=np.int64),
    )
    return Cut(keys=keys, counted=counting.by(groups, len(keys), is_for_people=True))


def _by_column(name: str) -> Callable[[Columns, Counting], Cut]:
    def cut(columns: Columns, counting: Counting) -> Cut:
        named = getattr(columns, name)
        index = named.index
        groups = Groups(tickets=index, later=index[columns.later.row], holders=index[columns.holders.row])
        return Cut(keys=named.names, counted=counting.by(groups, len(named.names)))

    return cut


_GROUPINGS: Mapping[str, Callable[[Columns, Counting], Cut]] = {
    "institution": _institutions,
    "administrator": _administrators,
    "channel": _by_column("channel"),
    "day": _by_column("day"),
    "topic": _by_column("topic"),
}
