"""When the institutions on the desk work: their calendars, and the closed days that are announced here."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.closed_days import ClosedDays
from bot.domain.copying import replace
from bot.domain.institution import Institution
from bot.domain.work_calendar import WorkCalendar
from handlers.desk_speech import Speech
from storage.working_set import DIRECTORY


class Times(Speech):
    """The part of the desk that knows working time."""

    def calendar(self, institution: Institution) -> WorkCalendar:
        """Return the institution's working time as it is known now."""
        calendar = self.registry.calendars.of(institution.code)
        if not self._has_changed_days():
            return calendar
        closed = {day for each in self.closed_for(institution) for day in each.days()}
        return WorkCalendar(zone=calendar.zone, closed=closed, timetable=calendar.timetable)

    def next_opening(self, institution: Institution) -> datetime:
        """Return when an institution works next: now, if it does."""
        calendar = self.calendar(institution)
        found = self._openings.get(calendar)
        if found is None:
            found = self._openings[calendar] = calendar.next_opening(self.now)
        return found

    def zone(self, institution: Institution) -> ZoneInfo:
        """Return the institution's zone."""
        return ZoneInfo(institution.time_zone) if institution.time_zone else self.rules.zone

    def today(self, institution: Institution) -> date:
        """Return the day that it is where an institution works."""
        return self.now.astimezone(self.zone(institution)).date()

    def closed_for(self, institution: Institution) -> list[ClosedDays]:
        """Return the announcements that hold for an institution, those of this batch among them."""
        known = self.registry.calendars.closed_for(institution.code)
        if self._has_changed_days():
            changed = list(self._changed_days())
            keys = {each.key for each in changed}
            known = [each for each in known if each.key not in keys]
            holding = [each for each in changed if each.withdrawn_at is None]
            known += [each for each in holding if self.registry.calendars.concerns(each, institution.code)]
        return sorted(known, key=lambda each: (each.first, each.last))

    def announced(self, scope: str) -> list[ClosedDays]:
        """Return the announcements of just this scope that hold."""
        changed = {each.key: each for each in self._changed_days()}
        known = {each.key: each for each in self.registry.calendars.announced(scope)} | changed
        found = [each for each in known.values() if each.scope == scope and each.withdrawn_at is None]
        return sorted(found, key=lambda each: (each.first, each.last))

    def announce(self, closed: ClosedDays) -> None:
        """Let days off be known from now on; what is announced already stays as it is."""
        if all(each.key != closed.key for each in self.announced(closed.scope)):
            self._layers.closed.keep(closed.key, closed)
            self._layers.next(DIRECTORY)

    def withdraw(self, closed: ClosedDays) -> None:
        """Let days off be working days again, as is known from now on."""
        self._layers.closed.keep(closed.key, replace(closed, withdrawn_at=self.now))
        self._layers.next(DIRECTORY)

    def _has_changed_days(self) -> bool:
        return bool(self._layers.closed.current or self._layers.closed.accepted)

    def _changed_days(self) -> Iterator[ClosedDays]:
        yield from (self._layers.closed.accepted | self._layers.closed.current).values()
