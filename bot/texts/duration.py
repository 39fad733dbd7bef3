"""How long something took, in words: «1 ч 05 мин»."""

from datetime import timedelta

from bot.texts import Texts

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def say_duration(texts: Texts, language: str, duration: timedelta, *, is_narrow: bool = False) -> str:
    """Return «12 мин», «1 ч 05 мин», «2 дн 3 ч»; what is left over is cut off, never rounded up.

    A negative duration is said as less than a minute: two clocks may differ by a little. Where there is little room
    (`is_narrow`: a tile, a table's cell), that is «< 1 мин».
    """
    days, rest = divmod(duration, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    if duration < _MINUTE:
        return texts.say(language, "duration-moments-short" if is_narrow else "duration-moments")
    if duration < _HOUR:
        return texts.say(language, "duration-minutes", minutes=minutes)
    if duration < _DAY:
        return texts.say(language, "duration-hours", hours=hours, minutes=minutes, padded_minutes=f"{minutes:02}")
    return texts.say(language, "duration-days", days=days, hours=hours)
