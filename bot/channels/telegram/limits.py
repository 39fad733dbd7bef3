"""What one call to Telegram can carry, and how often it may be called (core.telegram.org/bots/faq, Bot API 10.3)."""

from datetime import timedelta

from bot.domain.channel import Limits, Rate

TEXT = 4096
CAPTION = 1024
ALBUM = 10
PRESS_ANSWER = 200
TOPIC_NAME = 128
LARGEST_PHOTO = 10 << 20
LARGEST_UPLOAD = 50 << 20

LIMITS = Limits(
    text=TEXT,
    caption=CAPTION,
    files=ALBUM,
    mixed_files=False,
    files_with_buttons=False,
    buttons=100,
    quotations=True,
    account_rate=Rate(calls=30, per=timedelta(seconds=1)),
    private_rate=Rate(calls=3, per=timedelta(seconds=3)),
    group_rate=Rate(calls=20, per=timedelta(minutes=1)),
)
