"""The small print of a page: how its figures are counted, how exact they are, what was not counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reports.report import Report
from bot.reports.standing import LEAST_JUDGED
from bot.texts import Texts
from bot.texts.duration import say_duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Sentences for the foot of a page."""

    made: str
    """The date of the data."""
    lines: tuple[str, ...]
    short: tuple[str, ...]
    """The same for a phone."""


def method_of(report: Report, *, is_ranked: bool, texts: Texts, language: str) -> Method:
    """Say how a report was counted; `is_ranked`: places are compared on the page."""
    total = report["total"]
    percentiles = texts.say(
        language, "page-method-percentiles", percentiles="exact" if is_exact(report) else "estimated"
    )
    beside = texts.say(
        language,
        "page-method-beside",
        excused=total["no_answer_needed"],
        spam=total["spam"],
        duplicates=total.get("duplicates", 0),
        withdrawn=total.get("withdrawn", 0),
        silenced=total.get("silenced", 0),
    )
    order = texts.say(language, "page-method-order" if is_ranked else "page-ranked-nobody", least=LEAST_JUDGED)
    outages = say_outages(report, texts=texts, language=language)
    replayed = (texts.say(language, "page-method-replayed"),) if report.get("replayed") else ()
    alone = report["scope"].startswith("institution:")
    return Method(
        made=say_made(report, texts=texts, language=language),
        lines=(
            texts.say(language, "page-method-in-time"),
            " ".join(filter(None, ["" if alone else order, percentiles, beside, outages, *replayed])),
        ),
        short=(
            texts.say(language, "page-method-short"),
            *([texts.say(language, "page-method-short-order", least=LEAST_JUDGED)] if is_ranked else []),
            *replayed,
        ),
    )


def is_exact(report: Report) -> bool:
    """Tell whether medians and 90 % are exact, and not within 1 %."""
    return bool(report.get("percentiles", "exact") == "exact")


def say_made(report: Report, *, texts: Texts, language: str) -> str:
    """Return the date of the data in words."""
    moment = datetime.fromisoformat(report["generated_at"])
    return texts.say(language, "page-made", moment=f"{moment:%d.%m.%Y %H:%M}")


def say_outages(report: Report, *, texts: Texts, language: str) -> str:
    """Say how long messengers could not be heard; empty when nobody noted it."""
    if "outages" not in report:
        return ""
    told = [
        texts.say(
            language,
            "page-method-outage",
            channel=texts.say(language, "report-channel", channel=outage["channel"]),
            duration=say_duration(texts, language, timedelta(seconds=outage["seconds"])),
        )
        for outage in report["outages"]
        if outage["seconds"]
    ]
    if not told:
        return texts.say(language, "page-method-no-outages")
    # Tatar shortens its hours and minutes with a full stop of their own.
    return texts.say(language, "page-method-outages", outages=", ".join(told).removesuffix("."))
