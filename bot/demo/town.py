"""The town of the demo: institutions of Tatarstan with invented numbers, their communities, posts and work chats."""

from dataclasses import dataclass

from bot.domain.institution import Institution
from bot.domain.message import Person, Place

BOT_ID = "7000000001"
"""The regional bot of the pretend Telegram."""
BOT_TITLE = "Отклик Татарстан"
POST = "1"
"""Every community has one post to comment on."""

VK_CITIZEN = Person(channel="vk", user_id="501", name="Алия Сафина", language="ru")
TELEGRAM_CITIZEN = Person(channel="telegram", user_id="601", name="Иван Петров", language="ru")
TELEGRAM_ADMINISTRATOR = Person(channel="telegram", user_id="701", name="Ольга Николаевна", language="ru")
VK_ADMINISTRATOR = Person(channel="vk", user_id="702", name="Гульнара Ришатовна", language="ru")
SUPERVISOR = Person(channel="telegram", user_id="801", name="Марат Ильдарович", language="ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A work chat, the institutions it answers for, and the administrators who sit there."""

    place: Place
    title: str
    institutions: tuple[str, ...]
    administrators: tuple[Person, ...]
    """The first one is played by the visitor."""


def _institution(
    code: str,
    group: int,
    name: str,
    short_name: str,
    *,
    branch: str,
    municipality: str,
    address: str,
    aliases: tuple[str, ...] = (),
) -> Institution:
    return Institution(
        code=code,
        name=name,
        short_name=short_name,
        branch=branch,
        municipality=municipality,
        address=address,
        aliases=aliases,
        vk_group_id=str(group),
        vk_token=f"demo-{group}",
    )


KAZAN, CHELNY = "город Казань", "город Набережные Челны"
ALMETYEVSK, NIZHNEKAMSK, VYSOKAYA_GORA = "Альметьевский район", "Нижнекамский район", "Высокогорский район"
EDUCATION, HEALTH, CULTURE, SPORT = "Образование", "Здравоохранение", "Культура", "Спорт"
SOCIAL, HOUSING = "Социальная защита", "ЖКХ и благоустройство"

INSTITUTIONS = (
    _institution(
        "kazan-school-512",
        2160101,
        "МБОУ «Средняя общеобразовательная школа № 512» г. Казани",
        "Школа № 512, Казань",
        branch=EDUCATION,
        municipality=KAZAN,
        address="г. Казань, ул. Тополиная, 5",
        aliases=("сош 512", "512 школа"),
    ),
    _institution(
        "kazan-kindergarten-718",
        2160102,
        "МАДОУ «Детский сад № 718 «Солнышко» г. Казани",
        "Детский сад № 718, Казань",
        branch=EDUCATION,
        municipality=KAZAN,
        address="г. Казань, ул. Садовая, 31",
        aliases=("садик солнышко", "дс 718"),
    ),
    _institution(
        "kazan-polyclinic-91",
        2160103,
        "ГАУЗ «Городская поликлиника № 91» г. Казани",
        "Поликлиника № 91, Казань",
        branch=HEALTH,
        municipality=KAZAN,
        address="г. Казань, ул. Липовая, 14",
        aliases=("поликлиника 91",),
    ),
    _institution(
        "kazan-library-97",
        2160104,
        "МБУК «Библиотека-филиал № 97» г. Казани",
        "Библиотека № 97, Казань",
        branch=CULTURE,
        municipality=KAZAN,
        address="г. Казань, ул. Речная, 8",
    ),
    _institution(
        "chelny-school-512",
        2160105,
        "МБОУ «Средняя общеобразовательная школа № 512» г. Набережные Челны",
        "Школа № 512, Челны",
        branch=EDUCATION,
        municipality=CHELNY,
        address="г. Набережные Челны, бульвар Ветеранов, 2",
        aliases=("сош 512 челны",),
    ),
    _institution(
        "chelny-children-96",
        2160106,
        "ГАУЗ «Детская городская поликлиника № 96» г. Набережные Челны",
        "Детская поликлиника № 96, Челны",
        branch=HEALTH,
        municipality=CHELNY,
        address="г. Набережные Челны, пр. Мира, 110",
        aliases=("дгп 96",),
    ),
    _institution(
        "chelny-pool",
        2160107,
        "МАУ «Плавательный бассейн «Акчарлак» г. Набережные Челны",
        "Бассейн «Акчарлак», Челны",
        branch=SPORT,
        municipality=CHELNY,
        address="г. Набережные Челны, ул. Камская, 7",
    ),
    _institution(
        "almetyevsk-music-23",
        2160108,
        "МБУ ДО «Детская музыкальная школа № 23» г. Альметьевска",
        "Музыкальная школа № 23, Альметьевск",
        branch=CULTURE,
        municipality=ALMETYEVSK,
        address="г. Альметьевск, ул. Песенная, 3",
        aliases=("дмш 23", "музыкалка 23"),
    ),
    _institution(
        "almetyevsk-social",
        2160109,
        "Отделение социальной защиты в Альметьевском районе",
        "Соцзащита, Альметьевск",
        branch=SOCIAL,
        municipality=ALMETYEVSK,
        address="г. Альметьевск, ул. Добрая, 12",
        aliases=("соцзащита", "собес"),
    ),
    _institution(
        "nizhnekamsk-culture",
        2160110,
        "МБУК «Дом культуры «Яңарыш» г. Нижнекамска",
        "Дом культуры «Яңарыш», Нижнекамск",
        branch=CULTURE,
        municipality=NIZHNEKAMSK,
        address="г. Нижнекамск, пр. Строителей, 44",
        aliases=("дк яңарыш", "дк янарыш"),
    ),
    _institution(
        "nizhnekamsk-yards",
        2160111,
        "МБУ «Служба благоустройства» г. Нижнекамска",
        "Служба благоустройства, Нижнекамск",
        branch=HOUSING,
        municipality=NIZHNEKAMSK,
        address="г. Нижнекамск, ул. Дворовая, 1",
        aliases=("благоустройство",),
    ),
    _institution(
        "vysokaya-gora-school",
        2160112,
        "МБОУ «Озёрная средняя общеобразовательная школа» Высокогорского муниципального района",
        "Озёрная школа, Высокая Гора",
        branch=EDUCATION,
        municipality=VYSOKAYA_GORA,
        address="с. Озёрное, ул. Школьная, 1",
        aliases=("озерная сош",),
    ),
    _institution(
        "vysokaya-gora-hospital",
        2160113,
        "ГАУЗ «Озёрная участковая больница» Высокогорского района",
        "Озёрная больница, Высокая Гора",
        branch=HEALTH,
        municipality=VYSOKAYA_GORA,
        address="с. Озёрное, ул. Медовая, 9",
    ),
)

GROUPS = {institution.code: institution.vk_group_id for institution in INSTITUTIONS}
"""The VK community of each institution, by its code."""

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
        administrators=(
            TELEGRAM_ADMINISTRATOR,
            Person(channel="telegram", user_id="711", name="Резеда Фаритовна"),
        ),
    ),
    Team(
        place=_telegram("-1000000000102"),
        title="Казань · здоровье и книги",
        institutions=("kazan-polyclinic-91", "kazan-library-97"),
        administrators=(
            TELEGRAM_ADMINISTRATOR,
            Person(channel="telegram", user_id="712", name="Сергей Андреевич"),
        ),
    ),
    Team(
        place=_telegram("-1000000000103"),
        title="Альметьевск · рабочий чат",
        institutions=("almetyevsk-music-23", "almetyevsk-social"),
        administrators=(
            TELEGRAM_ADMINISTRATOR,
            Person(channel="telegram", user_id="713", name="Ильмира Наилевна"),
        ),
    ),
    Team(
        place=_vk("chelny-school-512"),
        title="Челны · рабочий чат",
        institutions=("chelny-school-512", "chelny-children-96", "chelny-pool"),
        administrators=(VK_ADMINISTRATOR, Person(channel="vk", user_id="721", name="Наталья Викторовна")),
    ),
    Team(
        place=_vk("nizhnekamsk-culture"),
        title="Нижнекамск · рабочий чат",
        institutions=("nizhnekamsk-culture", "nizhnekamsk-yards"),
        administrators=(VK_ADMINISTRATOR, Person(channel="vk", user_id="722", name="Азат Маратович")),
    ),
    Team(
        place=_vk("vysokaya-gora-school"),
        title="Высокая Гора · рабочий чат",
        institutions=("vysokaya-gora-school", "vysokaya-gora-hospital"),
        administrators=(VK_ADMINISTRATOR, Person(channel="vk", user_id="723", name="Эльвира Рустемовна")),
    ),
)

TEAM_OF = {code: team for team in TEAMS for code in team.institutions}
"""Who answers for each institution."""
