"""Calls of one community that wait at the same time travel as one `execute`, and everyone gets their own result."""

import asyncio

import pytest

from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.message import OutgoingKind, OutgoingMessage, Sent
from tests.channels.vk_kit import ACCOUNT, GROUP, Post, place, post

WALL = "wall-77_9"


async def send_many(room: Post, people: list[int], *, text: str = "Да") -> list[Sent | BaseException]:
    sends = [room.send(OutgoingMessage(text=f"{text} {person}"), to=person, row=person) for person in people]
    return await asyncio.gather(*sends, return_exceptions=True)


async def test_sixty_messages_take_a_handful_of_requests_and_arrive_where_they_belong() -> None:
    people = list(range(100, 160))
    async with post() as room:
        for person in people:
            room.vk.citizen_writes(GROUP, person, "?")
        results = await send_many(room, people)
        assert all(isinstance(result, Sent) for result in results)
        assert all([answer.text for answer in room.vk.answers(GROUP, p)] == [f"Да {p}"] for p in people)
        assert room.vk.requests <= 4
        assert room.vk.calls["messages.send"] == 60


async def test_a_single_message_goes_as_the_method_itself() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        room.vk.fail_next("execute", code=10)
        assert isinstance(await room.send(OutgoingMessage(text="Да"), to=5), Sent)


async def test_each_call_in_a_batch_gets_its_own_error() -> None:
    async with post() as room:
        for person in (1, 2, 3, 4, 5):
            room.vk.citizen_writes(GROUP, person, "?")
        room.vk.forbids_messages(GROUP, 2)
        room.vk.fail_next("messages.send", code=914)  # the first of the batch
        room.vk.fail_next("messages.send", code=10)  # the second
        results = await send_many(room, [1, 3, 2, 4, 5])
        first, second, third, *others = results
        assert isinstance(first, ChannelRefusedError)
        assert first.reason is RefusalReason.BAD_MESSAGE
        assert isinstance(second, ChannelBusyError)
        assert isinstance(third, ChannelRefusedError)
        assert third.reason is RefusalReason.BLOCKED
        assert all(isinstance(other, Sent) for other in others)


async def test_different_methods_share_a_batch() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        asked = room.vk.comments(GROUP, 9, 5, "?")
        card = await room.send(OutgoingMessage(text="Карточка"), to=5, row=1)
        before = room.vk.requests
        message, comment, edit, late = await asyncio.gather(
            room.send(OutgoingMessage(text="Да"), to=5, row=2),
            room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Да", reply_to=str(asked)), to=WALL, row=3),
            room.send(OutgoingMessage(kind=OutgoingKind.EDIT, text="Взято", target=card.message_ids[0]), to=5, row=4),
            room.send(OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, target="late:5:5"), to=5, row=5),
        )
        assert room.vk.requests == before + 1
        assert [answer.text for answer in room.vk.answers(GROUP, 5)] == ["Взято", "Да"]
        assert message.message_ids
        assert comment.message_ids
        assert edit.message_ids == card.message_ids
        assert late == Sent()


async def test_a_batch_whose_answer_was_lost_arrives_once() -> None:
    people = list(range(100, 125))
    async with post() as room:
        for person in people:
            room.vk.citizen_writes(GROUP, person, "?")
        room.vk.fail_next("execute", how="accept-then-drop")
        assert all(isinstance(result, ChannelBusyError) for result in await send_many(room, people))
        assert all(isinstance(result, Sent) for result in await send_many(room, people))
        assert all(len(room.vk.answers(GROUP, person)) == 1 for person in people)


@pytest.mark.parametrize("code", [12, 13])
async def test_a_programme_that_vk_cannot_run_is_taken_apart(code: int) -> None:
    async with post() as room:
        for person in (1, 2, 3):
            room.vk.citizen_writes(GROUP, person, "?")
        room.vk.fail_next("execute", code=code)
        assert all(isinstance(result, Sent) for result in await send_many(room, [1, 2, 3]))


@pytest.mark.parametrize("words", ["кавычки \" и \\ и '", "строка\nстрока\u2028абзац\u2029", "];return 1;//", "😀 ]]>"])
async def test_words_cannot_break_out_of_a_programme(words: str) -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 1, "?")
        room.vk.citizen_writes(GROUP, 2, "?")
        await send_many(room, [1, 2], text=words)
        assert [answer.text for answer in room.vk.answers(GROUP, 2)] == [f"{words} 2"]
        assert room.vk.requests == 1


async def test_a_bad_token_is_everyones_error() -> None:
    async with post() as room:
        room.vk.revoke(GROUP)
        results = await send_many(room, [1, 2, 3])
        reasons = [result.reason for result in results if isinstance(result, ChannelRefusedError)]
        assert reasons == [RefusalReason.BAD_TOKEN] * 3


async def test_calls_whose_error_nobody_can_tell_are_made_alone() -> None:
    # vk_api's own pool would give the first error to the first `false`, whoever it was meant for.
    async with post() as room:
        room.vk.citizen_writes(GROUP, 1, "?")
        error = {"method": "users.get", "error_code": 900, "error_msg": "x"}
        answers = [False, [{"peer_id": 2, "conversation_message_id": 7}]]
        room.vk.answer_next("execute", {"response": answers, "execute_errors": [error]})
        first, second = await send_many(room, [1, 2])
        assert isinstance(first, Sent)
        assert [answer.text for answer in room.vk.answers(GROUP, 1)] == ["Да 1"]
        assert second == Sent(message_ids=("7",))


@pytest.mark.parametrize("answer", [{"response": None}, {"response": []}, {"response": {"a": 1}}])
async def test_an_unreadable_answer_to_a_batch_costs_nobody_a_message(answer: dict[str, object]) -> None:
    async with post() as room:
        for person in (1, 2):
            room.vk.citizen_writes(GROUP, person, "?")
        room.vk.answer_next("execute", answer)
        assert all(isinstance(result, Sent) for result in await send_many(room, [1, 2]))


async def test_where_execute_is_unknown_every_call_goes_alone_from_then_on() -> None:
    async with post() as room:
        for person in (1, 2, 3, 4, 5):
            room.vk.citizen_writes(GROUP, person, "?")
        room.vk.fail_next("execute", code=3)
        assert all(isinstance(result, Sent) for result in await send_many(room, [1, 2, 3]))
        before = room.vk.requests
        assert all(isinstance(result, Sent) for result in await send_many(room, [4, 5]))
        assert room.vk.requests == before + 2
        assert [answer.text for person in (3, 5) for answer in room.vk.answers(GROUP, person)] == ["Да 3", "Да 5"]


async def test_a_key_that_may_not_execute_still_sends() -> None:
    async with post() as room:
        for person in (1, 2):
            room.vk.citizen_writes(GROUP, person, "?")
        room.vk.fail_next("execute", code=15)
        assert all(isinstance(result, Sent) for result in await send_many(room, [1, 2]))


async def test_a_stopped_caller_does_not_take_others_along() -> None:
    async with post() as room:
        for person in (1, 2, 3):
            room.vk.citizen_writes(GROUP, person, "?")
        sends = [
            asyncio.create_task(
                room.channel.send(
                    OutgoingMessage(text="Да"), account=ACCOUNT, place=place(n), row=n, open_file=room.open_file
                )
            )
            for n in (1, 2, 3)
        ]
        await asyncio.sleep(0)
        sends[1].cancel()
        results = await asyncio.gather(*sends, return_exceptions=True)
        assert isinstance(results[0], Sent)
        assert isinstance(results[1], asyncio.CancelledError)
        assert isinstance(results[2], Sent)
