"""Who lies on the desk: citizens, administrators, supervisors, institutions, and the codes that they type."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.absence import Absence
from bot.domain.citizen import Citizen, erased_user_id
from bot.domain.copying import replace
from bot.domain.institution import Institution, Invite, Supervisor, WorkChat
from bot.domain.message import Person, Place
from bot.domain.sla import SlaPolicy
from bot.domain.subscription import NOBODY, Subscription, is_workday
from bot.domain.template import Template
from bot.domain.ticket import Administrator, Ticket
from handlers.desk_times import Times
from storage.audit import Audited
from storage.keys import consent_key, identity
from storage.page_keys import LINK_LASTS, PageKey, SignedOut
from storage.personal import Erasure
from storage.working_set import DIRECTORY, Guesses

_ACTED_TO_ABOUT = timedelta(days=1)
_KEY_BYTES = 24
_KNOWN_FOR = timedelta(days=30)
"""Who has done nothing for so long is not counted among those who answer."""


class People(Times):
    """The part of the desk that knows people and institutions."""

    def citizen(self, person: Person, place: Place) -> Citizen:
        """Return the citizen, made if they are new; their latest name is kept."""
        key = identity(person.channel, person.user_id)
        known = self._layers.citizen_ids.get(key)
        if known is None:
            citizen = Citizen(
                id=self._layers.next("citizen"),
                channel=person.channel,
                user_id=person.user_id,
                name=_one_line(person.name),
                language=self.rules.texts.choose_language(person.language) if person.language else "",
                place=place,
                created_at=self.now,
            )
            self._layers.citizen_ids.keep(key, citizen.id)
            return self.keep_citizen(citizen)
        citizen = self.citizen_by_id(known)
        if citizen.forbids and place.community in citizen.forbids and not place.is_comments:
            # Whoever writes in private may be answered there.
            others = tuple(community for community in citizen.forbids if community != place.community)
            citizen = self.keep_citizen(replace(citizen, forbids=others))
        name = _one_line(person.name)
        if name and name != citizen.name:
            return self.keep_citizen(replace(citizen, name=name))
        return citizen

    def make_page_key(self, person: Person) -> str:
        """Return the key of a new one-time link to the supervisors' pages; only its hash is kept."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        self._layers.page_keys.add(
            PageKey(
                key=key,
                identity=identity(person.channel, person.user_id),
                language=self.rules.language,
                expires_at=self.now + LINK_LASTS,
            )
        )
        return key

    def sign_out(self, person: Person) -> None:
        """End all visits of a supervisor to the pages."""
        self._layers.page_keys.add(SignedOut(identity=identity(person.channel, person.user_id)))

    def count(self, counter: str) -> None:
        """Count one more of something of which nothing else is kept."""
        self._layers.next(counter)

    def citizen_of(self, place: Place) -> Citizen | None:
        """Return the citizen of a private dialogue, whose chat has the number of the person."""
        known = self._layers.citizen_ids.get(identity(place.channel, place.person))
        return self.citizen_by_id(known) if known is not None else None

    def known_citizen(self, person: Person) -> Citizen | None:
        """Return the citizen who spoke before, None for somebody new."""
        known = self._layers.citizen_ids.get(identity(person.channel, person.user_id))
        return self.citizen_by_id(known) if known is not None else None

    def citizen_by_id(self, number: int) -> Citizen:
        """Return a citizen whose ticket lies here."""
        found = self._layers.citizens.get(number)
        if found is None:
            raise KeyError(number)
        return found

    def keep_citizen(self, citizen: Citizen) -> Citizen:
        """Lay a changed citizen on the desk."""
        self._layers.citizens.keep(citizen.id, citizen)
        return citizen

    def erase(self, person: Person) -> None:
        """Forget a person: everything kept goes when this batch is written, and who speaks next is somebody new."""
        key = identity(person.channel, person.user_id)
        known = self.known_citizen(person)
        number = known.id if known is not None else None
        self._layers.erased.add(Erasure(channel=person.channel, user_id=person.user_id, citizen=number))
        self._layers.held.keep(consent_key(key), [])
        if known is not None:
            nobody = replace(
                known,
                user_id=erased_user_id(known.id),
                name="",
                institution=None,
                consented_at=None,
                greeted_at=None,
                recent=(),
                shown=(),
            )
            self.keep_citizen(nobody)
            self._layers.citizen_ids.keep(key, None)

    def is_greeted(self, citizen: Citizen) -> bool:
        """Tell whether a person has read the first words, which stand above the question for the consent as well."""
        known = self.citizen_by_id(citizen.id)
        return known.greeted_at is not None or known.consented_at is not None

    def note_greeted(self, citizen: Citizen) -> None:
        """Remember that a person reads the first words now: nobody reads them twice."""
        self.keep_citizen(replace(self.citizen_by_id(citizen.id), greeted_at=self.now))

    def language_of(self, citizen: Citizen) -> str:
        """Return the language in which to speak to a citizen."""
        return citizen.language or self.rules.language

    def administrator(self, person: Person, institution: str) -> Administrator:
        """Return who acts in a work chat, made if they are new."""
        key = identity(person.channel, person.user_id)
        known = self._layers.administrator_ids.get(key)
        before = self.administrator_by_id(known) if known is not None else None
        acts_for = dict(before.acts_for) if before else {}
        if not _is_fresh(acts_for.get(institution), self.now):
            acts_for[institution] = self.now
        now = Administrator(
            id=before.id if before else self._layers.next("administrator"),
            channel=person.channel,
            user_id=person.user_id,
            name=_one_line(person.name) or (before.name if before else ""),
            institution=institution,
            acted_at=before.acted_at if before and _is_fresh(before.acted_at, self.now) else self.now,
            acts_for=tuple(sorted(acts_for.items())),
        )
        if now != before:
            self._layers.administrators.keep(now.id, now)
            self._layers.administrator_ids.keep(key, now.id)
        return now

    def administrator_by_id(self, number: int) -> Administrator:
        """Return an administrator whom a ticket here names."""
        found = self._layers.administrators.get(number)
        if found is None:
            raise KeyError(number)
        return found

    def administrator_name(self, number: int | None) -> str:
        """Return the name to show, a plain word when the messenger did not tell one."""
        name = self.administrator_by_id(number).name if number is not None else ""
        return name or self.say(self.rules.language, "administrator-unnamed")

    def note_audit(self, person: Person, action: str, subject: str) -> None:
        """Keep for ever that somebody looked at or changed something that is not their own."""
        key = identity(person.channel, person.user_id)
        self._layers.audited.add(Audited(actor=key, action=action, subject=subject))

    def supervises(self, person: Person) -> list[Supervisor]:
        """Return the scopes that a person has, none for most people."""
        return self.registry.supervisors.get(identity(person.channel, person.user_id), [])

    def institution(self, code: str) -> Institution | None:
        """Return an institution by its code."""
        return self.registry.institutions.get(code)

    def holder(self, ticket: Ticket) -> Institution:
        """Return the institution that holds a ticket; it cannot be missing, rows of the sheet are never deleted."""
        return self.registry.institutions[ticket.institution]

    def policy(self, institution: Institution, topic: str, *, opened_at: datetime | None = None) -> SlaPolicy:
        """Return the norm for a ticket of this institution and topic that opened at a moment, now if none is told."""
        return self.registry.policies.of(institution, topic, at=opened_at or self.now, base=self.rules.policy)

    def policy_of(self, ticket: Ticket) -> SlaPolicy:
        """Return the norm that was in force when a ticket opened; what is changed later does not concern it."""
        return self.policy(self.holder(ticket), ticket.topic, opened_at=ticket.opened_at)

    def is_workday(self, day: date) -> bool:
        """Tell whether people of the region work on a day."""
        return is_workday(self.registry.calendars.of(NOBODY), day)

    def work_chat(self, code: str) -> WorkChat | None:
        """Return the chat where an institution answers, None while it has none that can be reached."""
        chat = self._layers.work_chats.get(code) or self.registry.work_chats.get(code)
        return chat if chat is not None and not chat.is_lost else None

    def keep_work_chat(self, chat: WorkChat) -> None:
        """Bind an institution to a chat, or change what is known of it."""
        self._layers.work_chats.keep(chat.institution, chat)
        self._layers.next(DIRECTORY)

    def keep_reminded(self, chat: WorkChat) -> None:
        """Remember that a work chat was reminded just now; no other process needs to know at once."""
        self._layers.work_chats.keep(chat.institution, replace(chat, reminded_at=self.now))

    def keep_hinted(self, chat: WorkChat) -> None:
        """Remember which cards say how to answer; no other process needs to know at once."""
        self._layers.work_chats.keep(chat.institution, chat)

    def keep_supervisor(self, person: Supervisor) -> None:
        """Give somebody a scope."""
        self._layers.supervisors.add(person)
        self._layers.next(DIRECTORY)

    def acting(self, person: Person) -> Administrator | None:
        """Return an administrator as they are known, None for somebody who never acted."""
        known = self._layers.administrator_ids.get(identity(person.channel, person.user_id))
        return self.administrator_by_id(known) if known is not None else None

    def colleagues(self, codes: Iterable[str]) -> list[Administrator]:
        """Return who acted for these institutions, or in their work chats, lately (`Needs.colleagues`)."""
        shared = self.registry.sharing(list(codes))
        known = self._layers.loaded.colleagues
        numbers = dict.fromkeys(number for code in sorted(shared) for number in known.get(code, []))
        found = [self.administrator_by_id(number) for number in numbers]
        return [person for person in found if shared & self.acts_for(person)]

    def acts_for(self, person: Administrator) -> set[str]:
        """Return for which institutions somebody has acted lately."""
        return {code for code, acted_at in person.acts_for if self.now - acted_at < _KNOWN_FOR}

    def absence(self, administrator: int, day: date) -> Absence | None:
        """Return somebody's absence on a day, None when they are there."""
        absence = self.planned_absence(administrator)
        return absence if absence is not None and absence.covers(day) else None

    def planned_absence(self, administrator: int) -> Absence | None:
        """Return the absence that somebody has told of, also one that is over or still to come."""
        for layer in (self._layers.absences.current, self._layers.absences.accepted):
            if administrator in layer:
                return layer[administrator]
        return self.registry.absences.get(administrator)

    def keep_absence(self, administrator: int, absence: Absence | None) -> None:
        """Remember that somebody is away; None: they are back."""
        self._layers.absences.keep(administrator, absence)
        self._layers.next(DIRECTORY)

    def is_nobody_there(self, institution: Institution) -> bool:
        """Tell whether everybody who answered for an institution lately is away today."""
        known = self.colleagues([institution.code]) if self.registry.absences else []
        today = self.today(institution)
        return bool(known) and all(self.absence(person.id, today) is not None for person in known)

    def next_template_id(self) -> int:
        """Return the number of a new template."""
        return self._layers.next("template")

    def keep_template(self, number: int, template: Template | None) -> None:
        """Store a template for everybody whom its scope covers; None takes it away."""
        self._layers.templates.keep(number, template)
        self._layers.next(DIRECTORY)

    def subscriptions(self, place: Place) -> list[Subscription]:
        """Return the reports that come into a conversation by themselves."""
        known = dict(self.registry.subscriptions.get(place.lane, {}))
        known |= {key: each for key, each in self._layers.subscriptions.current.items() if each.place == place}
        return [each for each in known.values() if not each.has_ended]

    def keep_subscription(self, subscription: Subscription) -> None:
        """Let a report come by itself; one that has ended comes no more."""
        self._layers.subscriptions.keep(subscription.key, subscription)
        self._layers.next(DIRECTORY)

    def invite(self, code: str) -> Invite | None:
        """Return the invitation that a typed, normalised code opens, also a used or expired one."""
        return self._layers.invites.get(code)

    def use_invite(self, code: str, invite: Invite) -> None:
        """Spend an invitation."""
        self._layers.invites.keep(code, replace(invite, used_at=self.now))

    def guesses(self, person: Person) -> Guesses:
        """Return how often a person has typed wrong codes lately."""
        key = identity(person.channel, person.user_id)
        return self._layers.guesses.get(key) or Guesses(identity=key, failures=0, blocked_until=self.now)

    def keep_guesses(self, guesses: Guesses) -> None:
        """Remember wrong codes."""
        self._layers.guesses.keep(guesses.identity, guesses)


def _is_fresh(acted_at: datetime | None, now: datetime) -> bool:
    """Tell whether an administrator need not be written anew just because they acted again."""
    return acted_at is not None and now - acted_at < _ACTED_TO_ABOUT


def _one_line(name: str) -> str:
    """Return a name as one line: one with a break could pass for a line of the bot's own."""
    return " ".join(name.splitlines())
