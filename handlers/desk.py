"""What every handler is given: the things that its event needs, and a place to lay its changes.

A handler reads and changes what lies here and awaits nothing. Its changes are kept by `accept` or forgotten by `drop`;
the post room loads the desk before a batch and writes it afterwards, in one transaction.
"""

from datetime import datetime

from bot.safety.emergency import Emergency
from handlers.desk_incidents import Incidents
from handlers.desk_people import People
from handlers.desk_post import Post
from handlers.desk_tickets import Tickets
from handlers.layers import Layers
from handlers.rules import Rules, Search
from storage.outbox_row import CARDS
from storage.registry import Registry
from storage.working_set import Changes, WorkingSet


class Desk(People, Tickets, Incidents, Post):
    """The desk of one batch."""

    def __init__(self, *, loaded: WorkingSet, registry: Registry, search: Search, rules: Rules, now: datetime) -> None:
        super().__init__(layers=Layers(loaded), registry=registry, rules=rules, now=now)
        self.search = search
        self.is_forgetting = False
        """Whether of the event in hand nothing may be kept."""
        self.emergencies: dict[str, Emergency | None] = {}
        """What the words of this batch were found to be: they are asked for by the answer and by the card."""

        self.spoken: dict[str, str] = {}
        """In which language they are said: the citizen's and the ticket's follow from it."""
        self.insults: dict[str, bool] = {}
        """The same for insults."""
        self.released: set[tuple[str, str]] = set()
        """Messages of this batch, by lane and id, that had been held: what must be said at once was said then."""

    @property
    def changes(self) -> Changes:
        """Everything accepted so far."""
        return self._layers.changes()

    def forget_event(self) -> None:
        """Let nothing be kept of the event in hand: neither its words nor whose they are."""
        self.is_forgetting = True

    def accept(self) -> None:
        """Keep the changes of the event that was just handled."""
        self.is_forgetting = False
        for chat in self._layers.work_chats.current.values():
            self.registry.bind(chat)
        for administrator, absence in self._layers.absences.current.items():
            self.registry.keep_absence(administrator, absence)
        for number, template in self._layers.templates.current.items():
            self.registry.keep_template(number, template)
        for silence in self._layers.silences.current.values():
            self.registry.keep_silence(silence)
        for subscription in self._layers.subscriptions.current.values():
            self.registry.keep_subscription(subscription)
        for incident in self._layers.incidents.current.values():
            self.registry.keep_incident(incident)
        for person in self._layers.supervisors.current:
            self.registry.join(person)
        for row in self._layers.outbox.current:
            if row.kind in CARDS:
                self.registry.crowds.add(row.place.lane, limit=self.rules.crowd(row.place))
        self._layers.accept()

    def drop(self) -> None:
        """Forget the changes of the event that was just handled."""
        self.is_forgetting = False
        self._layers.drop()
