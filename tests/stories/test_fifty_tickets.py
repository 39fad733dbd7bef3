"""Fifty tickets over two months: every figure of the report equals a table worked out by hand (`fifty_tickets.py`)."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.directory.topics import Topics
from bot.domain.clock import ManualClock
from bot.domain.closed_days import ClosedDays
from bot.domain.institution import parse_scope
from bot.domain.policies import PolicyRule
from bot.reports.report import make_report
from bot.safety.sentiment import load_sentiments
from bot.texts import Texts
from storage.closed_days import add_closed_days
from storage.database import Database
from storage.institutions import tell_desks
from storage.policies import write_policy_rule
from tests.stories import fifty_figures as by_hand
from tests.stories.fifty_dressed import compare_forms
from tests.stories.fifty_people import INSTITUTIONS, PEOPLE, TOPICS, ZONE, People, deeds, moment
from tests.stories.fifty_tickets import END, FIRST, LAST, REACTIONS, TICKETS, TOTAL
from tests.stories.region import Region, living_region

PLACES = {place.code: place for place in INSTITUTIONS}
SCOPES: dict[str, Callable[[str], bool]] = {
    "branch:Образование": lambda code: PLACES[code].branch == "Образование",
    "municipality:город Казань": lambda code: PLACES[code].municipality == "город Казань",
    "institution:club-1": lambda code: code == "club-1",
    "institution:school-12": lambda code: code == "school-12",
}


@pytest.mark.both_databases(is_long=True)
@pytest.mark.timeout(600)
async def test_every_figure_equals_the_table(database: Database, tmp_path: Path) -> None:
    begin = ManualClock(moment("14.10 12:00"))
    async with living_region(database, tmp_path, clock=begin, institutions=INSTITUTIONS) as region:
        people = People(region)
        await people.move_in()
        await play(region, people)
        report = await reported(region)
        comparison = compare(report)
        compare_weeks(comparison)
        assert not comparison.wrong, f"{len(comparison.wrong)} differ:\n" + "\n".join(comparison.wrong)
        for scope, is_here in SCOPES.items():
            part = Comparison(await reported(region, scope))
            part.check("total", of_places(is_here))
            assert not part.wrong, f"{scope}:\n" + "\n".join(part.wrong)
        assert comparison.compared > 2_000
        assert compare_forms(report, Texts.load()) > 500


async def play(region: Region, people: People) -> None:
    """Let everything happen."""
    await sets_norm(region)
    for at, happens in sorted(happenings(region, people), key=lambda each: each[0]):
        await people.until(at)
        await happens()
    await people.until(moment(END))


def happenings(region: Region, people: People) -> Iterator[tuple[datetime, Callable[[], Awaitable[None]]]]:
    """Yield everything with its moment, in no order."""
    for deed in deeds():
        yield deed.at, partial(people.does, deed)
    for number, (place, at, sign, _) in enumerate(REACTIONS):
        yield moment(at), partial(people.reacts, place, sign, user=f"{5000 + number}")
    yield moment("20.11 12:00"), partial(announces_quarantine, region)


async def sets_norm(region: Region) -> None:
    """Set the norm of one institution from a later day on."""
    rule = PolicyRule(
        id=0,
        scope=parse_scope("institution:housing-5"),
        effective_at=moment("16.11 00:00"),
        terms={"answer": "4h"},
        recorded_at=region.clock.now(),
        recorded_by="operator",
    )
    async with region.database.unit() as connection:
        await write_policy_rule(connection, rule)


async def announces_quarantine(region: Region) -> None:
    """Close the school for a week."""
    closed = ClosedDays(
        scope="institution:school-12",
        first=date(2026, 11, 23),
        last=date(2026, 11, 27),
        reason="карантин",
        recorded_at=region.clock.now(),
        recorded_by="1",
    )
    async with region.database.unit() as connection:
        await add_closed_days(connection, closed)
        await tell_desks(connection)


async def reported(region: Region, scope: str = "region") -> dict[str, Any]:
    """Return the report of the two months."""
    return await make_report(
        region.database,
        scope=parse_scope(scope),
        first=date.fromisoformat(FIRST),
        last=date.fromisoformat(LAST),
        zone=ZONE,
        now=moment(END),
        sentiments=load_sentiments(),
        topics=Topics.load().names_and_codes("ru"),
        trend=True,
    )


class Comparison:
    """Collects what differs, so that one run shows it all."""

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        self.wrong: list[str] = []
        self.compared = 0

    def check(self, cut: str, expected: dict[str, Any], **wanted: Any) -> None:
        """Compare a line with what was worked out by hand."""
        lines = [self.report["total"]] if cut == "total" else self.report[f"by_{cut}"]
        line = next((line for line in lines if all(line[key] == value for key, value in wanted.items())), None)
        name = f"{cut} {' '.join(map(str, wanted.values()))}"
        if line is None:
            self.wrong.append(f"{name}: there is no such line")
            return
        for key, value in expected.items():
            self.compared += 1
            if line.get(key) != value:
                self.wrong.append(f"{name} {key}: by hand {value}, the report says {line.get(key)}")

    def same(self, name: str, found: object, expected: object) -> None:
        """Compare anything else."""
        self.compared += 1
        if found != expected:
            self.wrong.append(f"{name}: by hand {expected}, the report says {found}")

    def places(self, cut: str, group_of: Callable[[str], str], **wanted: Any) -> None:
        """Compare the line of some institutions: they count what they hold, and their own times."""
        (group,) = wanted.values()

        def is_here(code: str) -> bool:
            return group_of(code) == group

        self.check(cut, of_places(is_here), **wanted)


def compare_weeks(comparison: Comparison) -> None:
    """Compare twelve weeks, the period before, and who waits."""
    report = comparison.report
    weeks = [date(2026, 9, 21) + timedelta(weeks=number) for number in range(12)]
    comparison.same("weeks", [week["from"] for week in report["weeks"]], [monday.isoformat() for monday in weeks])
    for monday, week in zip(weeks, report["weeks"], strict=True):
        sunday = (monday + timedelta(days=6)).isoformat()
        opened = [told for told in TICKETS if monday.isoformat() <= by_hand.day(told) <= sunday]
        for key, value in by_hand.figures(opened).items():
            if key != "reactions":
                comparison.same(f"week of {monday} {key}", week.get(key), value)
    comparison.same("percentiles", report["percentiles"], "exact")
    comparison.same("the period before", report["previous"]["total"]["questions"], 0)
    waiting = [(line["institution"], line["is_overdue"]) for line in report["unanswered_tickets"]]
    comparison.same("who waits", waiting, [("school-12", True), ("clinic-6", False)])


def of_places(is_here: Callable[[str], bool]) -> dict[str, Any]:
    """Work out the figures of some institutions."""
    return by_hand.figures(
        [told for told in TICKETS if is_here(by_hand.holder(told))],
        held=is_here,
        elsewhere=[told for told in TICKETS if not is_here(by_hand.holder(told)) and is_here(told.place)],
        reactions=[meaning for place, _, _, meaning in REACTIONS if is_here(place)],
    )


def compare(report: dict[str, Any]) -> Comparison:
    """Compare every cut of the region's report."""
    comparison = Comparison(report)
    comparison.check("total", by_hand.figures(TICKETS, reactions=[meaning for *_, meaning in REACTIONS]))
    comparison.check("total", TOTAL)
    for code, place in PLACES.items():
        comparison.places("institution", lambda each: each, code=code)
        comparison.places("branch", lambda each: PLACES[each].branch, branch=place.branch)
        comparison.places("municipality", lambda each: PLACES[each].municipality, municipality=place.municipality)
    for name in ("vk", "telegram"):
        met = [told for told in TICKETS if by_hand.channel(told) == name]
        here = [meaning for *_, meaning in REACTIONS] if name == "vk" else []
        comparison.check("channel", by_hand.figures(met, reactions=here), channel=name)
    for topic in sorted(set(TOPICS.values()), key=str):
        about = [told for told in TICKETS if TOPICS[told.place] == topic]
        comparison.check("topic", by_hand.figures(about), topic=topic)
    for number in range((date.fromisoformat(LAST) - date.fromisoformat(FIRST)).days + 1):
        day = date.fromisoformat(FIRST) + timedelta(days=number)
        opened = [told for told in TICKETS if by_hand.day(told) == day.isoformat()]
        put = [meaning for _, at, _, meaning in REACTIONS if moment(at).date() == day]
        comparison.check("day", by_hand.figures(opened, reactions=put), date=day.isoformat())
    for name in sorted(PEOPLE):
        first = [told for told in TICKETS if told.by == name]
        others = [told for told in TICKETS if told.by != name]
        expected = by_hand.figures(first, held=lambda _: False, later_of=name, elsewhere=others)
        comparison.check("administrator", expected, administrator=name)
    lines = {cut: len(report[f"by_{cut}"]) for cut in ("institution", "branch", "municipality", "channel", "topic")}
    groups = (PLACES, {place.branch for place in INSTITUTIONS}, {place.municipality for place in INSTITUTIONS})
    expected_lines = dict(zip(lines, (*map(len, groups), 2, len(set(TOPICS.values()))), strict=True))
    if lines != expected_lines:
        comparison.wrong.append(f"lines: by hand {expected_lines}, the report has {lines}")
    return comparison
