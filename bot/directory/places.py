"""The places of a directory: what people call municipalities, and what the addresses of institutions name.

The municipalities of Tatarstan stand here with official names, centres, everyday and Tatar names, written as people
write them and read with `read_words`. A municipality of any other region is known by its own name, and by the towns and
villages of its addresses. «Тукай» (Тукаевский) is missing on purpose: it would swallow every school of that name.
"""

import re
from dataclasses import dataclass

PLACES = (
    "казань, казан, казанский",
    "набережные челны, челны, наб челны, нч, яр чаллы, чаллы, челнинский",
    "нижнекамск, нижнекамский, нк, түбән кама",
    "альметьевск, альметьевский, әлмәт, альмет",
    "агрыз, агрызский, әгерҗе",
    "азнакаево, азнакаевский, азнакай",
    "аксубаево, аксубаевский, аксубай",
    "актаныш, актанышский",
    "алексеевское, алексеевский",
    "базарные матаки, алькеевский, алькеево, әлки",
    "апастово, апастовский, апас",
    "арск, арский, арча",
    "большая атня, атня, атнинский, әтнә",
    "бавлы, бавлинский, баулы",
    "балтаси, балтасинский, балтач",
    "бугульма, бугульминский, бөгелмә",
    "буинск, буинский, буа",
    "верхний услон, верхнеуслонский, югары ослан",
    "высокая гора, высокогорский, биектау",
    "старое дрожжаное, дрожжаное, дрожжановский, чүпрәле",
    "елабуга, елабужский, алабуга",
    "заинск, заинский, зәй",
    "зеленодольск, зеленодольский, яшел үзән, зелик",
    "большие кайбицы, кайбицы, кайбицкий, кайбыч",
    "камское устье, камско-устьинский, кама тамагы",
    "кукмор, кукморский, кукмара",
    "лаишево, лаишевский, лаеш",
    "лениногорск, лениногорский",
    "мамадыш, мамадышский",
    "менделеевск, менделеевский",
    "мензелинск, мензелинский, минзәлә",
    "муслюмово, муслюмовский, мөслим",
    "новошешминск, новошешминский, яңа чишмә",
    "нурлат, нурлатский",
    "пестрецы, пестречинский, питрәч",
    "рыбная слобода, рыбно-слободский, балык бистәсе",
    "богатые сабы, сабы, сабинский, саба",
    "сарманово, сармановский, сарман",
    "болгар, спасский, спас",
    "тетюши, тетюшский, тәтеш",
    "тукаевский",
    "тюлячи, тюлячинский, теләче",
    "черемшан, черемшанский, чирмешән",
    "чистополь, чистопольский, чистай",
    "уруссу, ютазинский, ютазы",
    # Elsewhere only where people do not use the official name.
    "чебоксары, шупашкар",
    "уфа, өфө",
    "санкт петербург, петербург, питер, спб",
    "екатеринбург, ебург",
    "новосибирск, нск",
    "ростов на дону, ростов",
)

CITIES = (
    "Москва Новосибирск Челябинск Омск Самара Красноярск Воронеж Пермь Волгоград Краснодар Саратов Тюмень Тольятти "
    "Барнаул Ижевск Махачкала Хабаровск Ульяновск Иркутск Владивосток Ярославль Томск Оренбург Кемерово Новокузнецк "
    "Рязань Чебоксары Калининград Пенза Липецк Астрахань Тула Сочи Курск Тверь Магнитогорск Брянск Сургут Якутск "
    "Ставрополь Белгород Иваново Чита Архангельск Калуга Смоленск Волжский Вологда Саранск Череповец Курган Грозный "
    "Мурманск Тамбов Петрозаводск Кострома Новороссийск Нижневартовск Стерлитамак Сыктывкар Таганрог Комсомольск "
    "Нальчик Дзержинск Братск Орск Ангарск Благовещенск Псков Бийск Рыбинск Балаково Северодвинск Армавир Подольск "
    "Балашиха Химки Мытищи Люберцы Норильск Абакан Сызрань Волгодонск Уссурийск Новочеркасск Златоуст Симферополь "
    "Севастополь Керчь Пятигорск Кисловодск Ессентуки Невинномысск Димитровград Новочебоксарск Салават Нефтекамск "
    "Сарапул Воткинск Глазов Муром Арзамас Бузулук Бугуруслан Новотроицк Миасс Копейск Ковров Коломна Серпухов "
    "Электросталь"
)
"""Cities that a person names to say where: in a directory that has none of them nobody is meant by «школа 12 Омск»."""

_SETTLEMENT_WORDS = "г гор город с село п пос поселок пгт рп д дер деревня ст стца станица х хут хутор аул"
_SETTLEMENT = frozenset(_SETTLEMENT_WORDS.split())
_AREA_WORDS = "район рн округ мо го"
_AREA = frozenset(_AREA_WORDS.split())
_STREET_WORDS = "ул улица пр прт пркт проспект просп пер переулок бр бульвар бул шоссе ш наб пл площадь мкр мкрн тупик"
_STREET = frozenset(_STREET_WORDS.split())
_REGION_WORDS = "край область обл республика респ россия"
_REGION = frozenset(_REGION_WORDS.split())
_FORM_WORDS = "муниципальный городской сельский внутригородская вн тер территория поселение федерального значения"
_FORM = frozenset(_FORM_WORDS.split())
_ADDRESS_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[,;]")
_LONGEST_ADDRESS = 500
_LONGEST_PLACE = 3
"""Words in the name of a settlement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address says besides numbers."""

    settlements: tuple[str, ...]
    """Names of towns, villages and districts, which somebody may type as a place."""
    streets: tuple[str, ...]
    """All that was not called a settlement: streets, and names without a word before them."""


def read_address(address: str) -> Address:
    """Take an address apart by the words before its names («п. Винсады, ул. Подгорная, 1»), or after («Арский р-н»).

    A name without such a word («Винсады, Подгорная, 1») is a settlement unless a number follows it.
    """
    settlements, streets, bare = list[str](), list[str](), list[str]()
    gathered, into = list[str](), bare

    def put(to: list[str]) -> None:
        if gathered:
            to.append(" ".join(gathered))
        gathered.clear()

    for word in _ADDRESS_WORD.findall(address[:_LONGEST_ADDRESS]):
        plain = word.lower().replace("ё", "е").replace("-", "")
        if bare and word != ",":
            (streets if word.isdecimal() else settlements).append(bare.pop())
        # «Осенний бульвар», «Казань г», «Арский район»: the word may also stand behind the name.
        is_after = into is bare and bool(gathered)
        if plain in _AREA or plain in _SETTLEMENT:
            put(settlements if is_after else into)
            into = bare if is_after else settlements
        elif plain in _STREET:
            put(streets if is_after else into)
            into = bare if is_after else streets
        elif plain in _REGION:
            gathered.clear()
            into = list[str]() if plain.startswith("респ") else bare
        elif word.isdecimal() or word in ",;":
            put(streets if into is bare and word.isdecimal() else into)
            into = bare
        elif plain not in _FORM:
            gathered.append(word)
    put(into)
    settlements += bare
    return Address(
        settlements=tuple(name for name in settlements if name.count(" ") < _LONGEST_PLACE), streets=tuple(streets)
    )
