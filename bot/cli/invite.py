"""`otklik invite …`: a single-use code for a work chat or for a supervisor."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import local, say, say_json
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.institution import InviteRole, Scope, ScopeKind

if TYPE_CHECKING:
    from bot.settings import Settings

_LONGEST_DAYS = 365

Days = Annotated[int, typer.Option("--days", metavar="ЧИСЛО", min=1, max=_LONGEST_DAYS, help="Сколько дней годен код.")]
AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Одноразовые приглашения администраторам и руководителям.")
    group.command("administrator", cls=Command)(_administrator)
    group.command("supervisor", cls=Command)(_supervisor)
    return group


def _administrator(
    institution: Annotated[str, typer.Option("--institution", metavar="КОД", help="Код учреждения из листа.")],
    days: Days = 7,
    as_json: AsJson = False,
) -> None:
    """Код, который делает группу рабочим чатом учреждения: /bind КОД."""
    scope = Scope(kind=ScopeKind.INSTITUTION, name=institution.strip())
    _invite(InviteRole.ADMINISTRATOR, scope, days=days, as_json=as_json)


def _supervisor(
    scope: Annotated[
        str, typer.Option("--scope", metavar="ОБЛАСТЬ", help="region, branch:…, municipality:… или institution:КОД.")
    ],
    days: Days = 7,
    as_json: AsJson = False,
) -> None:
    """Код, который даёт одному человеку отчёты и напоминания: /join КОД."""
    _invite(InviteRole.SUPERVISOR, read_scope(scope), days=days, as_json=as_json)


def _invite(role: InviteRole, scope: Scope, *, days: int, as_json: bool) -> None:
    settings = load_settings()
    expires_at = SystemClock().now().replace(microsecond=0) + timedelta(days=days)
    code, link = run(_make(settings, role, scope, expires_at))
    if as_json:
        say_json({"code": code, "link": link, "expires_at": expires_at})
        return
    command = "/bind" if role is InviteRole.ADMINISTRATOR else "/join"
    where = "в рабочем чате" if role is InviteRole.ADMINISTRATOR else "в личном диалоге с ботом"
    say(f"Код: {code} – один раз написать {where}: {command} {code}")
    if link:
        say(f"Или открыть ссылку: {link}")
    say(f"Годен до {local(expires_at, settings.zone)}")


async def _make(settings: "Settings", role: InviteRole, scope: Scope, expires_at: datetime) -> tuple[str, str | None]:
    from bot.cli.introducing import introduce_regional_bot
    from bot.reports.scope import known_scope
    from storage.institutions import read_institutions
    from storage.invites import invite_link, make_invite

    async with opened(settings, makes=True) as database:
        async with database.unit() as connection:
            places = await read_institutions(connection, database.vault, with_secrets=False)
            scope = known_scope(scope, places)
            code = await make_invite(connection, database.vault, role=role, scope=scope, expires_at=expires_at)
        is_one = scope.kind is ScopeKind.INSTITUTION
        bot = settings.telegram_token.get_secret_value().partition(":")[0]
        group = next((place.vk_group_id for place in places if is_one and place.code == scope.name), "")

        async def link() -> str | None:
            async with database.reading() as connection:
                return await invite_link(connection, code=code, role=role, telegram_bot=bot, vk_group=group)

        found = await link()
        if found is None and bot:
            await introduce_regional_bot(settings, database)
            found = await link()
    return code, found
