"""The town of the demo: who lives there, what the institutions have posted, and who answers for them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.demo.institutions import GROUPS
from bot.domain.institution import InstitutionKind, Scope, ScopeKind
from bot.domain.legal import LegalMode, LegalRule
from bot.domain.message import Person, Place
from bot.domain.template import Template

BOT_ID = "7000000001"
"""The regional bot of the pretend Telegram."""
BOT_TITLE = "Отклик Татарстан"
POST = "1"
"""Every community has one post to comment on."""

VK_CITIZEN = Person(channel="vk", user_id="501", name="Алия Сафина", language="ru")
TELEGRAM_CITIZEN = Person(channel="telegram", user_id="601", name="Иван Петров", language="ru")
TELEGRAM_ADMINISTRATOR = Person(channel="telegram", user_id="701", name="Анна", language="ru")
TELEGRAM_DEPUTY = Person(channel="telegram", user_id="711", name="Марат", language="ru")
VK_ADMINISTRATOR = Person(channel="vk", user_id="702", name="Гульнара", language="ru")
VK_DEPUTY = Person(channel="vk", user_id="721", name="Азат", language="ru")
SUPERVISOR = Person(channel="telegram", user_id="801", name="Фарид Ильдарович", language="ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A work chat, the institutions it answers for, and the administrators who sit there."""

    place: Place
    title: str
    institutions: tuple[str, ...]
    administrators: tuple[Person, ...]
    """The visitor plays both, one at a time."""
    has_topics: bool = False
    """Whether the group has topics: every ticket its own."""


POSTS = {
    "kazan-school-512": "Родительское собрание будущих первоклассников пройдёт в актовом зале. "
    "Вопросы о приёме можно задать здесь, в комментариях.",
    "kazan-kindergarten-718": "Меню недели – на стенде и здесь, в группе. Вопросы о питании задавайте в комментариях.",
    "kazan-polyclinic-91": "Прививочный кабинет принимает без записи с 8 до 18 часов. С собой – паспорт и полис.",
    "kazan-library-97": "Открыта запись в клуб татарского языка для взрослых. Занятия по вторникам, бесплатно.",
    "chelny-school-512": "Школьная спартакиада: расписание соревнований для 5–8 классов.",
    "chelny-children-96": "Новый кабинет лечебной физкультуры начал работу. Направление даёт педиатр.",
    "chelny-pool": "Бассейн закрывается на санитарный день в последнюю пятницу месяца. Абонементы продлим.",
    "almetyevsk-music-23": "Отчётный концерт отделения народных инструментов. Вход свободный.",
    "almetyevsk-social": "Как оформить выплату на школьную форму: перечень документов и сроки.",
    "nizhnekamsk-culture": "Премьера: спектакль народного театра на татарском языке с переводом в наушниках.",
    "nizhnekamsk-yards": "Во дворах меняют светильники. Если на вашей улице темно – напишите адрес.",
    "vysokaya-gora-school": "Школьный автобус: изменения в расписании рейсов.",
    "vysokaya-gora-hospital": "К нам приезжает передвижной флюорограф. Приём у входа в больницу.",
}
"""The words of each community's post, by the institution's code."""


def _telegram(chat: str) -> Place:
    return Place(channel="telegram", community=BOT_ID, chat=chat)


def _vk(code: str) -> Place:
    return Place(channel="vk", community=GROUPS[code], chat="2000000001")


TEAMS = (
    Team(
        place=_telegram("-1000000000101"),
        title="Казань · школа и сад",
        institutions=("kazan-school-512", "kazan-kindergarten-718"),
        administrators=(TELEGRAM_ADMINISTRATOR, TELEGRAM_DEPUTY),
    ),
    Team(
        place=_telegram("-1000000000102"),
        title="Казань · здоровье и книги",
        institutions=("kazan-polyclinic-91", "kazan-library-97"),
        administrators=(TELEGRAM_ADMINISTRATOR, TELEGRAM_DEPUTY),
        has_topics=True,
    ),
    Team(
        place=_telegram("-1000000000103"),
        title="Альметьевск · рабочий чат",
        institutions=("almetyevsk-music-23", "almetyevsk-social"),
        administrators=(TELEGRAM_ADMINISTRATOR, TELEGRAM_DEPUTY),
    ),
    Team(
        place=_vk("chelny-school-512"),
        title="Челны · рабочий чат",
        institutions=("chelny-school-512", "chelny-children-96", "chelny-pool"),
        administrators=(VK_ADMINISTRATOR, VK_DEPUTY),
    ),
    Team(
        place=_vk("nizhnekamsk-culture"),
        title="Нижнекамск · рабочий чат",
        institutions=("nizhnekamsk-culture", "nizhnekamsk-yards"),
        administrators=(VK_ADMINISTRATOR, VK_DEPUTY),
    ),
    Team(
        place=_vk("vysokaya-gora-school"),
        title="Высокая Гора · рабочий чат",
        institutions=("vysokaya-gora-school", "vysokaya-gora-hospital"),
        administrators=(VK_ADMINISTRATOR, VK_DEPUTY),
    ),
)

STATE_RULE = LegalRule(
    kind=InstitutionKind.STATE,
    mode=LegalMode.REDIRECT_ONLY,
    basis="Закон 2025 года: государственным органам – только российские мессенджеры",
    set_at=datetime(2026, 1, 1, tzinfo=UTC),
)
"""One institution, the social service, may not talk in Telegram: its citizens are shown the way to VK."""

_EVERYWHERE = Scope(kind=ScopeKind.REGION)
TEMPLATES = (
    Template(
        id=0,
        scope=_EVERYWHERE,
        title="Приняли",
        text="Здравствуйте, {имя}. Мы разбираемся и ответим до {срок}.",
        text_tt="Исәнмесез, {имя}. Без тикшерәбез, җавапны {срок} сәгатькә кадәр бирербез.",
    ),
    Template(
        id=0,
        scope=_EVERYWHERE,
        title="Нужны подробности",
        text="Здравствуйте, {имя}. Чтобы помочь, нам нужно знать адрес и время. Напишите их сюда.",
        text_tt="Исәнмесез, {имя}. Ярдәм итү өчен адресны һәм вакытны белергә кирәк. Монда языгыз.",
    ),
    Template(
        id=0,
        scope=Scope(kind=ScopeKind.BRANCH, name="Образование"),
        title="Запись в школу",
        text="Здравствуйте, {имя}. Заявление о приёме в школу подают на Госуслугах. Если не получилось, напишите нам.",
    ),
)
"""Prepared answers; their numbers are given when they are stored."""

TEAM_OF = {code: team for team in TEAMS for code in team.institutions}
"""Who answers for each institution."""
