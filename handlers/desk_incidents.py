"""What lies on the desk of mass events: those that go on, and the tickets of one that is answered."""

from bot.domain.incident import Incident, Members
from bot.domain.ticket import Ticket
from handlers.desk_speech import Speech
from storage.working_set import DIRECTORY


class Incidents(Speech):
    """The part of the desk that knows mass events."""

    def incident(self, number: int | None) -> Incident | None:
        """Return a mass event that goes on."""
        if number is None:
            return None
        current = self._layers.incidents.get(number)
        if current is not None:
            return current if current.closed_at is None else None
        return self.registry.incidents.get(number)

    def incidents_of(self, institution: str) -> list[Incident]:
        """Return the mass events of an institution that go on, the oldest first."""
        if not self.registry.incidents and not self._layers.incidents.current:
            return []
        numbers = sorted({*self.registry.incidents, *self._layers.incidents.current})
        found = [self.incident(number) for number in numbers]
        return [incident for incident in found if incident is not None and incident.institution == institution]

    def next_incident_number(self) -> int:
        """Return the number of a new mass event."""
        return self._layers.next("incident")

    def keep_incident(self, incident: Incident) -> Incident:
        """Lay a new or changed mass event on the desk."""
        self._layers.incidents.keep(incident.number, incident)
        self._layers.next(DIRECTORY)
        return incident

    def count_members(self, incident: int) -> Members:
        """Return how many tickets a mass event has (`Needs.counted`)."""
        return self._layers.loaded.counted.get(incident) or Members(all=0, waiting=0)

    def members_waiting(self, incident: int) -> list[Ticket]:
        """Return the next tickets of a mass event in which somebody waits (`Needs.members`)."""
        found = [self._layers.tickets.get(number) for number in self._layers.loaded.members.get(incident, [])]
        return [ticket for ticket in found if ticket is not None and ticket.waiting_since is not None]
