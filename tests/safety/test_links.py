"""Links of citizens cannot be clicked; links of answers lead only where they may."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.parts import LOOKED_AT
from bot.safety.links import defang, foreign_links

DEFANGED = [
    # with and without a scheme
    ("Смотрите https://example.com/a?b=1.", "Смотрите hxxps://example[.]com/a?b=1."),
    ("http://example.com", "hxxp://example[.]com"),
    ("сайт example.com, раздел «О нас»", "сайт example[.]com, раздел «О нас»"),
    ("www.school12.edu.tatar.ru", "www[.]school12[.]edu[.]tatar[.]ru"),
    ("HTTPS://EXAMPLE.COM", "hxxps://EXAMPLE[.]COM"),
    # other schemes open programs
    ("tg://resolve?domain=evil", "tg[:]//resolve?domain=evil"),
    # numbers and names without a dot are hosts after a scheme
    ("http://192.168.0.1/admin", "hxxp://192[.]168[.]0[.]1/admin"),
    ("http://localhost", "hxxp://localhost"),
    # a forged login: the host comes after the sign @
    ("https://gosuslugi.ru@evil.com/", "hxxps://gosuslugi[.]ru@evil[.]com/"),
    # a link inside a link
    ("https://a.ru/?u=https://b.ru/c", "hxxps://a[.]ru/?u=hxxps://b[.]ru/c"),
    ("a.ru://http://b.com0", "a[.]ru[:]//hxxp://b[.]com0"),
    (".".join(["ab"] * 12), "[.]".join(["ab"] * 12)),  # more labels than one look takes
    # a Russian «о» in a Latin name, and a Russian name under a Latin top
    ("https://gоsuslugi.ru/pay", "hxxps://xn--gsuslugi-nbh[.]ru/pay"),
    ("госуслуги.com", "xn--c1aapkosapc[.]com"),
    # a wholly Russian name is read as it is
    ("пишите на татарстан.рф", "пишите на татарстан[.]рф"),
    # signs and digits before it do not save it
    ("...-evil.com, 1https://a.ru", "...-evil[.]com, 1hxxps://a[.]ru"),
    # a full-width dot is a dot for a browser
    ("evil。com", "evil[.]com"),
    # signs that turn the direction of writing show «com.evil» as something else
    ("\u202emoc.live\u202c и \u2066a.ru\u2069", "moc[.]live и a[.]ru"),
    ("без ссылки \u202eанидар", "без ссылки анидар"),
    # every word may be a top-level domain; new ones come every year
    ("my-sber.bank, x.academy x.agency", "my-sber[.]bank, x[.]academy x[.]agency"),
    ("отчёт.zip a.xn--p1ai", "отчёт[.]zip a[.]xn--p1ai"),
    # addresses of numbers
    ("192.168.0.1:8080/x или 10.0.0.1.", "192[.]168[.]0[.]1:8080/x или 10[.]0[.]0[.]1."),
    ("2001:db8::1 и ::1", "2001[:]db8[:][:]1 и [:][:]1"),
    # a name of several labels beside another
    ("a.ru..b.com", "a[.]ru..b[.]com"),
    # a combining mark within a name
    ("a\u0301.ru", "xn--a-xbb[.]ru"),
]

STILL = ["ivan.petrov@mail.ru", "@ban_bot", "(@ban_bot)", "/start", "/ban@combot", "/3 этаж", "вот /start_1"]
"""What a tap would act on reads as it was written, with a character without width in it."""

NOT_LINKS = [
    "Было плохо.Стало хуже.",  # no space after the full stop
    "т.е. в 10.30, п. 5.3, 22.11.2026",
    "1/2, и/или, /помощь, ул.Ленина, г.Казань, в 12.30, 10.12.2026, и т.д.",
    "с 10:30:00 до 11:00 :: п. 1.2.3.4.5",
    "приказ.pdf и фото.jpg",
    "№ 12. Когда?",
    "",
]


@pytest.mark.parametrize(("text", "shown"), DEFANGED)
def test_a_link_of_a_citizen_cannot_be_clicked(text: str, shown: str) -> None:
    assert shown == defang(text)


@pytest.mark.parametrize("text", STILL)
def test_a_tap_on_citizens_words_does_nothing(text: str) -> None:
    shown = defang(text)
    assert shown.replace("\u2060", "") == text
    assert not re.search(r"(?<![\w/])[/@]\w|\w@\w|\.\w", shown)
    assert defang(shown) == shown


def test_what_is_not_looked_at_is_no_link_either() -> None:
    text = "а" * LOOKED_AT + "https://evil.com @ban_bot /ban 1.2.3.4"
    shown = defang(text)
    assert shown.replace("\u2060", "") == text
    assert not re.search(r"[/@.:]\w|//", shown)


@pytest.mark.parametrize("text", NOT_LINKS)
def test_what_is_no_link_stays_as_it_is(text: str) -> None:
    assert text == defang(text)
    assert foreign_links(text) == []


KNOWN = ["https://school12.ru/", "t.me/otklik_bot"]

ALLOWED = [
    "https://www.gosuslugi.ru/12345",
    "gosuslugi.ru",
    "https://mon.tatarstan.ru/rus/index.htm",
    "https://vk.com/wall-77_5",
    "vk.ru/club77",
    "https://max.ru/id123_bot",
    "https://www.nalog.gov.ru/",
    "http://school12.ru/docs/prikaz.pdf",
    "https://t.me/otklik_bot?start=school-12",
    "Сайт: mon.tatarstan.ru.",
    "пишите @otklik_bot или school12@tatar.ru",
]

FOREIGN = [
    # another site, with and without a scheme
    ("Оплатите на https://pay-school.ru/x.", ["https://pay-school.ru/x"]),
    ("зайдите на evil.com и vk.cc/abc", ["evil.com", "vk.cc/abc"]),
    # names that only look like an allowed one
    ("gosuslugi.ru.evil.com", ["gosuslugi.ru.evil.com"]),
    ("https://mygosuslugi.ru", ["https://mygosuslugi.ru"]),
    ("https://gоsuslugi.ru", ["https://gоsuslugi.ru"]),
    # a forged login, and the backslash that browsers read as a slash
    ("https://gosuslugi.ru@evil.com", ["https://gosuslugi.ru@evil.com"]),
    ("https://evil.com\\@gosuslugi.ru", ["https://evil.com\\@gosuslugi.ru"]),
    # an allowed site that leads elsewhere
    ("https://vk.com/away.php?to=https%3A%2F%2Fevil.com", ["https://vk.com/away.php?to=https%3A%2F%2Fevil.com"]),
    ("https://gosuslugi.ru/go?u=https://evil.com", ["https://gosuslugi.ru/go?u=https://evil.com"]),
    # a link behind a file's name
    ("prikaz.pdf?u=https://evil.com", ["https://evil.com"]),
    # somebody else's bot, another program, a bare number
    ("https://t.me/other_bot", ["https://t.me/other_bot"]),
    ("https://t.me/otklik_bot2", ["https://t.me/otklik_bot2"]),
    ("tg://resolve?domain=vk.com", ["tg://resolve?domain=vk.com"]),
    ("http://10.0.0.1/", ["http://10.0.0.1/"]),
    # what a messenger makes a link of, seen like the others
    ("зайдите на my-sber.bank и x.academy", ["my-sber.bank", "x.academy"]),
    ("192.168.0.1:8080/x", ["192.168.0.1:8080/x"]),
    ("по адресу 2001:db8::1", ["2001:db8::1"]),
    ("пишите @fake_support, а не @otklik_bot", ["@fake_support"]),
    ("нажмите /start@fake_bot", ["@fake_bot"]),
]


@pytest.mark.parametrize("text", ALLOWED)
def test_official_sites_and_our_own_may_be_named(text: str) -> None:
    assert foreign_links(text, KNOWN) == []


@pytest.mark.parametrize(("text", "links"), FOREIGN)
def test_a_link_elsewhere_is_found(text: str, links: list[str]) -> None:
    assert links == foreign_links(text, KNOWN)


pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from([row[0] for row in (*DEFANGED, *FOREIGN)]),
    st.sampled_from([".", "/", "@", "://", "http", "hxxps://", "[.]", "com", "рф", "xn--", ":", " ", "-", "о", "\\"]),
)
texts = st.lists(pieces, max_size=8).map("".join)


@given(texts)
@example("@0000@0。AA")
@example("://0000ok。@abcd")
def test_defanging_twice_changes_nothing_more(text: str) -> None:
    assert defang(text) == defang(defang(text))


@given(texts)
def test_no_scheme_survives(text: str) -> None:
    assert "http://" not in defang(text).lower()
    assert "https://" not in defang(text).lower()


@given(texts)
def test_links_are_quoted_as_they_are_written(text: str) -> None:
    assert all(link in text for link in foreign_links(text, KNOWN))


def test_links_inside_links_inside_links_cost_nothing() -> None:
    text = "https://vk.com/?u=" * 1000
    assert foreign_links(text) == [text]


def test_a_name_with_a_dot_that_no_messenger_links_stays_as_it_was_written() -> None:
    assert defang("onerror=document.title и отчёт.итог") == "onerror=document.title и отчёт.итог"
