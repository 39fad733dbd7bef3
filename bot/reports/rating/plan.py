"""What an award is to be: an operator's TOML file, or nominations that follow from the rating itself."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.errors import SettingsError
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.reports.rating.nominations import FEWEST_PEERS, FINALISTS, PLACES, Nomination, Plan
from bot.reports.rating.peers import SIZES, PeerKind
from bot.reports.rating.rating import LEAST, RatedBy, Rating
from bot.reports.rating.words import peers_name
from bot.reports.scope import known_scope
from bot.texts import Texts

_KEYS = frozenset({"nominations", "excluded", "appeal_until"})
_NOMINATION_KEYS = frozenset({"title", "by", "branch", "kinds", "least", "places", "finalists"})
_EXCLUDED_KEYS = frozenset({"code", "reason"})
_COMPARED = (RatedBy.INSTITUTION, RatedBy.MUNICIPALITY)
_KINDS: Mapping[RatedBy, tuple[str, ...]] = {
    RatedBy.INSTITUTION: tuple(PeerKind),
    RatedBy.MUNICIPALITY: (*SIZES, RatedBy.MUNICIPALITY),
}


def read_plan(content: bytes, places: Sequence[Institution], *, least: int = LEAST) -> Plan:
    """Read the operator's file (docs/nominations-example.toml). Raises SettingsError that names the mistake."""
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"номинации: файл не читается как TOML ({error})") from error
    _only(told, _KEYS, "номинации")
    appeal_until = told.get("appeal_until")
    if appeal_until is not None and type(appeal_until) is not date:
        raise SettingsError("номинации: appeal_until – это дата, например 2027-01-31 без кавычек")
    return Plan(
        nominations=tuple(
            _nomination(each, f"номинация {number}", places, least=least)
            for number, each in enumerate(_tables(told, "nominations"), start=1)
        ),
        excluded=dict(_excluded(_tables(told, "excluded"), places)),
        appeal_until=appeal_until,
    )


def natural_nominations(ratings: Iterable[Rating], *, texts: Texts, language: str) -> list[Nomination]:
    """Return a nomination for each group of peers in which at least three are ranked."""
    return [
        Nomination(
            title=peers_name(peers, texts=texts, language=language),
            by=rating.by,
            branch=peers.within,
            kinds=(str(peers.kind),),
            least=rating.least,
        )
        for rating in ratings
        for peers in rating.groups
        if len(peers.ranked) >= FEWEST_PEERS
    ]


def _nomination(told: Mapping[str, Any], where: str, places: Sequence[Institution], *, least: int) -> Nomination:
    _only(told, _NOMINATION_KEYS, where)
    title = told.get("title")
    if not isinstance(title, str) or not title.strip():
        raise SettingsError(f'{where}: нет названия; нужно title = "…"')
    where = f"{where} («{title.strip()}»)"
    by = told.get("by", RatedBy.INSTITUTION)
    if by not in _COMPARED:
        raise SettingsError(f"{where}: by «{by}» не подходит; есть {', '.join(_COMPARED)}")
    branch = told.get("branch", "")
    if branch:
        branch = known_scope(Scope(kind=ScopeKind.BRANCH, name=str(branch)), places).name
    if branch and by == RatedBy.MUNICIPALITY:
        raise SettingsError(f"{where}: у муниципалитетов отрасли нет; уберите branch")
    places_up_to = _number(told, "places", PLACES, where)
    return Nomination(
        title=title.strip(),
        by=RatedBy(by),
        branch=branch,
        kinds=_kinds(told.get("kinds", []), _KINDS[RatedBy(by)], where),
        least=_number(told, "least", least, where),
        places=places_up_to,
        finalists=_number(told, "finalists", max(places_up_to, FINALISTS), where),
    )


def _kinds(told: Any, known: Sequence[str], where: str) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(kind, str) for kind in told):
        raise SettingsError(f'{where}: kinds – это список, например kinds = ["school"]')
    for kind in told:
        if kind not in known:
            raise SettingsError(f"{where}: вид «{kind}» неизвестен; есть {', '.join(known)}")
    return tuple(told)


def _number(told: Mapping[str, Any], key: str, usual: int, where: str) -> int:
    number = told.get(key, usual)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise SettingsError(f"{where}: {key} – это целое число от 1")
    return number


def _excluded(told: Sequence[Mapping[str, Any]], places: Sequence[Institution]) -> Iterable[tuple[str, str]]:
    known = {place.code for place in places} | {place.municipality for place in places}
    for number, each in enumerate(told, start=1):
        where = f"исключение {number}"
        _only(each, _EXCLUDED_KEYS, where)
        code, reason = each.get("code"), each.get("reason")
        if code not in known:
            raise SettingsError(f"{where}: нет учреждения с кодом и муниципалитета «{code}»")
        if not isinstance(reason, str) or not reason.strip():
            raise SettingsError(f'{where}: нет причины; её прочитают все: reason = "…"')
        yield code, " ".join(reason.split())


def _tables(told: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    tables = told.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise SettingsError(f"номинации: {key} пишется так: [[{key}]]")
    return tables


def _only(told: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(told.keys() - known):
        raise SettingsError(f"{where}: «{unknown[0]}» здесь не понимается; есть {', '.join(sorted(known))}")
