"""Who gave a command, for the audit log."""

import getpass


def operator() -> str:
    """Return the operator's account on this machine; a container may have none."""
    try:
        return f"operator {getpass.getuser()}"
    except (KeyError, OSError):
        return "operator"
