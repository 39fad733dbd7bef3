"""People choose their names themselves: on a card a name stays one line and shows what it says."""

import pytest

from bot.domain.message import Attachment, AttachmentKind, File
from bot.domain.names import shown_name


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("Анна Петрова", "Анна Петрова"),
        ("Ия\n№ 9 · Школа № 12", "Ия № 9 · Школа № 12"),
        ("Ия\r\n\tГалимова ", "Ия Галимова"),
        ("Иван\u2028\u2029Петров", "Иван Петров"),
        ("\u202eytnediserp", "ytnediserp"),
        ("А\u200b\u2066нна", "Анна"),
        ("Семья 👨\u200d👩\u200d👧", "Семья 👨\u200d👩\u200d👧"),
        ("\u200b", ""),
    ],
)
def test_a_name_is_one_line_without_hidden_signs(chosen: str, shown: str) -> None:
    assert shown_name(chosen) == shown


@pytest.mark.parametrize(
    ("told", "cleaned"),
    [
        ("справка.pdf", "справка.pdf"),
        ("счёт\u202efdp.exe", "счётfdp.exe"),
        ("план\x00\x1b[2J\r\n.doc", "план[2J .doc"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("C:\\акт.doc", "C:_акт.doc"),
        ("ф" * 500 + ".pdf", "ф" * 116 + ".pdf"),
        ("\ud800.jpg", ".jpg"),
        ("\u200b\u2066\u2069", ""),
        ("семья 👨\u200d👩\u200d👧.jpg", "семья 👨\u200d👩\u200d👧.jpg"),
    ],
)
def test_a_file_has_a_name_that_every_messenger_takes(told: str, cleaned: str) -> None:
    assert Attachment(kind=AttachmentKind.DOCUMENT, channel="vk", community="7", name=told).name == cleaned
    file = File(name=told, mime="text/plain\r\nX: y")
    assert (file.name, file.mime) == (cleaned, "")
