"""When something is, in words and in the reader's zone: «вторник, 24 ноября, 10:40»."""

from datetime import date, datetime, tzinfo

from bot.texts import Texts


def say_moment(texts: Texts, language: str, moment: datetime, *, zone: tzinfo) -> str:
    """Return «вторник, 24 ноября, 10:40»."""
    return _say(texts, language, "moment", moment.astimezone(zone))


def say_until(texts: Texts, language: str, moment: datetime, *, zone: tzinfo) -> str:
    """Return the words that follow «до»: «вторника, 24 ноября, 10:40»."""
    return _say(texts, language, "moment-until", moment.astimezone(zone))


def say_moment_shortly(texts: Texts, language: str, moment: datetime, *, zone: tzinfo) -> str:
    """Return «24.11 10:40», for cards and lists."""
    return _say(texts, language, "moment-short", moment.astimezone(zone))


def say_day(texts: Texts, language: str, day: date) -> str:
    """Return «24 ноября»."""
    return texts.say(language, "moment-day", day=day.day, month=day.month)


def say_date(day: date) -> str:
    """Return «24.11.2026», as dates are written in both languages."""
    return f"{day:%d.%m.%Y}"


def _say(texts: Texts, language: str, key: str, local: datetime) -> str:
    return texts.say(
        language,
        key,
        weekday=local.weekday(),
        day=local.day,
        month=local.month,
        date=f"{local:%d.%m}",
        time=f"{local:%H:%M}",
    )
