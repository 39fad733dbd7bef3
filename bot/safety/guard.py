"""A look at an administrator's answer before it goes: an account may be stolen, and a slip of the hand is sent quickly.

Nothing is forbidden here. Each doubt is a sentence that the administrator reads and then confirms or writes anew. The
cases are those of the domain notes (§6): fraud begins with a request for a code, a card or a passport, or with a link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.parts import LOOKED_AT
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


_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n")
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
            r"(?:номер\w{0,9}|данн\w{1,9}|реквизит\w{0,9}|фото\w{0,9}|срок\w{0,9}(?: действия)?) (?:\w{1,30} ){0,2}"
            r"карт[аыуеой]\w{0,2}\b"
            r"|банковск\w{1,9} карт|карта номеры"
        ),
    ),
    (
        "doubt-passport",
        re.compile(
            r"(?:фото\w{0,9}|скан\w{0,9}|номер|сери[яю]|данн\w{1,9}) (?:\w{1,30} )?паспорт|паспортн\w{1,9} данн"
        ),
    ),
)
_ASKED = re.compile(rf"\b(?:{_SENDS}|{_NEEDS})")
_ASKED_TO_SEND = re.compile(rf"\b{_SENDS}")
"""«Нужен паспорт» names what to bring along; its photo, copy or number, or a passport to be sent, is another matter."""
_WITHOUT_ASKING = (
    # There is no innocent reason to name these, but to warn.
    (
        "doubt-code",
        re.compile(r"(?:код\w{0,9}|цифр\w{0,9}) (?:\w{1,30} )?(?:из|с) (?:смс|sms|сообщени|пуш|push)|(?:смс|sms)-?код"),
    ),
    (
        "doubt-cvv",
        re.compile(r"\bcv[vc]2?\b|\bсвс\b|три цифры|трехзначн\w{1,9} код|обороте карты|обратной стороне карты"),
    ),
    ("doubt-card", re.compile(r"(?:перевед|перечисл|скинь|отправ)\w{0,9} (?:[^.]{0,40} )?на (?:\w{1,30} )?карту")),
)
_OTHER_CARDS = re.compile(
    r"медицинск|амбулаторн|прививочн|проездн|транспортн|читательск|технологическ|карт\w{1,9} (?:дорог|город)"
)


def doubts(text: str, allowed: Iterable[str] = ()) -> list[Doubt]:
    """Return what an answer should be asked about before it is sent, each matter once; empty for most answers.

    `allowed` are the sites that this institution may name besides the official ones (`bot.safety.links`). Of an answer
    of more than `LOOKED_AT` characters the rest is not looked at, which is a doubt by itself.
    """
    is_too_long, text = len(text) > LOOKED_AT, text[:LOOKED_AT]
    found = {key: Doubt(text_key=key) for sentence in _SENTENCE_END.split(fold(text)) for key in _asked_for(sentence)}
    links = foreign_links(text, allowed)
    if links:
        found["doubt-link"] = Doubt(text_key="doubt-link", arguments={"link": defang(links[0])})
    if has_insult(text):
        found["doubt-insult"] = Doubt(text_key="doubt-insult")
    if is_too_long:
        found["doubt-long"] = Doubt(text_key="doubt-long", arguments={"count": str(LOOKED_AT)})
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
    if "паспорт" in sentence and _ASKED_TO_SEND.search(sentence):
        yield "doubt-passport"
    for key, pattern in _ASKED_FOR:
        if pattern.search(sentence) and not (key == "doubt-card" and is_other_card):
            yield key
