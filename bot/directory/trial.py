"""How well the search answers an operator's own questions with known answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.directory.search import Match

AMONG = 5
"""As many as a citizen is offered on buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of a trial: what somebody typed and, if it is known, whom they meant."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question whose answer did not stand first."""

    question: Question
    found: str
    """The code that stood first instead; empty when nothing was found."""
    is_among: bool
    is_sure: bool
    """It would have been taken without asking: the one thing that must not happen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The outcome of all questions with a known answer."""

    asked: int
    misses: tuple[Miss, ...]
    unknown: tuple[str, ...]
    """Expected codes that the directory does not have, in the order of the questions."""

    @property
    def first_share(self) -> float:
        """How many of the answers stood first, 0 to 1."""
        return 1 - len(self.misses) / self.asked if self.asked else 0.0

    @property
    def among_share(self) -> float:
        """How many of the answers were offered at all, 0 to 1."""
        return 1 - sum(not miss.is_among for miss in self.misses) / self.asked if self.asked else 0.0

    @property
    def wrongly_sure(self) -> tuple[Miss, ...]:
        """What would have been taken without asking though it is wrong."""
        return tuple(miss for miss in self.misses if miss.is_sure)


def read_question(line: str) -> Question:
    """Read `text` or `text<tab>code`."""
    text, _, code = line.partition("\t")
    return Question(text=text.strip(), code=code.strip())


def judge(questions: Sequence[Question], answers: Sequence[Sequence[Match]], *, codes: Collection[str]) -> Trial:
    """Compare the answers with what was meant; `codes` are those of the directory."""
    misses, unknown, asked = list[Miss](), list[str](), 0
    for question, matches in zip(questions, answers, strict=True):
        if not question.code:
            continue
        asked += 1
        if question.code not in codes:
            unknown.append(question.code)
        found = [match.institution.code for match in matches]
        if found[:1] != [question.code]:
            misses.append(
                Miss(
                    question=question,
                    found=found[0] if found else "",
                    is_among=question.code in found[:AMONG],
                    is_sure=bool(matches) and matches[0].is_sure,
                )
            )
    return Trial(asked=asked, misses=tuple(misses), unknown=tuple(dict.fromkeys(unknown)))
