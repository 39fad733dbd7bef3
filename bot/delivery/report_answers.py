"""What somebody who asked for figures reads: words, buttons, a picture, a file. Within their scope, or nothing."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.delivery.report_shared import Shared
from bot.domain.clock import Clock
from bot.domain.institution import Scope, ScopeKind, parse_scope
from bot.domain.own_event import ReportDue, ReportView
from bot.reports.cut_words import LINES, say_cut
from bot.reports.files import SHOWN as PICTURE
from bot.reports.files import make_file, make_rating_file
from bot.reports.fitting import shortened
from bot.reports.overdue import SHOWN, say_overdue, told_alone
from bot.reports.period import Period, read_period
from bot.reports.rating.published import latest_published, say_published
from bot.reports.rating.rating import Rating, rate
from bot.reports.rating.words import say_method, say_rating
from bot.reports.report import Report, make_report
from bot.reports.words import say_report
from handlers.report_buttons import (
    Rows,
    back,
    cut_buttons,
    overdue_buttons,
    page_buttons,
    rating_buttons,
    summary_buttons,
)
from handlers.rules import Rules
from handlers.time_line import first_words
from storage.asking import may_see
from storage.data_version import read_data_version
from storage.database import Database
from storage.keys import identity
from storage.made_files import MadeFile
from storage.overdue import read_first_words, read_overdue
from storage.results import read_results

log = structlog.get_logger()

_REPORTS_KEPT = 8
_FILES_KEPT = 32
METHOD = 1
"""RATING: what is to be skipped to come to the method."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes out."""

    text: str
    buttons: Rows
    files: tuple[MadeFile, ...] = ()
    apart: tuple[MadeFile, ...] = ()
    """Files that come after the words: these may be changed into others, longer than a file's caption."""


class Answers:
    """Makes answers; the same report or file is made once for all who ask for it."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._reports: Shared[Report] = Shared(clock=clock, most=_REPORTS_KEPT)
        self._files: Shared[MadeFile] = Shared(clock=clock, most=_FILES_KEPT)

    async def answer(self, event: ReportDue) -> Answer | None:
        """Return the answer; None when whoever asked may not, or no longer, see this scope.

        Raises RuleError with kind words, and the other errors of the house.
        """
        scope = parse_scope(event.scope)
        place = event.place
        async with self._database.reading() as connection:
            asked_by = event.asked_by or identity(place.channel, place.person)
            if not await may_see(connection, place=place, asked_by=asked_by, scope=scope):
                return None
        if event.view is ReportView.OVERDUE:
            return await self._overdue(event, scope)
        period = read_period(event.period, now=self._clock.now(), zone=self._rules.zone)
        if event.view is ReportView.RATING:
            return await self._rating(event, scope, period)
        report = await self._report(scope, period)
        match event.view:
            case ReportView.CUT:
                return await self._cut(event, scope, period, report)
            case ReportView.FILE:
                return await self._file(event, report)
            case _:
                return await self._summary(event, scope, period, report)

    async def _summary(self, event: ReportDue, scope: Scope, period: Period, report: Report) -> Answer:
        texts, language = self._rules.texts, event.language
        text = say_report(report, texts=texts, language=language)
        return Answer(
            text=shortened(text, limit=self._room(event)),
            buttons=summary_buttons(texts, language, scope, period.token, has_pages=self._has_pages_for(event)),
            files=await self._picture(report, language),
        )

    async def _picture(self, report: Report, language: str) -> tuple[MadeFile, ...]:
        """Make the picture; words without one are better than neither."""
        try:
            return (await self._made(report, PICTURE, language),)
        except (ImportError, OSError, RuntimeError) as error:
            log.error("picture_not_drawn", reason=repr(error))
            return ()

    async def _cut(self, event: ReportDue, scope: Scope, period: Period, report: Report) -> Answer:
        texts, language, days = self._rules.texts, event.language, period.token
        said = say_cut(report, cut=event.cut, skip=event.skip, texts=texts, language=language, limit=self._room(event))
        turning = page_buttons(
            texts,
            language,
            scope,
            days,
            ("cut", event.cut),
            earlier=max(event.skip - LINES, 0) if event.skip else None,
            later=event.skip + said.shown if said.left else None,
        )
        rest = cut_buttons(texts, language, scope, days) if not event.skip else [[back(texts, language, scope, days)]]
        return Answer(text=said.text, buttons=[*turning, *rest])

    async def _file(self, event: ReportDue, report: Report) -> Answer:
        file = await self._made(report, event.form, event.language)
        return Answer(text="", buttons=[], files=(file,))

    async def _overdue(self, event: ReportDue, scope: Scope) -> Answer:
        texts, language, now = self._rules.texts, event.language, self._clock.now()
        async with self._database.reading() as connection:
            overdue = await read_overdue(connection, self._database.vault, scope=scope, now=now)
            numbers = [ticket.number for ticket in told_alone(overdue, event.skip)]
            words = await read_first_words(connection, self._database.vault, numbers) if numbers else {}
        limits = self._rules.limits[event.place.channel]
        said = say_overdue(
            overdue,
            words={number: first_words(text) for number, text in words.items()},
            texts=texts,
            language=language,
            now=now,
            skip=event.skip,
            limit=limits.text,
        )
        return Answer(
            text=said.text,
            buttons=overdue_buttons(
                texts,
                language,
                scope,
                said.numbers if not event.place.is_group else (),
                earlier=max(event.skip - SHOWN, 0) if event.skip else None,
                later=event.skip + said.shown if said.left else None,
                most=limits.buttons,
            ),
        )

    async def _rating(self, event: ReportDue, scope: Scope, period: Period) -> Answer:
        """An institution learns its own place among its peers, and nothing else of them."""
        texts, language = self._rules.texts, event.language
        own = (scope.name,) if scope.kind is ScopeKind.INSTITUTION else ()
        rated = Scope(kind=ScopeKind.REGION) if own else scope
        rating = await asyncio.to_thread(rate, await self._report(rated, period))
        if event.skip == METHOD:
            text = say_method(rating, texts=texts, language=language, own=own)
        else:
            text = say_rating(rating, texts=texts, language=language, own=own, has_neighbours=False)
            text += await self._published(rating.scope, language)
        apart = (await self._rating_file(rating, language),) if event.form and not own else ()
        buttons = rating_buttons(texts, language, scope, period.token, is_method=event.skip == METHOD)
        text = shortened(text, limit=self._rules.limits[event.place.channel].text)
        return Answer(text=text, buttons=buttons, apart=apart)

    async def _rating_file(self, rating: Rating, language: str) -> MadeFile:
        async def make() -> MadeFile:
            return await asyncio.to_thread(make_rating_file, rating, texts=self._rules.texts, language=language)

        return await self._files.get(
            ("rating", rating.scope, rating.first, rating.last, rating.generated_at, language), make
        )

    async def _published(self, scope: str, language: str) -> str:
        """Return where the latest published result can be read; empty where nothing is."""
        async with self._database.reading() as connection:
            result = latest_published(await read_results(connection), scope=scope)
        if result is None:
            return ""
        site = self._rules.pages.url if self._rules.pages.is_public else ""
        return "\n\n" + say_published(result, texts=self._rules.texts, language=language, site=site)

    async def _report(self, scope: Scope, period: Period) -> Report:
        async with self._database.reading() as connection:
            version = await read_data_version(connection)

        async def make() -> Report:
            made = await make_report(
                self._database,
                scope=scope,
                first=period.first,
                last=period.last,
                span=period.span,
                zone=self._rules.zone,
                now=self._clock.now(),
                sentiments=self._rules.sentiments,
                topics=self._rules.topics.names_and_codes("ru"),
                trend=True,
            )
            return _own_people_only(made, scope)

        return await self._reports.get((str(scope), period.token, version), make)

    async def _made(self, report: Report, form: str, language: str) -> MadeFile:
        """Make a file in a thread."""

        async def make() -> MadeFile:
            return await asyncio.to_thread(make_file, report, form=form, texts=self._rules.texts, language=language)

        before = report["previous"]["from"] if report.get("previous") else ""
        key = (report["scope"], report["from"], report["to"], before, report["generated_at"], form, language)
        return await self._files.get(key, make)

    def _room(self, event: ReportDue) -> int:
        """Return how long words may be that stand below a picture."""
        limits = self._rules.limits[event.place.channel]
        return min(limits.caption, limits.text)

    def _has_pages_for(self, event: ReportDue) -> bool:
        return bool(self._rules.pages.url) and not event.place.is_group


def _own_people_only(report: Report, scope: Scope) -> Report:
    """Leave out administrators of other institutions: an institution's report may name those who had its question."""
    if scope.kind is not ScopeKind.INSTITUTION:
        return report
    people: list[Mapping[str, Any]] = [row for row in report["by_administrator"] if row["institution"] == scope.name]
    return {**report, "by_administrator": people}
