"""`otklik institutions …`: the sheet in, the sheet out, and what a typed name would find."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.closing import close_institution, open_institution, today
from bot.cli.links import print_links
from bot.cli.output import end_progress, progress, say, say_aside, say_json, say_table, warn
from bot.cli.resolving import resolve_names
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.directory.closing import Missing
    from bot.directory.compare import Change, Comparison
    from bot.directory.neighbours import RefusedRow
    from bot.directory.search import Match
    from bot.directory.sheet import Filling, Sheet
    from bot.directory.trial import Trial
    from bot.domain.institution import Institution
    from bot.settings import Settings
    from storage.database import Database

_WRONG = 2
_SHOWN = 20
_LARGEST_LIMIT = 100
_STEP = 100


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Лист учреждений: загрузить, выгрузить, найти, закрыть.")
    group.command("import", cls=Command)(_import)
    group.command("export", cls=Command)(_export)
    group.command("search", cls=Command)(_search)
    group.command("links", cls=Command)(print_links)
    group.command("close", cls=Command)(close_institution)
    group.command("open", cls=Command)(open_institution)
    group.command("resolve", cls=Command)(resolve_names)
    return group


def _import(  # noqa: PLR0917 - flags of a command
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="CSV, TSV (UTF-8, UTF-16, cp1251) или XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только показать, что изменится.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Записать верные строки, неверные пропустить.")] = False,
    headings: Annotated[
        list[str] | None, typer.Option("--map", metavar="ИХ=НАШ", help='Чей это столбец: "Кто отвечает=name".')
    ] = None,
    branch: Annotated[str, typer.Option("--branch", metavar="НАЗВАНИЕ", help="Отрасль, где в файле её нет.")] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="НАЗВАНИЕ", help="Муниципалитет, где в файле его нет.")
    ] = "",
    close_missing: Annotated[
        bool, typer.Option("--close-missing", help="Закрыть те учреждения этих отраслей и мест, которых в файле нет.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Закрыть и больше десятой части.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Загрузить лист учреждений; повторная загрузка того же листа ничего не меняет."""
    settings = load_settings()
    asked = _Asked(
        file=file,
        filling=_filling(headings or [], branch=branch, municipality=municipality),
        skips_bad=skip_bad,
        closes_missing=close_missing,
        closes_many=yes,
    )
    done = run(_import_sheet(settings, asked, writes=not dry_run))
    if as_json:
        say_json(_as_json(done))
    else:
        _say_import(done)
    if done.comparison.refused and not skip_bad:
        warn(_refusal(done.comparison, file))
        raise typer.Exit(_WRONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What an import is asked to do."""

    file: Path
    filling: "Filling"
    skips_bad: bool
    closes_missing: bool
    closes_many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Imported:
    """What came of it."""

    sheet: "Sheet"
    comparison: "Comparison"
    missing: "Missing"
    alike: "list[tuple[Institution, ...]]"
    is_written: bool


def _filling(headings: list[str], *, branch: str, municipality: str) -> "Filling":
    from bot.directory.columns import COLUMNS
    from bot.directory.sheet import Filling

    read: dict[str, str] = {}
    for text in headings:
        theirs, _, ours = text.rpartition("=")
        if not theirs.strip() or ours.strip() not in COLUMNS:
            raise typer.BadParameter(f'--map «{text}»: нужно "Их столбец=наш", наш – один из: {", ".join(COLUMNS)}')
        read[theirs.strip()] = ours.strip()
    values = {"branch": branch.strip(), "municipality": municipality.strip()}
    return Filling(headings=read, values={column: value for column, value in values.items() if value})


async def _import_sheet(settings: "Settings", asked: _Asked, *, writes: bool) -> _Imported:
    from bot.directory.sheet import read_sheet
    from storage.institutions import read_directory_version, read_institutions, write_institutions
    from storage.opening import known_calendars

    calendars = known_calendars(settings)
    sheet = read_sheet(asked.file, filling=asked.filling, progress=progress("прочитано строк"))
    end_progress()
    if not writes:
        stored = await _stored_if_any(settings)
        found = _checked(sheet, stored, asked, calendars=calendars, settings=settings)
        if stored:
            async with opened(settings) as database:
                await _warn_of_leaving(database, found.comparison, stored)
        return found
    async with opened(settings, makes=True) as database:
        while True:
            async with database.reading() as connection:
                version = await read_directory_version(connection)
                stored = await read_institutions(connection, database.vault)
            found = _checked(sheet, stored, asked, calendars=calendars, settings=settings)
            if found.comparison.refused and not asked.skips_bad:
                return found
            found.missing.check(closes_many=asked.closes_many)
            async with database.unit() as connection:
                # Checking a large sheet takes seconds in which the bot must be able to write; so it is done before,
                # and once more if the directory has changed meanwhile.
                if await read_directory_version(connection) == version:
                    closed = found.missing.closed(today(settings))
                    await write_institutions(connection, database.vault, [*found.comparison.to_write, *closed])
                    await _warn_of_leaving(database, found.comparison, stored)
                    return replace(found, is_written=True)


def _checked(
    sheet: "Sheet", stored: "list[Institution]", asked: _Asked, *, calendars: "Mapping[str, str]", settings: "Settings"
) -> _Imported:
    from bot.directory.check import check_sheet
    from bot.directory.closing import find_missing
    from bot.directory.compare import compare, find_alike

    checked = check_sheet(sheet, stored=stored, calendars=calendars, progress=progress("проверено строк"))
    end_progress()
    comparison = compare(checked, stored=stored)
    missing = find_missing(sheet, checked, stored=stored if asked.closes_missing else (), today=today(settings))
    return _Imported(
        sheet=sheet,
        comparison=comparison,
        missing=missing,
        alike=find_alike(comparison, stored=stored),
        is_written=False,
    )


async def _warn_of_leaving(database: "Database", comparison: "Comparison", stored: "list[Institution]") -> None:
    """Name the communities that go away while citizens wait there for answers, which then cannot go."""
    from bot.directory.compare import leaving
    from storage.queues import open_tickets_in

    places = leaving(comparison, stored)
    if not places:
        return
    async with database.reading() as connection:
        waiting = await open_tickets_in(connection, places)
    for (channel, community), number in waiting.items():
        code = places[channel, community]
        warn(
            f"{code}: сообщество {channel} {community} уходит из листа, а открытых сообщений там: {number}. "
            f"Ответы на них не дойдут, пока оно не вернётся: otklik tickets list --institution {code}"
        )


async def _stored_if_any(settings: "Settings") -> "list[Institution]":
    from bot.domain.errors import NotFoundError
    from storage.institutions import read_institutions

    try:
        async with opened(settings) as database, database.reading() as connection:
            return await read_institutions(connection, database.vault)
    except NotFoundError:
        return []


def _as_json(done: _Imported) -> dict[str, Any]:
    comparison = done.comparison
    return {
        "added": [institution.code for institution in comparison.added],
        "changed": [
            {
                "code": change.institution.code,
                "columns": change.columns,
                "values": {
                    value.column: {"old": value.old, "new": value.new} for value in change.values if not value.is_secret
                },
            }
            for change in comparison.changed
        ],
        "unchanged": [institution.code for institution in comparison.unchanged],
        "refused": comparison.refused,
        "unknown_columns": done.sheet.unknown_columns,
        "sheet": done.sheet.title,
        "hidden_rows": [row.row for row in done.sheet.hidden],
        "closed": [institution.code for institution in done.missing.institutions],
        "not_closed_because": done.missing.obstacle,
        "alike": [[institution.code for institution in same] for same in done.alike],
        "unresolved": [{"code": each.code, "vk_name": each.vk_name} for each in comparison.unresolved],
        "written": done.is_written,
    }


def _say_import(done: _Imported) -> None:
    sheet, comparison = done.sheet, done.comparison
    if sheet.title:
        say(f"Прочитан лист «{sheet.title}»")
    if sheet.unknown_columns:
        say(f"Незнакомые столбцы пропущены: {', '.join(sheet.unknown_columns)}")
    if sheet.hidden:
        say(f"Скрытые строки пропущены: {', '.join(str(row.row) for row in sheet.hidden[:_SHOWN])}")
    say(
        f"Новых: {len(comparison.added)}, изменённых: {len(comparison.changed)}, "
        f"без изменений: {len(comparison.unchanged)}, отклонено строк: {len(comparison.refused)}"
    )
    _say_some("Новые", [f"{new.code}: {new.title}, {new.municipality}" for new in comparison.added])
    _say_some("Изменённые", [f"{change.institution.code}: {_changed_values(change)}" for change in comparison.changed])
    _say_some("Отклонённые", [_refused_row(refused) for refused in comparison.refused])
    _say_some(
        "Закрыты" if done.is_written else "Будут закрыты: в файле их нет",
        [f"{each.code}: {each.title}, {each.municipality}" for each in done.missing.institutions],
    )
    if done.missing.obstacle:
        say(f"Ничего не закрыто: {done.missing.obstacle}")
    _say_some(
        "Житель их не различит, допишите short_name",
        [f"{', '.join(each.code for each in same)}: {same[0].title}, {same[0].municipality}" for same in done.alike],
    )
    _say_some(
        "Номер сообщества ещё не известен, его узнаёт otklik institutions resolve",
        [f"{each.code}: vk.com/{each.vk_name}" for each in comparison.unresolved],
    )


def _say_some(heading: str, lines: list[str]) -> None:
    if lines:
        say(f"{heading}:")
    for line in lines[:_SHOWN]:
        say(f"  {line}")
    if len(lines) > _SHOWN:
        say(f"  и ещё: {len(lines) - _SHOWN}; все – с параметром --json")


def _changed_values(change: "Change") -> str:
    """Return every value before and after; of a secret only that it differs."""
    return "; ".join(
        f"{value.column} изменён" if value.is_secret else f"{value.column} «{value.old}» → «{value.new}»"
        for value in change.values
    )


def _refused_row(refused: "RefusedRow") -> str:
    return f"строка {refused.row}{f' ({refused.code})' if refused.code else ''}: {refused.reason}"


def _refusal(comparison: "Comparison", file: Path) -> str:
    """Return the one line that says what is wrong and what to do, also when the result goes to another program."""
    more = len(comparison.refused) - 1
    return (
        f"{file}: {_refused_row(comparison.refused[0])}{f'; и ещё строк с ошибками: {more}' if more else ''}; "
        "ничего не записано, исправьте лист или добавьте --skip-bad"
    )


def _export(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Имя на .csv или .xlsx.")],
    with_secrets: Annotated[bool, typer.Option("--with-secrets", help="Вместе с ключами мессенджеров.")] = False,
) -> None:
    """Выгрузить лист учреждений."""
    settings = load_settings()
    from bot.directory.export import export_sheet
    from storage.institutions import read_institutions

    async def export() -> int:
        async with opened(settings) as database:
            async with database.reading() as connection:
                institutions = await read_institutions(connection, database.vault, with_secrets=with_secrets)
            return export_sheet(institutions, file, with_secrets=with_secrets)

    count = run(export())
    say(f"Учреждений записано: {count}, файл {file}")
    if with_secrets:
        warn("в файле ключи мессенджеров: храните его как пароль")


def _search(
    text: Annotated[str, typer.Argument(metavar="ТЕКСТ", help="Что написал бы житель.")] = "",
    municipality: Annotated[str, typer.Option("--municipality", metavar="НАЗВАНИЕ", help="Только там.")] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="ЧИСЛО", min=1, max=_LARGEST_LIMIT, help="Сколько.")] = 5,
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="ФАЙЛ", help="Искать каждую строку файла; с кодом через табуляцию – и счёт верных."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Показать, какие учреждения бот предложил бы жителю."""
    if bool(text.strip()) == (from_file is not None):
        raise typer.BadParameter("укажите текст или --from ФАЙЛ, что-то одно")
    settings = load_settings()
    lines = _read_lines(from_file) if from_file else [text]
    matches, trial = run(_find(settings, lines, municipality.strip() or None, limit))
    answers = [[_match(match) for match in found[:limit]] for found in matches]
    if from_file or as_json:
        say_json(answers if from_file else answers[0])
        if trial.asked:
            _tell_trial(trial)
    elif answers[0]:
        headings = ["code", "name", "municipality", "branch", "score", "sure"]
        say_table(
            ["Код", "Название", "Где", "Отрасль", "Сходство", "Уверенно"],
            [
                [("да" if match[name] is True else "" if match[name] is False else match[name]) for name in headings]
                for match in answers[0]
            ],
        )
    else:
        say("Ничего похожего нет.")


async def _find(
    settings: "Settings", lines: list[str], municipality: str | None, limit: int
) -> "tuple[list[list[Match]], Trial]":
    from bot.directory.search import DirectorySearch
    from bot.directory.trial import AMONG, judge, read_question
    from storage.institutions import read_institutions

    async with opened(settings) as database, database.reading() as connection:
        institutions = await read_institutions(connection, database.vault, with_secrets=False)
    search = DirectorySearch(each for each in institutions if not each.is_closed(today(settings)))
    questions = [read_question(line) for line in lines]
    show, answers = progress("найдено"), list["list[Match]"]()
    for question in questions:
        answers.append(search.find(question.text, municipality=municipality, limit=max(limit, AMONG)))
        if show and len(answers) % _STEP == 0:
            show(len(answers))
    end_progress()
    return answers, judge(questions, answers, codes={institution.code for institution in institutions})


def _tell_trial(trial: "Trial") -> None:
    """Tell the shares beside the result, and every question that went wrong."""
    say_aside(
        f"Вопросов с ответом: {trial.asked}; верное первым: {_percent(trial.first_share)}, "
        f"среди пяти: {_percent(trial.among_share)}, уверенно, но неверно: {len(trial.wrongly_sure)}"
    )
    if trial.unknown:
        say_aside(f"Этих кодов нет в базе: {', '.join(trial.unknown[:_SHOWN])}")
    for miss in sorted(trial.misses, key=lambda miss: (not miss.is_sure, miss.is_among))[:_SHOWN]:
        kind = "уверенно неверно" if miss.is_sure else "среди пяти" if miss.is_among else "не найдено"
        say_aside(f"  {kind}: «{miss.question.text}» – {miss.question.code}, а первым {miss.found or 'ничего'}")


def _percent(share: float) -> str:
    """Return the share rounded down: 99,96 % is not all."""
    return f"{int(1000 * share) / 10:.1f} %".replace(".", ",")


def _match(match: "Match") -> dict[str, Any]:
    institution = match.institution
    return {
        "code": institution.code,
        "name": institution.name,
        "municipality": institution.municipality,
        "branch": institution.branch,
        "score": match.score,
        "sure": match.is_sure,
    }


def _read_lines(file: Path) -> list[str]:
    from bot.domain.errors import SettingsError

    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: файл не в кодировке UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{file}: файл не читается ({error.strerror})") from None
