"""Buttons under a message as VK's inline keyboard."""

import json
import math
from collections.abc import Sequence
from typing import Any, Final

from bot.channels.vk.words import shortened
from bot.domain.message import Button

MOST_BUTTONS: Final = 10
_MOST_ROWS: Final = 6
_MOST_IN_ROW: Final = 5
_LONGEST_LABEL: Final = 40

COMMAND: Final = "otklik"
"""Under this name a key carries its command; VK's own «Начать» and other programs' buttons have other names."""

NO_BUTTONS: Final = json.dumps({"inline": True, "buttons": []})


def keyboard(rows: Sequence[Sequence[Button]]) -> str | None:
    """Return the keyboard as JSON, None without buttons.

    VK takes at most six rows of at most five; other shapes are laid out anew with the order kept. An action travels as
    `{"a": action}` and comes back as it was.
    """
    buttons = [button for row in rows for button in row]
    if not buttons:
        return None
    if len(rows) > _MOST_ROWS or any(len(row) > _MOST_IN_ROW for row in rows):
        width = math.ceil(len(buttons) / _MOST_ROWS)
        rows = [buttons[start : start + width] for start in range(0, len(buttons), width)]
    shown = [[_button(button) for button in row] for row in rows if row]
    return json.dumps({"inline": True, "buttons": shown}, ensure_ascii=False, separators=(",", ":"))


def standing(rows: Sequence[Sequence[Button]]) -> str | None:
    """Return the keyboard below the dialogue as JSON, None without keys: each says a command in the person's name."""
    if not rows:
        return None
    shown = [[_key(button) for button in row] for row in rows]
    return json.dumps({"one_time": False, "inline": False, "buttons": shown}, ensure_ascii=False, separators=(",", ":"))


def _key(button: Button) -> dict[str, Any]:
    payload = json.dumps({COMMAND: button.action}, separators=(",", ":"))
    label = shortened(button.text, _LONGEST_LABEL)
    return {"action": {"type": "text", "label": label, "payload": payload}, "color": "secondary"}


def _button(button: Button) -> dict[str, Any]:
    label = shortened(button.text, _LONGEST_LABEL)
    if button.url:
        return {"action": {"type": "open_link", "label": label, "link": button.url}}
    payload = json.dumps({"a": button.action}, ensure_ascii=False, separators=(",", ":"))
    return {"action": {"type": "callback", "label": label, "payload": payload}, "color": "secondary"}
