"""Files that a command writes appear whole or not at all."""

import os
import secrets
from pathlib import Path

from bot.domain.errors import SettingsError


def write_file(path: Path, content: bytes) -> None:
    """Write beside the target and rename. Raises SettingsError."""
    try:
        if path.is_dir():
            raise SettingsError(f"{path}: это папка, а нужен файл")
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        if path.exists() and not path.is_file():
            # A device or a pipe cannot be replaced; it is written to.
            path.write_bytes(content)
            return
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "недопустимое имя"
        raise SettingsError(f"{path}: файл не записан ({reason}); проверьте место на диске и права") from error
