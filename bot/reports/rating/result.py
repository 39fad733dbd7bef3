"""Freezing a rating: the whole of it as canonical JSON with its hash, and comparing it with the facts later."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

from bot.domain.result import Result
from bot.reports.rating.badges import badges_of
from bot.reports.rating.nominations import FEWEST_PEERS, Award, Nomination, Plan, award
from bot.reports.rating.rating import LEAST, Peers, Rated, RatedBy, Rating, rate
from bot.reports.rating.values import line_values, method_values, rating_values
from bot.reports.report import Report

Values = dict[str, Any]

_COMPARED = ("rank", "score", "questions", "median_seconds", "p90_seconds", "parts")
_RATED = (RatedBy.INSTITUTION, RatedBy.MUNICIPALITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number that the facts tell otherwise than the frozen result."""

    where: str
    """`institution`, `municipality`, or a nomination's title."""
    code: str
    name: str
    what: str
    frozen: object
    facts: object


def ratings_of(report: Report, *, least: int = LEAST, excluded: Mapping[str, str]) -> list[Rating]:
    """Return the ratings that a result holds."""
    return [rate(report, least=least, by=by, excluded=excluded) for by in _RATED]


def freeze(
    report: Report,
    *,
    title: str,
    plan: Plan,
    nominations: Sequence[Nomination],
    least: int = LEAST,
    bilingual: Collection[str] = (),
    frozen_at: datetime,
) -> tuple[bytes, bytes]:
    """Return what everybody may see of a result, and its administrators, both as canonical JSON.

    The first holds the hash of the second, which is salted: names cannot be guessed from it.
    """
    people = canonical(_people(report, least))
    shown = {
        **_decided(report, plan=plan, nominations=nominations, least=least, bilingual=bilingual),
        "title": title,
        "frozen_at": frozen_at.isoformat(timespec="seconds"),
        "appeal_until": plan.appeal_until.isoformat() if plan.appeal_until else None,
        "administrators_sha256": digest(people),
    }
    return canonical(shown), people


def differences(shown: Values, report: Report) -> list[Difference]:
    """Tell where the facts of today differ from a frozen result; who gives and what counts is taken from it."""
    plan = Plan(excluded={each["code"]: each["reason"] for each in shown["excluded"]})
    nominations = [_nomination(each) for each in shown["nominations"]]
    bilingual = {line["code"] for line in _all_lines(shown) if "bilingual" in line.get("badges", ())}
    today = _decided(report, plan=plan, nominations=nominations, least=shown["least"], bilingual=bilingual)
    found = [
        difference
        for frozen, facts in zip(shown["ratings"], json.loads(canonical(today))["ratings"], strict=True)
        for difference in _line_differences(frozen["by"], list(_lines(frozen)), list(_lines(facts)))
    ]
    for frozen, facts in zip(shown["nominations"], json.loads(canonical(today))["nominations"], strict=True):
        found += _places(frozen, facts)
    return found


def is_intact(result: Result) -> bool:
    """Tell whether the kept bytes still have their hashes."""
    if digest(result.shown) != result.hash:
        return False
    told: Values = json.loads(result.shown)
    return bool(told["administrators_sha256"] == digest(result.people))


def canonical(value: Values) -> bytes:
    """Return JSON that is the same bytes for the same value: sorted keys, no spaces, UTF-8, no line ends."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 as hexadecimal digits."""
    return sha256(content).hexdigest()


def _decided(
    report: Report, *, plan: Plan, nominations: Sequence[Nomination], least: int, bilingual: Collection[str]
) -> Values:
    ratings = ratings_of(report, least=least, excluded=plan.excluded)
    return {
        "scope": report["scope"],
        "scope_name": report["scope_name"],
        "from": report["from"],
        "to": report["to"],
        "data_at": report["generated_at"],
        "definitions": report["definitions"],
        "method": method_values(),
        "least": least,
        "least_peers": FEWEST_PEERS,
        "excluded": [{"code": code, "reason": reason} for code, reason in sorted(plan.excluded.items())],
        "ratings": [_with_badges(rating, bilingual) for rating in ratings],
        "nominations": [_award(each, bilingual) for each in award(plan, nominations, ratings)],
    }


def _with_badges(rating: Rating, bilingual: Collection[str]) -> Values:
    values = rating_values(rating)
    groups = [
        {**group, "ranked": [_line(line, peers, bilingual) for line in peers.ranked]}
        for group, peers in zip(values["groups"], rating.groups, strict=True)
    ]
    return {"by": values["by"], "groups": groups}


def _line(line: Rated, peers: Peers, bilingual: Collection[str]) -> Values:
    return {**line_values(line), "badges": [str(badge) for badge in badges_of(line, peers, bilingual=bilingual)]}


def _award(decided: Award, bilingual: Collection[str]) -> Values:
    nomination = decided.nomination
    return {
        "title": nomination.title,
        "by": str(nomination.by),
        "branch": nomination.branch,
        "kinds": list(nomination.kinds),
        "least": nomination.least,
        "places": nomination.places,
        "finalists": nomination.finalists,
        "ranked": len(decided.peers.ranked),
        "is_given": decided.is_given,
        "winners": [_line(line, decided.peers, bilingual) for line in decided.winners],
        "others": [_line(line, decided.peers, bilingual) for line in decided.finalists],
    }


def _nomination(frozen: Values) -> Nomination:
    return Nomination(
        title=frozen["title"],
        by=RatedBy(frozen["by"]),
        branch=frozen["branch"],
        kinds=tuple(frozen["kinds"]),
        least=frozen["least"],
        places=frozen["places"],
        finalists=frozen["finalists"],
    )


def _people(report: Report, least: int) -> Values:
    rating = rate(report, least=least, by=RatedBy.ADMINISTRATOR)
    lines = [line for peers in rating.groups for line in (*peers.ranked, *peers.outside)]
    people = [
        {
            "institution": line.code,
            "name": line.name,
            "answers": line.figures["answered"],
            "rank": line.rank,
            "score": line.score.total if line.score else None,
        }
        for line in lines
    ]
    return {"salt": token_hex(16), "people": people}


def _line_differences(where: str, frozen: list[Values], facts: list[Values]) -> Iterator[Difference]:
    known, now = {line["code"]: line for line in frozen}, {line["code"]: line for line in facts}
    for code in [*known, *(code for code in now if code not in known)]:
        before, after = known.get(code, {}), now.get(code, {})
        name = (before or after)["name"]
        for what in _COMPARED:
            if before.get(what) != after.get(what):
                yield Difference(
                    where=where, code=code, name=name, what=what, frozen=before.get(what), facts=after.get(what)
                )


def _places(frozen: Values, facts: Values) -> Iterator[Difference]:
    before, after = _ranks(frozen), _ranks(facts)
    names = {line["code"]: line["name"] for each in (frozen, facts) for line in (*each["winners"], *each["others"])}
    for code, name in names.items():
        if before.get(code) != after.get(code):
            yield Difference(
                where=frozen["title"], code=code, name=name, what="rank", frozen=before.get(code), facts=after.get(code)
            )


def _ranks(decided: Values) -> dict[str, int]:
    return {line["code"]: line["rank"] for line in (*decided["winners"], *decided["others"])}


def _lines(rating: Values) -> Iterator[Values]:
    for group in rating["groups"]:
        yield from (*group["ranked"], *group["outside"])


def _all_lines(shown: Values) -> Iterator[Values]:
    for rating in shown["ratings"]:
        yield from _lines(rating)
