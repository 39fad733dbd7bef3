"""`otklik legal …`: what Telegram may be used for, by kind of institution; every change is logged with its reason."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.operators import operator
from bot.cli.output import local, say, say_aside, say_json, say_table
from bot.cli.running import load_settings, opened, run
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.errors import SettingsError
from bot.domain.institution import InstitutionKind
from bot.domain.legal import STATE_KINDS, LegalMode, LegalRule, mode_for

if TYPE_CHECKING:
    from bot.settings import Settings

_AS_SET = "default"
_MEANS = {
    LegalMode.FULL: "личная переписка, комментарии, всё",
    LegalMode.PUBLIC_ONLY: "только комментарии; в личном диалоге – куда написать",
    LegalMode.REDIRECT_ONLY: "жителю показано, куда написать; ничего не хранится",
    LegalMode.DISABLED: "как redirect_only, а свой бот учреждения выключен",
}

AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Что можно в Telegram учреждениям разного вида (закон 41-ФЗ).")
    group.command("show", cls=Command)(_show)
    group.command("set", cls=Command)(_set)
    return group


def _show(as_json: AsJson = False) -> None:
    """Показать режимы и сколько раз жителям лишь показали дорогу."""
    settings = load_settings()
    rules, redirected = run(_read(settings))
    by_kind = {rule.kind.value: rule for rule in rules}
    modes = {kind: rule.mode for kind, rule in by_kind.items()}
    lines: list[dict[str, Any]] = [
        {
            "kind": kind.value,
            "mode": mode_for(kind.value, modes, settings.telegram_mode).value,
            "basis": by_kind[kind.value].basis if kind.value in by_kind else "",
            "set_at": by_kind[kind.value].set_at if kind.value in by_kind else None,
        }
        for kind in InstitutionKind
    ]
    if as_json:
        say_json({"modes": lines, "redirected": redirected})
        return
    rows = [
        (
            line["kind"],
            line["mode"],
            _MEANS[LegalMode(line["mode"])],
            line["basis"] or "из OTKLIK_TELEGRAM_MODE",
            local(line["set_at"], settings.zone),
        )
        for line in lines
    ]
    say_table(("вид", "режим", "что можно", "основание", "изменён"), rows)
    say(f"Жителям показана дорога в другой мессенджер: {redirected}")


def _set(
    kind: Annotated[str, typer.Argument(metavar="ВИД", help="state, municipal, subordinate или other.")],
    mode: Annotated[
        str,
        typer.Argument(metavar="РЕЖИМ", help="full, public_only, redirect_only, disabled; default – как в настройке."),
    ],
    basis: Annotated[str, typer.Option("--basis", metavar="ТЕКСТ", help="Основание: документ и кто решил.")] = "",
) -> None:
    """Установить режим Telegram для учреждений одного вида; изменение записывается в журнал."""
    try:
        known = InstitutionKind(kind.strip().lower())
    except ValueError:
        raise SettingsError(f"вид «{kind}» неизвестен; есть {', '.join(InstitutionKind)}") from None
    name = mode.strip().lower()
    if name not in (*LegalMode, _AS_SET):
        raise SettingsError(f"режим «{mode}» неизвестен; есть {', '.join(LegalMode)} и {_AS_SET}")
    basis = " ".join(basis.split())
    if name == LegalMode.FULL and known in STATE_KINDS and not basis:
        raise SettingsError(
            f"full для {known}: закон 41-ФЗ запрещает таким учреждениям переписку с жителями в Telegram; "
            'если основание есть, назовите его: --basis "…"'
        )
    settings = load_settings(logs=True)
    rule = LegalRule(
        kind=known,
        mode=settings.telegram_mode if name == _AS_SET else LegalMode(name),
        basis=basis,
        set_at=SystemClock().now().replace(microsecond=0),
    )
    run(_write(settings, rule, clears=name == _AS_SET))
    say(f"{known}: {rule.mode} – {_MEANS[rule.mode]}")
    say_aside("Работающая программа узнаёт об этом за секунды; перезапуск не нужен.")


async def _read(settings: "Settings") -> tuple[list[LegalRule], int]:
    from storage.legal import read_legal_rules, read_redirected

    async with opened(settings) as database, database.reading() as connection:
        return await read_legal_rules(connection), await read_redirected(connection)


async def _write(settings: "Settings", rule: LegalRule, *, clears: bool) -> None:
    import structlog

    from storage.legal import clear_legal_rule, write_legal_rule

    async with opened(settings, makes=True) as database, database.unit() as connection:
        await (clear_legal_rule if clears else write_legal_rule)(connection, rule, actor=operator())
    structlog.get_logger().info(
        "legal_mode_set", kind=rule.kind.value, mode=rule.mode.value, has_basis=bool(rule.basis)
    )
