"""`HOST:PORT` is read in one place, and whatever is not one is said in a line."""

import pytest

from bot.domain.errors import SettingsError
from bot.web.listen import Listen, parse_listen


@pytest.mark.parametrize(
    ("text", "host", "port", "url"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080, "http://127.0.0.1:8080"),
        (" localhost:0 ", "localhost", 0, "http://localhost:0"),
        ("[::1]:80", "::1", 80, "http://[::1]:80"),
        ("0.0.0.0:8080", "0.0.0.0", 8080, "http://127.0.0.1:8080"),  # everywhere is nowhere for a browser
        ("[::]:65535", "::", 65535, "http://[::1]:65535"),
    ],
)
def test_an_address_is_host_and_port(text, host, port, url):
    listen = parse_listen(text)
    assert listen == Listen(host=host, port=port)
    assert listen.url == url
    assert str(listen) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "8080", ":8080", "127.0.0.1", "localhost:", "localhost:http", "a:-1", "a:65536", "a:٣", "::1:80", "a:1.5"],
)
def test_anything_else_is_refused_by_the_settings_name(text):
    with pytest.raises(SettingsError, match=r"^OTKLIK_HTTP_LISTEN: .*127\.0\.0\.1:8080\.$"):
        parse_listen(text)
