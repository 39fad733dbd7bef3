"""The demo's history looks like two weeks of real life, whatever the day on which it is shown."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.conversations import Ending, read_conversations
from bot.demo.history import FIRST_OF_EVENT, ZONE, Deed, script
from bot.demo.institutions import GROUPS, INSTITUTIONS
from bot.demo.town import POSTS, TEAM_OF
from bot.domain.work_calendar import WorkCalendar

MONDAY_MORNING = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
FRIDAY_AFTERNOON = datetime(2026, 11, 20, 13, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 21, tzinfo=UTC)
NORM = timedelta(hours=8)

NEW_YEAR = datetime(2026, 12, 31, 21, 30, tzinfo=UTC)
"""Half past midnight in Kazan, on the first of January."""
LEAP_DAY = datetime(2028, 2, 29, 9, tzinfo=UTC)
LAST_SUNDAY_OF_MARCH = datetime(2027, 3, 28, 1, tzinfo=UTC)
"""Europe changes its clocks in this hour, Russia does not."""

any_day = pytest.mark.parametrize(
    "now", [MONDAY_MORNING, FRIDAY_AFTERNOON, SUNDAY_NIGHT, NEW_YEAR, LEAP_DAY, LAST_SUNDAY_OF_MARCH]
)


@any_day
def test_it_ends_now_and_began_two_weeks_ago(now):
    steps = script(now)
    assert steps == sorted(steps, key=lambda step: step.at)
    assert timedelta(days=10) < now - steps[0].at < timedelta(days=15)
    assert now - steps[-1].at <= timedelta(minutes=25)


@any_day
def test_most_are_answered_in_time_some_late_and_some_wait_too_long(now):
    calendar = WorkCalendar(zone=ZONE)
    asked: dict[int, datetime] = {}
    waits: defaultdict[int, list[timedelta]] = defaultdict(list)
    for step in script(now):
        if step.deed is Deed.ASK:
            asked.setdefault(step.ticket, step.at)
        elif step.deed is Deed.ANSWER_ALL:
            for ticket in (each for each in asked if each >= FIRST_OF_EVENT):
                waits[ticket].append(calendar.working_between(asked[ticket], step.at))
        elif step.deed is Deed.ANSWER:
            waits[step.ticket].append(calendar.working_between(asked[step.ticket], step.at))
    in_time = sum(times[0] <= NORM for times in waits.values())
    late = len(waits) - in_time
    overdue = [t for t in asked.keys() - waits.keys() if calendar.working_between(asked[t], now) > NORM]
    assert 60 <= len(asked) <= 100
    assert in_time > 5 * late >= 25
    assert len(overdue) >= 3
    assert len(asked) - len(waits) - len(overdue) >= 4, "some wait, but not too long"


@any_day
def test_nobody_answers_before_the_question_or_at_night(now):
    calendar = WorkCalendar(zone=ZONE)
    asked: dict[int, datetime] = {}
    for step in script(now):
        asked.setdefault(step.ticket, step.at)
        assert step.is_first == (step.deed is Deed.ASK and step.at == asked[step.ticket])
        if step.deed in (Deed.ANSWER, Deed.TAKE):
            assert step.at > asked[step.ticket]
            assert calendar.is_open(step.at) or calendar.is_open(step.at - timedelta(seconds=1))


def test_there_are_two_turns_thanks_and_tatar_words():
    conversations = read_conversations()
    assert sum(len(conversation.turns) == 2 for conversation in conversations) >= 5
    assert Counter(conversation.ending for conversation in conversations)[Ending.THANKED] >= 3
    tatar = [c for c in conversations if set("әөүҗңһ") & set(c.turns[0].question.lower())]
    assert len(tatar) >= 8


def test_there_are_transfers_edits_grades_reactions_and_a_mass_event():
    steps = script(MONDAY_MORNING)
    deeds = Counter(step.deed for step in steps)
    assert deeds[Deed.TRANSFER] >= 2
    assert deeds[Deed.EDIT] >= 2
    assert deeds[Deed.GRADE] >= 8
    assert deeds[Deed.LIKE] >= 20
    assert deeds[Deed.REACT] >= 2
    assert deeds[Deed.GATHER] == deeds[Deed.ANSWER_ALL] == 1


def test_a_question_that_was_transferred_is_answered_by_its_new_holder():
    steps = script(MONDAY_MORNING)
    given = next(step for step in steps if step.deed is Deed.TRANSFER)
    answer = next(step for step in steps if step.deed is Deed.ANSWER and step.ticket == given.ticket)
    assert answer.institution == given.words
    assert answer.who in TEAM_OF[given.words].administrators


def test_every_institution_has_a_community_a_post_a_team_and_a_history():
    codes = {institution.code for institution in INSTITUTIONS}
    assert len(codes) == len(INSTITUTIONS) >= 12
    assert len(set(GROUPS.values())) == len(codes)
    assert codes == POSTS.keys() == TEAM_OF.keys() == {c.institution for c in read_conversations()}


def test_teams_sit_in_both_messengers():
    assert {team.place.channel for team in TEAM_OF.values()} == {"telegram", "vk"}
    for code, team in TEAM_OF.items():
        assert code in team.institutions
        assert {person.channel for person in team.administrators} == {team.place.channel}
