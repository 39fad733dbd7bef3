"""Greetings, thanks, praise and lone emoji: words that ask for nothing, so they open no ticket and start no clock.

Only a message made wholly of the words of these lists counts. One word more, a number, a question mark or a denial,
and it is words like any others: whoever is answered too often has lost less than whoever is not heard.
"""

import re
from itertools import groupby

from bot.domain.parts import LOOKED_AT
from bot.safety.letters import fold

_WORD = re.compile(r"[^\W_]+")
_STRETCHED = 3
"""«Спасибооо»: so many equal letters are one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_THANKS = _words(
    """
    спасибо спасиб спасибки спасибочки спасибище пасибо пасиб пасибки спс благодарю благодарим благодарен благодарна
    благодарны благодарность благодарности признателен признательна признательны сенкс сэнкс мерси
    рәхмәт рәхмәтләр рәхмәтлемен рахмәт рахмат рехмәт рехмет thanks thx thank spasibo rahmat rehmet raxmat
    """
)
_GREETINGS = _words(
    """
    здравствуйте здравствуй здрасте здрасьте здраствуйте здраствуй здравствуте приветствую приветствуем привет
    приветик салют хай добрый доброе доброго доброй добренький хәерле исәнмесез исәнме исән исәнсез сәлам сәламнәр
    сәләм салам саумысез саумы әссәламегаләйкем ассаламуалейкум ассаляму ассалому салям hello hi privet salam
    свидания хорошего хорошей приятного приятных наилучшего прекрасного удачи хушыгыз сау
    """
)
_FAREWELLS = _words("свидания всего хорошего хорошей приятного приятных наилучшего удачи встречи пока хушыгыз сау")
_PRAISE = _words(
    """
    молодцы молодец молодчина молодчины умница умницы умнички супер класс классно отлично прекрасно здорово
    замечательно великолепно браво респект круто шикарно восхитительно превосходно афәрин булдырдыгыз шәп маладис
    праздником праздниками наступающим наступившим рождеством юбилеем поздравляю поздравляем
    бәйрәм бәйрәмегез котлыйм котлыйбыз
    """
)
_AGREEMENT = _words(
    """
    да ага угу ок окей окэй ok okay хорошо ладно понял поняла поняли понятно ясно принято договорились
    әйе яхшы ярар анладым аңладым аңладык аңлашылды
    """
)
"""Only beside thanks: alone they answer something."""
_FOR = _words(
    """
    ответ ответы помощь разъяснение разъяснения информацию внимание работу труд заботу отзывчивость оперативность
    оперативный оперативное оперативную быстрый быстрое быструю быстро подробный подробное понятный ваш вашу ваше ваши
    консультацию понимание терпение поддержку реакцию решение
    җавап җавабыгыз җавабыгызга ярдәм ярдәмегез эшегез хезмәтегез игътибарыгыз тиз
    """
)
"""Only beside thanks and «за» («өчен»): «здравствуйте, помощь» asks for it."""
_REASON = _words("за өчен")
_BESIDE = _words(
    """
    вам вас вы тебе всем всех все всё вся весь большое большая огромное огромная преогромное человеческое
    и а очень от души сердца всей всего сердечно искренне искреннее еще ещё раз заранее уже так такие просто самые
    лучшие ну ой ура с до скорого встречи уважением уважаемые дорогие коллеги друзья ребята народ админ
    день дня дню вечер вечера вечерочек утро утра утречко утром ночи ночь суток времени здоровья недели выходных
    пока наилучшими пожеланиями новым годом you very much so
    бик зур мең ин иң һәм сезгә сезнең сез барыгызга да белән чын күңелдән көн көннәр кич иртә төн булыгыз галәйкем
    алейкум галейкум
    """
)
"""Words that say nothing by themselves."""
_HARMLESS_SIGNS = frozenset(".,!;:-–—…«»\"'()*~^_/")
_NOT_A_COURTESY = frozenset("👎❌✖✗✘🚫⛔🙅🆘🚨❓❔⁉")
"""Emoji that deny, ask or call for help."""
_FRIENDLY = frozenset("👍🙏❤💐🌹😊👏🤝💚♥🌷😍🥰🤗💯👌")
_SMILE = frozenset(" :;=-)^")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def asks_nothing(text: str) -> bool:
    """Tell whether a message only greets, thanks, praises or shows emoji, in Russian or Tatar."""
    words = _courtesies(text)
    if words is None:
        return False
    if not words:
        return True
    is_thanked = not words.isdisjoint(_THANKS)
    if not is_thanked and words.isdisjoint(_GREETINGS) and words.isdisjoint(_PRAISE):
        return False
    if not is_thanked and not words.isdisjoint(_AGREEMENT):
        return False
    return words.isdisjoint(_FOR) or (is_thanked and not words.isdisjoint(_REASON))


def is_greeting(text: str) -> bool:
    """Tell whether a message greets and asks for nothing."""
    words = _courtesies(text)
    return bool(words) and words is not None and not words.isdisjoint(_GREETINGS) and asks_nothing(text)


def is_farewell(text: str) -> bool:
    """Tell whether a message takes leave: whoever does is not asked for a question."""
    return is_greeting(text) and not _FAREWELLS.isdisjoint(_courtesies(text) or ())


def is_thanks(text: str) -> bool:
    """Tell whether a message only thanks, praises or shows a friendly sign: nobody who did is asked if all is well."""
    if not asks_nothing(text) or is_greeting(text):
        return False
    return bool(_courtesies(text)) or any(sign in _FRIENDLY for sign in text)


def _courtesies(text: str) -> set[str] | None:
    """Return the words of a message that has nothing else than listed words, signs and emoji; None for all others."""
    if len(text) > LOOKED_AT:
        return None
    rest = _WORD.sub("", text)
    has_emoji = False
    for sign in rest:
        if sign in _NOT_A_COURTESY:
            return None
        if _is_emoji(sign):
            has_emoji = True
        elif not (sign.isspace() or sign in _HARMLESS_SIGNS or sign in _JOINERS):
            return None
    words = {_unstretched(word) for word in _WORD.findall(fold(text))}
    if words:
        return words if words <= _KNOWN else None
    is_smile = ")" in rest and _SMILE.issuperset(rest)
    return words if has_emoji or is_smile else None


def _unstretched(word: str) -> str:
    if word in _KNOWN:
        return word
    return "".join(
        letter if len(run) >= _STRETCHED else letter * len(run)
        for letter, run in ((letter, list(letters)) for letter, letters in groupby(word))
    )


def _is_emoji(sign: str) -> bool:
    """Tell whether a sign is drawn as a picture (blocks of Unicode's emoji; tags and skin tones belong to them)."""
    number = ord(sign)
    return (
        0x1F000 <= number <= 0x1FAFF
        or 0x2600 <= number <= 0x27BF
        or 0x2B05 <= number <= 0x2B55
        or 0x231A <= number <= 0x23FA
        or 0xE0020 <= number <= 0xE007F
    )


_KNOWN = _THANKS | _GREETINGS | _PRAISE | _AGREEMENT | _FOR | _REASON | _BESIDE
