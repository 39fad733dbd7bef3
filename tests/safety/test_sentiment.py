"""What reactions say is a table that operators can change."""

from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.domain.reaction import Sentiment
from bot.safety.sentiment import load_sentiments

TELEGRAMS = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈
😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
"""Bot API, ReactionTypeEmoji."""
VKS = "❤ 🔥 😂 👍 💩 ❓ 😭 😡 👎 👌 😁 🤔 🙏 😘 😍 🎉"
"""`bot.channels.vk.reactions`."""


def test_every_reaction_of_telegram_and_vk_stands_in_the_table() -> None:
    named = set(f"{TELEGRAMS} {VKS}".split())
    assert named <= set(load_sentiments().by_reaction)


@pytest.mark.parametrize(
    ("reaction", "says"),
    [
        ("👍", Sentiment.POSITIVE),
        ("❤️", Sentiment.POSITIVE),
        ("👎", Sentiment.NEGATIVE),
        ("😢", Sentiment.NEUTRAL),  # people grieve with a school as well as over it
        ("custom", Sentiment.NEUTRAL),
        ("reaction-99", Sentiment.NEUTRAL),
    ],
)
def test_what_reactions_say(reaction: str, says: Sentiment) -> None:
    assert load_sentiments().of(reaction) is says


def test_the_operators_rows_count_more(tmp_path: Path) -> None:
    own = tmp_path / "reactions.csv"
    own.write_text("# своё\n😢; negative\nreaction-99;Positive\n", encoding="utf-8")
    sentiments = load_sentiments(own)
    assert sentiments.of("😢") is Sentiment.NEGATIVE
    assert sentiments.of("reaction-99") is Sentiment.POSITIVE
    assert sentiments.of("👎") is Sentiment.NEGATIVE


@pytest.mark.parametrize("line", ["😢; bad", "😢", "; negative"])
def test_a_wrong_row_is_named(line: str, tmp_path: Path) -> None:
    own = tmp_path / "reactions.csv"
    own.write_text(f"👍; positive\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="строка 2"):
        load_sentiments(own)


def test_without_an_own_file_the_shipped_table_counts(tmp_path: Path) -> None:
    assert load_sentiments(tmp_path / "reactions.csv") == load_sentiments()
