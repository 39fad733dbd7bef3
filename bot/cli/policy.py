"""`otklik policy …`: how long an answer may take, for the region, branches, municipalities, institutions and topics."""

import getpass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.days import read_day
from bot.cli.output import local, say, say_aside, say_json, say_table
from bot.cli.policy_words import NAMES, read_term, rule_in_words, rule_line, rule_source, terms_in_words
from bot.cli.running import load_settings, opened, run
from bot.cli.scopes import read_scope
from bot.cli.usage import Command, new_group
from bot.domain.clock import SystemClock
from bot.domain.errors import NotFoundError, SettingsError

if TYPE_CHECKING:
    from bot.domain.institution import Institution, Scope
    from bot.domain.policies import PolicyRule
    from bot.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Ответ в JSON.")]
Topic = Annotated[str, typer.Option("--topic", metavar="ТЕМА", help="Только для этой темы: housing, roads …")]


def commands() -> typer.Typer:
    """Return the group."""
    group = new_group("Нормативы: сколько времени на ответ и решение, когда напоминать и кому сообщать.")
    group.command("list", cls=Command)(_list)
    group.command("set", cls=Command)(_set)
    group.command("show", cls=Command)(_show)
    return group


def _list(as_json: AsJson = False) -> None:
    """Показать все правила, какие были и есть; первыми – те, что поставляются с программой."""
    from bot.domain.policies import SHIPPED

    settings = load_settings()
    rules, _ = run(_read(settings))
    lines = [rule_line(rule) for rule in (*SHIPPED, *rules)]
    if as_json:
        say_json(lines)
        return
    say_table(
        ("область", "тема", "действует с", "что задано", "записано", "кем"),
        [
            (
                line["scope"],
                line["topic"] or "все",
                local(line["effective_at"], settings.zone) if line["id"] else "всегда",
                terms_in_words(line["terms"]),
                local(line["recorded_at"], settings.zone) if line["id"] else "",
                line["recorded_by"] or "поставляется с программой",
            )
            for line in lines
        ],
    )
    say("Где ничего не задано: " + terms_in_words(_shown(settings)))


def _set(
    scope: Annotated[str, typer.Argument(metavar="ОБЛАСТЬ", help="region, branch:…, municipality:…, institution:КОД.")],
    *,
    topic: Topic = "",
    since: Annotated[str, typer.Option("--from", metavar="ДАТА", help="С какого дня; обычно сразу.")] = "",
    answer: Annotated[str, typer.Option("--answer", metavar="8h", help="Ответить за столько рабочего времени.")] = "",
    warn: Annotated[str, typer.Option("--warn", metavar="50,80", help="Напомнить при таких % срока, или off.")] = "",
    hard_limit: Annotated[
        str, typer.Option("--hard-limit", metavar="24h", help="Предел для первого ответа подряд, или off.")
    ] = "",
    resolution: Annotated[str, typer.Option("--resolution", metavar="10d", help="Решить за, или off.")] = "",
    escalation: Annotated[
        str, typer.Option("--escalation", metavar="1h", help="Руководителю через столько рабочего времени после срока.")
    ] = "",
    silence: Annotated[
        str, typer.Option("--silence", metavar="27h", help="Закрыть после такого молчания жителя.")
    ] = "",
    grade: Annotated[str, typer.Option("--grade", metavar="10m", help="Спросить об оценке через, или off.")] = "",
    reopen: Annotated[str, typer.Option("--reopen", metavar="72h", help="Открывать снова в течение.")] = "",
    as_json: AsJson = False,
) -> None:
    """Добавить правило: только то, чем область отличается; default отменяет заданное здесь раньше."""
    typed = {
        "answer": answer,
        "warn": warn,
        "hard_limit": hard_limit,
        "resolution": resolution,
        "escalation": escalation,
        "silence": silence,
        "grade": grade,
        "reopen": reopen,
    }
    wanted = read_scope(scope)
    terms = {name: read_term(name, text) for name, text in typed.items() if text}
    if not terms:
        raise typer.BadParameter("укажите, что задать: --answer 8h, --warn 50,80, --hard-limit 24h, --resolution 10d …")
    settings = load_settings(logs=True)
    now = SystemClock().now().replace(microsecond=0)
    effective_at = now
    if since:
        effective_at = datetime.combine(read_day("--from", since), time(0), settings.zone).astimezone(UTC)
    rule = run(_write(settings, wanted, _topic(settings, topic), effective_at=effective_at, now=now, terms=terms))
    if as_json:
        say_json(rule_line(rule))
        return
    starts = f"с {local(effective_at, settings.zone)}" if effective_at > now else "для новых сообщений"
    say(f"{rule.scope}{f', тема {rule.topic}' if rule.topic else ''}: {terms_in_words(rule.terms)} – {starts}")
    say_aside("Поступившие сообщения и прежние отчёты не меняются. Работающая программа узнаёт об этом за секунды.")


def _show(
    institution: Annotated[str, typer.Option("--institution", metavar="КОД", help="Код учреждения.")],
    topic: Topic = "",
    as_json: AsJson = False,
) -> None:
    """Показать, что действует для учреждения и из какого правила следует."""
    from bot.domain.policies import Policies
    from bot.domain.policy_terms import show_terms

    settings = load_settings()
    topic = _topic(settings, topic)
    rules, places = run(_read(settings))
    place = next((each for each in places if each.code == institution.strip()), None)
    if place is None:
        raise NotFoundError(f"учреждения с кодом «{institution}» нет; найти код: otklik institutions search НАЗВАНИЕ")
    policies, now = Policies(rules), SystemClock().now()
    terms = show_terms(policies.of(place, topic, at=now, base=_base(settings)))
    sources = {name: rule_source(rule) for name, rule in policies.sources(place, topic, at=now).items()}
    if as_json:
        shown = {name: {"value": value, "rule": sources.get(name)} for name, value in terms.items()}
        say_json({"institution": place.code, "topic": topic or None, "terms": shown})
        return
    say(f"{place.title}{f', тема {topic}' if topic else ', без темы'}")
    say_table(
        ("норматив", "значение", "правило"),
        [(NAMES[name], value, rule_in_words(sources.get(name))) for name, value in terms.items()],
    )


def _topic(settings: "Settings", key: str) -> str:
    from bot.directory.topics import OPERATORS_FILE, Topics

    key = key.strip().lower()
    known = Topics.load(settings.data_dir / OPERATORS_FILE).names_and_codes("ru")
    if key and key not in known:
        raise SettingsError(f"--topic: темы «{key}» нет; есть {', '.join(known)}")
    return key


def _require_place(scope: "Scope", places: "list[Institution]") -> None:
    """A misspelt branch would be a rule for nobody."""
    from bot.domain.institution import ScopeKind

    if scope.kind is ScopeKind.REGION or any(scope.covers(place) for place in places):
        return
    raise NotFoundError(f"{scope}: таких учреждений нет; проверьте название или загрузите лист учреждений")


def _base(settings: "Settings") -> Any:
    from datetime import timedelta

    from bot.domain.sla import SlaPolicy

    return SlaPolicy(grade_after=timedelta(minutes=settings.grade_after_minutes))


def _shown(settings: "Settings") -> dict[str, str]:
    from bot.domain.policy_terms import show_terms

    return show_terms(_base(settings))


async def _read(settings: "Settings") -> "tuple[list[PolicyRule], list[Institution]]":
    from storage.institutions import read_institutions
    from storage.policies import read_policy_rules

    async with opened(settings) as database, database.reading() as connection:
        places = await read_institutions(connection, database.vault, with_secrets=False)
        return await read_policy_rules(connection), places


async def _write(
    settings: "Settings",
    scope: "Scope",
    topic: str,
    *,
    effective_at: datetime,
    now: datetime,
    terms: dict[str, str | None],
) -> "PolicyRule":
    import structlog

    from bot.domain.policies import PolicyRule
    from storage.institutions import read_institutions
    from storage.policies import write_policy_rule

    async with opened(settings, makes=True) as database, database.unit() as connection:
        _require_place(scope, await read_institutions(connection, database.vault, with_secrets=False))
        rule = PolicyRule(
            id=0,
            scope=scope,
            topic=topic,
            effective_at=effective_at,
            terms=terms,
            recorded_at=now,
            recorded_by=_operator(),
        )
        rule = await write_policy_rule(connection, rule)
    structlog.get_logger().info("policy_set", scope=str(scope), topic=topic, terms=",".join(sorted(terms)))
    return rule


def _operator() -> str:
    try:
        return f"operator {getpass.getuser()}"
    except (KeyError, OSError):
        return "operator"
