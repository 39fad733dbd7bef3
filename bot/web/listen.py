"""Where the server listens: the one place that reads `HOST:PORT`."""

from dataclasses import dataclass

from bot.domain.errors import SettingsError

SETTING = "OTKLIK_HTTP_LISTEN"
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """A host name or address and a port; port 0 lets the system choose one."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104 - read only
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_listen(text: str) -> Listen:
    """Read `127.0.0.1:8080`, `localhost:80` or `[::1]:8080`; raises SettingsError with one line for the operator."""
    host, colon, port = text.strip().rpartition(":")
    is_bracketed = host.startswith("[") and host.endswith("]")
    host = host[1:-1] if is_bracketed else host
    is_port = port.isascii() and port.isdecimal() and int(port) <= _HIGHEST_PORT
    if not colon or not host or not is_port or (":" in host and not is_bracketed):
        raise SettingsError(
            f"{SETTING}: «{text}» – не адрес. Укажите адрес и порт через двоеточие, например 127.0.0.1:8080."
        )
    return Listen(host=host, port=int(port))
