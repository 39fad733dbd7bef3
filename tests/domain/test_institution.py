"""Scopes: how they are written and whom they cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.institution import Institution, Scope, ScopeKind, parse_scope

SCHOOL = Institution(code="school-12", name="Школа № 12", branch="Образование", municipality="Казань")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("region", Scope(kind=ScopeKind.REGION)),
        (" REGION ", Scope(kind=ScopeKind.REGION)),
        ("branch:Образование", Scope(kind=ScopeKind.BRANCH, name="Образование")),
        ("municipality: Арский район ", Scope(kind=ScopeKind.MUNICIPALITY, name="Арский район")),
        ("institution:school-12", Scope(kind=ScopeKind.INSTITUTION, name="school-12")),
        # A name may hold a colon.
        ("branch:ЖКХ: дома", Scope(kind=ScopeKind.BRANCH, name="ЖКХ: дома")),
    ],
)
def test_scopes_as_people_write_them(text: str, scope: Scope) -> None:
    assert parse_scope(text) == scope


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "unknown scope"),
        ("district:Казань", "use region, branch:NAME"),
        ("Казань", "unknown scope"),
        ("branch", "a name after the colon"),
        ("branch: ", "a name after the colon"),
        ("region:Татарстан", "needs no name"),
    ],
)
def test_a_wrong_scope_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_scope(text)


NAMES = st.text(min_size=1).filter(lambda name: name == name.strip() != "")
SCOPES = st.one_of(
    st.just(Scope(kind=ScopeKind.REGION)),
    st.builds(Scope, kind=st.sampled_from([kind for kind in ScopeKind if kind is not ScopeKind.REGION]), name=NAMES),
)


@given(scope=SCOPES)
def test_a_written_scope_is_read_back(scope: Scope) -> None:
    assert parse_scope(str(scope)) == scope


@pytest.mark.parametrize(
    ("scope", "covers"),
    [
        ("region", True),
        ("branch:Образование", True),
        ("branch:Культура", False),
        ("municipality:Казань", True),
        ("municipality:Арский район", False),
        ("institution:school-12", True),
        ("institution:school-1", False),
    ],
)
def test_whom_a_scope_covers(scope: str, covers: bool) -> None:
    assert parse_scope(scope).covers(SCHOOL) is covers


def test_people_read_the_short_name_if_there_is_one() -> None:
    assert SCHOOL.title == "Школа № 12"
    short = Institution(code="a", name="МБОУ «Школа № 12»", short_name="Школа 12", branch="x", municipality="y")
    assert short.title == "Школа 12"


def test_secrets_are_not_shown() -> None:
    secret = Institution(
        code="a", name="A", branch="x", municipality="y", vk_token="vk1.a.SECRET", telegram_token="1:SECRET"
    )
    assert "SECRET" not in repr(secret)
