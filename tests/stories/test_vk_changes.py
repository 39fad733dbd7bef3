"""What people do in VK besides writing reaches the work chat through the real VK channel."""

from tests.stories.region import BOT
from tests.stories.vk_school import CHAT, GROUP, School


async def test_a_changed_message_and_a_deleted_comment_are_shown(school: School) -> None:
    asked = school.vk.citizen_writes(GROUP, 11, "Когда собрание в четверг?")
    commented = school.vk.comments(GROUP, 5, 12, "А каникулы?")
    await school.telegram.shows(BOT, CHAT, "Когда собрание в четверг?")
    await school.telegram.shows(BOT, CHAT, "А каникулы?")
    school.vk.edits_message(GROUP, 11, asked, "Когда собрание в пятницу?")
    school.vk.deletes_comment(GROUP, 5, commented)

    await school.telegram.shows(BOT, CHAT, "Когда собрание в пятницу?")
    await school.telegram.shows(BOT, CHAT, "удал")
    assert (await school.ticket(1)).ticket.waiting_since is not None


async def test_our_own_changes_of_a_card_do_not_come_back(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Когда собрание?")
    card = await school.telegram.shows(BOT, CHAT, "Когда собрание?")
    school.telegram.group_writes(BOT, CHAT, "9001", "В четверг", name="Анна", reply_to=card.id)
    await school.telegram.shows(BOT, CHAT, "Есть ответ")
    ours = next(message for message in school.vk.answers(GROUP, 11) if "В четверг" in message.text)
    school.vk.edits_message(GROUP, 11, ours.cmid, "В пятницу")
    school.vk.citizen_writes(GROUP, 13, "Где столовая?")
    await school.telegram.shows(BOT, CHAT, "Где столовая?")
    assert not [shown for shown in school.telegram.transcript(BOT, CHAT) if "В пятницу" in shown.text]


async def test_whoever_forbids_messages_in_vk_is_known_before_an_answer(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Когда собрание?")
    await school.telegram.shows(BOT, CHAT, "Когда собрание?")
    school.vk.forbids_messages(GROUP, 11)
    await school.telegram.shows(BOT, CHAT, "житель запретил писать")
    school.vk.allows_messages(GROUP, 11)
    await school.telegram.shows(BOT, CHAT, "житель снова разрешил сообщения")


async def test_a_reaction_in_vk_to_an_answer_is_shown(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Когда собрание?")
    card = await school.telegram.shows(BOT, CHAT, "Когда собрание?")
    school.telegram.group_writes(BOT, CHAT, "9001", "В четверг", name="Анна", reply_to=card.id)
    await school.telegram.shows(BOT, CHAT, "Есть ответ")
    answer = next(message for message in school.vk.answers(GROUP, 11) if "В четверг" in message.text)
    school.vk.reacts(GROUP, 11, answer.cmid, 11, 4)
    await school.telegram.shows(BOT, CHAT, "житель отметил ответ: 👍")
