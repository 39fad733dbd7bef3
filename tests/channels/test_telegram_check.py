"""What the operator is told of a bot, and what to press."""

from bot.domain.channel import Account, Finding, Profile, Severity
from tests.channels.telegram_parts import channel_at
from tests.pretend.telegram import PretendTelegram


async def found(telegram: PretendTelegram, account: Account | None = None) -> list[Finding]:
    async with channel_at(telegram.url) as channel:
        return list(await channel.check(account or telegram.account()))


async def test_a_bot_in_good_order_is_one_good_line() -> None:
    async with PretendTelegram() as telegram:
        (finding,) = await found(telegram)
        assert (finding.subject, finding.severity) == ("Telegram, бот @otklik_1000_bot", Severity.OK)


async def test_a_wrong_token_is_an_error_that_says_where_the_right_one_is() -> None:
    async with PretendTelegram() as telegram:
        (finding,) = await found(telegram, telegram.account("2000:revoked"))
        assert finding.severity is Severity.ERROR
        assert "/mybots" in finding.remedy
        assert "revoked" not in f"{finding}"


async def test_privacy_mode_is_a_warning_that_says_what_to_press() -> None:
    async with PretendTelegram() as telegram:
        telegram.bot().reads_all = False
        _, finding = await found(telegram)
        assert finding.severity is Severity.WARNING
        assert "/setprivacy" in finding.remedy
        assert "@otklik_1000_bot" in finding.remedy
        assert "«Disable»" in finding.remedy


async def test_a_bot_that_groups_cannot_take_in_is_an_error() -> None:
    async with PretendTelegram() as telegram:
        telegram.bot().can_join_groups = False
        _, finding = await found(telegram)
        assert (finding.severity, "/setjoingroups" in finding.remedy) == (Severity.ERROR, True)


async def test_a_webhook_of_another_program_is_a_warning() -> None:
    async with PretendTelegram() as telegram:
        telegram.bot().webhook = "https://example.org/hook"
        _, finding = await found(telegram)
        assert finding.severity is Severity.WARNING
        assert "вебхук" in finding.says


async def test_a_telegram_that_does_not_answer_is_an_error_that_names_the_settings() -> None:
    async with PretendTelegram() as telegram:
        account = telegram.account()
    (finding,) = await found(telegram, account)
    assert finding.severity is Severity.ERROR
    assert "OTKLIK_TELEGRAM_PROXY" in finding.remedy


async def test_the_profile_is_what_citizens_see() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        profile = await channel.profile(telegram.account())
        assert profile == Profile(title="Отклик", address="https://t.me/otklik_1000_bot")
