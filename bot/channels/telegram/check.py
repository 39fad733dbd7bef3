"""What `otklik check` tells of a bot: its token, its rights, and exactly what to press in @BotFather."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.reading import maybe_username, maybe_words
from bot.domain.channel import Account, Finding, Profile, Severity
from bot.domain.errors import ChannelError, ChannelRefusedError, RefusalReason


async def profile(api: BotApi, account: Account) -> Profile:
    """Ask what the bot is called; raises ChannelBusyError, ChannelRefusedError."""
    return _profile(await api.call(account, "getMe"))


async def check(api: BotApi, account: Account) -> Sequence[Finding]:
    """Try the token and look at the rights; never raises a ChannelError."""
    subject = f"Telegram, бот {account.community}"
    try:
        me = await api.call(account, "getMe")
        webhook = await _webhook_info(api, account)
    except ChannelError as error:
        return [_unusable(subject, error)]
    username = _profile(me).address.removeprefix("https://t.me/")
    subject = f"Telegram, бот @{username}" if username else subject
    rights = me if isinstance(me, dict) else {}
    return [
        Finding(subject=subject, severity=Severity.OK, says="Telegram принимает токен."),
        *_group_rights(subject, f"@{username}" if username else "этого бота", rights),
        *_webhook(subject, webhook if isinstance(webhook, dict) else {}),
    ]


async def _webhook_info(api: BotApi, account: Account) -> Any:
    try:
        return await api.call(account, "getWebhookInfo")
    except ChannelRefusedError as error:
        if error.reason is RefusalReason.BAD_TOKEN:
            raise
        return {}  # a server that knows no webhooks


def _profile(me: Any) -> Profile:
    described = me if isinstance(me, dict) else {}
    username = maybe_username(described)
    return Profile(title=maybe_words(described, "first_name"), address=f"https://t.me/{username}" if username else "")


def _unusable(subject: str, error: ChannelError) -> Finding:
    if isinstance(error, ChannelRefusedError) and error.reason is RefusalReason.BAD_TOKEN:
        return Finding(
            subject=subject,
            severity=Severity.ERROR,
            says="Telegram не принимает токен бота.",
            remedy=(
                "Откройте в Telegram @BotFather, отправьте /mybots, выберите бота, нажмите «API Token» "
                "и впишите показанный токен в OTKLIK_TELEGRAM_TOKEN (или в столбец telegram_token таблицы учреждений)."
            ),
        )
    return Finding(
        subject=subject,
        severity=Severity.ERROR,
        says=f"Telegram не отвечает: {error}.",
        remedy=(
            "Проверьте связь сервера с интернетом и адрес в OTKLIK_TELEGRAM_API_URL; если Telegram доступен только "
            "через прокси, укажите его в OTKLIK_TELEGRAM_PROXY."
        ),
    )


def _group_rights(subject: str, bot: str, rights: Mapping[str, Any]) -> Iterator[Finding]:
    if rights.get("can_join_groups") is False:
        yield Finding(
            subject=subject,
            severity=Severity.ERROR,
            says="Бота нельзя добавить в группу, поэтому рабочий чат в Telegram не создать.",
            remedy=f"Откройте @BotFather, отправьте /setjoingroups, выберите {bot} и нажмите «Enable».",
        )
    if rights.get("can_read_all_group_messages") is False:
        yield Finding(
            subject=subject,
            severity=Severity.WARNING,
            says="Включён режим приватности: в группе бот видит только команды и ответы на свои сообщения.",
            remedy=(
                f"Откройте @BotFather, отправьте /setprivacy, выберите {bot} и нажмите «Disable», затем удалите бота "
                "из группы и добавьте снова. Либо сделайте бота администратором группы: откройте группу, «Изменить», "
                "«Администраторы», «Добавить администратора»."
            ),
        )


def _webhook(subject: str, webhook: Mapping[str, Any]) -> Iterator[Finding]:
    if webhook.get("url"):
        yield Finding(
            subject=subject,
            severity=Severity.WARNING,
            says="У бота установлен вебхук: его сообщения сейчас получает другая программа.",
            remedy=(
                "Остановите другую программу с этим токеном. При запуске «Отклик» снимет вебхук сам, "
                "ожидающие сообщения сохранятся."
            ),
        )
