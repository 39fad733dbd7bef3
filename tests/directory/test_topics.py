"""What a message is about, guessed from its words."""

from pathlib import Path

import pytest

from bot.directory.topics import OTHER, SURE, Topics
from bot.domain.errors import SettingsError

TOPICS = Topics.load()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Яма на дороге по улице Ленина", "roads"),
        ("Юлда зур чокыр", "roads"),
        ("Яма во дворе дома 5", "improvement"),  # a yard is no public road
        ("Сломаны качели на детской площадке", "improvement"),
        ("Не горит фонарь у дома", "improvement"),
        ("В подъезде нет света", "housing"),  # inside the house
        ("Нет горячей воды", "housing"),
        ("Почему не ходит автобус 12?", "transport"),
        ("Автобус тукталышы юк", "transport"),
        ("Стройка шумит ночью", "construction"),
        ("Когда выплатят детское пособие", "social"),
        ("Не могу записаться к врачу", "health"),
        ("Табибка язылып булмый", "health"),
        ("Мошенники звонят от имени директора", "safety"),
        ("узнать расписание уроков", "education"),
        ("Мэктэптэ салкын", "education"),  # Tatar without its own letters
        ("Не вывозят мусор уже неделю", "waste"),
        ("Чүп чыгармыйлар", "waste"),
    ],
)
def test_plain_words_tell_the_topic(text: str, topic: str) -> None:
    assert TOPICS.topic_of(text)[0] == topic


@pytest.mark.parametrize("text", ["", "Здравствуйте", "👍", "Уважаемый мэр, уважаемый президент", "12345"])
def test_greetings_and_titles_tell_none(text: str) -> None:
    assert TOPICS.topic_of(text) == ("", 0.0)


def test_a_mayor_in_the_words_sets_nothing() -> None:
    assert TOPICS.topic_of("Уважаемый мэр, когда почините дорогу?") == TOPICS.topic_of("когда почините дорогу?")


def test_the_branch_speaks_where_words_are_silent_and_is_outweighed_by_them() -> None:
    assert TOPICS.topic_of("Почему закрыли бассейн?", "Образование") == ("education", SURE)
    assert TOPICS.topic_of("Когда вывезут мусор из контейнеров?", "Образование")[0] == "waste"
    assert TOPICS.topic_of("Когда ёлка?", "Культура") == ("", 0.0)


def test_words_of_two_topics_leave_doubt() -> None:
    one = TOPICS.topic_of("автобус")[1]
    two = TOPICS.topic_of("автобус и мусор")[1]
    assert two < SURE <= one


def test_a_word_said_often_counts_once() -> None:
    assert TOPICS.topic_of("мусор мусор мусор") == TOPICS.topic_of("мусор")


def test_a_short_word_is_no_beginning_of_others() -> None:
    assert TOPICS.topic_of("газ пахнет")[0] == "housing"
    assert TOPICS.topic_of("газета пришла")[0] == ""


def test_there_are_ten_topics_with_buttons_and_other_at_the_end() -> None:
    assert len(TOPICS.all) == 11
    assert TOPICS.all[-1].key == OTHER
    assert all(topic.names["ru"] and topic.names["tt"] for topic in TOPICS.all)


def test_an_operators_file_replaces_adds_and_takes_away(tmp_path: Path) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(
        '[[topic]]\nkey = "sport"\nru = "Спорт"\nstrong = ["бассейн"]\n[[topic]]\nkey = "waste"\noff = true\n',
        encoding="utf-8",
    )
    topics = Topics.load(own)
    assert topics.topic_of("Почему закрыли бассейн?") == ("sport", 0.75)
    assert topics.topic_of("мусор")[0] == ""
    assert topics.name("sport", "tt") == "Спорт"
    assert topics.name("waste", "ru") == "waste", "old tickets may still have it"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[topic]", "TOML"),
        ("topic = 1", "[[topic]]"),
        ('[[topic]]\nkey = "Дороги"', "key"),
        ('[[topic]]\nkey = "a"', "название"),
        ('[[topic]]\nkey = "a"\nru = "А"\nstrong = "слово"', "strong"),
        ('[[topic]]\nkey = "a"\nru = "А"\ncode = 3', "code"),
    ],
)
def test_a_wrong_operators_file_is_told_in_one_line(tmp_path: Path, content: str, says: str) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"topics\.toml") as told:
        Topics.load(own)
    assert says in str(told.value)
