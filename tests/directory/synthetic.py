"""An invented directory of Tatarstan and the way people would type its names."""

import random
import re
from dataclasses import dataclass

from bot.domain.institution import Institution

CITIES = ("Казань", "Набережные Челны", "Нижнекамский район", "Альметьевский район", "Зеленодольский район")
# municipality → (as its centre is called in a query, adjective, Tatar)
TOWNS = {
    "Казань": ("Казань", "Казани", "Казан"),
    "Набережные Челны": ("Челны", "Набережных Челнах", "Чаллы"),
    "Нижнекамский район": ("Нижнекамск", "Нижнекамске", "Түбән Кама"),
    "Альметьевский район": ("Альметьевск", "Альметьевске", "Әлмәт"),
    "Зеленодольский район": ("Зеленодольск", "Зеленодольске", "Яшел Үзән"),
    "Бугульминский район": ("Бугульма", "Бугульме", "Бөгелмә"),
    "Елабужский район": ("Елабуга", "Елабуге", "Алабуга"),
    "Чистопольский район": ("Чистополь", "Чистополе", "Чистай"),
    "Арский район": ("Арск", "Арске", "Арча"),
    "Буинский район": ("Буинск", "Буинске", "Буа"),
    "Высокогорский район": ("Высокая Гора", "Высокой Горе", "Биектау"),
    "Кукморский район": ("Кукмор", "Кукморе", "Кукмара"),
    "Мензелинский район": ("Мензелинск", "Мензелинске", "Минзәлә"),
    "Сабинский район": ("Богатые Сабы", "Богатых Сабах", "Саба"),
    "Тетюшский район": ("Тетюши", "Тетюшах", "Тәтеш"),
}
STARTS = (
    "Верш Салм Кзыл Шап Кур Бер Ал Тат Ста Ниж Верх Кара Ак Сар Мал Бол Кол Нур Яна Иске Ямаш Кишк Мус Тюб Ур "
    "Чур Дуб Берез Лип"
)
MIDDLES = "ши ма бе ка ты ли но да ра че ки са"
ENDS = "нская евская инская овская тинская кинская бинская"
FLOWERS = (
    "Солнышко Радуга Теремок Ромашка Сказка Берёзка Ласточка Колокольчик Золушка Родничок Алёнушка Светлячок "
    "Тополёк Рябинка Малыш Дюймовочка Росинка Звёздочка Умка Буратино Лесовичок Гнёздышко Айгуль Кояшкай Чишмә "
    "Миләш"
)
DISTRICTS = ("Вахитовского", "Советского", "Приволжского", "Кировского", "Московского")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody typed and whom they meant."""

    text: str
    code: str


class Kind:
    """One sort of institution: official names and the words that people use."""

    def __init__(self, code: str, branch: str, official: tuple[str, ...], everyday: tuple[str, ...]) -> None:
        self.code, self.branch, self.official, self.everyday = code, branch, official, everyday


SCHOOL = Kind(
    "school",
    "Образование",
    (
        "МБОУ «Средняя общеобразовательная школа № {n}» г. {town}",
        "МБОУ «СОШ № {n} с углублённым изучением отдельных предметов» {district} района г. {town}",
        "МБОУ «СОШ № {n}»",
    ),
    (
        "школа {n}",
        "школа № {n}",
        "сош {n}",
        "{n} школа",
        "в {n}-й школе",
        "{n} мәктәп",
        "{n} нче мәктәп",
        "школу номер {n}",
    ),
)
GYMNASIUM = Kind(
    "gym",
    "Образование",
    ("МБОУ «Гимназия № {n}» г. {town}", "МАОУ «Гимназия №{n} – Центр образования»"),
    ("гимназия {n}", "{n} гимназия", "гимназии № {n}"),
)
KINDERGARTEN = Kind(
    "garden",
    "Образование",
    ("МАДОУ «Детский сад № {n} «{flower}»", "МБДОУ «Детский сад комбинированного вида № {n}» г. {town}"),
    (
        "садик {n}",
        "детский сад {n}",
        "д/с {n}",
        "дс №{n}",
        "детсад {n}",
        "{n} садик",
        "в садике № {n}",
        "балалар бакчасы {n}",
    ),
)
MUSIC = Kind(
    "music",
    "Культура",
    ("МБУ ДО «ДМШ № {n}»", "МБУДО «Детская музыкальная школа №{n}» г. {town}"),
    ("музыкалка {n}", "дмш {n}", "музыкальная школа {n}"),
)
CHILDREN_CLINIC = Kind(
    "dgp",
    "Здравоохранение",
    ("ГАУЗ «Городская детская поликлиника № {n}» г.{town}", "ГАУЗ «Детская городская поликлиника №{n}»"),
    ("дгп {n}", "детская поликлиника {n}", "ДГП №{n}", "балалар поликлиникасы {n}"),
)
CLINIC = Kind(
    "gp",
    "Здравоохранение",
    ("ГАУЗ «Городская поликлиника № {n}»",),
    ("поликлиника {n}", "гп {n}", "поликлинику номер {n}"),
)
NUMBERED = ((SCHOOL, 110), (GYMNASIUM, 22), (KINDERGARTEN, 180), (MUSIC, 14), (CHILDREN_CLINIC, 9), (CLINIC, 16))


def directory(size: int, *, seed: int = 1) -> tuple[list[Institution], list[Question]]:
    """Return `size` institutions and, for each, one clean way to type it."""
    chance = random.Random(seed)
    found: list[Institution] = []
    questions: list[Question] = []

    def add(kind: str, branch: str, name: str, municipality: str, question: str) -> None:
        code = f"{kind}-{len(found)}"
        found.append(Institution(code=code, name=name, branch=branch, municipality=municipality))
        questions.append(Question(text=question, code=code))

    for municipality, (town, town_in, town_tt) in TOWNS.items():
        share = 1.0 if municipality == "Казань" else 0.45 if municipality in CITIES else 0.08
        for kind, most in NUMBERED:
            for number in range(1, max(2, round(most * share))):
                words = {
                    "n": number,
                    "town": town,
                    "district": chance.choice(DISTRICTS),
                    "flower": chance.choice(FLOWERS.split()),
                }
                everyday = chance.choice(kind.everyday).format(n=number)
                place = chance.choice([town, f"в {town_in}", town_tt, f"г. {town}"])
                text = f"{place} {everyday}" if chance.random() < 0.4 else f"{everyday} {place}"
                add(kind.code, kind.branch, chance.choice(kind.official).format(**words), municipality, text)
        adjective = municipality.removesuffix(" район").removesuffix("ий") + "ая"
        if municipality.endswith("район"):
            add(
                "crb",
                "Здравоохранение",
                f"ГАУЗ «{adjective} ЦРБ»",
                municipality,
                chance.choice([f"црб {town}", f"{adjective} црб", f"{town_tt} црб"]),
            )
            add(
                "rdk",
                "Культура",
                f"МБУК «{adjective} районный Дом культуры»",
                municipality,
                chance.choice([f"рдк {town}", f"районный дом культуры в {town_in}"]),
            )
    villages = [start + middle + end for start in STARTS.split() for middle in MIDDLES.split() for end in ENDS.split()]
    villages += [f"Ново{village.lower()}" for village in villages]
    chance.shuffle(villages)
    while len(found) < size:
        # Every village once: of two the right one could not be known.
        village = villages.pop()
        municipality = chance.choice(list(TOWNS))
        name, everyday = chance.choice(
            [
                (f"МБОУ «{village} СОШ» {municipality}", "{v} школа|школа {v}|{v} сош|{v} мәктәбе"),
                (f"МБДОУ «{village.removesuffix('ая')}ий детский сад»", "{v} садик|детский сад {v}"),
                (f"{village.removesuffix('ая')}ий СДК", "{v} сдк|{v} дк|{v} дом культуры|клуб {v}"),
                (f"{village} сельская библиотека", "{v} библиотека|библиотека {v}"),
            ]
        )
        text = chance.choice(everyday.split("|")).format(v=village.lower())
        add(
            "rural",
            "Образование",
            name,
            municipality,
            text if chance.random() < 0.5 else f"{text} {TOWNS[municipality][0]}",
        )
    return found, questions


def distort(text: str, chance: random.Random) -> str:
    """Return the text as somebody in a hurry types it: no capitals, plain letters for Tatar ones, one slip."""
    if chance.random() < 0.5:
        text = text.lower()
    if chance.random() < 0.5:
        text = text.translate(str.maketrans("әөүҗңһёӘӨҮ", "эоужнхеЭОУ"))
    long_words = [word for word in text.split() if len(word) > 5 and word.isalpha()]
    if long_words and chance.random() < 0.4:
        word = chance.choice(long_words)
        at = chance.randrange(1, len(word) - 1)
        slips = (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        text = text.replace(word, chance.choice(slips), 1)
    return text


TOWN_ENDS = ("горск", "бург", "поль", "озёрск", "град", "реченск", "водск", "каменск")


def country(size: int, *, seed: int = 1) -> tuple[list[Institution], list[Question]]:
    """Return institutions of some two thousand invented municipalities, and one clean way to type each."""
    chance = random.Random(seed)
    towns = [start + middle + end for start in STARTS.split() for middle in MIDDLES.split() for end in TOWN_ENDS]
    middles, ends = MIDDLES.split(), ENDS.split()
    villages = [
        start + one + two + end for start in STARTS.split() for one in middles for two in middles for end in ends
    ]
    found: list[Institution] = []
    questions: list[Question] = []
    while len(found) < size:
        place = len(found) * len(towns) // size
        town, number = towns[place], len(found) - place * size // len(towns) + 1
        if chance.random() < 0.6:
            kind = chance.choice(NUMBERED)[0]
            words = {"n": number, "town": town, "district": DISTRICTS[0], "flower": chance.choice(FLOWERS.split())}
            name, text = chance.choice(kind.official).format(**words), chance.choice(kind.everyday).format(n=number)
            branch = kind.branch
        else:
            village = chance.choice(villages)
            name, text, branch = f"МБОУ «{village} СОШ»", f"{village.lower()} школа", "Образование"
        code = f"place-{len(found)}"
        found.append(Institution(code=code, name=name, branch=branch, municipality=f"{town} район"))
        questions.append(Question(text=f"{text} {town}", code=code))
    return found, questions


GREETINGS = (
    "здравствуйте, {}",
    "добрый день! {}",
    "подскажите пожалуйста {}",
    "мне нужна {}",
    "исәнмесез, {}",
    "хочу написать в {}",
    "{} пожалуйста",
    "{} спасибо",
)
SLANG = (
    ("школа", "школка"),
    ("школу", "школку"),
    ("детский сад", "детсадик"),
    ("садик", "сад"),
    ("музыкальная школа", "муз школа"),
    ("поликлиника", "полик"),
    ("дом культуры", "дк"),
    ("библиотека", "библ"),
    ("Нижнекамск", "НК"),
    ("Челны", "НЧ"),
    ("Альметьевск", "Альмет"),
    ("Зеленодольск", "Зелик"),
    ("г. ", "город "),
    ("№ ", "номер "),
    ("№", "N"),
)
DECLINED = (
    ("нская школа", "нской школе"),
    ("нская школа", "нскую школу"),
    ("вская школа", "вской школы"),
    ("нская сош", "нской сош"),
    ("нская библиотека", "нскую библиотеку"),
    ("вская библиотека", "вской библиотеки"),
    ("ская дом культуры", "ском доме культуры"),
    ("ская садик", "ском садике"),
    ("ская клуб", "ский клуб"),
    ("гимназия", "гимназию"),
    ("поликлиника", "поликлинику"),
    ("детский сад", "детского сада"),
    ("садик", "садике"),
    ("школа", "школы"),
    ("музыкалка", "музыкалку"),
)


TOGETHER = (
    "дом культуры",
    "доме культуры",
    "музыкальная школа",
    "муз школа",
    "детская поликлиника",
    "балалар бакчасы",
    "балалар поликлиникасы",
    *(name for names in TOWNS.values() for name in names if " " in name),
)
"""What nobody tears apart, however hurried."""


def disguise(text: str, chance: random.Random) -> str:
    """Return the text as people of all sorts type it: slang, declension, another order, cut short, misspelt."""
    for pairs, share in ((DECLINED, 0.5), (SLANG, 0.4)):
        fitting = [(common, other) for common, other in pairs if re.search(rf"{common}(?!\w)", text)]
        if fitting and chance.random() < share:
            common, other = chance.choice(fitting)
            text = re.sub(rf"{common}(?!\w)", other, text, count=1)
    if chance.random() < 0.3:
        for phrase in TOGETHER:
            text = text.replace(phrase, phrase.replace(" ", "_"))
        words = re.sub(r"(г\.|город|в|номер|№) ", r"\1_", text).split()
        chance.shuffle(words)
        text = " ".join(words).replace("_", " ")
    long_words = [word for word in text.split() if len(word) > 8 and word.isalpha()]
    if long_words and chance.random() < 0.2:
        word = chance.choice(long_words)
        text = text.replace(word, word[: -chance.randint(1, 2)], 1)
    for _ in range(2):
        text = distort(text, chance)
    return chance.choice(GREETINGS).format(text) if chance.random() < 0.25 else text
