"""The same tickets counted along every cut of a report: institution, administrator, channel, day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.institution import Institution
from bot.domain.reaction import Sentiment
from bot.reports.figures import Figures, Tally
from bot.reports.verdict import Verdict
from storage.reactions import ReactionCount

AdministratorKey = tuple[int | None, str]
"""Who answered (None: the messenger did not tell), and for which institution."""


@dataclass(slots=True, kw_only=True)
class Cuts:
    """Running counts; branches, municipalities and the total are sums over institutions."""

    codes: Set[str] | None = None
    """The institutions of the scope; None for all."""
    institutions: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    administrators: defaultdict[AdministratorKey, Tally] = field(default_factory=lambda: defaultdict(Tally))
    channels: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    days: defaultdict[date, Tally] = field(default_factory=lambda: defaultdict(Tally))
    topics: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, verdict: Verdict) -> None:
        """Count a ticket everywhere. An administrator's line holds the answers that this person gave."""
        self.institutions[verdict.institution].add(verdict)
        self.channels[verdict.channel].add(verdict)
        self.days[verdict.day].add(verdict)
        self.topics[verdict.topic].add(verdict)
        self.add_holders(verdict)
        if not verdict.times.is_question:
            return
        if verdict.is_answered:
            self.administrators[verdict.answered_by, verdict.institution].add_first(verdict)
        for person, seconds in verdict.next_answers:
            self.administrators[person, verdict.institution].add_next(seconds)

    def add_holders(self, verdict: Verdict) -> None:
        """Count each holder's own time and what was given away, for every holder within the scope."""
        if not verdict.times.is_question:
            return
        for held in verdict.holders:
            if self.codes is None or held.institution in self.codes:
                for tally in (
                    self.institutions[held.institution],
                    self.channels[verdict.channel],
                    self.days[verdict.day],
                    self.topics[verdict.topic],
                ):
                    tally.add_held(held)

    def add_reactions(self, counted: ReactionCount, sentiment: Sentiment) -> None:
        """Count reactions to an institution's posts; they belong to no administrator."""
        for tally in (
            self.institutions[counted.institution],
            self.channels[counted.channel],
            self.days[counted.day],
        ):
            tally.add_reactions(sentiment, counted.count)

    def total(self, now: datetime) -> Figures:
        """Return the figures of all tickets."""
        return Tally.joined(self.institutions.values()).figures(now)

    def by_institution(self, places: Mapping[str, Institution], now: datetime) -> list[Figures]:
        """Return a line for every institution that was asked something, by name."""
        shown = [(places[code], tally) for code, tally in self.institutions.items() if not tally.is_empty]
        return [
            {
                "code": place.code,
                "name": place.name,
                "short_name": place.short_name,
                "branch": place.branch,
                "municipality": place.municipality,
                **tally.figures(now),
            }
            for place, tally in sorted(shown, key=lambda line: (line[0].name.casefold(), line[0].code))
        ]

    def by_group(
        self, key: str, group_of: Callable[[Institution], str], places: Mapping[str, Institution], now: datetime
    ) -> list[Figures]:
        """Return a line for every group of institutions (branch, municipality) that was asked something, by name."""
        groups: defaultdict[str, list[Tally]] = defaultdict(list)
        for code, tally in self.institutions.items():
            if not tally.is_empty:
                groups[group_of(places[code])].append(tally)
        return [{key: name, **Tally.joined(groups[name]).figures(now)} for name in sorted(groups, key=str.casefold)]

    def by_administrator(self, names: Mapping[int, str], now: datetime) -> list[Figures]:
        """Return a line for everybody who answered, by name; None is who answered without a known name."""
        lines = [
            ((names.get(person, "") if person is not None else ""), institution, person or 0, tally)
            for (person, institution), tally in self.administrators.items()
        ]
        lines.sort(key=lambda line: (not line[0], line[0].casefold(), line[1], line[2]))
        return [
            {"administrator": name or None, "institution": institution, **tally.figures(now)}
            for name, institution, _, tally in lines
        ]

    def by_channel(self, now: datetime) -> list[Figures]:
        """Return a line for every channel through which something was asked, by name."""
        shown = sorted(channel for channel, tally in self.channels.items() if not tally.is_empty)
        return [{"channel": channel, **self.channels[channel].figures(now)} for channel in shown]

    def by_topic(self, topics: Mapping[str, tuple[str, str]], now: datetime) -> list[Figures]:
        """Return a line for every topic of which something was asked, most questions first; None is for no topic.

        `topics` tells names and the classifier's codes by key.
        """
        shown = [(key, tally) for key, tally in self.topics.items() if not tally.is_empty]
        shown.sort(key=lambda line: (not line[0], -line[1].questions, line[0]))
        return [
            {"topic": (name or None), "code": code, **tally.figures(now)}
            for (name, code), tally in ((topics.get(key, (key, "")), tally) for key, tally in shown)
        ]

    def by_day(self, days: Iterable[date], now: datetime) -> list[Figures]:
        """Return a line for every day, also the empty ones."""
        nothing = Tally()
        return [{"date": day.isoformat(), **self.days.get(day, nothing).figures(now)} for day in days]
