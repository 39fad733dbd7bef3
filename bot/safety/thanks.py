"""Words that are nothing but thanks: nobody who has thanked is asked whether all is well."""

import re

from bot.safety.letters import fold

_WORD = re.compile(r"[^\W_]+")
_THANKS = re.compile(r"спасиб\w*|пасиб\w*|спс|благодар\w*|сенкс|рэхмэт\w*|рахмэт\w*|рахмат\w*|рехмэт\w*|рехмет\w*")
_BESIDE = re.compile(
    r"большое|большая|огромное|огромная|вам|вас|вы|за|и|а|все|очень|ответ|ответы|помощь|разъяснение|информацию|"
    r"понял|поняла|понятно|ясно|хорошо|ок|окей|ладно|быстрый|быстро|подробный|оперативность|оперативный|ваш|"
    r"вашу|работу|внимание|еще|раз|заранее|здоровья|доброго|хорошего|дня|вечера|до|свидания|уже|да|бик|зур|"
    r"сезгэ|сезнен|жавап|жавабыгыз|очен|ярдэм|ярдэмегез|анладым|яхшы|ярар|барысы|да|хэерле|кон|сау|булыгыз"
)
"""Words that may stand beside the thanks, folded."""
_SIGNS = frozenset("👍🙏❤💐🌹😊👏🤝💚♥🌷")
_LONGEST = 200


def is_thanks(text: str) -> bool:
    """Tell whether a message only thanks, in Russian or Tatar, or with nothing but a friendly sign."""
    if len(text) > _LONGEST or "?" in text:
        return False
    words = _WORD.findall(fold(text))
    if not words:
        return any(sign in text for sign in _SIGNS)
    thanks = [word for word in words if _THANKS.fullmatch(word)]
    return bool(thanks) and all(_BESIDE.fullmatch(word) for word in words if word not in thanks)
