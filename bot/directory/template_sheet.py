"""The sheet of templates that an operator imports: a small CSV with scope, title, text and text_tt."""

import csv
import io
from dataclasses import dataclass

from bot.domain.errors import SettingsError
from bot.domain.institution import Institution, Scope, ScopeKind, parse_scope
from bot.domain.template import LONGEST_TEXT, LONGEST_TITLE, PLACEHOLDERS, Template, unknown_placeholders

_REQUIRED = ("scope", "title", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSheet:
    """What a file holds: templates without numbers, and the rows that cannot be taken, with the reason."""

    templates: tuple[Template, ...]
    refused: tuple[tuple[int, str], ...]
    """Row number (the heading is row 1) and reason."""


def read_template_sheet(content: bytes, places: list[Institution]) -> TemplateSheet:
    """Read the sheet; raises SettingsError when it is no such sheet at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in _REQUIRED if name not in (rows.fieldnames or ())]
    if missing:
        raise SettingsError(
            f"в файле нет столбцов: {', '.join(missing)}; нужны scope, title, text и, если есть, text_tt"
        )
    found, refused = list[Template](), list[tuple[int, str]]()
    for number, row in enumerate(rows, start=2):
        try:
            found.append(_read(row, places))
        except ValueError as error:
            refused.append((number, str(error)))
    return TemplateSheet(templates=tuple(found), refused=tuple(refused))


def _read(row: dict[str, str], places: list[Institution]) -> Template:
    values = {name: (row.get(name) or "").strip() for name in (*_REQUIRED, "text_tt")}
    empty = [name for name in _REQUIRED if not values[name]]
    if empty:
        raise ValueError(f"пусто: {', '.join(empty)}")
    scope = _known(values["scope"], places)
    if len(values["title"]) > LONGEST_TITLE:
        raise ValueError(f"название длиннее {LONGEST_TITLE} знаков")
    for text in (values["text"], values["text_tt"]):
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"текст длиннее {LONGEST_TEXT} знаков")
        if unknown := unknown_placeholders(text):
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise ValueError(f"неизвестно, что подставить: {', '.join(unknown)}; можно {known}")
    return Template(id=0, scope=scope, title=values["title"], text=values["text"], text_tt=values["text_tt"])


def _known(text: str, places: list[Institution]) -> Scope:
    try:
        scope = parse_scope(text)
    except ValueError:
        raise ValueError(
            f"область «{text}» не понята; можно region, branch:…, municipality:… или institution:КОД"
        ) from None
    if scope.kind is not ScopeKind.REGION and not any(scope.covers(place) for place in places):
        raise ValueError(f"в области «{text}» нет ни одного учреждения")
    return scope
