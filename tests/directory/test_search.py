"""People type names in two languages, shortened, declined and with slips; a number or a city is never guessed."""

import random
import re
import time
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.places import read_address
from bot.directory.search import DirectorySearch
from bot.directory.words import read_words
from bot.domain.institution import Institution
from tests.directory import regions
from tests.directory.synthetic import TOWNS, directory, disguise, distort


def institution(code: str, name: str, municipality: str, **more: str | tuple[str, ...]) -> Institution:
    return Institution(code=code, name=name, municipality=municipality, branch="Образование", **more)  # type: ignore[arg-type] # only texts and aliases are given here


DIRECTORY = [
    institution(
        "kazan-12",
        "МБОУ «СОШ № 12 с углублённым изучением отдельных предметов» Вахитовского района г. Казани",
        "Казань",
        short_name="Школа № 12",
    ),
    institution("kazan-music-12", "МБУ ДО «ДМШ № 12» г. Казани", "Казань"),
    institution("chelny-12", "МБОУ «СОШ № 12»", "Набережные Челны"),
    institution("kazan-112", "МБОУ «СОШ № 112» г. Казани", "Казань"),
    institution("kazan-7", "МБОУ «Гимназия № 7» г. Казани", "Казань"),
    institution("kazan-35", "МБОУ «Школа № 35 имени 75-летия Победы»", "Казань", aliases=("Губернская",)),
    institution("kazan-children-6", 'ГАУЗ "Городская детская поликлиника №6" г.Казани', "Казань"),
    institution("chelny-children-6", 'ГАУЗ "Детская городская поликлиника №6" г.Наб.Челны', "Набережные Челны"),
    institution("kazan-clinic-21", "ГАУЗ «Городская поликлиника № 21»", "Казань"),
    institution("almet-hospital", "ГАУЗ «Альметьевская ЦРБ»", "Альметьевский район"),
    institution(
        "shapshi", "МБОУ «Шапшинская СОШ» Высокогорского муниципального района", "Высокогорский муниципальный район"
    ),
    institution("garden-5", "МАДОУ «Детский сад № 5 «Солнышко»", "Казань"),
    institution("garden", "МБДОУ «Детский сад «Солнышко»", "Нижнекамский район"),
    institution("republic", "ГАУЗ «Республиканская клиническая больница»", "Казань"),
    institution("alekseevskaya", "МБОУ «Алексеевская СОШ»", "Алькеевский район"),
    institution("alekseevskoe-1", "МБОУ «СОШ №1»", "Алексеевский район"),
    institution("riviera", "Бассейн «Ривьера»", "Казань"),
    institution("tukay", "Татарская гимназия имени Г. Тукая", "Казань"),
    institution("education-office", "Отдел образования города Бугульмы", "Бугульма", aliases=("районо",)),
    institution("sabantuy-dk", "Казанский сельский дом культуры", "Тукаевский район"),
]
SEARCH = DirectorySearch(DIRECTORY)

FIRST = [
    # typed, found first
    ("Школа №12 Казань", "kazan-12"),
    ("в 12-й школе Казани", "kazan-12"),
    ("двенадцатая школа казань", "kazan-12"),
    ("сто двенадцатая школа", "kazan-112"),
    ("COШ 12 Kазань", "kazan-12"),  # Latin letters among Cyrillic ones
    ("Казан 12 мәктәп", "kazan-12"),
    ("казан 12нче мэктэп", "kazan-12"),
    ("шкоал 12 казнь", "kazan-12"),
    ("школа 12 челны", "chelny-12"),
    ("нч сош 12", "chelny-12"),
    ("Яр Чаллы 12 мәктәбе", "chelny-12"),
    ("музыкалка 12", "kazan-music-12"),
    ("детская музыкальная школа № 12", "kazan-music-12"),
    ("школа 7 казань", "kazan-7"),
    ("школа 35", "kazan-35"),
    ("губернская школа", "kazan-35"),
    ("школа 35 имени 75-летия победы", "kazan-35"),
    ("дгп 6 казань", "kazan-children-6"),
    ("детская поликлиника номер 6 в Набережных Челнах", "chelny-children-6"),
    ("балалар поликлиникасы 6 Чаллы", "chelny-children-6"),
    ("поликлиника 21", "kazan-clinic-21"),
    ("поликлинникa 21", "kazan-clinic-21"),
    ("црб альметьевск", "almet-hospital"),
    ("Альметьевская районная больница", "almet-hospital"),
    ("Әлмәт хастаханәсе", "almet-hospital"),
    ("элмэт црб", "almet-hospital"),
    ("шапшинская школа", "shapshi"),
    ("школа в Шапшах", "shapshi"),
    ("шапшиская сош", "shapshi"),
    ("садик 5", "garden-5"),
    ("д/с №5", "garden-5"),
    ("садик солнышко нижнекамск", "garden"),
    ("Түбән Кама «Солнышко» балалар бакчасы", "garden"),
    ("ркб", "republic"),
    ("Республика клиник хастаханәсе", "republic"),
    ("алексеевская школа алькеевский район", "alekseevskaya"),
    ("басейн ривера", "riviera"),
    ("йөзү бассейны", "riviera"),
    ("гимназия тукая", "tukay"),
    ("Тукай гимназиясе", "tukay"),
    ("районо", "education-office"),
]


def found(text: str, *, municipality: str | None = None) -> list[str]:
    return [match.institution.code for match in SEARCH.find(text, municipality=municipality)]


def is_sure(text: str, *, municipality: str | None = None) -> bool:
    matches = SEARCH.find(text, municipality=municipality)
    assert not any(match.is_sure for match in matches[1:])
    return bool(matches) and matches[0].is_sure


@pytest.mark.parametrize(("text", "code"), FIRST)
def test_meant_institution_is_first(text, code):
    assert found(text)[:1] == [code]


@pytest.mark.parametrize("text", ["ДГП №6", "дгп 6", "детская поликлиника № 6"])
def test_one_name_in_two_cities_is_offered_twice_and_asked(text):
    assert set(found(text)) == {"kazan-children-6", "chelny-children-6"}
    assert not is_sure(text)


@pytest.mark.parametrize(
    "text",
    ["школа 13", "дгп 66", "школа 1112", "садик 6", "школа 12 казань 5", "семьдесят седьмая школа", "гимназия 12"],
)
def test_other_number_is_never_offered_first(text):
    numbers = {read_words(match.institution.name).numbers for match in SEARCH.find(text)}

    assert numbers <= {read_words(text).numbers}


@pytest.mark.parametrize("text", ["школа 112 челны", "дгп 6 буинск", "бассейн ривьера нижнекамск"])
def test_other_city_is_never_offered(text):
    assert found(text) == []


def test_other_kind_in_the_right_city_may_be_offered_but_is_asked():
    assert found("ркб альметьевск") == ["almet-hospital"]
    assert not is_sure("ркб альметьевск")


def test_city_in_the_name_of_an_institution_elsewhere_is_not_its_city():
    assert found("казанский дом культуры") == ["sabantuy-dk"]
    assert set(found("алексеевская школа")) == {"alekseevskaya", "alekseevskoe-1"}


SURE = [
    # typed, may be taken without asking
    ("школа 12 казань", True),
    ("школа 12", False),  # in two cities
    ("школа 7 казань", False),  # a gymnasium is not quite a school
    ("гимназия 7", True),
    ("дгп 6 казань", True),
    ("садик солнышко", False),
    ("садик солнышко нижнекамск", True),
    ("садик казань", False),  # the number would be a guess
    ("поликлиника казань", False),
    ("шапшинская школа", True),
    ("шапшиская школа", False),  # might be another village, unknown here
    ("школа 112 казнь", False),  # the city is a guess
    ("школа 112 казань горки", False),  # something more was meant
    ("здравствуйте, мне нужна школа 112", True),
    ("больница альметьевск", False),
    ("школа", False),
    ("12", False),
]


@pytest.mark.parametrize(("text", "sure"), SURE)
def test_only_what_leaves_no_doubt_is_taken_without_asking(text, sure):
    assert is_sure(text) == sure


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("школа 99", True),
        ("99 мәктәп", True),
        ("поликлиника номер 99 Казань", True),
        ("в школе 99 холодно", False),
        ("нет воды 3 дня", False),
        ("99", False),
        ("Здравствуйте", False),
    ],
)
def test_a_name_is_known_as_one_though_nobody_has_it(text: str, is_name: bool) -> None:
    assert SEARCH.reads_as_name(text) is is_name
    assert not found(text) or not is_name


@pytest.mark.parametrize("municipality", ["Казань", "г. Казань", "Казан", "казанский"])
def test_known_municipality_narrows_and_makes_sure(municipality):
    assert found("школа 12", municipality=municipality)[0] == "kazan-12"
    assert is_sure("школа 12", municipality=municipality)


def test_unknown_municipality_finds_nothing():
    assert found("школа 12", municipality="Москва") == []


@pytest.mark.parametrize(
    "text", ["", " ", "«»", "Казань", "привет", "муниципальное учреждение", "\x00", "😀", "ы" * 5000]
)
def test_words_that_name_nothing_find_nothing(text):
    assert found(text) == []
    assert SEARCH.covers(text) == 0


def test_empty_directory_finds_nothing():
    assert DirectorySearch([]).find("школа 12") == []
    assert DirectorySearch([]).covers("школа 12") == 0


def test_limit_is_kept():
    assert len(SEARCH.find("школа", limit=2)) == 2


NUMBER_WORDS = ("12", "№6", "сто", "пятая", ",", "-я")


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "школа",
                    "сад",
                    "12",
                    "№6",
                    "казань",
                    "чаллы",
                    "дгп",
                    "гимназия",
                    "ы?",
                    "д/с",
                    "«Солнышко»",
                    "сто",
                    "пятая",
                    ",",
                    "-я",
                ]
            )
        ).map(" ".join),
    )
)
def test_any_words_give_an_ordered_answer(text):
    matches = SEARCH.find(text)

    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert all(35 <= match.score <= 100 for match in matches)
    assert 0 <= SEARCH.covers(text) <= 1
    numbers = read_words(text).numbers
    assert not numbers or all(read_words(match.institution.name).numbers == numbers for match in matches)


COVERS = [
    # typed, at least, at most
    ("школа 12", 1, 1),
    ("Школа № 12 города Казани", 1, 1),
    ("детский сад солнышко в Нижнекамске", 1, 1),
    ("шапшиская школа", 1, 1),
    ("Здравствуйте! Когда починят крышу в школе 12?", 0, 0.4),
    ("Почему в школе на Мира не топят уже третью неделю, дети мёрзнут", 0, 0.35),
    ("Когда приедет автобус", 0, 0),
]


@pytest.mark.parametrize(("text", "least", "most"), COVERS)
def test_typed_name_is_told_from_a_question_that_mentions_one(text, least, most):
    assert least <= SEARCH.covers(text) <= most


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("школа № 012", {12}),
        ("12-я", {12}),
        ("5й сад", {5}),
        ("3 нче мәктәп", {3}),
        ("дс12", {12}),
        ("двадцать пятая", {25}),
        ("тридцать третья школа", {33}),
        ("сто двадцать пятая", {125}),
        ("первая и вторая", {1, 2}),
        ("беренче мәктәп", {1}),
        ("у меня один вопрос", set()),
        ("50 лет Октября", set()),
        ("75-летия Победы", set()),
        ("Центр семьи", set()),
        ("сотня", set()),
    ],
)
def test_numbers_are_understood_in_digits_and_in_words(text, numbers):
    assert read_words(text).numbers == numbers


@pytest.fixture(scope="module")
def region():
    """A region of three thousand institutions, its search, and what people ask."""
    institutions, questions = directory(3000)
    return DirectorySearch(institutions), questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What came of many questions."""

    first: float
    among_five: float
    wrong_number: list[str]
    wrongly_sure: list[str]


def judge(search: DirectorySearch, asked: list[tuple[str, str]]) -> Shares:
    answers = [(text, code, search.find(text)) for text, code in asked]
    codes = [(code, [match.institution.code for match in matches]) for _, code, matches in answers]
    return Shares(
        first=sum(found[:1] == [code] for code, found in codes) / len(asked),
        among_five=sum(code in found for code, found in codes) / len(asked),
        wrong_number=[
            text
            for text, _, matches in answers
            if matches
            and read_words(text).numbers
            and read_words(matches[0].institution.name).numbers != read_words(text).numbers
        ],
        wrongly_sure=[
            text
            for text, code, matches in answers
            if matches and matches[0].is_sure and matches[0].institution.code != code
        ],
    )


# Measured over 2,000 questions: in a hurry 99.6 and 99.7 %, of all sorts 98.6 and 99.6 %.
@pytest.mark.parametrize("distorted", [distort, disguise])
@pytest.mark.parametrize("seed", [5, 6])
def test_distorted_names_of_a_whole_region_are_found_without_a_wrong_number_or_a_wrong_certainty(
    region, distorted, seed
):
    search, questions = region
    chance = random.Random(seed)

    shares = judge(
        search, [(distorted(question.text, chance), question.code) for question in chance.sample(questions, 600)]
    )

    assert shares.wrong_number == []
    assert shares.wrongly_sure == []
    assert shares.first >= 0.97
    assert shares.among_five >= 0.99


def test_one_name_in_two_places_is_never_taken_without_asking(region):
    search, questions = region
    places = sorted({f"{before}{name}" for names in TOWNS.values() for name in names for before in ("в ", "г. ", "")})
    without_place = [
        (re.sub("|".join(sorted(places, key=len, reverse=True)), "", question.text).strip(), question.code)
        for question in questions
    ]
    homes: dict[str, set[str]] = {}
    for text, code in without_place:
        homes.setdefault(text, set()).add(code)
    shared = [text for text, codes in homes.items() if len(codes) > 1]

    assert len(shared) > 200
    assert [text for text in shared if any(match.is_sure for match in search.find(text))] == []


def test_words_of_the_branch_and_of_narrower_spheres_lead_to_an_institution():
    search = DirectorySearch(
        [
            replace(institution("dk", "МБУ «Русь»", "Тында"), branch="Культура", aliases=("Дома культуры",)),
            replace(institution("school-5", "МБОУ «СОШ № 5»", "Тында"), aliases=("Школы",)),
        ]
    )

    assert [match.institution.code for match in search.find("дом культуры")] == ["dk"]
    assert [match.institution.code for match in search.find("культура тында")] == ["dk"]
    # The word for its kind is no name without a number.
    assert [match.is_sure for match in search.find("школа тында")] == [False]
    assert [match.is_sure for match in search.find("школа 5 тында")] == [True]


LONG_QUESTION = (
    "Здравствуйте! Когда наконец починят крышу в школе на улице Мира, дети сидят в куртках, топить обещали ещё осенью, "
    "директор трубку не берёт, помогите пожалуйста, куда обращаться родителям пятиклассников дальше?"
)


@pytest.mark.parametrize("text", [LONG_QUESTION, LONG_QUESTION * 20])
def test_long_question_is_no_name_and_costs_little(text):
    institutions, _ = directory(5000)
    search = DirectorySearch(institutions)
    times = []
    for _ in range(5):
        started = time.process_time()
        assert search.covers(text) < 0.2
        times.append(time.process_time() - started)

    # The processor's time, which a busy machine does not stretch.
    # Measured 0.6 ms; twenty times more when slips were looked for in every word.
    assert min(times) < 0.01


def slowest_of_most(search: DirectorySearch, texts: list[str]) -> float:
    """The processor time in seconds that 99 of 100 questions stay under; other processes do not count."""
    times = []
    for text in texts:
        started = time.process_time()
        search.find(text)
        times.append(time.process_time() - started)
    return sorted(times)[len(times) * 99 // 100]


def test_search_is_quick_enough_for_every_message():
    institutions, questions = directory(5000)
    chance = random.Random(3)
    texts = [disguise(question.text, chance) for question in questions[::10]]

    # Measured 0.7 ms against the goal. `bench.search` measures a whole country.
    assert slowest_of_most(DirectorySearch(institutions), texts) < 0.003


@pytest.fixture(scope="module")
def real_names():
    return DirectorySearch(regions.directory())


# Measured: first 99.2 %, among five 99.8 %; texts that were asked for the first time 95 to 98 and 97 to 99.5 %.
def test_what_people_type_in_several_regions_is_found_and_never_taken_for_another(real_names):
    asked = regions.typed()
    first, among, wrongly_sure, wrong_number = 0, 0, [], []
    for text, meant, must_ask in asked:
        found = real_names.find(text)
        codes = [match.institution.code for match in found]
        is_sure = bool(found) and found[0].is_sure
        if meant == {"*"}:
            is_first = is_among = not is_sure
        elif not meant:
            is_first = is_among = not found
        else:
            is_first, is_among = codes[0] in meant if codes else False, not meant.isdisjoint(codes)
        first, among = first + is_first, among + is_among
        if is_sure and (must_ask or codes[0] not in meant):
            wrongly_sure.append(text)
        typed, offered = read_words(text).numbers, [read_words(match.institution.name).numbers for match in found]
        if any(typed and numbers and typed.isdisjoint(numbers) for numbers in offered):
            wrong_number.append(text)

    assert len(asked) > 800
    assert len(regions.directory()) > 2_000
    assert wrongly_sure == []
    assert wrong_number == []
    assert first / len(asked) >= 0.97
    assert among / len(asked) >= 0.98


# Measured over three seeds: 99.1 and 99.7 %.
def test_what_people_type_in_several_regions_is_found_with_one_more_slip(real_names):
    chance = random.Random(7)
    meant = [(text, codes) for text, codes, must_ask in regions.typed() if codes - {"*"} and not must_ask]
    answers = [(codes, real_names.find(distort(text, chance))) for text, codes in meant]

    assert [
        found for codes, found in answers if found and found[0].is_sure and found[0].institution.code not in codes
    ] == []
    assert sum(bool(found) and found[0].institution.code in codes for codes, found in answers) >= 0.97 * len(meant)
    assert sum(any(match.institution.code in codes for match in found) for codes, found in answers) >= 0.98 * len(meant)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("скд шапши", "vg-шапши-sdk"),
        ("сда 195 казань", "kz-garden-195"),
        ("в п-ке 18 казань", "kz-clinic-18"),
        ("б-ца 16 казань", "kz-gkb-16"),
        ("горбольница 7 казань", "kz-gkb-7"),
        ("мсч кфу", "kz-kfu"),
        ("школа 12 набережные члны", "nc-school-12"),
        ("школа 123 нижний ногород", "nn-school-123"),
        ("школа 30 йошкар ала", "yo-school-30"),
        ("школа 9 винсады", "pg-school-9"),
        ("загс замоскворечье", "msk-zags-zam"),
        ("школа номер 713 крылатское", "msk-school-713"),
        ("школа 10 ул гагарина 12 ессентукская", "pg-school-10"),
        ("школа 2107 щепкина 68", "msk-school-2107"),
        ("мфц пришвина 12", "msk-mfc-bib"),
        ("школа 103 уфы", "uf-school-103"),
        ("винсады", None),
        ("школа 10 винсады", None),
        ("школа 713 замоскворечье", None),
        ("школа 12 новосибирск", None),
        ("школа 180 казань", None),
    ],
)
def test_short_kinds_towns_and_addresses_are_understood_and_a_town_is_never_guessed(real_names, text, code):
    assert [match.institution.code for match in real_names.find(text, limit=1)] == ([code] if code else [])


@pytest.mark.parametrize(
    "text",
    ["скд шапши", "школа 12 набережные члны", "школа 713 крылацкое", "школа на гагарина 12 казань", "мфс крылатское"],
)
def test_a_guessed_abbreviation_town_or_street_is_asked(real_names, text):
    assert [match.is_sure for match in real_names.find(text, limit=1)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "в садике холодно",
        "на пл. Ленина не горит фонарь",
        "школа не отвечает",
        "нет воды на ул. Гагарина 12",
        "на улице 8 марта яма",
        "в Крылатском не работает лифт",
        "на Крылатских холмах темно",
        "сдаю квартиру",
        "минеральной воды нет в столовой",
        "мчс не отвечает",
        "дом 5 ул мира течёт крыша",
        "когда починят дорогу в станице Суворовской",
        "ленина 5",
        "кто директор школы",
    ],
)
def test_ordinary_sentences_are_no_names_though_they_speak_of_kinds_streets_and_villages(real_names, text):
    assert real_names.covers(text) < 0.6
    assert not real_names.reads_as_name(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("школа 5 ул. 8 Марта", {5}),
        ("школа 5 ул. 3-я Строительная, 12", {5}),
        ("ул. Мира, д. 7, школа 5", {5}),
        ("на улице Мира 5 школа", {5}),
        ("на улице Мира школа 5", {5}),
        ("школа 5 проспект Карла Маркса 41", {5}),
        ("детский дом 5", {5}),
        ("9 мая сад 3", {3}),
    ],
)
def test_numbers_of_streets_and_houses_are_not_the_institutions(text, numbers):
    assert read_words(text).numbers == numbers


@pytest.mark.parametrize(
    ("address", "settlements", "streets"),
    [
        (
            "357350, Ставропольский край, Предгорный муниципальный округ, п. Винсады, ул. Подгорная, 1",
            ("Предгорный", "Винсады"),
            ("Подгорная",),
        ),
        ("г. Москва, р-н Крылатское, Осенний бульвар, д. 5", ("Москва", "Крылатское"), ("Осенний",)),
        ("Предгорный р-н, ст-ца Ессентукская ул Гагарина 5", ("Предгорный", "Ессентукская"), ("Гагарина",)),
        ("Республика Татарстан, с. Шапши", ("Шапши",), ()),
        ("Татарстан Респ, Казань г, Чуйкова ул, дом 54", ("Казань",), ("Чуйкова", "дом")),
        ("Россия, Винсады, Подгорная, 1", ("Винсады",), ("Подгорная",)),
        ("Минеральные Воды г, 50 лет Октября ул, 87", ("Минеральные Воды",), ("лет Октября",)),
    ],
)
def test_address_is_taken_apart_by_the_words_around_its_names(address, settlements, streets):
    read = read_address(address)

    assert (read.settlements, read.streets) == (settlements, streets)


def test_what_is_called_after_a_municipality_is_offered_where_nobody_of_the_kind_is_in_it():
    search = DirectorySearch(
        [
            institution("zags", "Замоскворецкий отдел ЗАГС", "Москва"),
            institution("other-zags", "Тушинский отдел ЗАГС", "Москва"),
            institution("mfc", "МФЦ", "муниципальный округ Замоскворечье"),
            institution("chishmy", "Школа № 3", "Чишминский район"),
            institution("resort", "Школа № 3", "город-курорт Пятигорск"),
        ]
    )

    assert [match.institution.code for match in search.find("загс замоскворечье")] == ["zags"]
    assert [match.is_sure for match in search.find("загс замоскворечье")] == [False]
    assert [match.institution.code for match in search.find("мфц замоскворечье")] == ["mfc"]
    # The centre of a district, where no address names it.
    assert [match.institution.code for match in search.find("школа 3 чишмы")] == ["chishmy"]
    assert [match.institution.code for match in search.find("школа 3 пятигорск")] == ["resort"]
    assert search.find("школа 3 ессентуки") == []
