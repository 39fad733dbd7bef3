"""`/template` keeps words for later answers, `/templates` lists what there is."""

import re
from dataclasses import replace

from bot.domain.errors import RuleError
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.template import LONGEST_TEXT, LONGEST_TITLE, PLACEHOLDERS, Template, unknown_placeholders
from handlers.asking import ask_which, chosen_here
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_TAKE_AWAY = re.compile(r"(?:delete|del|удалить|бетерергә)\s+(?:№\s*)?(\d{1,6})", re.IGNORECASE)
_WORDS_SHOWN = 60


def template_command(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Handle `/template NAME` with words on the next lines or in reply to a message, and `/template delete N`."""
    codes = chosen_here(event, desk)
    institution = desk.institution(codes[0])
    if "\n" not in argument and not _TAKE_AWAY.fullmatch(argument):
        argument = f"{argument}\n{_words_replied_to(event, desk)}"
    if len(codes) > 1 or institution is None:
        ask_which(event, desk, codes, "template", argument)
        return
    template_of(event, desk, institution, argument)


def template_of(event: MessageReceived | ButtonPressed, desk: Desk, institution: Institution, argument: str) -> None:
    """Keep or take away a template of one institution."""
    gone = _TAKE_AWAY.fullmatch(argument)
    if gone:
        _take_away(event, desk, institution, int(gone.group(1)))
        return
    title, _, words = argument.partition("\n")
    title, words = title.strip(), words.strip()
    if not title or not words:
        raise RuleError("template-how", placeholders=_placeholders())
    if len(title) > LONGEST_TITLE:
        raise RuleError("template-title-long", limit=LONGEST_TITLE)
    if len(words) > LONGEST_TEXT:
        raise RuleError("template-text-long", limit=LONGEST_TEXT)
    if unknown := unknown_placeholders(words):
        raise RuleError(
            "template-unknown", unknown=", ".join(f"{{{name}}}" for name in unknown), placeholders=_placeholders()
        )
    scope = Scope(kind=ScopeKind.INSTITUTION, name=institution.code)
    before = next((each for each in _own(desk, institution) if each.title.casefold() == title.casefold()), None)
    if before is not None:
        kept = replace(before, title=title, text=words, text_tt="")
    else:
        kept = Template(id=desk.next_template_id(), scope=scope, title=title, text=words)
    desk.keep_template(kept.id, kept)
    key = "template-kept" if before is None else "template-changed"
    _say(event, desk, desk.say(desk.rules.language, key, title=title, institution=institution.title))


def show_templates(event: MessageReceived, desk: Desk) -> None:
    """Handle `/templates`: the templates of an institution."""
    codes = chosen_here(event, desk)
    institution = desk.institution(codes[0])
    if len(codes) > 1 or institution is None:
        ask_which(event, desk, codes, "templates")
        return
    templates_of(event, desk, institution)


def templates_of(event: MessageReceived | ButtonPressed, desk: Desk, institution: Institution) -> None:
    """List the templates with the numbers by which they are taken away."""
    language = desk.rules.language
    lines = []
    for number, template in enumerate(desk.registry.templates_for(institution), start=1):
        words = " ".join(template.text.split())
        words = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
        key = "template-line" if template.scope.kind is ScopeKind.INSTITUTION else "template-line-shared"
        lines.append(desk.say(language, key, number=number, title=template.title, words=words))
    head = desk.say(language, "templates-head" if lines else "templates-none", institution=institution.title)
    _say(event, desk, "\n".join([head, *lines]))


def _take_away(event: MessageReceived | ButtonPressed, desk: Desk, institution: Institution, number: int) -> None:
    known = desk.registry.templates_for(institution)
    if not 0 < number <= len(known):
        raise RuleError("template-no-number")
    template = known[number - 1]
    if template.scope.kind is not ScopeKind.INSTITUTION:
        raise RuleError("template-shared", title=template.title)
    desk.keep_template(template.id, None)
    _say(event, desk, desk.say(desk.rules.language, "template-gone", title=template.title))


def _own(desk: Desk, institution: Institution) -> list[Template]:
    return [each for each in desk.registry.templates_for(institution) if each.scope.kind is ScopeKind.INSTITUTION]


def _words_replied_to(event: MessageReceived, desk: Desk) -> str:
    said = desk.said(event.place, event.reply_to) if event.reply_to else None
    return (said.text if said is not None else event.quote).strip()


def _placeholders() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def _say(event: MessageReceived | ButtonPressed, desk: Desk, text: str) -> None:
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
