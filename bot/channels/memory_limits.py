"""What the two messengers that the pretend one plays can carry (sources: Bot API docs and limits FAQ; dev.vk.com)."""

from datetime import timedelta

from bot.domain.channel import Limits, Rate

TELEGRAM_LIKE = Limits(
    text=4096,
    caption=1024,
    files=10,
    mixed_files=False,
    files_with_buttons=False,
    buttons=100,
    quotations=True,
    account_rate=Rate(calls=30, per=timedelta(seconds=1)),
    private_rate=Rate(calls=1, per=timedelta(seconds=1)),
    group_rate=Rate(calls=20, per=timedelta(minutes=1)),
)

VK_LIKE = Limits(
    text=4096,
    caption=4096,
    files=10,
    mixed_files=True,
    files_with_buttons=True,
    buttons=10,
    standing_keys=True,
    quotations=False,
    account_rate=Rate(calls=20, per=timedelta(seconds=1)),
    private_rate=Rate(calls=20, per=timedelta(seconds=1)),
    group_rate=Rate(calls=20, per=timedelta(seconds=1)),
)

VK_SIGNS = frozenset("❤🔥😂👍💩❓😭😡👎👌😁🤔🙏😘😍🎉")
"""The reactions that VK has; another one is told in words."""
