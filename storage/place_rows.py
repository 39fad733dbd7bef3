"""Conversations as rows say them: where a thing was said, and where its work is done."""

from typing import Any

from bot.domain.message import Place


def read_place(row: Any) -> Place:
    """Read the conversation of a row."""
    return Place(channel=row.channel, community=row.community, chat=row.chat)


def read_work_place(row: Any) -> Place | None:
    """Read the work chat that a row names, if there is one."""
    if row.work_chat is None:
        return None
    return Place(channel=row.work_channel, community=row.work_community, chat=row.work_chat)
