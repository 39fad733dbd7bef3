"""Rules of the house that no linter knows."""

import ast
import re
from typing import get_args

from bot.domain.event import Event
from bot.domain.own_event import ReportDue
from handlers.contents import HANDLERS
from tests.house.sources import ROOT, modules, tracked_files

CATCHES_EVERYTHING = {
    "bot/delivery/desk.py": "one event's bug must not stop the others",
    "bot/delivery/reporter.py": "one report's bug must not stop the others, and whoever asked is told",
    "bot/delivery/sender.py": "one message's bug must not stop its lane",
    "bot/cli/program.py": "an operator reads a line, never a traceback",
    "bot/delivery/listeners.py": "one community's bug must not stop the others",
}
WITH_CONTENT = {"bot/texts/__init__.py", "bot/cli/__init__.py"}
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "proxy.golang" + ".org"]


def test_every_event_has_a_handler() -> None:
    # A report takes long and is worked out aside from the desk (bot.delivery.reporter).
    assert set(get_args(Event)) - {ReportDue} == HANDLERS.keys()


def test_everything_is_caught_only_where_the_design_says_so() -> None:
    found = {
        str(file.relative_to(ROOT))
        for file, tree in modules("bot", "handlers", "storage")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and isinstance(node.type, ast.Name)
        and node.type.id == "Exception"
        and not isinstance(node.body[-1], ast.Raise)
    }
    assert found <= CATCHES_EVERYTHING.keys()


def test_packages_hold_nothing_but_modules() -> None:
    for file, tree in modules("bot", "handlers", "storage"):
        name = str(file.relative_to(ROOT))
        if file.name == "__init__.py" and name not in WITH_CONTENT:
            assert all(isinstance(node, ast.Expr) for node in tree.body), name


def test_nothing_names_a_package_registry() -> None:
    for file in tracked_files():
        content = file.read_bytes().decode(errors="replace").lower()
        assert not [host for host in HOSTS if host in content], file


def test_every_pinned_package_has_its_hash_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        content = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in content
        assert "--index" not in content
        entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", content, flags=re.MULTILINE).strip())
        assert entries
        for entry in entries:
            assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==", entry), entry
            assert "--hash=sha256:" in entry, entry
