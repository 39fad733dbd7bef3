"""What people asked in the last two weeks, and what they were told: the demo's history as it stands in its sheet."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files


class By(StrEnum):
    """How a question came."""

    VK = "vk"
    """A private message to the institution's community."""
    WALL = "wall"
    """A comment under its post."""
    TELEGRAM = "telegram"
    """A message to the regional bot, by the institution's link."""


class Ending(StrEnum):
    """What the administrator pressed at the end."""

    NONE = ""
    CLOSED = "close"
    THANKED = "thanked"
    """The citizen's last words were thanks: "no answer needed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question; its answer comes `minutes` of working time later, or never."""

    question: str
    minutes: int | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One ticket.

    `workday` counts back from the latest working day (0) and `at` is the wall time there; or it began `minutes_ago`.
    """

    institution: str
    by: By
    workday: int = 0
    at: str = ""
    minutes_ago: int | None = None
    turns: tuple[Turn, ...]
    ending: Ending
    edited: str = ""
    """The question as the citizen put it right two minutes later."""
    given_to: str = ""
    """The institution to which the question was transferred."""
    reaction: str = ""
    """What the citizen put under the answer."""
    grade: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MassEvent:
    """Many write of one matter and read one answer, `minutes` after they were gathered."""

    institution: str
    workday: int
    at: str
    questions: tuple[str, ...]
    matter: str
    minutes: int
    answer: str


def read_conversations() -> list[Conversation]:
    """Read `conversations.csv`: one ticket a row, `workday` is a number or `now` (then `at` is minutes ago)."""
    sheet = files("bot.demo").joinpath("conversations.csv").read_text(encoding="utf-8")
    return [_conversation(row) for row in csv.DictReader(sheet.splitlines(), delimiter=";")]


def _conversation(row: Mapping[str, str]) -> Conversation:
    is_fresh = row["workday"] == "now"
    turns = [_turn(row, suffix) for suffix in ("", "_2") if row["question" + suffix]]
    return Conversation(
        institution=row["institution"],
        by=By(row["by"]),
        workday=0 if is_fresh else int(row["workday"]),
        at="" if is_fresh else row["at"],
        minutes_ago=int(row["at"]) if is_fresh else None,
        turns=tuple(turns),
        ending=Ending(row["ending"]),
        edited=row["edited"],
        given_to=row["given_to"],
        reaction=row["reaction"],
        grade=int(row["grade"]) if row["grade"] else None,
    )


def _turn(row: Mapping[str, str], suffix: str) -> Turn:
    minutes = row["minutes" + suffix]
    return Turn(
        question=row["question" + suffix],
        minutes=int(minutes) if minutes else None,
        answer=row["answer" + suffix],
    )


MASS_EVENT = MassEvent(
    institution="nizhnekamsk-yards",
    workday=3,
    at="10:20",
    questions=(
        "На Дворовой нет света во всех подъездах",
        "Нет света с десяти утра, холодильник течёт",
        "Здравствуйте, у нас нет света. Надолго?",
        "Нет света в доме 7, лифт стоит",
        "Почему нет света и никто не предупредил?",
    ),
    matter="нет света",
    minutes=35,
    answer="На Дворовой улице авария на подстанции. Бригада работает, свет дадут до 14:00.",
)
"""The power cut of last week."""

LIKES = {
    "kazan-school-512": "👍👍👍👍❤❤❤😊👍👎",
    "kazan-polyclinic-91": "👍👍😡😡👎👍",
    "kazan-library-97": "❤❤❤👍👍👍😊",
    "chelny-pool": "👎😡👎👍",
    "nizhnekamsk-culture": "❤❤❤❤👍👍😊😊",
    "nizhnekamsk-yards": "👍👍👎👍❤",
    "almetyevsk-music-23": "❤❤👍😊",
}
"""Reactions under the posts."""

CITIZENS = (
    "Айгуль Хасанова",
    "Дмитрий Орлов",
    "Рамиля Галиева",
    "Елена Кузнецова",
    "Ильдар Сабиров",
    "Наталья Белова",
    "Фарида Юсупова",
    "Андрей Морозов",
    "Лилия Закирова",
    "Сергей Павлов",
    "Гузель Мухаметова",
    "Ольга Васильева",
    "Рустам Каримов",
    "Татьяна Лебедева",
    "Зульфия Нуриева",
    "Алексей Соколов",
    "Динара Валиева",
    "Марина Егорова",
    "Айрат Шакиров",
    "Светлана Фомина",
    "Венера Исмагилова",
    "Павел Громов",
    "Алсу Набиева",
    "Ирина Макарова",
    "Ренат Гарипов",
    "Юлия Тихонова",
    "Нурия Хайруллина",
    "Виктор Зайцев",
)
"""Invented names of those who ask."""
