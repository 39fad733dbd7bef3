"""Every fault of every row is named, with the line that a person sees; good rows become institutions."""

import pytest

from bot.domain.institution import Institution
from tests.directory.sheets import check

GOOD_CELLS = [
    # column, typed, kept
    ("code", " school-1 ", "school-1"),
    ("code", "77.0", "77"),
    ("name", "  Школа\n№ 12 \t", "Школа № 12"),
    ("name", "Школа\u200b\u00ad 12", "Школа 12"),
    ("name", "и\u0306", "й"),
    ("phone", "'+7 843 222-33-44", "+7 843 222-33-44"),
    ("phone", "+7 843 222-33-44", "+7 843 222-33-44"),
    ("phone", "—", ""),
    ("aliases", "сто двадцатая | Радуга||Радуга", ("сто двадцатая", "Радуга")),
    ("work_hours", "Mo-Fr 8:00-12:00, 13:00-17:00;Sa 09:00-13:00;", "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-13:00"),
    ("work_hours", "Пн–Пт 08:00–17:00; сб. 09:00-13:00", "Mo-Fr 08:00-17:00; Sa 09:00-13:00"),
    ("work_hours", "24/7", "24/7"),
    ("time_zone", "Asia/Yekaterinburg", "Asia/Yekaterinburg"),
    ("kind", "Municipal", "municipal"),
    ("kind", "", "subordinate"),
    ("vk_group_id", "77", "77"),
    ("vk_group_id", "77,0", "77"),
    ("vk_group_id", "-77", "77"),
    ("vk_group_id", "club77", "77"),
    ("vk_group_id", "public77", "77"),
    ("vk_group_id", "https://vk.com/club77", "77"),
    ("vk_group_id", "m.vk.ru/public77?w=1", "77"),
    ("telegram_channel", "@school_12", "@school_12"),
    ("telegram_channel", "https://t.me/school_12", "@school_12"),
    ("telegram_channel", "-1001234567890", "-1001234567890"),
    ("telegram_token", "123456:AAE-abc_9", "123456:AAE-abc_9"),
    ("ogrn", "1027700132195", "1027700132195"),
    ("ogrn", "304500116000157", "304500116000157"),
    ("inn", "7707083893", "7707083893"),
    ("inn", "500100732259", "500100732259"),
]


@pytest.mark.parametrize(("column", "typed", "kept"), GOOD_CELLS)
def test_cell_is_kept_as_meant(tmp_path, column, typed, kept):
    checked = check(tmp_path, {column: typed})

    assert checked.refused == ()
    assert getattr(checked.rows[0].institution, column) == kept


BAD_CELLS = [
    # column, typed, part of the reason
    ("code", "", "пусто"),
    ("code", "Школа", "a-z"),
    ("code", "School", "a-z"),
    ("code", "a" * 41, "40"),
    ("name", "   ", "пусто"),
    ("branch", "-", "пусто"),
    ("municipality", "", "пусто"),
    ("name", "Школа\x00", "управляющий"),
    ("name", "Школа\x1b[31m", "управляющий"),
    ("name", "Школа\uffff", "управляющий"),
    ("name", "ы" * 301, "длиннее 300"),
    ("address", "ы" * 301, "длиннее 300"),
    ("name", "#N/A", "ошибка Excel"),
    ("aliases", "|".join(str(number) for number in range(51)), "больше 50"),
    ("aliases", "ы" * 301, "длиннее 300"),
    ("work_hours", "Mo-Fr 08:00-25:00", "не бывает"),
    ("work_hours", "Mo-Fr 08:60-12:00", "не бывает"),
    ("work_hours", "Mo-Fr 24:00-24:00", "не бывает"),
    ("work_hours", "Mo-Fr 17:00-08:00", "конец не позже"),
    ("work_hours", "Mo-Fr 08:00-08:00", "конец не позже"),
    ("work_hours", "Mo-Fr 08:00-12:00,11:00-17:00", "накладываются"),
    ("work_hours", "Mo-Fr 08:00-12:00; We 10:00-11:00", "накладываются"),
    ("work_hours", "Xx 08:00-12:00", "xx"),
    ("work_hours", "Mo-Xx 08:00-12:00", "xx"),
    ("work_hours", "08:00-12:00", "не понятны"),
    ("work_hours", "Mo", "не понятны"),
    ("work_hours", "Mo 8-17", "не понятны"),
    ("work_hours", ";", "часов нет"),
    ("time_zone", "Europe/Kazan", "Europe/Moscow"),
    ("time_zone", "Europe", "Europe/Moscow"),
    ("time_zone", "../etc/passwd", "Europe/Moscow"),
    ("calendar", "Россия", "ru-ta"),
    ("kind", "школа", "state, municipal, subordinate, other"),
    ("latitude", "90.1", "градусы"),
    ("latitude", "север", "градусы"),
    ("latitude", "nan", "градусы"),
    ("longitude", "-180.5", "градусы"),
    ("longitude", "inf", "градусы"),
    ("latitude", "55.7", "обе координаты"),
    ("vk_group_id", "0", "не сообщество"),
    ("vk_group_id", "vk.com/id15", "не сообщество"),
    ("vk_token", "ключ", "скопируйте"),
    ("vk_token", "vk1.a.abc", "vk_group_id пуст"),
    ("telegram_token", "abc", "BotFather"),
    ("telegram_token", "abc:def", "BotFather"),
    ("telegram_token", "123:", "BotFather"),
    ("telegram_channel", "школа", "@имя"),
    ("telegram_channel", "@ab", "@имя"),
    ("ogrn", "1027700132196", "контрольной"),
    ("ogrn", "102160285550", "контрольной"),
    ("ogrn", "1,0216E+12", "Excel округлил"),
    ("inn", "7707083894", "контрольной"),
    ("inn", "500100732258", "контрольной"),
    ("inn", "500100732269", "контрольной"),
    ("parent", "Отдел", "a-z"),
    ("parent", "ghost", "нет ни в базе"),
    ("parent", "school-2", "по кругу"),
]


@pytest.mark.parametrize(("column", "typed", "reason"), BAD_CELLS)
def test_bad_cell_refuses_its_row_only(tmp_path, column, typed, reason):
    checked = check(tmp_path, {}, {column: typed}, {})

    assert [row.row for row in checked.rows] == [2, 4]
    assert [refused.row for refused in checked.refused] == [3]
    assert checked.refused[0].reason.startswith(column) or column in checked.refused[0].reason
    assert reason in checked.refused[0].reason


def test_every_fault_of_a_row_is_named_in_one_refusal(tmp_path):
    (refused,) = check(tmp_path, {"name": "", "kind": "x", "time_zone": "y", "code": "Ы"}).refused

    assert refused.code == "Ы"
    assert [fault.split(":")[0] for fault in refused.reason.split("; ")[:2]] == ["code", "name"]
    assert "time_zone: " in refused.reason
    assert "kind: " in refused.reason


def test_code_twice_names_the_first_line(tmp_path):
    checked = check(tmp_path, {"code": "a"}, {"code": "b"}, {"code": "a"})

    assert [(refused.row, refused.code) for refused in checked.refused] == [(4, "a")]
    assert "в строке 2" in checked.refused[0].reason


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("vk_group_id", "77", "club77"),
        ("telegram_token", "123:abc", "123:def"),
        ("max_token", "secret", "secret"),
    ],
)
def test_community_has_one_owner_and_the_reason_shows_no_secret(tmp_path, column, first, second):
    checked = check(tmp_path, {column: first}, {column: second})

    assert [refused.row for refused in checked.refused] == [3]
    assert "school-1 в строке 2" in checked.refused[0].reason
    assert second not in checked.refused[0].reason


def test_community_of_a_stored_institution_is_not_given_away(tmp_path):
    owner = Institution(code="old", name="Старая", branch="Образование", municipality="Казань", vk_group_id="77")

    assert "old, которое уже есть в базе" in check(tmp_path, {"vk_group_id": "77"}, stored=(owner,)).refused[0].reason


def test_two_institutions_may_swap_their_communities(tmp_path):
    stored = tuple(
        Institution(code=code, name=code, branch="Б", municipality="Казань", vk_group_id=group)
        for code, group in (("a", "1"), ("b", "2"))
    )

    assert (
        check(tmp_path, {"code": "a", "vk_group_id": "2"}, {"code": "b", "vk_group_id": "1"}, stored=stored).refused
        == ()
    )


def test_name_with_a_bare_separator_is_refused_and_not_shifted(tmp_path):
    from bot.directory.check import check_sheet
    from bot.directory.sheet import read_sheet

    (tmp_path / "s.csv").write_text("code;name;branch;municipality\na;Школа; корпус 2;Образование;Казань\n")

    (refused,) = check_sheet(read_sheet(tmp_path / "s.csv")).refused

    assert "больше, чем столбцов" in refused.reason


PARENTS = [
    # parents of school-1 …, lines refused
    (["", "school-1", "school-2"], []),
    (["school-3", "", ""], []),
    (["school-1", "", ""], [2]),
    (["school-2", "school-3", "school-1"], [2, 3, 4]),
    # The two that replace each other, and then the one whose parent is refused with them.
    (["school-2", "school-1", "school-1"], [2, 3, 4]),
    (["stored", "", ""], []),
    # Stored: `stored` → `school-3`.
    (["", "", "stored"], [4]),
]


@pytest.mark.parametrize(("parents", "refused_rows"), PARENTS)
def test_parents_exist_and_never_run_in_a_circle(tmp_path, parents, refused_rows):
    stored = Institution(code="stored", name="Отдел", branch="Б", municipality="Казань", parent="school-3")

    checked = check(tmp_path, *({"parent": parent} for parent in parents), stored=(stored,))

    assert [refused.row for refused in checked.refused] == refused_rows


def test_secrets_are_not_shown_by_repr(tmp_path):
    checked = check(tmp_path, {"telegram_token": "123:verysecret"})

    assert "verysecret" not in repr(checked)
    assert "verysecret" not in repr(checked.rows[0])
