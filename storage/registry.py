"""Institutions, work chats and supervisors: few and slow to change, so every process keeps them in memory."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.absence import Absence
from bot.domain.calendars import Calendars
from bot.domain.incident import Incident
from bot.domain.institution import Institution, Scope, ScopeKind, Supervisor, WorkChat
from bot.domain.legal import LegalMode
from bot.domain.message import Place
from bot.domain.policies import Policies
from bot.domain.set_aside import Silence
from bot.domain.subscription import Subscription
from bot.domain.template import Template
from storage import people_rows
from storage.absences import read_absences
from storage.calendars import read_calendars
from storage.crowds import Crowds
from storage.incidents import read_open_incidents
from storage.institutions import read_institutions
from storage.keys import identity
from storage.legal import read_legal_rules
from storage.policies import read_policy_rules
from storage.set_aside import read_silences
from storage.subscriptions import read_subscriptions
from storage.tables import supervisors, work_chats
from storage.templates import read_templates
from storage.vault import Vault

_CHANNEL_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:[sc]/)?", re.IGNORECASE)
_CHANNEL_NUMBER = re.compile(r"(?:-100|-)?([1-9]\d*)")
"""The Bot API writes the number of a channel with -100 before it, links to its posts without."""


_DEFAULT_ZONE = ZoneInfo("Europe/Moscow")


@dataclass(slots=True, kw_only=True)
class Registry:
    """A picture of the directory at one version; tokens are left out."""

    version: int = -1
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    """By code, in the order of the sheet."""
    communities: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Institution code by channel and community."""
    telegram_channels: Mapping[str, str] = field(default_factory=dict)
    """Institution code by the name or number of its Telegram channel (`channel_key`)."""
    work_chats: dict[str, WorkChat] = field(default_factory=dict)
    """By institution code."""
    codes_by_lane: dict[str, list[str]] = field(default_factory=dict)
    """Codes of the institutions that a work chat serves, by the chat's lane."""
    supervisors: dict[str, list[Supervisor]] = field(default_factory=dict)
    """By identity."""
    templates: dict[int, Template] = field(default_factory=dict)
    """By number."""
    templates_by_scope: dict[str, dict[int, Template]] = field(default_factory=dict)
    incidents: dict[int, Incident] = field(default_factory=dict)
    """The mass events that go on, by number."""
    absences: dict[int, Absence] = field(default_factory=dict)
    """By administrator: who is away, or will be."""
    silences: dict[int, Silence] = field(default_factory=dict)
    """Who is silenced, by our id of the silence."""
    subscriptions: dict[str, dict[str, Subscription]] = field(default_factory=dict)
    """By the lane of the conversation, then by key."""
    crowds: Crowds = field(default_factory=Crowds)
    """How many cards are on their way into each work chat."""
    legal_modes: Mapping[str, LegalMode] = field(default_factory=dict)
    """What Telegram may be used for, by kind of institution; a kind that is not here follows the setting."""
    kinds: frozenset[str] = frozenset()
    """The kinds of institution that there are."""
    policies: Policies = field(default_factory=Policies)
    """The norms of everybody."""
    calendars: Calendars = field(default_factory=lambda: Calendars(zone=_DEFAULT_ZONE))
    """When institutions work."""

    def institution_of(self, place: Place) -> Institution | None:
        """Return the institution whose own community this place belongs to."""
        code = self.communities.get((place.channel, place.community))
        return self.institutions.get(code) if code else None

    def addressed(self, place: Place, sources: Iterable[str]) -> Institution | None:
        """Return the institution whom words are for by where they were said: its own community or its channel."""
        return self.institution_of(place) or self.institution_of_sources(sources)

    def institution_of_sources(self, sources: Iterable[str]) -> Institution | None:
        """Return the institution to whom a Telegram channel belongs, known by any of its names: `@name`, link or id."""
        for source in sources:
            code = self.telegram_channels.get(channel_key(source))
            if code is not None:
                return self.institutions.get(code)
        return None

    def sharing(self, codes: Iterable[str]) -> set[str]:
        """Return these institutions and those that share a work chat with one of them: the same people are there."""
        chats = {chat.place for code in codes if (chat := self.work_chats.get(code)) is not None}
        return {*codes, *(code for place in chats for code in self.served_by(place))}

    def served_by(self, place: Place) -> list[str]:
        """Return the codes of the institutions whose work chat this place is."""
        return self.codes_by_lane.get(place.lane, [])

    def bind(self, chat: WorkChat) -> None:
        """Show a new or changed work chat."""
        before = self.work_chats.get(chat.institution)
        self.work_chats[chat.institution] = chat
        if before is not None and before.place.lane == chat.place.lane:
            return
        if before is not None:
            self.codes_by_lane[before.place.lane].remove(chat.institution)
        self.codes_by_lane.setdefault(chat.place.lane, []).append(chat.institution)

    def keep_absence(self, administrator: int, absence: Absence | None) -> None:
        """Show that somebody is away, or is back."""
        if absence is None:
            self.absences.pop(administrator, None)
        else:
            self.absences[administrator] = absence

    def keep_subscription(self, subscription: Subscription) -> None:
        """Show a new, changed or ended subscription."""
        known = self.subscriptions.setdefault(subscription.place.lane, {})
        known.pop(subscription.key, None)
        if not subscription.has_ended:
            known[subscription.key] = subscription

    def keep_template(self, number: int, template: Template | None) -> None:
        """Show a new or changed template, or none under this number any more."""
        before = self.templates.pop(number, None)
        if before is not None:
            del self.templates_by_scope[str(before.scope)][number]
        if template is not None:
            self.templates[number] = template
            self.templates_by_scope.setdefault(str(template.scope), {})[number] = template

    def has_templates(self, institution: Institution) -> bool:
        """Tell whether an institution may use any template."""
        return bool(self.templates) and any(self.templates_by_scope.get(scope) for scope in _scopes_around(institution))

    def templates_for(self, institution: Institution) -> list[Template]:
        """Return the templates that an institution may use: its own first, then those of wider scopes, by title."""
        found: list[Template] = []
        for scope in _scopes_around(institution):
            found += sorted(
                self.templates_by_scope.get(scope, {}).values(), key=lambda template: template.title.casefold()
            )
        return found

    def keep_silence(self, silence: Silence) -> None:
        """Show that somebody is silenced, or no longer."""
        self.silences.pop(silence.id, None)
        if silence.lifted_at is None:
            self.silences[silence.id] = silence

    def keep_incident(self, incident: Incident) -> None:
        """Show a new, changed or ended mass event."""
        self.incidents.pop(incident.number, None)
        if incident.closed_at is None:
            self.incidents[incident.number] = incident

    def join(self, person: Supervisor) -> None:
        """Show a new supervisor."""
        key = identity(person.channel, person.user_id)
        others = [known for known in self.supervisors.get(key, []) if known.scope != person.scope]
        self.supervisors[key] = [*others, person]


async def read_registry(
    connection: AsyncConnection, vault: Vault, version: int, *, zone: ZoneInfo = _DEFAULT_ZONE
) -> Registry:
    """Read the whole registry; `zone` is that of the settings, where institutions work whose sheet names none."""
    institutions = await read_institutions(connection, vault)
    found = Registry(
        version=version,
        institutions={institution.code: _without_secrets(institution) for institution in institutions},
        communities=communities_of(institutions),
        telegram_channels=telegram_channels_of(institutions),
        legal_modes={rule.kind.value: rule.mode for rule in await read_legal_rules(connection)},
        kinds=frozenset(str(institution.kind) for institution in institutions),
        policies=Policies(await read_policy_rules(connection)),
        calendars=await read_calendars(connection, zone=zone),
    )
    for incident in await read_open_incidents(connection, vault):
        found.keep_incident(incident)
    for row in await connection.execute(select(work_chats)):
        found.bind(people_rows.read_work_chat(row, vault))
    for row in await connection.execute(select(supervisors).order_by(supervisors.c.joined_at)):
        found.join(people_rows.read_supervisor(row))
    found.absences = {absence.administrator: absence for absence in await read_absences(connection)}
    found.silences = {silence.id: silence for silence in await read_silences(connection, vault)}
    for subscription in await read_subscriptions(connection):
        found.keep_subscription(subscription)
    for template in await read_templates(connection, vault):
        found.keep_template(template.id, template)
    return found


def _scopes_around(institution: Institution) -> list[str]:
    """Return every scope that covers an institution, the narrowest first."""
    return [
        str(Scope(kind=ScopeKind.INSTITUTION, name=institution.code)),
        str(Scope(kind=ScopeKind.BRANCH, name=institution.branch)),
        str(Scope(kind=ScopeKind.MUNICIPALITY, name=institution.municipality)),
        str(Scope(kind=ScopeKind.REGION)),
    ]


def communities_of(institutions: Iterable[Institution]) -> dict[tuple[str, str], str]:
    """Return the institution code of each VK community and each institution's own bot."""
    known = {}
    for institution in institutions:
        if institution.vk_group_id:
            known["vk", institution.vk_group_id] = institution.code
        if institution.telegram_token:
            known["telegram", institution.telegram_token.partition(":")[0]] = institution.code
    return known


def telegram_channels_of(institutions: Iterable[Institution]) -> dict[str, str]:
    """Return the institution code of each Telegram channel; the first row of the sheet that names it counts."""
    known: dict[str, str] = {}
    for institution in institutions:
        if institution.telegram_channel:
            known.setdefault(channel_key(institution.telegram_channel), institution.code)
    return known


def channel_key(text: str) -> str:
    """Return one spelling for `@Name`, `https://t.me/name/5`, `t.me/c/123/5`, `-100123` and `123`."""
    name = _CHANNEL_ADDRESS.sub("", text.strip()).partition("/")[0].partition("?")[0].lstrip("@").lower()
    number = _CHANNEL_NUMBER.fullmatch(name)
    return number[1] if number else name


def _without_secrets(institution: Institution) -> Institution:
    return replace(institution, vk_token="", vk_secret="", telegram_token="", max_token="")
