"""Which chats and channels `otklik check` looks at for an account."""

from datetime import UTC, datetime
from types import MappingProxyType

from bot.cli.watched_places import watched_places
from bot.domain.channel import Account
from bot.domain.institution import Institution, WorkChat
from bot.domain.message import Place
from storage.registry import Registry

SCHOOL = Institution(code="school", name="Школа", branch="Образование", municipality="Казань", telegram_channel="@s7")
CLINIC = Institution(code="clinic", name="Больница", branch="Здоровье", municipality="Казань", telegram_channel="@c6")


def at(chat: str, community: str = "1000") -> Place:
    return Place(channel="telegram", community=community, chat=chat)


def account(community: str, institution: str | None = None) -> Account:
    return Account(channel="telegram", community=community, token=f"{community}:x", institution=institution)


def test_an_account_watches_its_own_chats_and_channels_each_once() -> None:
    registry = Registry(institutions=MappingProxyType({"school": SCHOOL, "clinic": CLINIC}))
    bound_at = datetime(2026, 11, 23, tzinfo=UTC)
    for institution, place in (("school", at("-100")), ("clinic", at("-100")), ("club", at("-200", "2000"))):
        registry.bind(WorkChat(place=place, institution=institution, bound_at=bound_at))
    registry.bind(WorkChat(place=at("-300"), institution="lost", bound_at=bound_at, is_lost=True))

    assert watched_places(registry, account("1000")) == [at("-100"), at("@s7"), at("@c6")]
    assert watched_places(registry, account("2000", "clinic")) == [at("-200", "2000"), at("@c6", "2000")]
    assert watched_places(registry, Account(channel="vk", community="77", token="x")) == []
