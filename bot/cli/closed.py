"""`otklik calendar closed …`: days off that are announced, for an institution or a wider scope."""

import getpass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import say, say_aside, say_json, say_table, warn
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.errors import NotFoundError, SettingsError

if TYPE_CHECKING:
    from bot.directory.closed_sheet import ClosedRow
    from bot.domain.closed_days import ClosedDays
    from bot.settings import Settings

_WRONG = 2
_LARGEST = 2**63 - 1
_LARGEST_FILE = 10 << 20

AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]


def closed_commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Нерабочие дни: карантин, ремонт. Уже обещанные сроки от них не меняются.")
    group.command("add", cls=Command)(_add)
    group.command("list", cls=Command)(_list)
    group.command("withdraw", cls=Command)(_withdraw)
    group.command("import", cls=Command)(_import)
    return group


def _add(
    scope: Annotated[
        str, typer.Argument(metavar="ОБЛАСТЬ", help="region, branch:…, municipality:… или institution:КОД.")
    ],
    first: Annotated[str, typer.Argument(metavar="ПЕРВЫЙ", help="Первый день, ГГГГ-ММ-ДД.")],
    last: Annotated[str, typer.Argument(metavar="ПОСЛЕДНИЙ", help="Последний день; без него – один день.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="ТЕКСТ", help="Причина: карантин, ремонт.")] = "",
    as_json: AsJson = False,
) -> None:
    """Объявить нерабочие дни."""
    numbers = run(_store(load_settings(), row=(scope, first, last, reason)))
    if as_json:
        say_json({"added": numbers})
    elif numbers:
        say(f"Записано под номером {numbers[0]}. Работающая программа узнаёт об этом за секунды.")
    else:
        say("Эти дни уже объявлены.")


def _list(
    every: Annotated[bool, typer.Option("--all", help="И прошедшие, и отменённые.")] = False, as_json: AsJson = False
) -> None:
    """Показать объявленные нерабочие дни."""
    settings = load_settings()
    today = SystemClock().now().astimezone(settings.zone).date()
    found = [each for each in run(_read(settings)) if every or (each.withdrawn_at is None and each.last >= today)]
    if as_json:
        say_json([_as_json(each) for each in found])
        return
    say_table(
        ["№", "Область", "Первый", "Последний", "Причина", "Кто объявил", "Отменено"],
        [
            [each.id, each.scope, each.first, each.last, each.reason, each.recorded_by, _day(each.withdrawn_at)]
            for each in found
        ],
    )


def _withdraw(
    number: Annotated[int, typer.Argument(metavar="НОМЕР", min=1, max=_LARGEST, help="Номер из списка.")],
) -> None:
    """Отменить объявленные нерабочие дни; отменённое остаётся в журнале."""
    if not run(_take_back(load_settings(), number)):
        raise NotFoundError(
            f"нерабочих дней под номером {number} нет или они уже отменены; otklik calendar closed list"
        )
    say("Отменено.")


def _import(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="CSV: scope;first;last;reason.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только проверить.")] = False,
    as_json: AsJson = False,
) -> None:
    """Объявить нерабочие дни из файла; если хоть одна строка не годится, не пишется ничего."""
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise SettingsError(f"{file}: файл больше 10 МБ; разделите его")
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: файл не читается ({error.strerror})") from error
    read, added, refused = run(_import_sheet(load_settings(), content, name=str(file), writes=not dry_run))
    if as_json:
        say_json(
            {
                "read": read,
                "added": added,
                "refused": [{"row": row, "reason": reason} for row, reason in refused],
                "written": bool(added) and not dry_run,
            }
        )
    else:
        say(f"Строк: {read + len(refused)}, новых: {len(added)}, отклонено: {len(refused)}")
        if dry_run:
            say_aside("Ничего не записано: это проверка.")
    if refused:
        row, reason = refused[0]
        more = f"; и ещё строк с ошибками: {len(refused) - 1}" if len(refused) > 1 else ""
        warn(f"{file}: строка {row}: {reason}{more}; ничего не записано, исправьте файл")
        raise typer.Exit(_WRONG)


async def _store(settings: "Settings", *, row: tuple[str, str, str, str]) -> list[int]:
    from bot.directory.closed_sheet import check_closed_row, known_scopes
    from storage.institutions import read_institutions

    async with opened(settings, makes=True) as database, database.unit() as connection:
        places = await read_institutions(connection, database.vault, with_secrets=False)
        try:
            checked = check_closed_row(*row, known=known_scopes(places))
        except ValueError as error:
            raise SettingsError(str(error)) from None
        return await _write(connection, [checked])


async def _import_sheet(
    settings: "Settings", content: bytes, *, name: str, writes: bool
) -> "tuple[int, list[Any], list[tuple[int, str]]]":
    from bot.directory.closed_sheet import read_closed_sheet
    from storage.closed_days import read_closed_days
    from storage.institutions import read_institutions

    async with opened(settings, makes=writes) as database, database.unit() as connection:
        places = await read_institutions(connection, database.vault, with_secrets=False)
        sheet = read_closed_sheet(content, places, name=name)
        if sheet.refused:
            return len(sheet.rows), [], list(sheet.refused)
        if writes:
            return len(sheet.rows), await _write(connection, sheet.rows), []
        held = {_key(each) for each in await read_closed_days(connection) if each.withdrawn_at is None}
        return len(sheet.rows), [row for row in sheet.rows if _key(row) not in held], []


async def _write(connection: Any, rows: "list[ClosedRow] | tuple[ClosedRow, ...]") -> list[int]:
    """Write what is not announced yet and return the numbers."""
    from bot.domain.closed_days import ClosedDays
    from storage.closed_days import add_closed_days, read_closed_days
    from storage.institutions import tell_desks

    held = {_key(each) for each in await read_closed_days(connection) if each.withdrawn_at is None}
    now, numbers = SystemClock().now(), []
    for row in rows:
        if _key(row) in held:
            continue
        held.add(_key(row))
        announced = ClosedDays(
            scope=row.scope,
            first=row.first,
            last=row.last,
            reason=row.reason,
            recorded_at=now,
            recorded_by=_operator(),
        )
        numbers.append(await add_closed_days(connection, announced))
    if numbers:
        await tell_desks(connection)
    return numbers


async def _read(settings: "Settings") -> "list[ClosedDays]":
    from storage.closed_days import read_closed_days

    async with opened(settings) as database, database.reading() as connection:
        return await read_closed_days(connection)


async def _take_back(settings: "Settings", number: int) -> bool:
    from storage.closed_days import withdraw_closed_days
    from storage.institutions import tell_desks

    async with opened(settings) as database, database.unit() as connection:
        is_gone = await withdraw_closed_days(connection, number, at=SystemClock().now())
        if is_gone:
            await tell_desks(connection)
        return is_gone


def _key(row: "ClosedRow | ClosedDays") -> tuple[str, date, date]:
    return row.scope, row.first, row.last


def _as_json(each: "ClosedDays") -> dict[str, Any]:
    return {
        "id": each.id,
        "scope": each.scope,
        "first": each.first.isoformat(),
        "last": each.last.isoformat(),
        "reason": each.reason,
        "recorded_at": each.recorded_at,
        "recorded_by": each.recorded_by,
        "withdrawn_at": each.withdrawn_at,
    }


def _day(moment: datetime | None) -> str:
    return f"{moment:%d.%m.%Y}" if moment is not None else ""


def _operator() -> str:
    try:
        return f"operator {getpass.getuser()}"
    except (KeyError, OSError):
        return "operator"
