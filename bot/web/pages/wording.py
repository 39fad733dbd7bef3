"""Figures as people read them: «12 345», «83 %», «1 ч 05 мин», «—» where there is nothing to tell."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from bot.domain.institution import Scope, ScopeKind
from bot.reports.numbers import percent, say_count, say_decimal
from bot.texts import Texts
from bot.texts.duration import say_duration
from bot.texts.moments import say_date
from bot.texts.pattern import NO_BREAK_SPACE

NOTHING = "—"


def say_share(share: float | None) -> str:
    """Return «83 %»; only all is 100 and only nothing is 0."""
    return NOTHING if share is None else f"{percent(share)}{NO_BREAK_SPACE}%"


def say_mean(mean: float | None) -> str:
    """Return «4,7»."""
    return NOTHING if mean is None else say_decimal(mean)


def say_seconds(texts: Texts, language: str, seconds: float | None) -> str:
    """Return «1 ч 05 мин»; a number and its unit are never parted."""
    if seconds is None:
        return NOTHING
    words = say_duration(texts, language, timedelta(seconds=seconds), is_narrow=True).split(" ")
    return " ".join(NO_BREAK_SPACE.join(words[at : at + 2]) for at in range(0, len(words), 2))


class Words:
    """What the pages of one visitor say."""

    def __init__(self, *, texts: Texts, language: str, zone: tzinfo, topics: Mapping[str, tuple[str, str]]) -> None:
        self.texts = texts
        self.language = language
        self.zone = zone
        self.topics = topics

    def say(self, key: str, /, **arguments: str | int) -> str:
        """Return words."""
        return self.texts.say(self.language, key, **arguments)

    def figure(self, name: str) -> str:
        """Return what a figure is called."""
        return self.say(f"pages-figure-{name}")

    def figure_short(self, name: str) -> str:
        """Return what a column is called."""
        return self.say(f"pages-short-{name}")

    def sort(self, name: str) -> str:
        """Return what a time of the list is called."""
        return self.say(f"pages-sort-{name}")

    def download(self, form: str) -> str:
        """Return what a kind of file is called."""
        return self.say(f"pages-download-{form}")

    def count(self, number: int) -> str:
        """Return «12 345»."""
        return say_count(number)

    def say_time(self, seconds: float | None) -> str:
        """Return a duration."""
        return say_seconds(self.texts, self.language, seconds)

    def moment(self, moment: datetime) -> str:
        """Return «24.11.2026 10:40»."""
        return f"{moment.astimezone(self.zone):%d.%m.%Y %H:%M}"

    def channel(self, channel: str) -> str:
        """Return a messenger's name."""
        return self.say("report-channel", channel=channel)

    def topic(self, key: str) -> str:
        """Return a topic's name."""
        return self.topics.get(key, (key, ""))[0] if key else self.say("report-topic-unknown")

    def scope(self, scope: Scope, names: Mapping[str, str]) -> str:
        """Return a scope's name; `names` are those of institutions by code."""
        name = names.get(scope.name, scope.name) if scope.kind is ScopeKind.INSTITUTION else scope.name
        return self.say(f"report-scope-{scope.kind.value}", name=name)

    def days(self, first: date, last: date) -> str:
        """Return «01.11.2026 – 30.11.2026»."""
        if first == last:
            return say_date(first)
        return self.say("report-period", first=say_date(first), last=say_date(last))
