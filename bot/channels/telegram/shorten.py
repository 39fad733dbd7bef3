"""Cutting a text to what Telegram shows of it."""

from bot.domain.parts import split_text, utf16_length


def shortened(text: str, limit: int) -> str:
    """Cut `text` to `limit` UTF-16 units; three dots show where."""
    return text if utf16_length(text) <= limit else f"{split_text(text, limit - 1)[0]}…"
