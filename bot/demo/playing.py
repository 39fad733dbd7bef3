"""Playing the history: every step goes through the pretend messengers and the real inbox, desk and outbox."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.app import Application
from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownMessage
from bot.demo.clock import DemoClock
from bot.demo.conversations import By
from bot.demo.history import ZONE, Deed, Step
from bot.demo.institutions import GROUPS, INSTITUTIONS
from bot.demo.town import BOT_ID, POST, STATE_RULE, SUPERVISOR, TEAM_OF, TEAMS, TEMPLATES, Team
from bot.domain.institution import InviteRole, Scope, ScopeKind
from bot.domain.message import Place
from bot.domain.work_calendar import WorkCalendar
from bot.texts import Texts
from handlers.buttons import Press
from storage.institutions import write_institutions
from storage.invites import make_invite
from storage.legal import write_legal_rule
from storage.queues import InboxLine, OutboxLine, list_inbox, list_outbox
from storage.templates import import_templates

log = structlog.get_logger()

_PATIENCE_SECONDS = 30.0
_LOOK_SECONDS = 0.02
_TICK = timedelta(minutes=30)
_INVITE_LASTS = timedelta(days=7)
_BUTTONS = {
    Deed.TAKE: ("button-menu", "button-take"),
    Deed.CLOSE: ("button-menu", "button-close", "button-close-yes"),
    Deed.EXCUSE: ("button-skip",),
}


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
            await import_templates(connection, database.vault, TEMPLATES)
            await write_legal_rule(connection, replace(STATE_RULE, set_at=self._clock.now()), actor="demo")

    async def move_in(self) -> None:
        """Bind every work chat and let the supervisor join, all with real invitations."""
        for team in TEAMS:
            chat, person = team.place, team.administrators[0]
            channel = self._channels[chat.channel]
            if team.has_topics:
                channel.topics.switch_on(chat.community, chat.chat)
            channel.joins_group(chat.community, chat.chat, person.user_id, title=team.title, name=person.name)
            for code in team.institutions:
                invite = await self._invite(InviteRole.ADMINISTRATOR, Scope(kind=ScopeKind.INSTITUTION, name=code))
                self._write_in(team, person.user_id, f"/bind {invite}", name=person.name)
        invite = await self._invite(InviteRole.SUPERVISOR, Scope(kind=ScopeKind.REGION))
        telegram = self._channels["telegram"]
        telegram.citizen_writes(BOT_ID, SUPERVISOR.user_id, f"/join {invite}", name=SUPERVISOR.name)
        await self._settle()

    async def play(self, steps: Sequence[Step], *, on_step: Callable[[float], None] = lambda _share: None) -> None:
        """Play the steps in order, the clock moved by hand from one to the next; `on_step` is told the part played."""
        for number, step in enumerate(steps, start=1):
            on_step(number / len(steps))
            await self._pass_time(step.at)
            match step.deed:
                case Deed.ASK:
                    await self._ask(step)
                case Deed.ANSWER:
                    await self._answer(step)
                case Deed.TAKE | Deed.CLOSE | Deed.EXCUSE:
                    await self._press(step)
                case Deed.EDIT:
                    await self._edit(step)
                case Deed.TRANSFER:
                    await self._transfer(step)
                case Deed.GRADE:
                    await self._grade(step)
                case Deed.REACT:
                    await self._react(step)
                case Deed.LIKE:
                    self._channels["vk"].reacts(GROUPS[step.institution], POST, step.who.user_id, (step.words,))
                case Deed.GATHER:
                    await self._gather(step)
                case Deed.ANSWER_ALL:
                    await self._answer_all(step)

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
        if step.is_first and step.by is not By.WALL:
            await self._agree(channel, BOT_ID if step.by is By.TELEGRAM else group, user, name)
        else:
            await self._settle()
        shown = next(m for m in self._transcript(team.place)[shown_before:] if step.words in m.text)
        self._cards[step.ticket] = shown.id

    async def _agree(self, channel: MemoryChannel, community: str, user: str, name: str) -> None:
        """Citizens of the history agree to the keeping of their words, as everybody must first, in their language."""
        place = Place(channel=channel.name, community=community, chat=user)
        agrees = await self._offered(place, lambda action: action.startswith(f"{Press.CONSENT}:yes"))
        channel.presses(community, user, user, "", agrees, name=name)
        await self._settle()

    async def _answer(self, step: Step) -> None:
        team = TEAM_OF[step.institution]
        card = self._cards[step.ticket]
        thread = self._thread(team, card)
        # In a topic everything is the answer; elsewhere one replies to the card.
        self._write_in(
            team, step.who.user_id, step.words, name=step.who.name, reply_to="" if thread else card, thread=thread
        )
        await self._settle()

    async def _press(self, step: Step) -> None:
        team = TEAM_OF[step.institution]
        card = self._first_card(team, self._cards[step.ticket])
        for button in _BUTTONS[step.deed]:
            self._press_in(team, step, button, card)
            await self._settle()

    def _press_in(self, team: Team, step: Step, key: str, message_id: str) -> None:
        says = key if ":" in key else self._texts.say("ru", key)
        self._channels[team.place.channel].presses(
            team.place.community, team.place.chat, step.who.user_id, message_id, says, name=step.who.name
        )

    def _first_card(self, team: Team, message_id: str) -> str:
        """Buttons stand under the card; later words are replies to it, or follow it in its topic."""
        shown = self._channels[team.place.channel].transcripts.find(team.place.community, team.place.chat, message_id)
        if shown is None or shown.buttons:
            return message_id
        if shown.reply_to:
            return shown.reply_to
        topic = [each for each in self._transcript(team.place) if shown.thread and each.thread == shown.thread]
        return next((each.id for each in topic if each.buttons), message_id)

    async def _edit(self, step: Step) -> None:
        """The citizen changes the words of the question."""
        place = self._said_at(step)
        self._channels[place.channel].edits(
            place.community, place.chat, step.who.user_id, self._asked[step.ticket], step.words, name=step.who.name
        )
        await self._settle()

    async def _transfer(self, step: Step) -> None:
        """The administrator gives the question to the institution that `words` names."""
        before, after = TEAM_OF[step.institution], TEAM_OF[step.words]
        card = self._first_card(before, self._cards[step.ticket])
        thread = self._thread(before, card)
        self._press_in(before, step, "button-transfer", card)
        await self._settle()
        title = next(each.title for each in INSTITUTIONS if each.code == step.words)
        asked = next(m for m in reversed(self._transcript(before.place)) if m.text.startswith("↪"))
        self._write_in(before, step.who.user_id, title, name=step.who.name, reply_to=asked.id, thread=thread)
        offered = await self._offered(before.place, lambda action: action.endswith(f":{step.words}"))
        count = len(self._transcript(after.place))
        self._press_in(before, step, offered, "")
        await self._settle()
        self._cards[step.ticket] = next(m.id for m in self._transcript(after.place)[count:] if m.buttons)

    async def _grade(self, step: Step) -> None:
        """The citizen says that the question is solved, and gives the grade in `words`."""
        place = self._said_at(step)
        channel = self._channels[place.channel]
        yes = self._latest_action(place, lambda action: action.startswith("m:") and action.endswith(":yes"))
        if yes is None:
            log.warning("nobody_asked_for_a_grade", ticket=step.ticket)
            return
        channel.presses(place.community, place.chat, step.who.user_id, "", yes, name=step.who.name)
        grade = await self._offered(place, lambda action: action.startswith("m:") and action.endswith(f":{step.words}"))
        channel.presses(place.community, place.chat, step.who.user_id, "", grade, name=step.who.name)
        await self._settle()

    async def _react(self, step: Step) -> None:
        """The citizen puts a reaction under the latest words that were said to them."""
        place = self._said_at(step)
        channel = self._channels[place.channel]
        answer = next(m for m in reversed(channel.transcript(place.community, place.chat)) if step.about in m.text)
        channel.reacts_to_message(place.community, step.who.user_id, answer.id, (step.words,))
        await self._settle()

    async def _gather(self, step: Step) -> None:
        """The administrator makes one mass event of many questions."""
        self._write_in(TEAM_OF[step.institution], step.who.user_id, f"/incident {step.words}", name=step.who.name)
        await self._settle()

    async def _answer_all(self, step: Step) -> None:
        """The administrator answers everybody at once, and ends the event."""
        team = TEAM_OF[step.institution]
        event = next(m for m in reversed(self._transcript(team.place)) if m.text.startswith("📢") and m.buttons)
        self._write_in(team, step.who.user_id, step.words, name=step.who.name, reply_to=event.id)
        await self._settle()
        self._press_in(team, step, "button-incident-send", "")
        await self._settle()
        self._press_in(team, step, "button-incident-close", event.id)
        await self._settle()

    async def _offered(self, place: Place, is_meant: Callable[[str], bool]) -> str:
        """Wait until the bot offers a button of this kind in a conversation; returns its action."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while (action := self._latest_action(place, is_meant)) is None:
                await self._channels[place.channel].transcripts.change()
        return action

    def _latest_action(self, place: Place, is_meant: Callable[[str], bool]) -> str | None:
        offered = [button.action for shown in self._transcript(place) for row in shown.buttons for button in row]
        return next((action for action in reversed(offered) if is_meant(action)), None)

    def _said_at(self, step: Step) -> Place:
        """Return the conversation in which a citizen of the history writes."""
        group = GROUPS[step.asked_at]
        match step.by:
            case By.TELEGRAM:
                return Place(channel="telegram", community=BOT_ID, chat=step.who.user_id)
            case By.VK:
                return Place(channel="vk", community=group, chat=step.who.user_id)
            case By.WALL:
                return Place(channel="vk", community=group, chat=f"wall-{group}_{POST}")

    def _thread(self, team: Team, message_id: str) -> str:
        shown = self._channels[team.place.channel].transcripts.find(team.place.community, team.place.chat, message_id)
        return shown.thread if shown is not None else ""

    def _write_in(self, team: Team, user: str, text: str, *, name: str, reply_to: str = "", thread: str = "") -> None:
        self._channels[team.place.channel].group_writes(
            team.place.community,
            team.place.chat,
            user,
            text,
            name=name,
            title=team.title,
            reply_to=reply_to,
            thread=thread,
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
                self._is_due(await list_inbox(connection, database.vault))
                or self._is_due(await list_outbox(connection))
                or self._is_due(await list_inbox(connection, database.vault))
            )

    def _is_due(self, lines: Sequence[InboxLine | OutboxLine]) -> bool:
        """Tell whether anything is to be done now; what was put off until later may wait."""
        now = self._clock.now()
        return any(line.not_before is None or line.not_before <= now for line in lines)

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
