"""What the desk says: words from the texts, moments and durations."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from bot.domain.work_calendar import WorkCalendar
from bot.texts.duration import say_duration
from bot.texts.moments import say_at, say_by, say_moment_shortly, say_until
from handlers.layers import Layers
from handlers.rules import Rules
from storage.registry import Registry


class Speech:
    """The ground on which the other parts of the desk stand."""

    def __init__(self, *, layers: Layers, registry: Registry, rules: Rules, now: datetime) -> None:
        self.now = now
        self.rules = rules
        self.registry = registry
        self._layers = layers
        self._moments: dict[tuple[str, str, datetime, tzinfo], str] = {}
        """Moments of this batch in words: a ticket's deadline is told to the citizen and to the work chat."""
        self._openings: dict[WorkCalendar, datetime] = {}
        """When work goes on, for each working time of this batch's institutions."""
        self._threads: dict[tuple[str, str], str] = {}
        """In which topics messages of this batch stand, by lane and message id."""

    def say(self, language: str, key: str, /, **arguments: str | int) -> str:
        """Return words from `bot/texts`."""
        return self.rules.texts.say(language, key, **arguments)

    def until(self, language: str, moment: datetime, zone: tzinfo) -> str:
        """Return «вторника, 24 ноября, 10:40»."""
        return self._say_moment(say_until, language, moment, zone)

    def by(self, language: str, moment: datetime, zone: tzinfo) -> str:
        """Return «сегодня до 17:00», «во вторник, 24 ноября, до 10:40»."""
        return self._say_moment(say_by, language, moment, zone, now=self.now)

    def at(self, language: str, moment: datetime, zone: tzinfo) -> str:
        """Return «завтра в 8:00», «во вторник, 24 ноября, в 10:40»."""
        return self._say_moment(say_at, language, moment, zone, now=self.now)

    def shortly(self, language: str, moment: datetime, zone: tzinfo) -> str:
        """Return «24.11 10:40»."""
        return self._say_moment(say_moment_shortly, language, moment, zone)

    def how_long(self, language: str, since: datetime) -> str:
        """Return how long ago something was, in words."""
        return say_duration(self.rules.texts, language, self.now - since)

    def _say_moment(
        self, speak: Callable[..., str], language: str, moment: datetime, zone: tzinfo, **more: datetime
    ) -> str:
        key = (speak.__name__, language, moment.replace(second=0, microsecond=0), zone)
        if key not in self._moments:
            self._moments[key] = speak(self.rules.texts, language, moment, zone=zone, **more)
        return self._moments[key]
