"""When something is, in words and in the reader's zone: «вторник, 24 ноября, 10:40»."""

from datetime import date, datetime, tzinfo

from bot.texts import Texts


def say_moment(texts: Texts, language: str, moment: datetime, *, zone: tzinfo) -> str:
    """Return «вторник, 24 ноября, 10:40»."""
    return _say(texts, language, "moment", moment.astimezone(zone))


def say_until(texts: Texts, language: str, moment: datetime, *, zone: tzinfo) -> str:
    """Return the words that follow «до»: «вторника, 24 ноября, 10:40»."""
    return _say(texts, language, "moment-until", moment.astimezone(zone))


def say_by(texts: Texts, language: str, moment: datetime, *, zone: tzinfo, now: datetime) -> str:
    """Return «сегодня до 17:00», «завтра до 8:00» or «во вторник, 8 декабря, до 10:40»."""
    return _say_near(texts, language, "moment-by", moment, zone=zone, now=now)


def say_at(texts: Texts, language: str, moment: datetime, *, zone: tzinfo, now: datetime) -> str:
    """Return «сегодня в 17:00», «завтра в 8:00» or «во вторник, 8 декабря, в 10:40»."""
    return _say_near(texts, language, "moment-at", moment, zone=zone, now=now)


def say_moment_shortly(texts: Texts, language: str, moment: datetime, *, zone: tzinfo) -> str:
    """Return «24.11 10:40», for cards and lists."""
    return _say(texts, language, "moment-short", moment.astimezone(zone))


def say_day(texts: Texts, language: str, day: date) -> str:
    """Return «24 ноября»."""
    return texts.say(language, "moment-day", day=day.day, month=day.month)


def say_date(day: date) -> str:
    """Return «24.11.2026», as dates are written in both languages."""
    return f"{day:%d.%m.%Y}"


def _say_near(texts: Texts, language: str, key: str, moment: datetime, *, zone: tzinfo, now: datetime) -> str:
    local = moment.astimezone(zone)
    return texts.say(
        language,
        key,
        days=(local.date() - now.astimezone(zone).date()).days,
        weekday=local.weekday(),
        day=local.day,
        month=local.month,
        time=f"{local.hour}:{local:%M}",
    )


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
