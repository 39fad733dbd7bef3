"""In which language somebody wrote, as far as a few words can tell.

Tatar is known by its own letters, and by frequent words that people type without them («рэхмэт»); names within a
Russian sentence («Гөлнара Әхмәтова не отвечает») do not make it Tatar. What stays unclear is left open.
"""

import re

from bot.domain.parts import LOOKED_AT

_WORD = re.compile(r"[^\W\d_]+")
_TATAR_LETTER = re.compile("[әөүҗңһ]")
_TATAR_WORDS = (
    "рэхмэт рахмат исэнмесез исанмесез сэлам кайчан ничек нигэ нишлэп бездэ безнен сезнен мэктэп мэктэптэ балалар "
    "балам эйе юк тугел кирэк булыр була монда анда хэзер буген иртэгэ кичэ минем синен безгэ сезгэ мина сина ник "
    "кая кайда жавап салкын жылы урам авыл шэхэр дип белэн турында очен кадэр буенча бик тагын инде хэм эшли "
    "эшлэми килми килэ языгыз зинхар"
)
"""Written as people without Tatar keys write them."""
_RUSSIAN_WORDS = (
    "и в во не на что как когда где почему у с со по из за от до для это этот эта есть нет был была было были или "
    "но а я мы вы он она они нас нам вас вам мне меня ваш наш к о об при уже ещё еще если чтобы скажите подскажите "
    "можно нужно здравствуйте спасибо пожалуйста работает будет кто сколько какой какая куда ли же бы"
)
_TATAR = frozenset(_TATAR_WORDS.split())
_RUSSIAN = frozenset(_RUSSIAN_WORDS.split())


def spoken_language(text: str) -> str:
    """Return `tt` or `ru`, or nothing when the words do not tell."""
    text = text[:LOOKED_AT]
    lowered = text.lower()
    small = set(_WORD.findall(lowered))
    tatar, russian = len(small & _TATAR), len(small & _RUSSIAN)
    if _TATAR_LETTER.search(lowered):
        # A capital within a sentence begins a name.
        words = enumerate(_WORD.findall(text))
        spoken = {word.lower() for number, word in words if number == 0 or word.islower()}
        tatar += sum(_TATAR_LETTER.search(word) is not None for word in spoken)
    if tatar == russian:
        return ""
    return "tt" if tatar > russian else "ru"
