"""Where a frozen and published rating can be read: a line under the rating of the day."""

from collections.abc import Iterable

from bot.domain.result import Result
from bot.reports.lines import period_name
from bot.texts import Texts


def latest_published(results: Iterable[Result], *, scope: str) -> Result | None:
    """Return the result that was published last, of this scope if there is one."""
    published = [result for result in results if result.published_at is not None]
    return max(published, key=lambda each: (each.scope == scope, each.published_at, each.id), default=None)


def say_published(result: Result, *, texts: Texts, language: str, site: str = "") -> str:
    """Return where a result can be read; `site`: the public address of this server, empty if it has none."""
    title, period = " ".join(result.title.split()), period_name(_days(result), texts=texts, language=language)
    if not site:
        return texts.say(language, "rating-published", title=title, period=period)
    address = f"{site}/rating/{result.id}"
    return texts.say(language, "rating-published-at", title=title, period=period, address=address)


def _days(result: Result) -> dict[str, str]:
    return {"from": result.first, "to": result.last}
