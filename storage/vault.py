"""Encryption at rest: AES-256-GCM for tokens, words and names; HMAC for codes that are only ever compared."""

import base64
import binascii
import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import SettingsError, StorageError

KEY_BYTES = 32
_NONCE_BYTES = 12
_NONCES_AT_ONCE = 256
_VERSION = b"\x01"


class Vault:
    """Seals and opens with one key. Layout of a sealed value: version byte, 12 bytes nonce, ciphertext with its tag."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise SettingsError(f"OTKLIK_SECRET_KEY: нужен ключ из {KEY_BYTES} байт в base64")
        self._cipher = AESGCM(key)
        self._nonces = b""
        self._used = 0
        self._code_key = hmac.digest(key, b"otklik codes", "sha256")

    def seal(self, plain: bytes) -> bytes:
        """Encrypt; the same value is sealed differently each time."""
        if self._used == len(self._nonces):
            # Asking the system for each nonce alone costs more than the encryption.
            self._nonces, self._used = os.urandom(_NONCE_BYTES * _NONCES_AT_ONCE), 0
        nonce = self._nonces[self._used : self._used + _NONCE_BYTES]
        self._used += _NONCE_BYTES
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt; raises StorageError when the key is not the one it was sealed with."""
        try:
            return self._cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], None)
        except (InvalidTag, ValueError):
            raise StorageError(
                "данные зашифрованы другим ключом: верните прежний OTKLIK_SECRET_KEY или файл secret.key"
            ) from None

    def seal_text(self, text: str) -> bytes | None:
        """Encrypt a text; an empty one stays empty."""
        return self.seal(text.encode()) if text else None

    def open_text(self, sealed: bytes | None) -> str:
        """Decrypt a text."""
        return self.open(sealed).decode() if sealed else ""

    def fingerprint(self, code: str) -> str:
        """Return the keyed hash under which a secret code is kept."""
        return hmac.new(self._code_key, code.encode(), sha256).hexdigest()


def read_or_make_key(setting: str, file: Path) -> bytes:
    """Return the key from the setting (base64), else from `file`, which is made (mode 0600) when absent.

    Raises SettingsError when the setting or the file holds no such key.
    """
    if setting:
        return _decode(setting, "OTKLIK_SECRET_KEY")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_once(file, base64.b64encode(os.urandom(KEY_BYTES)))
    return _decode(file.read_text(encoding="ascii", errors="replace"), str(file))


def _write_once(file: Path, content: bytes) -> None:
    """Create the file whole or not at all; a process that comes second keeps the first one's."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _decode(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{where}: нужен ключ из {KEY_BYTES} байт в base64 (например, openssl rand -base64 32)")
    return key
