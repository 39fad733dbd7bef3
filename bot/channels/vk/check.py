"""What a community is called, and whether its token may do what we need; each remedy says what to click."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.channels.vk.api import VERSION, Api
from bot.channels.vk.errors import UNKNOWN_METHOD, code_of
from bot.channels.vk.receive import ESSENTIAL_EVENTS, EVENTS
from bot.domain.channel import Account, Finding, Profile, Severity
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, RefusalReason

_KEYS: Final = (
    "Откройте сообщество ВКонтакте: Управление → Дополнительно → Работа с API → Ключи доступа → Создать ключ. "
    "Отметьте все права, скопируйте ключ в столбец vk_token листа учреждений и загрузите лист снова."
)
_LONG_POLL: Final = (
    "Откройте сообщество ВКонтакте: Управление → Дополнительно → Работа с API → Long Poll API. "
    f"Включите его, выберите версию {VERSION}, а на вкладке «Типы событий» отметьте всё в разделах «Сообщения», "
    "«Комментарии на стене», «Фотографии», «Видеозаписи», «Обсуждения», «Товары» и «Отметки «Мне нравится»»."
)
_BOT: Final = (
    "Откройте сообщество ВКонтакте: Управление → Сообщения → включите «Сообщения сообщества», затем Сообщения → "
    "Настройки для бота → включите «Возможности ботов» и «Добавить кнопку "
    "\u00abНачать\u00bb». Если рабочий чат будет беседой ВКонтакте, там же разрешите добавлять сообщество в беседы, "
    "добавьте его в беседу и дайте ему «Доступ ко всей переписке»."
)
_LISTED: Final = 4
_RIGHTS: Final[Mapping[str, tuple[Severity, str]]] = {
    "messages": (Severity.ERROR, "ключ не даёт читать и отправлять сообщения"),
    "manage": (Severity.WARNING, "ключ не даёт настраивать Long Poll, его надо включить вручную"),
    "photos": (Severity.WARNING, "ключ не даёт отправлять фотографии, они уйдут документами"),
    "docs": (Severity.WARNING, "ключ не даёт отправлять документы, вместо них уйдёт пояснение"),
    "wall": (Severity.WARNING, "ключ не даёт отвечать на комментарии к записям"),
}


class Checks:
    """Asks VK about a community."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def profile(self, account: Account) -> Profile:
        """Return the community's name and address; raises the ChannelError family."""
        match await self._api.call(account, "groups.getById", {"group_id": account.community}):
            case {"groups": [Mapping() as group, *_]} | [Mapping() as group, *_]:
                address = f"https://vk.com/{group.get('screen_name') or f'club{account.community}'}"
                return Profile(title=str(group.get("name", "")), address=address)
            case _:
                raise ChannelBusyError("VK's answer about the community cannot be read")

    async def check(self, account: Account) -> Sequence[Finding]:
        """Return findings about the token, its rights, Long Poll and messages; the first error ends it."""
        subject = f"ВКонтакте, сообщество {account.community}"
        try:
            profile = await self.profile(account)
            findings = [Finding(subject=subject, severity=Severity.OK, says=f"ключ принят: {profile.title}")]
            findings += await self._rights(account, subject)
            findings += await self._long_poll(account, subject)
            findings += await self._messages(account, subject)
        except ChannelRefusedError as error:
            is_token = error.reason is RefusalReason.BAD_TOKEN
            says = "ключ доступа неверен или отозван" if is_token else f"ВКонтакте отказывает: {error}"
            return [Finding(subject=subject, severity=Severity.ERROR, says=says, remedy=_KEYS)]
        except ChannelError as error:
            return [
                Finding(
                    subject=subject,
                    severity=Severity.ERROR,
                    says=f"ВКонтакте не отвечает: {error}",
                    remedy="Проверьте выход в интернет, OTKLIK_VK_API_URL и OTKLIK_CA_BUNDLE и повторите позже.",
                )
            ]
        return findings

    async def _rights(self, account: Account, subject: str) -> list[Finding]:
        try:
            granted = _permissions(await self._api.call(account, "groups.getTokenPermissions"))
        except ChannelError as error:
            if code_of(error) != UNKNOWN_METHOD:
                raise
            says = "какие права у ключа, этот сервер не говорит"
            return [Finding(subject=subject, severity=Severity.WARNING, says=says, remedy=_KEYS)]
        return [
            Finding(subject=subject, severity=severity, says=says, remedy=_KEYS)
            for right, (severity, says) in _RIGHTS.items()
            if right not in granted
        ]

    async def _long_poll(self, account: Account, subject: str) -> list[Finding]:
        try:
            settings = await self._api.call(account, "groups.getLongPollSettings", {"group_id": account.community})
        except ChannelRefusedError as error:
            says = f"настройки Long Poll не читаются: {error}"
            return [Finding(subject=subject, severity=Severity.WARNING, says=says, remedy=_LONG_POLL)]
        match settings:
            case {"is_enabled": True | 1, "events": Mapping() as events, "api_version": version}:
                # A kind that VK does not offer cannot be switched on.
                missing = [event for event in EVENTS if not events.get(event, event not in ESSENTIAL_EVENTS)]
            case _:
                missing, version = list(EVENTS), VERSION
        if not missing and version == VERSION:
            return []
        lacks = ", ".join(missing[:_LISTED]) + (f" и ещё {len(missing) - _LISTED}" if len(missing) > _LISTED else "")
        says = f"Long Poll выключен или не полон ({lacks or f'версия {version}'})"
        # With the right `manage` it is switched on at every start; so this need not be an error.
        remedy = f"При запуске он включится сам, если у ключа есть право управления. Иначе: {_LONG_POLL}"
        return [Finding(subject=subject, severity=Severity.WARNING, says=says, remedy=remedy)]

    async def _messages(self, account: Account, subject: str) -> list[Finding]:
        try:
            await self._api.call(account, "messages.getConversations", {"group_id": account.community, "count": 1})
        except ChannelRefusedError as error:
            if error.reason is RefusalReason.BAD_TOKEN:
                raise
            says = f"сообщения сообщества недоступны: {error}"
            return [Finding(subject=subject, severity=Severity.ERROR, says=says, remedy=_BOT)]
        # VK does not tell a community's token whether the bot's abilities are on.
        says = "сообщения читаются; возможности ботов проверьте сами, без них не будет кнопок"
        return [Finding(subject=subject, severity=Severity.OK, says=says, remedy=_BOT)]


def _permissions(response: Any) -> set[str]:
    match response:
        case {"permissions": list(permissions)}:
            return {str(each.get("name")) for each in permissions if isinstance(each, Mapping)}
        case _:
            return set()
