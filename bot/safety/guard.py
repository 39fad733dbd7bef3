"""A look at an administrator's answer before it goes: an account may be stolen, and a slip of the hand is sent quickly.

Nothing is forbidden here. Each doubt is a sentence that the administrator reads and then confirms or writes anew. The
cases are those of the domain notes (§6): fraud begins with a request for a code, a card or a passport, or with a link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.safety.insults import has_insult
from bot.safety.letters import fold
from bot.safety.links import defang, foreign_links


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One reason to ask the administrator once more."""

    text_key: str
    """The sentence in `bot/texts`."""
    arguments: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the sentence names."""


_SENTENCE_END = re.compile(r"[.!?\n;]+(?:\s|$)|\n")
_SENDS = (
    r"(?:сообщи|сообщае|пришли|присыл|прислат|вышли|напиши|отправ|скинь|скиньт|продиктуй|назови|назват|укажи|указат|введи"
    r"|скажи|дайте|перешли|приложи|эйтегез|языгыз|жибэрегез)"
)
_NEEDS = r"(?:понадоб|потребу|нужн[аоы]?\b|нужен\b|необходим|жд[уе]|кирэк)"
_FORBIDS = re.compile(
    r"\b(?:не|никогда|никому|ни в коем случае|беркемгэ|беркайчан)\b[^.]{0,40}"
    r"(?:сообща|называ|говор|отправ|присыл|переда|вводи|пиш|диктуй|прос|спраш|треб|нуж|понадоб|эйт|яз|сора|бирм)"
)
_OTHER_CODES = r"(?! (?:район|город|регион|учрежден|окт|окп|окв|услуг|домофон|региональн|подразделен|специальност|кбк))"
_ASKED_FOR = (
    ("doubt-code", re.compile(rf"\bкод(?:а|у|ом|ы|е)?\b{_OTHER_CODES}|\bпин-?код")),
    ("doubt-password", re.compile(r"парол|серсуз")),
    (
        "doubt-card",
        re.compile(
            r"(?:номер\w*|данн\w+|реквизит\w*|фото\w*|срок\w*(?: действия)?) (?:\w+ ){0,2}карт[аыуеой]\w{0,2}\b"
            r"|банковск\w+ карт|карта номеры"
        ),
    ),
    # «Нужен паспорт» names what to bring along; its photo, copy or number is another matter.
    ("doubt-passport", re.compile(rf"\b{_SENDS}.*паспорт|паспорт.*\b{_SENDS}")),
    ("doubt-passport", re.compile(r"(?:фото\w*|скан\w*|номер|сери[яю]|данн\w+) (?:\w+ )?паспорт|паспортн\w+ данн")),
)
_ASKED = re.compile(rf"\b(?:{_SENDS}|{_NEEDS})")
_WITHOUT_ASKING = (
    # There is no innocent reason to name these, but to warn.
    ("doubt-code", re.compile(r"(?:код\w*|цифр\w*) (?:\w+ )?(?:из|с) (?:смс|sms|сообщени|пуш|push)|(?:смс|sms)-?код")),
    ("doubt-cvv", re.compile(r"\bcv[vc]2?\b|\bсвс\b|три цифры|трехзначн\w+ код|обороте карты|обратной стороне карты")),
    ("doubt-card", re.compile(r"(?:перевед|перечисл|скинь|отправ)\w* (?:[^.]{0,40} )?на (?:\w+ )?карту")),
)
_OTHER_CARDS = re.compile(
    r"медицинск|амбулаторн|прививочн|проездн|транспортн|читательск|технологическ|карт\w+ (?:дорог|город)"
)


def doubts(text: str, allowed: Iterable[str] = ()) -> list[Doubt]:
    """Return what an answer should be asked about before it is sent, each matter once; empty for most answers.

    `allowed` are the sites that this institution may name besides the official ones (`bot.safety.links`).
    """
    found = {key: Doubt(text_key=key) for sentence in _SENTENCE_END.split(fold(text)) for key in _asked_for(sentence)}
    links = foreign_links(text, allowed)
    if links:
        found["doubt-link"] = Doubt(text_key="doubt-link", arguments={"link": defang(links[0])})
    if has_insult(text):
        found["doubt-insult"] = Doubt(text_key="doubt-insult")
    return list(found.values())


def _asked_for(sentence: str) -> Iterator[str]:
    if not sentence or _FORBIDS.search(sentence):
        return
    is_other_card = _OTHER_CARDS.search(sentence) is not None
    for key, pattern in _WITHOUT_ASKING:
        if pattern.search(sentence) and not (key == "doubt-card" and is_other_card):
            yield key
    if not _ASKED.search(sentence):
        return
    for key, pattern in _ASKED_FOR:
        if pattern.search(sentence) and not (key == "doubt-card" and is_other_card):
            yield key
