"""`otklik institutions close` and `open`: an institution ends, or goes on after all."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import say, say_json
from bot.cli.running import load_settings, opened, run

if TYPE_CHECKING:
    from bot.domain.institution import Institution
    from bot.settings import Settings


def today(settings: "Settings") -> date:
    """Return the day by the zone of the settings."""
    return datetime.now(settings.zone).date()


def close_institution(
    code: Annotated[str, typer.Argument(metavar="КОД", help="Какое учреждение.")],
    on: Annotated[str, typer.Option("--on", metavar="ДАТА", help="С какого дня; без него – с сегодняшнего.")] = "",
    successor: Annotated[str, typer.Option("--successor", metavar="КОД", help="Кто отвечает вместо него.")] = "",
    move_open: Annotated[bool, typer.Option("--move-open", help="Передать преемнику открытые сообщения.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Закрыть учреждение: его больше не предлагают и не сравнивают, история остаётся."""
    settings = load_settings()
    day = _day(on) if on else today(settings)
    done = run(_close(settings, code.strip(), day, successor.strip(), moves=move_open))
    if as_json:
        say_json(done)
        return
    say(f"{done['code']} закрыто с {done['closed_on']}" + (f", преемник {done['successor']}" if successor else ""))
    numbers = ", ".join(f"№ {number}" for number in done["open_tickets"])
    if done["moved"]:
        say(f"Переданы преемнику: {numbers}")
    elif numbers:
        say(f"Ждут ответа: {numbers}; передать их преемнику: --successor КОД --move-open")


def open_institution(
    code: Annotated[str, typer.Argument(metavar="КОД", help="Какое учреждение.")],
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в JSON.")] = False,
) -> None:
    """Открыть закрытое учреждение снова."""
    done = run(_open(load_settings(), code.strip()))
    if as_json:
        say_json(done)
    else:
        say(f"{done['code']} снова открыто")


async def _close(settings: "Settings", code: str, day: date, successor: str, *, moves: bool) -> dict[str, Any]:
    from bot.app import move_tickets
    from bot.domain.errors import SettingsError
    from storage.audit import write_audit
    from storage.institutions import read_institutions, write_institutions
    from storage.listings import read_open_numbers

    async with opened(settings) as database:
        now = datetime.now(settings.zone)
        async with database.unit() as connection:
            known = {each.code: each for each in await read_institutions(connection, database.vault)}
            closing = _known(known, code)
            heir = _heir(known, closing, successor or closing.successor)
            if moves and heir is None:
                raise SettingsError("--move-open: кому передать? Назовите преемника: --successor КОД")
            if moves and day > now.date():
                raise SettingsError("--move-open: сообщения передают, когда учреждение уже закрыто; уберите --on")
            closed = replace(closing, closed_on=day, successor=heir.code if heir else "")
            await write_institutions(connection, database.vault, [closed], now=now)
            action = f"institution-closed:{day.isoformat()}"
            await write_audit(connection, actor="operator", action=action, subject=code, at=now)
            numbers = await read_open_numbers(connection, code)
        if moves and heir is not None and numbers:
            await move_tickets(settings, database, numbers, holder=code, to=heir.code)
    return {
        "code": code,
        "closed_on": day.isoformat(),
        "successor": closed.successor,
        "open_tickets": numbers,
        "moved": numbers if moves else [],
    }


async def _open(settings: "Settings", code: str) -> dict[str, Any]:
    from storage.audit import write_audit
    from storage.institutions import read_institutions, write_institutions

    async with opened(settings) as database, database.unit() as connection:
        known = {each.code: each for each in await read_institutions(connection, database.vault)}
        reopened = replace(_known(known, code), closed_on=None, successor="")
        now = datetime.now(settings.zone)
        await write_institutions(connection, database.vault, [reopened], now=now)
        await write_audit(connection, actor="operator", action="institution-opened", subject=code, at=now)
    return {"code": code, "closed_on": None}


def _known(known: "dict[str, Institution]", code: str) -> "Institution":
    from bot.domain.errors import NotFoundError

    if code not in known:
        raise NotFoundError(f"учреждения «{code}» нет; коды показывает otklik institutions export ФАЙЛ")
    return known[code]


def _heir(known: "dict[str, Institution]", closing: "Institution", code: str) -> "Institution | None":
    """Return the successor; raises when it cannot be one."""
    from bot.domain.errors import SettingsError

    if not code:
        return None
    heir = _known(known, code)
    seen = heir
    while seen.code != closing.code:
        if not seen.successor or seen.successor not in known:
            return heir
        seen = known[seen.successor]
    raise SettingsError(f"--successor {code}: учреждения сменяли бы друг друга по кругу")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"--on «{text}»: нужна дата, например 2026-12-31") from None
