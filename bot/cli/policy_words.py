"""Policies in words of the command line: the shapes of their terms, and rules as lines."""

from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.domain.policies import PolicyRule

DEFAULT = "default"
"""What is typed to take a term back: the wider rule holds again."""
_SHAPES = {
    "answer": "часы или минуты рабочего времени: 8h, 90m",
    "warn": "проценты срока по возрастанию: 50,80, или off",
    "hard_limit": "часы, минуты или дни подряд: 24h, или off",
    "resolution": "календарные дни или часы: 10d, или off",
    "escalation": "часы или минуты рабочего времени: 1h",
    "silence": "часы или минуты рабочего времени: 27h",
    "grade": "минуты или часы после ответа: 10m, или off",
    "reopen": "часы или дни: 72h",
}
NAMES = {
    "answer": "ответить за, рабочего времени",
    "warn": "напомнить, % этого времени",
    "hard_limit": "предел для первого ответа, подряд",
    "resolution": "решить за, подряд",
    "escalation": "руководителю после срока, рабочего времени",
    "silence": "закрыть после молчания, рабочего времени",
    "grade": "спросить об оценке через",
    "reopen": "открыть снова в течение",
}


def read_term(name: str, text: str) -> str | None:
    """Return a term as it is kept, None to take it back; raises a usage error in Russian."""
    from bot.domain.policy_terms import normalised

    if text.strip().lower() == DEFAULT:
        return None
    try:
        return normalised(name, text)
    except ValueError:
        option = "--" + name.replace("_", "-")
        raise typer.BadParameter(f"{option}: «{text}» не подходит; нужно: {_SHAPES[name]} или {DEFAULT}") from None


def rule_line(rule: "PolicyRule") -> dict[str, Any]:
    """Return a rule as JSON tells it."""
    return {
        "id": rule.id,
        "scope": str(rule.scope),
        "topic": rule.topic or None,
        "effective_at": rule.effective_at,
        "terms": dict(rule.terms),
        "recorded_at": rule.recorded_at,
        "recorded_by": rule.recorded_by,
    }


def rule_source(rule: "PolicyRule") -> dict[str, Any]:
    """Return which rule decides a term."""
    line = rule_line(rule)
    return {name: line[name] for name in ("id", "scope", "topic", "effective_at")}


def rule_in_words(source: dict[str, Any] | None) -> str:
    """Return the same for people."""
    if source is None:
        return "как поставляется"
    return f"{source['scope']}{', тема ' + source['topic'] if source['topic'] else ''}"


def terms_in_words(terms: Any) -> str:
    """Return what a rule states."""
    return ", ".join(f"{name} {DEFAULT if value is None else value}" for name, value in terms.items())
