"""Playing the history: every step goes through the pretend messengers and the real inbox, desk and outbox."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.app import Application
from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownMessage
from bot.demo.clock import DemoClock
from bot.demo.conversations import By
from bot.demo.history import ZONE, Deed, Step
from bot.demo.institutions import GROUPS, INSTITUTIONS
from bot.demo.town import BOT_ID, POST, SUPERVISOR, TEAM_OF, TEAMS, Team
from bot.domain.institution import InviteRole, Scope, ScopeKind
from bot.domain.message import Place
from bot.domain.work_calendar import WorkCalendar
from bot.texts import Texts
from handlers.consent import CONSENT
from storage.institutions import write_institutions
from storage.invites import make_invite
from storage.queues import list_inbox, list_outbox

log = structlog.get_logger()

_PATIENCE_SECONDS = 30.0
_LOOK_SECONDS = 0.02
_TICK = timedelta(minutes=30)
_INVITE_LASTS = timedelta(days=7)
_BUTTONS = {Deed.TAKE: "button-take", Deed.CLOSE: "button-close", Deed.EXCUSE: "button-skip"}


class Players:
    """Everybody in the history: citizens, administrators, the supervisor."""

    def __init__(
        self, *, application: Application, channels: Mapping[str, MemoryChannel], clock: DemoClock, texts: Texts
    ) -> None:
        self._application = application
        self._channels = channels
        self._clock = clock
        self._texts = texts
        self._calendar = WorkCalendar(zone=ZONE)
        self._cards: dict[int, str] = {}
        """The id, in the work chat, of the message that shows a conversation's latest words."""
        self._asked: dict[int, str] = {}
        """The id of the citizen's latest words."""

    async def import_town(self) -> None:
        """Put the institutions into the directory; before the listeners start, so that they know every community."""
        database = self._application.database
        async with database.unit() as connection:
            await write_institutions(connection, database.vault, INSTITUTIONS)

    async def move_in(self) -> None:
        """Bind every work chat and let the supervisor join, all with real invitations."""
        for team in TEAMS:
            chat, person = team.place, team.administrators[0]
            channel = self._channels[chat.channel]
            channel.joins_group(chat.community, chat.chat, person.user_id, title=team.title, name=person.name)
            for code in team.institutions:
                invite = await self._invite(InviteRole.ADMINISTRATOR, Scope(kind=ScopeKind.INSTITUTION, name=code))
                self._write_in(team, person.user_id, f"/bind {invite}", name=person.name)
        invite = await self._invite(InviteRole.SUPERVISOR, Scope(kind=ScopeKind.REGION))
        telegram = self._channels["telegram"]
        telegram.citizen_writes(BOT_ID, SUPERVISOR.user_id, f"/join {invite}", name=SUPERVISOR.name)
        await self._settle()

    async def play(self, steps: Sequence[Step]) -> None:
        """Play the steps in order, the clock moved by hand from one to the next."""
        for step in steps:
            await self._pass_time(step.at)
            match step.deed:
                case Deed.ASK:
                    await self._ask(step)
                case Deed.ANSWER:
                    await self._answer(step)
                case Deed.TAKE | Deed.CLOSE | Deed.EXCUSE:
                    await self._press(step)
        log.info("history_played", steps=len(steps))

    async def _ask(self, step: Step) -> None:
        team, group = TEAM_OF[step.institution], GROUPS[step.institution]
        channel = self._channels[step.who.channel]
        user, name = step.who.user_id, step.who.name
        shown_before = len(self._transcript(team.place))
        match step.by:
            case By.TELEGRAM:
                if step.is_first:
                    link = f"/start {step.institution}"
                    channel.citizen_writes(BOT_ID, user, link, name=name, deep_link=step.institution)
                said = channel.citizen_writes(BOT_ID, user, step.words, name=name)
            case By.VK:
                said = channel.citizen_writes(group, user, step.words, name=name)
            case By.WALL:
                said = channel.comments(
                    group, POST, user, step.words, name=name, reply_to=self._asked.get(step.ticket, "")
                )
        self._asked[step.ticket] = said.id
        await self._settle()
        if step.is_first and step.by is not By.WALL:
            await self._agree(channel, BOT_ID if step.by is By.TELEGRAM else group, user, name)
        shown = next(m for m in self._transcript(team.place)[shown_before:] if step.words in m.text)
        self._cards[step.ticket] = shown.id

    async def _agree(self, channel: MemoryChannel, community: str, user: str, name: str) -> None:
        """Citizens of the history agree to the keeping of their words, as everybody must first, in their language."""
        asked = [button for shown in channel.transcript(community, user) for row in shown.buttons for button in row]
        agrees = next(button for button in reversed(asked) if button.action.startswith(f"{CONSENT}:yes"))
        channel.presses(community, user, user, "", agrees.action, name=name)
        await self._settle()

    async def _answer(self, step: Step) -> None:
        team = TEAM_OF[step.institution]
        self._write_in(team, step.who.user_id, step.words, name=step.who.name, reply_to=self._cards[step.ticket])
        await self._settle()

    async def _press(self, step: Step) -> None:
        team = TEAM_OF[step.institution]
        says = self._texts.say("ru", _BUTTONS[step.deed])
        card = self._first_card(team, self._cards[step.ticket])
        self._channels[team.place.channel].presses(
            team.place.community, team.place.chat, step.who.user_id, card, says, name=step.who.name
        )
        await self._settle()

    def _first_card(self, team: Team, message_id: str) -> str:
        """Buttons stand under the card; later words are replies to it."""
        shown = self._channels[team.place.channel].transcripts.find(team.place.community, team.place.chat, message_id)
        return shown.reply_to if shown is not None and shown.reply_to else message_id

    def _write_in(self, team: Team, user: str, text: str, *, name: str, reply_to: str = "") -> None:
        self._channels[team.place.channel].group_writes(
            team.place.community, team.place.chat, user, text, name=name, title=team.title, reply_to=reply_to
        )

    def _transcript(self, place: Place) -> list[ShownMessage]:
        return self._channels[place.channel].transcript(place.community, place.chat)

    async def _pass_time(self, until: datetime) -> None:
        """Move the clock on; on the way the deadlines ring, as they would have."""
        moment = self._clock.now() + _TICK
        while moment < until:
            if self._calendar.is_open(moment - _TICK):
                self._clock.move_to(moment)
                if await self._application.deadlines.work():
                    await self._settle()
            moment += _TICK
        self._clock.move_to(max(until, self._clock.now()))

    async def _settle(self) -> None:
        """Wait until everything said has been handled and everything caused by it has been sent."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not await self._is_settled():  # noqa: ASYNC110 - the queues ring for their own room only
                await asyncio.sleep(_LOOK_SECONDS)

    async def _is_settled(self) -> bool:
        if not all(channel.is_idle for channel in self._channels.values()):
            return False
        database = self._application.database
        async with database.reading() as connection:
            # A message that is sent becomes an event: so the inbox is looked at before and after.
            return not (
                await list_inbox(connection, database.vault)
                or await list_outbox(connection)
                or await list_inbox(connection, database.vault)
            )

    async def _invite(self, role: InviteRole, scope: Scope) -> str:
        database = self._application.database
        async with database.unit() as connection:
            return await make_invite(
                connection,
                database.vault,
                role=role,
                scope=scope,
                expires_at=self._clock.now() + _INVITE_LASTS,
            )
