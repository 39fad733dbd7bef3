"""The people of the story of fifty tickets: what each of them does, through the front door, with a clock by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.channels.memory import MemoryChannel
from bot.domain.institution import Institution, InviteRole
from bot.domain.message import Place
from storage.tables import outbox, tickets
from tests.stories.fifty_tickets import TICKETS, Told
from tests.stories.region import BOT, Region, words

ZONE = ZoneInfo("Europe/Moscow")
_YEAR = 2026


def _institution(
    code: str,
    short_name: str,
    branch: str,
    municipality: str,
    *,
    vk_group_id: str = "",
    work_hours: str = "",
    time_zone: str = "",
    calendar: str = "",
) -> Institution:
    return Institution(
        code=code,
        name=f"МБУ «{short_name}»",
        short_name=short_name,
        branch=branch,
        municipality=municipality,
        vk_group_id=vk_group_id,
        vk_token=f"vk1.a.{code}" if vk_group_id else "",
        work_hours=work_hours,
        time_zone=time_zone,
        calendar=calendar,
    )


INSTITUTIONS = (
    _institution(
        "school-12",
        "Школа № 12",
        "Образование",
        "Альметьевский район",
        vk_group_id="77",
        work_hours="Mo-Fr 08:00-17:00",
    ),
    _institution(
        "school-3",
        "Гимназия № 3",
        "Образование",
        "город Казань",
        vk_group_id="78",
        work_hours="Mo-Fr 08:00-16:00; Sa 08:00-13:00",
    ),
    _institution("hospital-1", "Больница № 1", "Здравоохранение", "город Казань", vk_group_id="79", work_hours="24/7"),
    _institution(
        "clinic-6",
        "Поликлиника № 6",
        "Здравоохранение",
        "город Набережные Челны",
        vk_group_id="80",
        work_hours="Mo-Fr 08:00-12:00,13:00-17:00",
    ),
    _institution("club-1", "Дом культуры «Нефтьче»", "Культура", "Альметьевский район"),
    _institution("housing-5", "Жилищная служба № 5", "ЖКХ и благоустройство", "город Казань", vk_group_id="81"),
    _institution(
        "office-66",
        "Представительство на Урале",
        "Социальная защита",
        "город Екатеринбург",
        work_hours="Mo-Fr 09:00-18:00",
        time_zone="Asia/Yekaterinburg",
        calendar="ru",
    ),
)
GROUPS = {place.code: place.vk_group_id for place in INSTITUTIONS}
WORDS = {
    "school-12": "Когда начинаются уроки?",
    "school-3": "Будет ли завтра шестой урок?",
    "hospital-1": "Принимает ли сегодня врач?",
    "clinic-6": "Есть ли запись к врачу?",
    "club-1": "Во сколько начало?",
    "housing-5": "Когда включат отопление?",
    "office-66": "Когда придёт пособие?",
}
TOPICS = {
    "school-12": "Образование",
    "school-3": "Образование",
    "hospital-1": "Здравоохранение",
    "clinic-6": "Здравоохранение",
    "club-1": None,
    "housing-5": "ЖКХ",
    "office-66": "Социальная защита",
}
"""What the words are about."""
TEAMS = {
    "school-12": Place(channel="telegram", community=BOT, chat="-1012"),
    "school-3": Place(channel="vk", community="78", chat="2000000001"),
    "hospital-1": Place(channel="telegram", community=BOT, chat="-1001"),
    "clinic-6": Place(channel="vk", community="80", chat="2000000001"),
    "club-1": Place(channel="telegram", community=BOT, chat="-1005"),
    "housing-5": Place(channel="telegram", community=BOT, chat="-1055"),
    "office-66": Place(channel="telegram", community=BOT, chat="-1066"),
}
PEOPLE = {
    "Анна": "9001",
    "Булат": "9002",
    "Римма": "9003",
    "Мария": "9101",
    "Вера": "9201",
    "Галина": "9301",
    "Дамир": "9401",
    "Елена": "9501",
    "Жанна": "9502",
    "Зоя": "9601",
}
_BINDS = {
    "school-12": "Анна",
    "school-3": "Мария",
    "hospital-1": "Вера",
    "clinic-6": "Галина",
    "club-1": "Дамир",
    "housing-5": "Елена",
    "office-66": "Зоя",
}
_BUTTONS = {"closes": "button-close", "excuses": "button-skip", "spam": "button-spam"}
POST = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that somebody does."""

    at: datetime
    number: int
    """Of the ticket."""
    who: str
    """The administrator; empty for the citizen."""
    does: str
    what: str = ""


def moment(text: str) -> datetime:
    """Read `15.10 10:00`, Moscow time."""
    return datetime.strptime(f"{text}.{_YEAR}", "%d.%m %H:%M.%Y").replace(tzinfo=ZONE)


def deeds() -> list[Deed]:
    """Return everything that people do, in order."""
    return sorted(_deeds(), key=lambda deed: (deed.at, deed.number))


def _deeds() -> Iterator[Deed]:
    for number, told in enumerate(TICKETS, start=1):
        for line in told.course.split(" | "):
            day, time, *rest = line.split()
            who = rest.pop(0) if rest[0] in PEOPLE else ""
            does, *what = rest
            yield Deed(at=moment(f"{day} {time}"), number=number, who=who, does=does, what=" ".join(what))


class People:
    """Plays deeds; the table's numbers become the tickets' own as they open."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self.numbers: dict[int, int] = {}
        """The ticket's number by its number in the table."""
        self._holders: dict[int, str] = {}
        self._asked: dict[int, str] = {}
        self._answers: dict[int, str] = {}

    async def move_in(self) -> None:
        """Bind the work chats."""
        for code, name in _BINDS.items():
            invite = await self._region.invite(InviteRole.ADMINISTRATOR, f"institution:{code}")
            place = TEAMS[code]
            self._messenger(place.channel).group_writes(
                place.community, place.chat, PEOPLE[name], f"/bind {invite}", name=name, title="Рабочий чат"
            )
            await self._region.settled()

    async def does(self, deed: Deed) -> None:
        """Let one thing happen."""
        told = TICKETS[deed.number - 1]
        if deed.who:
            await self._administrator(deed, told)
        else:
            await self._citizen(deed, told)
        await self._region.settled()

    async def reacts(self, place: str, sign: str, *, user: str) -> None:
        """Let a passer-by react to a post."""
        self._region.vk.reacts(GROUPS[place], POST, user, (sign,))
        await self._region.settled()

    async def until(self, then: datetime) -> None:
        """Let time pass; on the way everything rings at its own moment."""
        region = self._region
        while (ring := await self._next_ring()) is not None and ring <= then:
            region.clock.advance(max(ring - region.clock.now(), timedelta(0)))
            await region.application.deadlines.work()
            await region.settled()
        region.clock.advance(max(then - region.clock.now(), timedelta(0)))
        await region.settled()

    async def _next_ring(self) -> datetime | None:
        async with self._region.database.reading() as connection:
            ring: datetime | None = (await connection.execute(select(func.min(tickets.c.ring_at)))).scalar()
            return ring

    async def _citizen(self, deed: Deed, told: Told) -> None:
        region, user = self._region, f"{1000 + deed.number}"
        channel, community, chat = self._dialogue(told, user)
        match deed.does:
            case "asks" | "writes":
                if told.way == "tg" and deed.does == "asks":
                    await region.chosen(user, told.place, name="Житель")
                await self._says(deed, told, user)
            case "asks-again":
                await self._says(deed, told, f"{1000 + int(deed.what)}")
            case "edits":
                channel.edits(community, chat, user, self._asked[deed.number], f"{WORDS[told.place]} Уточняю.")
            case "blocks":
                channel.block(user)
            case "grades":
                channel.presses(community, chat, user, "", words("button-yes"))
                await region.settled()
                channel.presses(community, chat, user, "", deed.what)
            case "withdraws":
                channel.presses(community, chat, user, "", words("button-withdraw"))
            case "denies":
                channel.presses(community, chat, user, "", words("button-no"))
            case _:
                raise ValueError(deed.does)

    async def _says(self, deed: Deed, told: Told, user: str) -> None:
        region = self._region
        channel, community, _ = self._dialogue(told, user)
        before = await region.tickets()
        text = "Спасибо, приду." if told.counts == "thanks" else WORDS[told.place]
        if told.way == "wall":
            said = channel.comments(community, POST, user, text, name="Житель")
        else:
            said = channel.citizen_writes(community, user, text, name="Житель")
        self._asked[deed.number] = said.id
        await region.settled()
        if deed.does != "writes":
            assert await region.tickets() == before + 1, deed
            self.numbers[deed.number] = before + 1
            self._holders[deed.number] = told.place

    async def _administrator(self, deed: Deed, told: Told) -> None:
        team = TEAMS[self._holders[deed.number]]
        channel, who = self._messenger(team.channel), PEOPLE[deed.who]
        card = await self._card(deed.number)

        def writes(text: str, reply_to: str) -> str:
            return channel.group_writes(team.community, team.chat, who, text, name=deed.who, reply_to=reply_to).id

        match deed.does:
            case "answers":
                self._answers[deed.number] = writes(f"Ответ на вопрос {deed.number}.", card)
            case "answers-interim":
                writes(f"… Разбираемся с вопросом {deed.number}.", card)
            case "undoes":
                writes("/undo", self._answers[deed.number])
            case "repeats":
                writes(f"/duplicate {self.numbers[int(deed.what)]}", card)
            case "elsewhere":
                user = f"{1000 + deed.number}"
                self._region.vk.answers_elsewhere(GROUPS[told.place], user, who, "Ответ в ВК.", name=deed.who)
            case "gives":
                await self._gives(deed, team, card)
            case _:
                channel.presses(team.community, team.chat, who, card, words(_BUTTONS[deed.does]), name=deed.who)
                await self._region.settled()
        if deed.does == "closes" and not told.first:
            channel.presses(team.community, team.chat, who, "", words("closing-by_phone"), name=deed.who)

    async def _gives(self, deed: Deed, team: Place, card: str) -> None:
        channel, who = self._messenger(team.channel), PEOPLE[deed.who]
        channel.presses(team.community, team.chat, who, card, words("button-transfer"), name=deed.who)
        await self._region.settled()
        asked = next(m for m in reversed(channel.transcript(team.community, team.chat)) if m.text.startswith("↪"))
        title = next(place.title for place in INSTITUTIONS if place.code == deed.what)
        channel.group_writes(team.community, team.chat, who, title, name=deed.who, reply_to=asked.id)
        await self._region.settled()
        offered = [
            button.action
            for shown in channel.transcript(team.community, team.chat)
            for row in shown.buttons
            for button in row
            if button.action.endswith(f":{deed.what}")
        ]
        channel.presses(team.community, team.chat, who, "", offered[-1], name=deed.who)
        self._holders[deed.number] = deed.what

    async def _card(self, number: int) -> str:
        """Return the messenger's id of the card."""
        query = select(outbox.c.sent_id).join(tickets, tickets.c.card == outbox.c.id)
        async with self._region.database.reading() as connection:
            found = await connection.execute(query.where(tickets.c.number == self.numbers[number]))
            return str(found.scalar_one())

    def _dialogue(self, told: Told, user: str) -> tuple[MemoryChannel, str, str]:
        if told.way == "tg":
            return self._region.telegram, BOT, user
        group = GROUPS[told.place]
        return self._region.vk, group, user if told.way == "vk" else f"wall-{group}_{POST}"

    def _messenger(self, channel: str) -> MemoryChannel:
        return self._region.vk if channel == "vk" else self._region.telegram
