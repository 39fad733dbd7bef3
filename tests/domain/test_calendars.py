"""What is known of working times, and since when: a later change leaves every figure as it was."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars import OWN, Calendars, Hours, Placed
from bot.domain.closed_days import ClosedDays
from bot.domain.production_calendar import CalendarFile, CalendarYear
from tests.domain.production import production

KAZAN = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 11, 23, tzinfo=KAZAN)
"""A week without holidays."""
WEEK = timedelta(days=7)
NOON = MONDAY + timedelta(hours=12)
DAY = timedelta(days=1)
FILES = {file.name: [(None, file)] for file in production("ru-ta").files} | {
    OWN: [(None, CalendarFile(name=OWN, title="ru-ta", base="ru-ta"))]
}


def closed(scope: str = "institution:school", *, number: int = 1, at: datetime = NOON, **more: datetime) -> ClosedDays:
    """Wednesday and Thursday of the week."""
    return ClosedDays(
        id=number,
        scope=scope,
        first=date(2026, 11, 25),
        last=date(2026, 11, 26),
        reason="карантин",
        recorded_at=at,
        recorded_by="1",
        withdrawn_at=more.get("withdrawn_at"),
    )


def calendars(*announced: ClosedDays, **places: Placed) -> Calendars:
    known = {"school": Placed(branch="Образование", municipality="Казань"), **places}
    return Calendars(zone=KAZAN, places=known, files=FILES, closed=announced)


def hours_of_week(known: Calendars, code: str = "school", known_at: datetime | None = None) -> float:
    return known.of(code, known_at).working_between(MONDAY, MONDAY + WEEK) / timedelta(hours=1)


def test_without_words_in_the_sheet_people_work_in_office_hours_and_rest_on_holidays() -> None:
    school = calendars().of("school")
    assert school.worked_on(date(2026, 11, 24)) == timedelta(hours=9)
    assert school.worked_on(date(2026, 11, 6)) == timedelta(0)


def test_a_calendar_that_nobody_knows_is_that_of_the_settings() -> None:
    known = calendars(school=Placed(hours=((None, Hours(calendar="ru-tomsk")),)))
    assert known.of("school").worked_on(date(2026, 11, 6)) == timedelta(0)
    federal = calendars(school=Placed(hours=((None, Hours(calendar="ru")),)))
    assert federal.of("school").worked_on(date(2026, 11, 6)) == timedelta(hours=9)


def test_own_closed_days_are_no_working_time() -> None:
    assert hours_of_week(calendars()) == 45
    assert hours_of_week(calendars(closed())) == 27
    assert hours_of_week(calendars(closed(withdrawn_at=NOON + DAY))) == 45


def test_closed_days_count_as_they_were_known() -> None:
    known = calendars(closed(withdrawn_at=NOON + 2 * DAY))
    assert hours_of_week(known, known_at=NOON - DAY) == 45
    assert hours_of_week(known, known_at=NOON) == 27
    assert hours_of_week(known, known_at=NOON + DAY) == 27
    assert hours_of_week(known, known_at=NOON + 2 * DAY) == 45


@pytest.mark.parametrize("scope", ["region", "branch:Образование", "municipality:Казань"])
def test_closed_days_of_a_wider_scope_hold_for_all_but_a_duty_round_the_clock(scope: str) -> None:
    always = Placed(branch="Образование", municipality="Казань", hours=((None, Hours(work_hours="24/7")),))
    known = calendars(closed(scope), duty=always, other=Placed(branch="Культура", municipality="Арск"))
    assert hours_of_week(known) == 27
    assert hours_of_week(known, "duty") == 168
    assert hours_of_week(known, "other") == (27 if scope == "region" else 45)
    assert [each.scope for each in known.closed_for("school")] == [scope]
    assert known.closed_for("duty") == []


def test_a_duty_round_the_clock_keeps_its_own_closed_days() -> None:
    always = Placed(hours=((None, Hours(work_hours="24/7")),))
    known = calendars(closed("institution:duty"), duty=always)
    assert hours_of_week(known, "duty") == 120


def test_new_hours_hold_from_when_they_became_known_and_the_first_ones_always() -> None:
    changed = Placed(hours=((NOON, Hours()), (NOON + DAY, Hours(work_hours="Mo-Fr 08:00-12:00,13:00-17:00"))))
    known = calendars(school=changed)
    assert hours_of_week(known, known_at=NOON - 100 * DAY) == 45
    assert hours_of_week(known, known_at=NOON + DAY - timedelta(seconds=1)) == 45
    assert hours_of_week(known, known_at=NOON + DAY) == 40
    assert hours_of_week(known) == 40


def test_a_holiday_that_is_named_later_leaves_old_figures_alone() -> None:
    before = CalendarFile(name="ru-ta", title="", base="ru", years={2027: CalendarYear(awaits=("Ураза-байрам",))})
    after = CalendarFile(
        name="ru-ta", title="", base="ru", years={2027: CalendarYear(holidays={"03-10": "Ураза-байрам"})}
    )
    named_at = datetime(2027, 1, 20, tzinfo=UTC)
    files = FILES | {"ru-ta": [(None, before), (named_at, after)]}
    known = Calendars(zone=KAZAN, places={"school": Placed()}, files=files)
    day = date(2027, 3, 10)
    assert known.of("school", named_at - DAY).worked_on(day) == timedelta(hours=9)
    assert known.of("school", named_at).worked_on(day) == timedelta(0)
    assert known.of("school").worked_on(day) == timedelta(0)
    assert [gap.awaits for gap in known.days(known_at=named_at - DAY).gaps(2027)] == [("Ураза-байрам",)]
    assert known.days().gaps(2027) == []


def test_all_with_the_same_time_share_one_calendar() -> None:
    places = {f"school-{number}": Placed(branch=f"Отрасль {number % 20}") for number in range(100)}
    known = Calendars(zone=KAZAN, places=places, files=FILES)
    assert len({id(known.of(code)) for code in places}) == 1
    assert known.of("school-1", NOON) is known.of("school-2", NOON)
