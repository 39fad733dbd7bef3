"""`otklik calendar …`: working time between two moments, an institution's year, closed days."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.closed import closed_commands
from bot.cli.output import say, say_aside, say_json, say_table
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.errors import NotFoundError

if TYPE_CHECKING:
    from bot.domain.calendars import Calendars
    from bot.domain.institution import Institution
    from bot.settings import Settings

_YEARS = range(2000, 2101)
_MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")

AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]
OfInstitution = Annotated[str, typer.Option("--institution", metavar="КОД", help="Чьё рабочее время.")]


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Рабочее время: часы, праздники, переносы, нерабочие дни.")
    group.command("between", cls=Command)(_between)
    group.command("show", cls=Command)(_show)
    group.add_typer(closed_commands(), name="closed")
    return group


def _between(
    start: Annotated[str, typer.Argument(metavar="НАЧАЛО", help="2026-03-19T12:00+03:00")],
    end: Annotated[str, typer.Argument(metavar="КОНЕЦ", help="2026-03-23T09:00+03:00")],
    institution: OfInstitution,
    known_at: Annotated[
        str, typer.Option("--known-at", metavar="МОМЕНТ", help="Как было известно тогда; обычно – как известно сейчас.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Сколько прошло времени между двумя моментами: всего и рабочего."""
    since, until = _moment("НАЧАЛО", start), _moment("КОНЕЦ", end)
    known = _moment("--known-at", known_at) if known_at else None
    if until < since:
        raise typer.BadParameter("КОНЕЦ раньше, чем НАЧАЛО; поменяйте их местами")
    calendars, place = run(_read(load_settings(), institution))
    wall, working = until - since, calendars.of(place.code, known).working_between(since, until)
    if as_json:
        say_json({"wall_seconds": _number(wall.total_seconds()), "working_seconds": _number(working.total_seconds())})
    else:
        say(f"Всего: {_hours(wall.total_seconds())}, рабочего времени: {_hours(working.total_seconds())}")


def _show(
    institution: OfInstitution,
    year: Annotated[
        int | None, typer.Option("--year", metavar="ГОД", min=_YEARS[0], max=_YEARS[-1], help="Обычно этот год.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Год учреждения: рабочие дни и часы по месяцам, особые и нерабочие дни."""
    from bot.directory.work_year import work_year

    settings = load_settings()
    calendars, place = run(_read(settings, institution))
    shown = year if year is not None else SystemClock().now().astimezone(settings.zone).year
    told = work_year(calendars, place, shown)
    if as_json:
        say_json(told)
        return
    say(f"{place.title} ({place.code}), {shown} год: {told['work_hours']}, {told['time_zone']}, {told['calendar']}")
    rows: list[list[object]] = [
        [_MONTHS[number], month["working_days"], _number(month["working_hours"])]
        for number, month in enumerate(told["months"])
    ]
    say_table(["Месяц", "Дней", "Часов"], [*rows, ["год", told["working_days"], _number(told["working_hours"])]])
    _say_days("Особые дни", [f"{each['day']}  {each['says']}" for each in told["special_days"]])
    _say_days("Нерабочие дни", [f"{each['first']} – {each['last']}  {each['reason']}" for each in told["closed"]])
    for gap in told["gaps"]:
        say_aside(f"Внимание: {gap}")


def _say_days(heading: str, lines: list[str]) -> None:
    if lines:
        say()
        say(f"{heading}:")
    for line in lines:
        say(f"  {line}")


async def _read(settings: "Settings", code: str) -> "tuple[Calendars, Institution]":
    from storage.calendar_versions import record_calendars
    from storage.calendars import read_calendars
    from storage.institutions import read_institutions
    from storage.opening import known_calendars

    async with opened(settings) as database:
        # A calendar that was laid into the data folder since the program started counts from now on.
        texts = known_calendars(settings)
        await record_calendars(database, texts, default=settings.calendar, now=SystemClock().now())
        async with database.reading() as connection:
            places = await read_institutions(connection, database.vault, with_secrets=False)
            calendars = await read_calendars(connection, zone=settings.zone)
    wanted = code.strip()
    for place in places:
        if place.code == wanted:
            return calendars, place
    raise NotFoundError(f"учреждения «{wanted}» нет; коды – в листе: otklik institutions export ФАЙЛ")


def _moment(argument: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{argument}: «{text}» – не момент; нужно 2026-11-24T10:00:00+03:00") from None
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{argument}: в «{text}» нет часового пояса; добавьте его, например +03:00")
    if moment.year not in _YEARS:
        raise typer.BadParameter(f"{argument}: {moment.year} год; годы – с {_YEARS[0]} по {_YEARS[-1]}")
    return moment.astimezone(UTC)


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def _hours(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60} ч {minutes % 60:02} мин" + (f" {rest:02} с" if rest else "")
