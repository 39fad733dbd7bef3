"""What VK calls a community and the people in it, and what an operator is told to click."""

import ssl
from pathlib import Path

import pytest

from bot.channels.vk.channel import VkChannel
from bot.domain.channel import Account, Channel, Profile, Severity
from bot.domain.errors import ChannelRefusedError, SettingsError
from bot.domain.message import OutgoingMessage
from tests.channels.vk_kit import ACCOUNT, GROUP, RememberingIntake, post


async def test_the_vk_channel_stands_behind_the_port() -> None:
    channel: Channel = VkChannel()
    assert channel.name == "vk"
    await channel.close()


async def test_a_community_tells_its_name_and_address() -> None:
    async with post() as room:
        assert await room.channel.profile(ACCOUNT) == Profile(title="Школа № 77", address="https://vk.com/club77")


async def test_names_are_asked_in_bulk_and_remembered() -> None:
    async with post() as room:
        room.vk.names |= {5: "Алсу Галиева", 6: "Иван"}
        names = await room.channel.names(ACCOUNT, ["5", "6", "-78", "5", "не число"])
        assert names == {"5": "Алсу Галиева", "6": "Иван", "-78": "Сообщество 78"}
        assert await room.channel.names(ACCOUNT, ["5", "-78"]) == {"5": "Алсу Галиева", "-78": "Сообщество 78"}
        assert (room.vk.calls["users.get"], room.vk.calls["groups.getById"]) == (1, 1)


async def test_a_community_in_good_order_has_no_complaints() -> None:
    async with post(long_poll_on=False) as room:
        async with room.listening(RememberingIntake()):
            pass
        findings = await room.channel.check(ACCOUNT)
        assert {finding.severity for finding in findings} == {Severity.OK}
        assert "Школа № 77" in findings[0].says


async def test_a_wrong_token_is_told_with_what_to_click() -> None:
    async with post() as room:
        wrong = Account(channel="vk", community="77", token="wrong")
        (finding,) = await room.channel.check(wrong)
        assert finding.severity is Severity.ERROR
        assert "Работа с API → Ключи доступа" in finding.remedy
        with pytest.raises(ChannelRefusedError):
            await room.channel.profile(wrong)


@pytest.mark.parametrize(
    ("right", "severity"),
    [
        ("messages", Severity.ERROR),
        ("manage", Severity.WARNING),
        ("photos", Severity.WARNING),
        ("docs", Severity.WARNING),
        ("wall", Severity.WARNING),
    ],
)
async def test_each_missing_right_is_named(right: str, severity: Severity) -> None:
    async with post() as room:
        community = room.vk.communities[GROUP]
        community.events_version = "5.199"
        complete = await room.channel.check(ACCOUNT)
        community.rights -= {right}
        found = [finding for finding in await room.channel.check(ACCOUNT) if finding not in complete]
        assert found
        assert found[0].severity is severity
        assert found[0].remedy


async def test_long_poll_that_is_off_is_told() -> None:
    async with post(long_poll_on=False) as room:
        findings = await room.channel.check(ACCOUNT)
        (finding,) = [finding for finding in findings if finding.severity is Severity.WARNING]
        assert "Long Poll API" in finding.remedy


async def test_vk_out_of_reach_is_told_as_such() -> None:
    async with post() as room:
        room.vk.fail_next("groups.getById", how="500")
        (finding,) = await room.channel.check(ACCOUNT)
        assert (finding.severity, "не отвечает" in finding.says) == (Severity.ERROR, True)


def test_a_bundle_of_certificates_that_cannot_be_read_is_a_wrong_setting(tmp_path: Path) -> None:
    bundle = tmp_path / "roots.pem"
    bundle.write_text("not a certificate")
    for path in (bundle, tmp_path / "missing.pem"):
        with pytest.raises(SettingsError, match="OTKLIK_CA_BUNDLE"):
            VkChannel(ca_bundle=str(path))


async def test_extra_certificates_are_trusted_besides_the_usual_ones(tmp_path: Path) -> None:
    usual = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not usual:
        pytest.skip("this machine has no root certificates of its own")
    bundle = tmp_path / "roots.pem"
    bundle.write_text(ssl.DER_cert_to_PEM_cert(usual[0]))
    async with post(ca_bundle=str(bundle)) as room:
        room.vk.citizen_writes(GROUP, 5, "?")
        await room.send(OutgoingMessage(text="Да"), to=5)
        assert len(room.vk.answers(GROUP, 5)) == 1


async def test_a_server_that_tells_no_rights_is_checked_all_the_same() -> None:
    async with post() as room:
        room.vk.fail_next("groups.getTokenPermissions", code=3)
        findings = await room.channel.check(ACCOUNT)
        assert Severity.ERROR not in {finding.severity for finding in findings}
        assert findings[0].says.startswith("ключ принят")


async def test_a_kind_of_event_that_vk_does_not_offer_is_no_complaint_but_one_switched_off_is() -> None:
    async with post(long_poll_on=False) as room:
        async with room.listening(RememberingIntake()):
            pass
        community = room.vk.communities[GROUP]
        community.enabled.discard("message_reaction_event")
        assert {finding.severity for finding in await room.channel.check(ACCOUNT)} == {Severity.OK}
        community.enabled.discard("message_new")
        complaints = [f for f in await room.channel.check(ACCOUNT) if f.severity is Severity.WARNING]
        assert ["message_new" in complaint.says for complaint in complaints] == [True]
