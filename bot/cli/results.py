"""A frozen result that a command names by its number, and what is told of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.running import opened
from bot.domain.errors import NotFoundError

if TYPE_CHECKING:
    from bot.domain.result import Result
    from bot.settings import Settings

Number = Annotated[int, typer.Argument(metavar="№", help="Номер итога, как в otklik awards list.", show_default=False)]


async def read_one(settings: "Settings", number: int) -> "Result":
    """Return a result with its content; raises NotFoundError."""
    from storage.results import read_result

    async with opened(settings) as database, database.reading() as connection:
        result = await read_result(connection, database.vault, number)
    if result is None:
        raise NotFoundError(f"итога № {number} нет; все итоги: otklik awards list")
    return result


def winners_lines(shown: dict[str, Any]) -> Iterator[str]:
    """Yield the nominations with their places as lines for people."""
    for nomination in shown["nominations"]:
        yield ""
        yield f"{nomination['title']} (участников: {nomination['ranked']})"
        if not nomination["is_given"]:
            yield f"  не присуждается: нужны хотя бы {shown['least_peers']} участника"
        for line in (*nomination["winners"], *nomination["others"]):
            place = f"{line['rank']} место" if line in nomination["winners"] else "финалист"
            yield f"  {place}: {line['short_name'] or line['name']} – {line['score']:.2f}".replace(".", ",")


def described(result: "Result") -> dict[str, Any]:
    """Return what is known of a result besides its content."""
    return {
        "id": result.id,
        "title": result.title,
        "scope": result.scope,
        "from": result.first,
        "to": result.last,
        "sha256": result.hash,
        "frozen_at": result.frozen_at,
        "frozen_by": result.frozen_by,
        "published_at": result.published_at,
    }
