"""What a sentence says entirely, a contact or a poll, is told in words both ways, without a link that leads nowhere."""

from pathlib import Path

from storage.database import Database
from tests.stories.telegram_school import ADMINISTRATOR, WORK_CHAT, living_channel_school

ALSU = 501
POLL = {"id": "1", "question": "Придёте?", "options": [{"text": "да", "voter_count": 0}], "type": "regular"}


def contact(name: str, phone: str) -> dict[str, object]:
    return {"contact": {"phone_number": phone, "first_name": name}}


async def test_contacts_and_polls_are_told_in_words_both_ways(database: Database, tmp_path: Path) -> None:
    async with living_channel_school(database, tmp_path, is_forum=False) as school:
        telegram = school.telegram
        await telegram.citizen_writes(ALSU, "/start school-12", name="Алсу")
        await school.shows(ALSU, "Школа № 12")
        await telegram.citizen_writes(ALSU, "", name="Алсу", extra=contact("Иван", "+79270000000"))
        card = await school.shows(WORK_CHAT, "[Контакт: Иван +79270000000]")
        await telegram.citizen_writes(ALSU, "", name="Алсу", extra={"poll": POLL})
        await school.shows(WORK_CHAT, "[Опрос: Придёте? (да)]")

        theirs = contact("Приёмная", "+78432000012")
        await telegram.group_message(WORK_CHAT, ADMINISTRATOR, "", name="Анна", reply_to=card.id, extra=theirs)
        await school.shows(ALSU, "[Контакт: Приёмная +78432000012]")
