"""Personal data is covered, everything else stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parts import LOOKED_AT
from bot.safety.masks import COVER, find, mask, mask_json
from bot.safety.personal import Kind

# Every number is made up; control digits are right where the comment does not say otherwise.
COVERED = [
    # СНИЛС: the usual writing, and without separators
    ("Мой СНИЛС 112-233-445 95, проверьте", "Мой СНИЛС •••, проверьте", Kind.SNILS),
    ("11223344595 – это номер", "••• – это номер", Kind.SNILS),
    # context rule: a wrong control sum is covered after the word
    ("снилс: 112-233-445 00", "снилс: •••", Kind.SNILS),
    ("СНИЛС минем 112-233-445 00", "СНИЛС минем •••", Kind.SNILS),
    # ИНН of a person and of an organisation, and a mistyped one after the word
    ("ищу по 500100732259", "ищу по •••", Kind.INN),
    ("7707083893", "•••", Kind.INN),
    ("ИНН 7707083890", "ИНН •••", Kind.INN),
    # cards: spaces, hyphens, in one piece, 19 digits; a policy of insurance has the same check
    ("карта 4276 1600 1234 5678", "карта •••", Kind.CARD),
    ("4111 1111 1111 1111", "•••", Kind.CARD),
    ("4111-1111-1111-1111", "•••", Kind.CARD),
    ("списали с 4111111111111111 вчера", "списали с ••• вчера", Kind.CARD),
    ("полис 1648 2107 3300 0123", "полис •••", Kind.CARD),
    # accounts
    ("на 40817810099910004312", "на •••", Kind.ACCOUNT),
    ("л/с 1234567890", "л/с •••", Kind.ACCOUNT),
    ("лицевой счёт № 12345678", "лицевой счёт № •••", Kind.ACCOUNT),
    # phones: every way people write them
    ("+7 (917) 123-45-67", "•••", Kind.PHONE),
    ("звоните 89171234567", "звоните •••", Kind.PHONE),
    ("89 171 234 567", "•••", Kind.PHONE),
    ("8-917-123-45-67", "•••", Kind.PHONE),
    ("8.917.123.45.67", "•••", Kind.PHONE),
    ("8 9 1 7 1 2 3 4 5 6 7", "•••", Kind.PHONE),
    ("тел.79171234567", "тел.•••", Kind.PHONE),
    ("917 123 45 67", "•••", Kind.PHONE),
    ("9171234567", "•••", Kind.PHONE),
    ("8 (843) 238-27-66", "•••", Kind.PHONE),
    ("+998 90 123 45 67", "•••", Kind.PHONE),
    ("в 10 89171234567", "в 10 •••", Kind.PHONE),
    ("8‑917‑123‑45‑67", "•••", Kind.PHONE),
    ("８９１７１２３４５６７", "•••", Kind.PHONE),
    ("8 843 238 27 66/89171234567", "•••/•••", Kind.PHONE),
    # passports: by their shape, and after the word in one piece or in parts
    ("92 04 123456", "•••", Kind.PASSPORT),
    ("92 04 № 123456", "•••", Kind.PASSPORT),
    ("паспорт 9204123456", "паспорт •••", Kind.PASSPORT),
    ("Паспорт: серия 9204 номер 123456", "Паспорт: серия •••", Kind.PASSPORT),
    # codes
    ("Пришёл код 4821", "Пришёл код •••", Kind.CODE),
    ("код из смс: 12-34-56", "код из смс: •••", Kind.CODE),
    ("пароль от дневника 998877", "пароль от дневника •••", Kind.CODE),
    ("код 4821 89171234567", "код ••• •••", Kind.CODE),
    # e-mail
    ("пишите ivan.petrov@mail.ru.", "пишите •••.", Kind.EMAIL),
    # car plates: Russian and Latin letters
    ("у подъезда А123ВС116", "у подъезда •••", Kind.CAR),
    ("a123bc16 rus", "••• rus", Kind.CAR),
    ("А 123 ВС 16", "•••", Kind.CAR),
    # dates of birth
    ("сын родился 05.03.2019", "сын родился •••", Kind.BIRTH_DATE),
    ("дата рождения: 5 марта 2019", "дата рождения: •••", Kind.BIRTH_DATE),
    ("05.03.2019 г.р.", "••• г.р.", Kind.BIRTH_DATE),
    ("туган көне 05.03.2019", "туган көне •••", Kind.BIRTH_DATE),
    # flats: the house stays, the door does not
    ("ул. Ленина, 5, кв. 12", "ул. Ленина, 5, кв. •••", Kind.FLAT),
    ("квартира № 12а", "квартира № •••", Kind.FLAT),
    ("Тукай урамы 5, 12 нче фатир", "Тукай урамы 5, ••• нче фатир", Kind.FLAT),
    # names: only after the words that announce them
    ("Здравствуйте, меня зовут Анна Ивановна Петрова, и вот", "Здравствуйте, меня зовут •••, и вот", Kind.NAME),
    ("меня зовут гульнара", "меня зовут •••", Kind.NAME),
    ("Минем исемем Әлфия", "Минем исемем •••", Kind.NAME),
]

UNTOUCHED = [
    "номер 2026-000123",  # our own and other registers' numbers
    "Сообщение № 412",
    "ОГРН 1021602826035",  # organisations' register
    "ИНН и ОГРН 1021602826035",
    "цена 15 000 рублей, было 9 900 000 000 руб.",
    "84 300 000 000 рублей на дороги",
    "звоните 112 или 103",
    "горячая линия 8 800 200-01-22",  # belongs to nobody
    "с 22.11.2026 по 25.11.2026, 10:40",
    "паспорт выдан 12.11.2015",
    "квартал 12, 45 кв. м, 2 кв. 2026",
    "в 100 км 16 машин",
    "школа 12, дом 5, корпус 2",
    "код ОКТМО 92701000",
    "меня зовут на собрание",
    "https://vk.com/wall-77_9171234567",
    "https://vk.com/id9171234567",
    "4111 1111 1111 1112",  # Luhn says no, and no word names it
    "Кодекс 2026 года",
    "",
]


@pytest.mark.parametrize(("text", "shown", "kind"), COVERED)
def test_personal_data_is_covered(text: str, shown: str, kind: Kind) -> None:
    assert shown == mask(text)
    assert find(text)[0].kind is kind


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_numbers_and_words_stay(text: str) -> None:
    assert text == mask(text)


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from([row[0] for row in COVERED]),
    st.sampled_from(
        [" ", "-", "код ", "снилс ", "карта ", "8", "917", "12345678", "кв. ", "@", ".", "\n", "меня зовут "]
    ),
)
texts = st.lists(pieces, max_size=8).map("".join)


@given(texts)
def test_only_what_is_found_changes(text: str) -> None:
    found = find(text)
    position, expected = 0, ""
    for one in found:
        assert position <= one.start < one.end <= len(text), "in order, never overlapping"
        expected += text[position : one.start] + COVER
        position = one.end
    assert expected + text[position:] == mask(text)


def test_a_long_text_of_digits_is_read_in_step_with_its_length() -> None:
    text = "1 " * 20_000 + "89171234567"
    assert mask(text).endswith(COVER)


def test_what_is_too_far_behind_to_be_looked_at_is_covered_whole() -> None:
    shown = mask("слово " * 3_333 + "8917 1234567, Казань " * 100)
    assert shown.startswith("слово слово ")
    assert shown.endswith(COVER)
    assert "8917" not in shown
    assert len(shown) < LOOKED_AT


def test_a_payload_of_brackets_only_is_covered_like_words() -> None:
    assert mask_json("[" * 5_000 + "8 917 123-45-67") == "[" * 5_000 + COVER
