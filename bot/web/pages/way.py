"""Where a page is and where it leads: the steps from the widest scope, and the periods to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.institution import Scope, ScopeKind
from bot.web.pages.asked import PRESETS, Asked
from bot.web.pages.sight import Sight
from bot.web.pages.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be chosen, and whether it is."""

    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A step of the way from the widest scope to this page."""

    title: str
    href: str


def periods(asked: Asked, words: Words, path: str) -> list[Choice]:
    """Return the periods that can be chosen by one press on this page."""
    return [
        Choice(
            value=asked.link(path, period=preset, since="", until="", page=""),
            title=words.say(f"pages-period-{preset}"),
            is_chosen=asked.preset == preset,
        )
        for preset in PRESETS
    ]


def way(sight: Sight, asked: Asked, words: Words, names: Mapping[str, str]) -> list[Crumb]:
    """Return the steps that lead to what is seen; the last one is where the visitor is."""
    wide = {"branch": "", "municipality": "", "institution": "", "figure": "", "sort": "", "page": ""}
    chosen = {ScopeKind.BRANCH: asked.branch, ScopeKind.MUNICIPALITY: asked.municipality}
    steps = [Crumb(title=words.scope(sight.own, names), href=asked.link("/", **wide))]
    for kind, name in chosen.items():
        scope = Scope(kind=kind, name=name)
        if name and scope != sight.own and sight.own.kind is not ScopeKind.INSTITUTION:
            wide = {**wide, kind.value: name}
            steps.append(Crumb(title=words.scope(scope, names), href=asked.link("/", **wide)))
    if asked.institution and sight.scope != sight.own:
        wide = {**wide, "institution": asked.institution}
        steps.append(Crumb(title=words.scope(sight.scope, names), href=asked.link("/", **wide)))
    return steps
