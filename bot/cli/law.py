"""What `otklik check` says of the law on foreign messengers, in plain words."""

from collections import Counter

from bot.domain.channel import Finding, Severity
from bot.domain.legal import STATE_KINDS, LegalMode, mode_for
from bot.settings import Settings
from storage.database import Database
from storage.institutions import read_institutions
from storage.legal import read_legal_rules
from storage.registry import read_registry

_SUBJECT = "закон 41-ФЗ"
_LAW = (
    "с 01.06.2025 государственным и муниципальным учреждениям запрещено переписываться с жителями в иностранных "
    "мессенджерах, Telegram в их списке; открытые каналы и комментарии – нет прямого запрета"
)
_REMEDY = (
    "решение за юристом: otklik legal set ВИД redirect_only (показать дорогу) или public_only (только комментарии); "
    'если full законен, запишите основание: otklik legal set ВИД full --basis "…"'
)


async def look_at_law(settings: Settings, database: Database) -> list[Finding]:
    """Say for each kind of institution that there is what Telegram may be used for and what the law of 2025 means."""
    async with database.reading() as connection:
        rules = {rule.kind.value: rule for rule in await read_legal_rules(connection)}
        institutions = await read_institutions(connection, database.vault, with_secrets=False)
        registry = await read_registry(connection, database.vault, 0)
    uses_telegram = (
        bool(settings.telegram_token.get_secret_value()) and settings.telegram_mode is not LegalMode.DISABLED
    )
    if not uses_telegram and not any(place.telegram_channel for place in institutions):
        return []
    modes = {kind: rule.mode for kind, rule in rules.items()}
    found = []
    for kind, count in sorted(Counter(str(place.kind) for place in institutions).items()):
        mode = mode_for(kind, modes, settings.telegram_mode)
        is_bound = kind in STATE_KINDS
        says = f"{kind}, учреждений {count}: Telegram – {mode}"
        if is_bound and mode is LegalMode.FULL:
            basis = rules[kind].basis if kind in rules else ""
            if basis:
                found.append(_finding(Severity.OK, f"{says}; основание: {basis}"))
            else:
                found.append(_finding(Severity.WARNING, f"{says}; {_LAW}", _REMEDY))
        else:
            found.append(_finding(Severity.OK, says))
    work_chats = sum(
        chat.place.channel == "telegram" and registry.institutions[code].kind in STATE_KINDS
        for code, chat in registry.work_chats.items()
        if code in registry.institutions
    )
    if work_chats:
        says = f"рабочих чатов таких учреждений в Telegram: {work_chats}; служебная переписка там тоже ограничена"
        found.append(_finding(Severity.WARNING, says, "подключите рабочий чат ВКонтакте: otklik invite administrator"))
    return found


def _finding(severity: Severity, says: str, remedy: str = "") -> Finding:
    return Finding(subject=_SUBJECT, severity=severity, says=says, remedy=remedy)
