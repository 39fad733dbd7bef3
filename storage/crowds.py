"""How many cards are on their way into each work chat: never fewer than are believed, counted only when it matters."""


class Crowds:
    """Kept by each desk in memory; what others have put out is seen at the next count."""

    def __init__(self) -> None:
        self._cards: dict[str, int] = {}
        self.many: set[str] = set()
        """Lanes in which so many may wait that they must be counted."""

    def of(self, lane: str) -> int:
        """Return how many wait at most."""
        return self._cards.get(lane, 0)

    def add(self, lane: str, *, limit: int) -> None:
        """Notice that one more was put out; with `limit` of them the lane is counted."""
        self.know(lane, self.of(lane) + 1, limit=limit)

    def know(self, lane: str, number: int, *, limit: int) -> None:
        """Remember how many there are."""
        self._cards[lane] = number
        if number >= limit:
            self.many.add(lane)
        else:
            self.many.discard(lane)
