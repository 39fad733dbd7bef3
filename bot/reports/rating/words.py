"""The answer to /rating in a chat, and how it is worked out."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from math import inf

from bot.reports.lines import period_name, scope_name
from bot.reports.rating.rating import Peers, Rated, Rating
from bot.reports.rating.score import WEIGHTS, Part, PartName, median_of
from bot.texts import Texts
from bot.texts.duration import say_duration

_BEST = 3
_NEIGHBOURS = 5
_GROUPS = 8
_LONGEST_NAME = 60


def say_rating(
    rating: Rating, *, texts: Texts, language: str, own: Collection[str] = (), has_neighbours: bool = True
) -> str:
    """Return a rating in words: the best of each group; for the institutions `own` where they stand, and neighbours.

    `has_neighbours`: whether those who stand beside them are named, which an institution alone may not read.
    """
    lines = [title_of(rating, texts=texts, language=language)]
    if own:
        found = [rating.find(code) for code in own]
        for peers, line in filter(None, found):
            said = [*_own(rating, peers, line, texts, language)]
            lines += ["", *(said if has_neighbours else said[:1])]
        if not any(found):
            lines.append(texts.say(language, "report-nothing"))
    else:
        lines += _overview(rating, texts, language)
    if any(peers.ranked for peers in rating.groups):
        lines += ["", say_weights(texts, language)]
    return "\n".join(lines)


def say_method(rating: Rating, *, texts: Texts, language: str, own: Collection[str] = ()) -> str:
    """Return how a rating is worked out, with every number of the institutions `own`: anybody can do it anew."""
    lines = [say_formula(rating.least, texts=texts, language=language)]
    for code in own:
        found = rating.find(code)
        if found is not None and found[1].score is not None:
            lines += ["", *_worked_out(found[1], texts, language)]
    return "\n".join(lines)


def say_formula(least: int, *, texts: Texts, language: str) -> str:
    """Return the method as a whole."""
    return texts.say(language, "rating-method", least=least, **_weights())


def say_weights(texts: Texts, language: str) -> str:
    """Return the method in one line."""
    return texts.say(language, "rating-weights", **_weights())


def title_of(rating: Rating, *, texts: Texts, language: str) -> str:
    """Return what is rated, and for which days."""
    told = {"scope": rating.scope, "scope_name": rating.scope_name, "from": rating.first, "to": rating.last}
    return texts.say(
        language,
        "rating-title",
        scope=scope_name(told, texts=texts, language=language),
        period=period_name(told, texts=texts, language=language),
    )


def peers_name(peers: Peers, *, texts: Texts, language: str) -> str:
    """Return who is compared: «Образование: школы»."""
    name = texts.say(language, "rating-peers", kind=peers.kind)
    if not peers.within:
        return name[:1].upper() + name[1:]
    return texts.say(language, "rating-peers-within", within=peers.within, peers=name)


def say_points(points: float) -> str:
    """Return points as they are written in both languages: «78,40»."""
    return f"{points:.2f}".replace(".", ",")


def _overview(rating: Rating, texts: Texts, language: str) -> Iterator[str]:
    groups = [peers for peers in rating.groups if peers.ranked]
    if not groups:
        yield texts.say(language, "rating-nobody", least=rating.least)
    shown = sorted(groups, key=lambda peers: -sum(line.figures["questions"] for line in peers.ranked))[:_GROUPS]
    for peers in groups:
        if peers in shown:
            yield ""
            yield texts.say(
                language,
                "rating-group",
                peers=peers_name(peers, texts=texts, language=language),
                ranked=len(peers.ranked),
            )
            yield from _lines(peers.ranked[:_BEST], None, texts, language)
    if len(groups) > len(shown):
        yield ""
        yield texts.say(language, "rating-more-groups", count=len(groups) - len(shown))


def _own(rating: Rating, peers: Peers, line: Rated, texts: Texts, language: str) -> Iterator[str]:
    among = texts.say(language, "rating-among", kind=peers.kind, within=peers.within)
    if line.rank is None or line.score is None:
        if line.reason:
            yield texts.say(language, "rating-own-excluded", name=_short(line), reason=line.reason)
        else:
            questions = line.figures["questions"]
            yield texts.say(language, "rating-own-outside", name=_short(line), least=rating.least, questions=questions)
        return
    key = "rating-own" if len(peers.ranked) > 1 else "rating-own-alone"
    yield texts.say(
        language,
        key,
        name=_short(line),
        rank=line.rank,
        ranked=len(peers.ranked),
        among=among,
        score=say_points(line.score.total),
    )
    if len(peers.ranked) > 1:
        yield from _lines(_around(peers.ranked, line), line, texts, language)


def _around(ranked: Sequence[Rated], line: Rated) -> Sequence[Rated]:
    """Return the line with its five nearest neighbours, in order."""
    last = max(len(ranked) - _NEIGHBOURS - 1, 0)
    start = min(max(ranked.index(line) - _NEIGHBOURS // 2, 0), last)
    return ranked[start : start + _NEIGHBOURS + 1]


def _lines(ranked: Sequence[Rated], own: Rated | None, texts: Texts, language: str) -> Iterator[str]:
    for line in ranked:
        if line.rank is not None and line.score is not None:
            yield texts.say(
                language,
                "rating-line-own" if line is own else "rating-line",
                rank=line.rank,
                name=_short(line),
                score=say_points(line.score.total),
                questions=line.figures["questions"],
            )


def _worked_out(line: Rated, texts: Texts, language: str) -> Iterator[str]:
    score = line.score
    if score is None:
        return
    yield texts.say(language, "rating-worked-out", name=_short(line))
    for name, part in score.parts.items():
        yield _part(name, part, line, texts, language)
    measured = [name for name, part in score.parts.items() if part.points is not None]
    yield texts.say(
        language,
        "rating-total",
        points=say_points(sum(part.points or 0 for part in score.parts.values())),
        weights=sum(WEIGHTS[name] for name in measured),
        score=say_points(score.total),
    )


def _part(name: PartName, part: Part, line: Rated, texts: Texts, language: str) -> str:
    title = texts.say(language, "rating-part", part=name)
    if part.value is None or part.points is None:
        return texts.say(language, "rating-part-nothing", part=title, n=part.n)
    median = median_of(line.figures)
    if name is PartName.SPEED and median < inf:
        duration = say_duration(texts, language, timedelta(seconds=median))
        title = texts.say(language, "rating-part-median", part=title, median=duration)
    return texts.say(
        language,
        "rating-part-line",
        part=title,
        good=f"{part.good:g}".replace(".", ","),
        n=part.n,
        value=f"{part.value:.4f}".replace(".", ","),
        weight=WEIGHTS[name],
        points=say_points(part.points),
    )


def _weights() -> dict[str, int]:
    return {str(name): weight for name, weight in WEIGHTS.items()}


def _short(line: Rated) -> str:
    name = " ".join(line.title.split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
