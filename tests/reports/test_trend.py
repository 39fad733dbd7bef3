"""What stands beside a report's figures: the period before, twelve weeks, who waits, when a messenger was away."""

from datetime import date, datetime, timedelta

import pytest

from bot.domain.institution import Scope, ScopeKind, parse_scope
from bot.reports.period import Period, read_period
from bot.reports.report import Report, make_report
from storage.database import Database
from storage.outages import Outage, begin_outage, extend_outage, read_outages, seconds_by_channel
from tests.reports.archive import KAZAN, Archive, at
from tests.reports.week import NOW, week

REGION = Scope(kind=ScopeKind.REGION)


async def report(database: Database, first: date, last: date, scope: str = "region") -> Report:
    return await make_report(
        database, scope=parse_scope(scope), first=first, last=last, zone=KAZAN, now=NOW, trend=True
    )


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        # a day, three days
        ("2026-11-24", "2026-11-24", ("2026-11-23", "2026-11-23")),
        ("2026-11-24", "2026-11-26", ("2026-11-21", "2026-11-23")),
        # a whole week, and its beginning
        ("2026-11-16", "2026-11-22", ("2026-11-09", "2026-11-15")),
        ("2026-11-23", "2026-11-27", ("2026-11-16", "2026-11-20")),
        # a whole month, its beginning, and one that is longer than the month before
        ("2026-10-01", "2026-10-31", ("2026-09-01", "2026-09-30")),
        ("2026-10-01", "2026-10-12", ("2026-09-01", "2026-09-12")),
        ("2026-03-01", "2026-03-30", ("2026-02-01", "2026-02-28")),
        # quarters, half-years and years, whole and begun
        ("2026-07-01", "2026-09-30", ("2026-04-01", "2026-06-30")),
        ("2026-10-01", "2026-11-27", ("2026-07-01", "2026-08-27")),
        ("2026-01-01", "2026-02-28", ("2025-10-01", "2025-11-30")),
        ("2026-01-01", "2026-06-30", ("2025-07-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2024-01-01", "2024-11-27", ("2023-01-01", "2023-11-27")),
        # two whole months that are no quarter's beginning
        ("2026-08-01", "2026-09-30", ("2026-06-01", "2026-07-31")),
        ("2026-08-05", "2026-09-30", ("2026-06-09", "2026-08-04")),
    ],
)
def test_a_period_is_compared_with_its_like(first: str, last: str, before: tuple[str, str]) -> None:
    found = Period(first=date.fromisoformat(first), last=date.fromisoformat(last)).before()
    assert (found.first.isoformat(), found.last.isoformat()) == before


async def test_the_period_before_has_its_own_total(database: Database) -> None:
    await week().store(database)
    made = await report(database, date(2026, 11, 26), date(2026, 11, 27))
    # Tuesday: one question, answered late; Wednesday till noon, as now on Friday: one of the two.
    assert (made["previous"]["from"], made["previous"]["to"]) == ("2026-11-24", "2026-11-25")
    assert {name: made["previous"]["total"][name] for name in ("questions", "answered", "answered_in_time")} == {
        "questions": 2,
        "answered": 2,
        "answered_in_time": 1,
    }
    assert made["previous"]["until"] == "2026-11-25T12:00+03:00"
    # A period that is over is compared with whole days.
    made = await report(database, date(2026, 11, 25), date(2026, 11, 26))
    alone = await make_report(
        database, scope=REGION, first=date(2026, 11, 23), last=date(2026, 11, 24), zone=KAZAN, now=NOW
    )
    assert made["previous"]["total"] == alone["total"]
    assert "until" not in made["previous"]
    assert "weeks" not in alone


@pytest.mark.parametrize(
    ("typed", "now", "before", "until"),
    [
        # Monday morning, the first of a month, the first of January: the days alone would not tell.
        ("week", "2026-11-30 09:00", ("2026-11-23", "2026-11-23"), "2026-11-23 09:00"),
        ("week", "2026-12-02 18:30", ("2026-11-23", "2026-11-25"), "2026-11-25 18:30"),
        ("month", "2026-12-01 09:00", ("2026-11-01", "2026-11-01"), "2026-11-01 09:00"),
        ("month", "2026-11-24 11:00", ("2026-10-01", "2026-10-24"), "2026-10-24 11:00"),
        # The last day of a month is not over yet; the month before has no 31st.
        ("month", "2026-11-30 11:00", ("2026-10-01", "2026-10-30"), "2026-10-30 11:00"),
        ("month", "2026-03-31 11:00", ("2026-02-01", "2026-02-28"), None),
        ("quarter", "2027-01-01 10:00", ("2026-10-01", "2026-10-01"), "2026-10-01 10:00"),
        ("year", "2027-01-01 10:00", ("2026-01-01", "2026-01-01"), "2026-01-01 10:00"),
        ("today", "2026-11-30 09:00", ("2026-11-29", "2026-11-29"), "2026-11-29 09:00"),
        # A month typed by its days, of which some are still to come.
        ("01.11.2026-30.11.2026", "2026-11-24 11:00", ("2026-10-01", "2026-10-24"), "2026-10-24 11:00"),
        ("ноябрь", "2026-11-24 11:00", ("2026-10-01", "2026-10-24"), "2026-10-24 11:00"),
        ("lastmonth", "2026-11-24 11:00", ("2026-09-01", "2026-09-30"), None),
        ("yesterday", "2026-11-24 11:00", ("2026-11-22", "2026-11-22"), None),
    ],
)
def test_a_running_period_is_compared_with_the_same_stretch(
    typed: str, now: str, before: tuple[str, str], until: str | None
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=KAZAN)
    # What a button carries says the same again.
    period = read_period(read_period(typed, now=moment, zone=KAZAN).token, now=moment, zone=KAZAN)
    found, parted = period.compared(now=moment, zone=KAZAN)
    assert (found.first.isoformat(), found.last.isoformat()) == before
    assert parted == (until and datetime.fromisoformat(until).replace(tzinfo=KAZAN))


async def test_monday_morning_is_compared_with_last_monday_morning(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    for moment in ("2026-11-23 08:59", "2026-11-23 09:00", "2026-11-22 12:00", "2026-11-30 08:00"):
        archive.asked(school, "", opened_at=datetime.fromisoformat(moment).replace(tzinfo=KAZAN))
    await archive.store(database)
    monday = date(2026, 11, 30)
    now = datetime(2026, 11, 30, 9, tzinfo=KAZAN)
    made = await make_report(
        database, scope=REGION, first=monday, last=monday, span="week", zone=KAZAN, now=now, trend=True
    )
    assert (made["total"]["questions"], made["previous"]["total"]["questions"]) == (1, 1)
    assert [week["questions"] for week in made["weeks"]][-2:] == [1, 2]


async def test_twelve_whole_weeks_lead_up_to_the_periods_end(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    for days in (0, 7, 7, 14, 84, 85):
        archive.asked(school, "", opened_at=at("sun 12:00") - timedelta(days=days)).answered("sun 12:00", by=None)
    await archive.store(database)
    sunday = date(2026, 11, 29)
    made = await report(database, sunday, sunday)
    assert [line["questions"] for line in made["weeks"]] == [0] * 9 + [1, 2, 1]
    assert (made["weeks"][0]["from"], made["weeks"][-1]["to"]) == ("2026-09-07", "2026-11-29")
    # The week that has begun is no whole one.
    made = await report(database, date(2026, 12, 1), date(2026, 12, 2))
    assert made["weeks"][-1]["to"] == "2026-11-29"
    assert made["weeks"][-1]["first_response"]["n"] == 1


async def test_who_waits_is_listed_with_the_longest_first(database: Database) -> None:
    await week().store(database)
    made = await report(database, date(2026, 11, 23), date(2026, 11, 29))
    # The one whom nobody answered before the ticket was closed waits no more.
    assert [
        (line["number"], line["institution"], line["waiting_seconds"], line["is_overdue"])
        for line in made["unanswered_tickets"]
    ] == [(5, "school-12", 26 * 3600, True), (9, "clinic-6", 3600, False), (13, "culture", -12 * 3600, False)]
    assert made["unanswered_tickets"][0] == {
        "number": 5,
        "institution": "school-12",
        "name": "Школа № 12",
        "opened_at": "2026-11-26T10:00:00+03:00",
        "waiting_seconds": 26 * 3600,
        "is_overdue": True,
        "topic": None,
        "link": "",
    }
    # Nobody answered it either, it stands beside the others.
    (closed,) = made["closed_unanswered"]
    assert (closed["number"], closed["closed_at"], closed["closed_by"], closed["is_overdue"]) == (
        10,
        "2026-11-23T13:00:00+03:00",
        "closed",
        True,
    )
    assert made["total"]["unanswered"] == len(made["unanswered_tickets"]) + len(made["closed_unanswered"])
    made = await report(database, date(2026, 11, 23), date(2026, 11, 29), scope="institution:clinic-6")
    assert [line["number"] for line in made["unanswered_tickets"]] == [9]


async def test_a_messengers_outages_stand_beside_the_times(database: Database) -> None:
    await week().store(database)
    async with database.unit() as connection:
        early = await begin_outage(connection, channel="vk", community="77", at=at("mon 9:00") - timedelta(days=1))
        await extend_outage(connection, early, at=at("mon 0:05"))
        number = await begin_outage(connection, channel="vk", community="78", at=at("tue 10:00"))
        await extend_outage(connection, number, at=at("tue 10:30"))
        await begin_outage(connection, channel="telegram", community="500", at=at("tue 10:00"))
    made = await report(database, date(2026, 11, 23), date(2026, 11, 27))
    assert made["outages"] == [{"channel": "vk", "seconds": 35 * 60}]
    async with database.reading() as connection:
        found = await read_outages(connection, start=at("mon 0:00"), end=at("sat 0:00"))
    assert [(outage.channel, outage.community) for outage in found] == [("vk", "77"), ("vk", "78"), ("telegram", "500")]


def test_what_two_accounts_missed_at_once_is_counted_once() -> None:
    def outage(channel: str, began: str, ended: str) -> Outage:
        return Outage(channel=channel, community="1", began_at=at(began), ended_at=at(ended))

    found = [
        outage("vk", "mon 10:00", "mon 11:00"),
        outage("vk", "mon 10:30", "mon 10:40"),
        outage("vk", "mon 10:50", "mon 11:10"),
        outage("vk", "mon 12:00", "mon 12:01"),
        outage("telegram", "mon 8:00", "mon 9:05"),
    ]
    assert seconds_by_channel(found, start=at("mon 9:00"), end=at("mon 12:00")) == {"telegram": 300, "vk": 4200}
