"""Words of emergency are seen in both languages; words that only look like them are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import SettingsError
from bot.safety.emergency import Emergency, EmergencyWords, emergency

WORDS = EmergencyWords.load()

SEEN = [
    # fire
    ("Помогите, пожар на Ленина 5!", Emergency.FIRE),
    ("У нас горит подъезд", Emergency.FIRE),
    ("Дом соседей загорелся, что делать", Emergency.FIRE),
    ("Нет, пожар настоящий", Emergency.FIRE),  # a comma ends the "no"
    ("густой дым из подвала школы", Emergency.FIRE),
    ("из подъезда валит дым", Emergency.FIRE),
    ("Янгын! Тизрәк килегез", Emergency.FIRE),
    ("Күршедә йорт яна", Emergency.FIRE),
    ("куршедэ мэктэп яна", Emergency.FIRE),  # typed without Tatar letters
    # gas
    ("В подъезде сильно пахнет газом", Emergency.GAS),
    ("запах газа третий день", Emergency.GAS),
    ("Утечка газа", Emergency.GAS),
    ("Подъездда газ исе килә", Emergency.GAS),
    # life
    ("Бабушка упала и не дышит", Emergency.MEDICAL),
    ("ребенок без сознания", Emergency.MEDICAL),
    ("на пруду тонут дети", Emergency.MEDICAL),
    ("Дед сулыш алмый", Emergency.MEDICAL),
    # thoughts of death
    ("я больше не хочу жить", Emergency.SUICIDE),
    ("хочу покончить с собой", Emergency.SUICIDE),
    ("школьник хочет спрыгнуть с крыши", Emergency.SUICIDE),
    ("Яшисем килми", Emergency.SUICIDE),
    # explosion
    ("школу заминировали", Emergency.EXPLOSION),
    ("нашли в лесу гранату", Emergency.EXPLOSION),
    ("у остановки подозрительный пакет", Emergency.EXPLOSION),
    # a missing child
    ("Пропал ребёнок, 7 лет", Emergency.MISSING_CHILD),
    ("дочка не вернулась из школы", Emergency.MISSING_CHILD),
    ("Бала югалды", Emergency.MISSING_CHILD),
    # violence
    ("сосед избивает жену", Emergency.VIOLENCE),
    ("во дворе мужчина с ножом бегает", Emergency.VIOLENCE),
    ("меня бьёт муж", Emergency.VIOLENCE),
    # said as people say it, in the other order or as «ours»
    ("Балабыз югалды", Emergency.MISSING_CHILD),
    ("Улыбызны таба алмыйбыз", Emergency.MISSING_CHILD),
    ("не можем найти ребёнка", Emergency.MISSING_CHILD),
    ("Өебез яна", Emergency.FIRE),
    ("подъездда төтен", Emergency.FIRE),
    ("газ исен сизәбез", Emergency.GAS),
    ("взорвался газ", Emergency.EXPLOSION),
    ("в школе сказали, бомба в школе", Emergency.EXPLOSION),
    ("мәктәптә бомба", Emergency.EXPLOSION),
    ("үләсем килә", Emergency.SUICIDE),
    ("вызовите скорую", Emergency.MEDICAL),
    ("әтием һушын югалтты", Emergency.MEDICAL),
    ("Ашыгыч ярдәм кирәк", Emergency.MEDICAL),
]

NOT_SEEN = [
    "Когда выйдет газета?",
    "Где газон и газонокосилка",
    "почему нет газа в доме",  # a cut-off, no leak
    "Подключение газа сколько стоит",
    "экскурсия в пожарную часть",
    "учения по пожару",
    "пожарная безопасность: пожар и эвакуация",
    "у нас нет пожара",
    "Это не взрыв",
    "в подъезде не горит лампочка",
    "в подъезде горит свет в доме днём",
    "аппарат не дышит",
    "урок о профилактике суицида",
    "не хочу жить в таком доме",
    "взрыв цен на проезд",
    "пропал дневник ребёнка",
    "ребёнок пропал из электронного журнала",
    "Янгын куркынычсызлыгы турында дәрес",
    "Мәктәп яңа спортзалны кайчан ача?",  # яңа is new, яна burns
    "балам телефоны югалды",
    "не могу найти ребёнка в электронной очереди",
    "концерт был просто бомба в клубе, концерт понравился",
    "көлүдән үләсем килә",
    "йөрәк өянәгеннән соң кая барырга",
    "когда откроется бассейн?",
    "бьёт рекорды",
    "упал с крыши лёд",
    "во дворе взрывают петарды",
    "у нас умирает деревня",
    "",
]


@pytest.mark.parametrize(("text", "kind"), SEEN)
def test_an_emergency_is_seen(text: str, kind: Emergency) -> None:
    assert emergency(text, WORDS) is kind


@pytest.mark.parametrize("text", NOT_SEEN)
def test_words_that_only_look_like_it_are_none(text: str) -> None:
    assert emergency(text, WORDS) is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert emergency(text, WORDS) is None or text


def test_an_operator_adds_words_and_takes_words_away(tmp_path: Path) -> None:
    own = tmp_path / "emergency.csv"
    own.write_text("# наши\nfire; ёлка падает\n-; янгын*\n", encoding="utf-8-sig")
    words = EmergencyWords.load(own)
    assert emergency("Елка сильно падает", words) is Emergency.FIRE
    assert emergency("Янгын!", words) is None
    assert emergency("пожар", words) is Emergency.FIRE


def test_a_missing_file_of_the_operator_changes_nothing(tmp_path: Path) -> None:
    assert EmergencyWords.load(tmp_path / "emergency.csv") == WORDS


@pytest.mark.parametrize("line", ["flood; потоп", "fire;", "fire; | дом", "пожар"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    own = tmp_path / "emergency.csv"
    own.write_text(f"# наши\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="строка 2"):
        EmergencyWords.load(own)


def test_a_file_in_another_encoding_is_one_plain_line(tmp_path: Path) -> None:
    own = tmp_path / "emergency.csv"
    own.write_bytes("fire; пожар".encode("cp1251"))
    with pytest.raises(SettingsError, match="UTF-8"):
        EmergencyWords.load(own)
