"""The work chats and channels in which an account must have rights, for `otklik check`."""

from bot.domain.channel import Account
from bot.domain.message import Place
from storage.registry import Registry


def watched_places(registry: Registry, account: Account) -> list[Place]:
    """Return each work chat that the account serves and each institution's channel that it looks after, once."""
    served = [
        chat.place
        for chat in registry.work_chats.values()
        if not chat.is_lost and (chat.place.channel, chat.place.community) == (account.channel, account.community)
    ]
    channels = [
        Place(channel=account.channel, community=account.community, chat=institution.telegram_channel)
        for institution in registry.institutions.values()
        if institution.telegram_channel
        and account.channel == "telegram"
        and account.institution in (None, institution.code)
    ]
    return list(dict.fromkeys([*served, *channels]))
