"""The institutions of the demo: real municipalities of Tatarstan, invented names, numbers and addresses."""

from bot.domain.institution import Institution


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
