"""The panes of the demo page: who the visitor plays in each, and where that person may speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.demo.institutions import GROUPS, INSTITUTIONS
from bot.demo.town import (
    BOT_ID,
    BOT_TITLE,
    POST,
    POSTS,
    SUPERVISOR,
    TEAMS,
    TELEGRAM_ADMINISTRATOR,
    TELEGRAM_CITIZEN,
    TELEGRAM_DEPUTY,
    VK_ADMINISTRATOR,
    VK_CITIZEN,
    VK_DEPUTY,
)
from bot.domain.message import Person, Place


class ChatShape(StrEnum):
    """How a conversation looks on the page."""

    PRIVATE = "private"
    GROUP = "group"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaneChat:
    """One conversation of a pane."""

    place: Place
    shape: ChatShape
    title: str
    subtitle: str = ""
    post: str = ""
    """COMMENTS: the words of the post."""
    group: str = ""
    """A heading under which the chooser lists it."""
    has_topics: bool = False
    """GROUP: every ticket has a topic of its own."""

    @property
    def key(self) -> str:
        """The conversation's name on the page and in its address: `vk/2160101/501`."""
        return f"{self.place.channel}/{self.place.community}/{self.place.chat}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """Words that a button above the keyboard writes for the visitor."""

    says: str
    text: str
    """What is written."""
    is_link: bool = False
    """It stands for opening the bot by an institution's link, and is offered in a list of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One column of the page: one person with one phone."""

    id: str
    title: str
    tab: str
    """A shorter title, for a phone's tabs."""
    hint: str
    persons: tuple[Person, ...]
    """Whom the visitor can play here, one at a time; the first one to begin with."""
    chats: tuple[PaneChat, ...]
    shortcuts: tuple[Shortcut, ...] = ()

    @property
    def person(self) -> Person:
        """The one to begin with."""
        return self.persons[0]


_TEAM_SHORTCUTS = (
    Shortcut(says="Что ждёт ответа", text="/open"),
    Shortcut(says="Шаблоны", text="/templates"),
    Shortcut(says="Закрытые дни", text="/closed"),
)


def demo_panes() -> Sequence[Pane]:
    """Return the five panes, from the citizens to the supervisor."""
    return (
        Pane(
            id="vk-citizen",
            title="Житель во ВКонтакте",
            tab="Житель ВК",
            hint="Выберите учреждение и задайте вопрос – в сообщениях или в комментарии под записью.",
            persons=(VK_CITIZEN,),
            chats=tuple(_vk_citizen_chats()),
        ),
        Pane(
            id="telegram-citizen",
            title="Житель в Телеграме",
            tab="Житель ТГ",
            hint="Напишите вопрос. Бот спросит, какому учреждению он адресован. Или придите по ссылке учреждения.",
            persons=(TELEGRAM_CITIZEN,),
            chats=(_bot_chat(TELEGRAM_CITIZEN),),
            shortcuts=(
                Shortcut(says="Начать", text="/start"),
                Shortcut(says="Мои сообщения", text="/my"),
                *(
                    Shortcut(says=institution.title, text=f"/start {institution.code}", is_link=True)
                    for institution in INSTITUTIONS
                ),
            ),
        ),
        Pane(
            id="telegram-team",
            title="Рабочий чат в Телеграме",
            tab="Чат ТГ",
            hint="Нажмите на карточку и ответьте: слова уйдут жителю. Начните с // – получится заметка.",
            persons=(TELEGRAM_ADMINISTRATOR, TELEGRAM_DEPUTY),
            chats=tuple(_team_chats("telegram")),
            shortcuts=_TEAM_SHORTCUTS,
        ),
        Pane(
            id="vk-team",
            title="Рабочий чат во ВКонтакте",
            tab="Чат ВК",
            hint="Здесь то же самое: ответьте на карточку или нажмите кнопку под ней.",
            persons=(VK_ADMINISTRATOR, VK_DEPUTY),
            chats=tuple(_team_chats("vk")),
            shortcuts=_TEAM_SHORTCUTS,
        ),
        Pane(
            id="supervisor",
            title="Руководитель",
            tab="Отчёты",
            hint="Попросите отчёт: под ним кнопки периода, разреза и файлов. Сюда же приходят просрочки.",
            persons=(SUPERVISOR,),
            chats=(_bot_chat(SUPERVISOR),),
            shortcuts=(
                Shortcut(says="Отчёт", text="/report"),
                Shortcut(says="Неделя", text="/report week"),
                Shortcut(says="Просрочено", text="/overdue"),
                Shortcut(says="Рейтинг", text="/rating"),
                Shortcut(says="Подписка", text="/subscribe"),
                Shortcut(says="Страницы", text="/pages"),
            ),
        ),
    )


def _vk_citizen_chats() -> list[PaneChat]:
    chats = []
    for institution in INSTITUTIONS:
        group = GROUPS[institution.code]
        for shape, chat in (
            (ChatShape.PRIVATE, VK_CITIZEN.user_id),
            (ChatShape.COMMENTS, f"wall-{group}_{POST}"),
        ):
            chats.append(
                PaneChat(
                    place=Place(channel="vk", community=group, chat=chat),
                    shape=shape,
                    title=institution.title,
                    subtitle=institution.branch,
                    post=POSTS[institution.code] if shape is ChatShape.COMMENTS else "",
                    group=institution.municipality,
                )
            )
    return chats


def _bot_chat(person: Person) -> PaneChat:
    return PaneChat(
        place=Place(channel="telegram", community=BOT_ID, chat=person.user_id),
        shape=ChatShape.PRIVATE,
        title=BOT_TITLE,
        subtitle="бот",
    )


def _team_chats(channel: str) -> list[PaneChat]:
    titles = {institution.code: institution.title for institution in INSTITUTIONS}
    return [
        PaneChat(
            place=team.place,
            shape=ChatShape.GROUP,
            title=team.title,
            subtitle=" · ".join(titles[code].partition(",")[0] for code in team.institutions)
            + (" · с темами" if team.has_topics else ""),
            has_topics=team.has_topics,
        )
        for team in TEAMS
        if team.place.channel == channel
    ]
