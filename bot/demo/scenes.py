"""Scenes that need many people: the page starts them, invented citizens play them on the pretend messengers."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable, Mapping

from bot.channels.memory import MemoryChannel
from bot.demo.conversations import CITIZENS
from bot.demo.institutions import GROUPS
from bot.demo.town import POST, VK_CITIZEN
from handlers.buttons import Press

_FIRST_EXTRA = 9001
"""The pretend messengers' id of the first person who comes for a scene."""
_PATIENCE_SECONDS = 30.0

NO_WATER = (
    "Нет воды с утра во всём доме",
    "На улице Дворовой нет воды, когда дадут?",
    "Здравствуйте, нет воды ни холодной, ни горячей",
    "Почему нет воды? Никто не предупреждал",
    "У нас тоже нет воды, третий подъезд",
)
RUSH = (
    "Отменены ли завтра занятия?",
    "Будет ли завтра первая смена?",
    "Во сколько забирать детей сегодня?",
    "Работает ли завтра столовая?",
    "Правда ли, что карантин в 5 «Б»?",
    "Когда будет расписание на четверть?",
    "Нужны ли завтра лыжи?",
    "Будет ли завтра автобус?",
)
RUSH_SIZE = 40
FLOOD = (
    "Здравствуйте",
    "У меня вопрос",
    "Про лагерь",
    "Летний",
    "При школе",
    "Какие смены",
    "И сколько стоит",
    "И будет ли питание",
    "Завтрак и обед?",
    "Или только обед",
    "А полдник",
    "Ещё вопрос",
    "Можно ли с братом",
    "Ему шесть лет",
    "Скоро семь",
    "Документы те же?",
    "И справка нужна?",
    "Какая",
    "До какого числа",
    "Спасибо",
)
ANGRY = ("😡", "👎", "😡", "😡", "👎", "😡")


class Scenes:
    """What several people do at once; every scene may be played again, then with other people."""

    def __init__(self, channels: Mapping[str, MemoryChannel]) -> None:
        self._vk = channels["vk"]
        self._ids = itertools.count(_FIRST_EXTRA)
        self._scenes: Mapping[str, Callable[[], Awaitable[None]]] = {
            "no-water": self._no_water,
            "rush": self._rush,
            "flood": self._flood,
            "angry": self._angry,
        }

    async def play(self, name: str) -> bool:
        """Play a scene; False when there is none of this name."""
        scene = self._scenes.get(name)
        if scene is None:
            return False
        await scene()
        return True

    async def _no_water(self) -> None:
        await self._all_ask("nizhnekamsk-yards", NO_WATER)

    async def _rush(self) -> None:
        asked = itertools.islice(itertools.cycle(RUSH), RUSH_SIZE)
        await self._all_ask("kazan-school-512", asked)

    async def _flood(self) -> None:
        """The visitor's own citizen writes word by word."""
        community = GROUPS["kazan-school-512"]
        for words in FLOOD:
            self._vk.citizen_writes(community, VK_CITIZEN.user_id, words, name=VK_CITIZEN.name, language="ru")
            await asyncio.sleep(0.05)
        await self._agrees(community, VK_CITIZEN.user_id, VK_CITIZEN.name)

    async def _angry(self) -> None:
        for sign in ANGRY:
            self._vk.reacts(GROUPS["kazan-school-512"], POST, str(next(self._ids)), (sign,))

    async def _all_ask(self, code: str, questions: Iterable[str]) -> None:
        community = GROUPS[code]
        async with asyncio.TaskGroup() as tasks:
            for words in questions:
                user = str(next(self._ids))
                name = CITIZENS[int(user) % len(CITIZENS)]
                self._vk.citizen_writes(community, user, words, name=name)
                tasks.create_task(self._agrees(community, user, name))

    async def _agrees(self, community: str, user: str, name: str) -> None:
        """Agree to the keeping of one's words, if one is asked."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while not (action := self._question(community, user)):
                    await self._vk.transcripts.change()
        except TimeoutError:
            return
        self._vk.presses(community, user, user, "", action, name=name)

    def _question(self, community: str, user: str) -> str:
        shown = self._vk.transcript(community, user)
        buttons = [button for message in shown for row in message.buttons for button in row]
        return next((each.action for each in buttons if each.action.startswith(f"{Press.CONSENT}:yes")), "")
