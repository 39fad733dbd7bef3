"""What everybody may see of a frozen rating: institutions and municipalities, never people."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.result import Result
from bot.reports.numbers import say_count
from bot.reports.rating.rating import Peers
from bot.reports.rating.score import PartName
from bot.reports.rating.words import peers_name, say_points
from bot.texts import Texts
from bot.texts.moments import say_date

SHOWN_OF_A_GROUP = 5
_NOTHING = "—"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table."""

    rank: str
    name: str
    note: str
    """Where it is, or why it has no place."""
    badges: tuple[str, ...]
    questions: str
    parts: tuple[tuple[str, str], ...]
    """What each part is called and how many points it brought."""
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Peers, the best first."""

    number: int
    """In the address."""
    title: str
    rows: tuple[Row, ...]
    count: int
    """How many there are, also those without a place."""
    is_small: bool
    """Fewer than three have a place: there is hardly anybody to be compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """A nomination with whom it was given to."""

    title: str
    is_given: bool
    rows: tuple[tuple[str, Row], ...]
    """The place in words, and who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A whole result as its page shows it."""

    id: int
    title: str
    scope: str
    period: str
    frozen_on: str
    data_on: str
    definitions: str
    """The version of the definitions by which it was counted; it keeps that one for ever."""
    appeal_until: str
    least: int
    hash: str
    nominations: tuple[Nomination, ...]
    groups: tuple[Group, ...]


def show(result: Result, *, texts: Texts, language: str) -> Published:
    """Return what the page of a result shows, in one language; it takes the public part alone."""
    shown: Values = json.loads(result.shown)
    kind = shown["scope"].partition(":")[0]
    first, last = date.fromisoformat(shown["from"]), date.fromisoformat(shown["to"])
    appeal = shown["appeal_until"]
    return Published(
        id=result.id,
        title=result.title,
        scope=texts.say(language, f"report-scope-{kind}", name=shown["scope_name"]),
        period=texts.say(language, "report-period", first=say_date(first), last=say_date(last)),
        frozen_on=say_date(datetime.fromisoformat(shown["frozen_at"]).date()),
        data_on=say_date(datetime.fromisoformat(shown["data_at"]).date()),
        definitions=shown["definitions"],
        appeal_until=say_date(date.fromisoformat(appeal)) if appeal else "",
        least=shown["least"],
        hash=result.hash,
        nominations=tuple(_nomination(each, shown, texts, language) for each in shown["nominations"]),
        groups=tuple(_groups(shown, texts, language)),
    )


def _nomination(told: Values, shown: Values, texts: Texts, language: str) -> Nomination:
    def place(line: Values) -> str:
        if line["rank"] > told["places"]:
            return texts.say(language, "rating-finalist")
        return texts.say(language, "rating-place", rank=line["rank"])

    lines = (*told["winners"], *told["others"])
    rows = tuple((place(line), _row(line, shown, texts, language)) for line in lines)
    return Nomination(title=told["title"], is_given=told["is_given"], rows=rows)


def _groups(shown: Values, texts: Texts, language: str) -> Iterable[Group]:
    told = [group for rating in shown["ratings"] for group in rating["groups"]]
    for number, group in enumerate(told):
        lines = (*group["ranked"], *group["outside"])
        peers = Peers(within=group["within"], kind=group["kind"])
        yield Group(
            number=number,
            title=peers_name(peers, texts=texts, language=language),
            rows=tuple(_row(line, shown, texts, language) for line in lines),
            count=len(lines),
            is_small=len(group["ranked"]) < shown["least_peers"],
        )


def _row(line: Values, shown: Values, texts: Texts, language: str) -> Row:
    parts = line["parts"] or {}
    return Row(
        rank=str(line["rank"]) if line["rank"] else _NOTHING,
        name=line["short_name"] or line["name"],
        note=_note(line, shown, texts, language),
        badges=tuple(texts.say(language, "rating-badge", badge=badge) for badge in line.get("badges", ())),
        questions=say_count(line["questions"]),
        parts=tuple(
            (texts.say(language, "rating-part-short", part=name), _points(parts.get(name, {}).get("points")))
            for name in PartName
        ),
        score=_points(line["score"]),
    )


def _note(line: Values, shown: Values, texts: Texts, language: str) -> str:
    if line["rank"]:
        return "" if line["municipality"] == line["name"] else str(line["municipality"])
    if line["reason"]:
        return texts.say(language, "rating-note-excluded", reason=line["reason"])
    return texts.say(language, "rating-note-few", least=shown["least"])


def _points(points: float | None) -> str:
    return _NOTHING if points is None else say_points(points)
