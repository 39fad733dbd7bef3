"""Cutting a text to what Telegram shows of it."""

from bot.domain.parts import first_piece, utf16_length


def shortened(text: str, limit: int) -> str:
    """Cut `text` to `limit` UTF-16 units; three dots show where."""
    return text if utf16_length(text) <= limit else f"{first_piece(text, limit - 1)}…"
