"""Invitation codes: `/bind` makes a group a work chat, `/join` gives a person a scope. Guessing is slowed down."""

from datetime import timedelta

from bot.domain.errors import RuleError
from bot.domain.event import MessageReceived
from bot.domain.institution import Invite, InviteRole, Supervisor, WorkChat
from bot.domain.own_event import WorkChatBound
from handlers.desk import Desk
from storage.invites import normalise_code
from storage.outbox_row import OutboxKind
from storage.working_set import Guesses

FREE_GUESSES = 5
FIRST_BLOCK = timedelta(minutes=10)
LONGEST_BLOCK = timedelta(days=1)


def bind_chat(event: MessageReceived, desk: Desk, typed: str) -> None:
    """Make this group the work chat of the institution that the code names."""
    invite = _spend(event, desk, typed, InviteRole.ADMINISTRATOR)
    if invite is None:
        return
    institution = desk.institution(invite.scope.name)
    if institution is None:
        raise RuleError("code-wrong")
    before = desk.work_chat(institution.code)
    desk.keep_work_chat(
        WorkChat(
            place=event.place,
            institution=institution.code,
            title=event.chat_title,
            bound_at=desk.now,
            is_forum=event.is_forum,
        )
    )
    language = desk.rules.language
    text = desk.say(language, "chat-bound", institution=institution.title)
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)
    if before is not None and before.place != event.place:
        desk.send(before.place, OutboxKind.NOTICE, desk.say(language, "chat-replaced", institution=institution.title))
    key = f"bound:{institution.code}:{event.place.lane}:{event.message_id}"
    desk.do_aside(WorkChatBound(institution=institution.code), key=key)


def join_scope(event: MessageReceived, desk: Desk, typed: str) -> None:
    """Give this person the scope that the code names."""
    invite = _spend(event, desk, typed, InviteRole.SUPERVISOR)
    if invite is None:
        return
    desk.keep_supervisor(
        Supervisor(
            channel=event.sender.channel,
            user_id=event.sender.user_id,
            place=event.place,
            scope=invite.scope,
            joined_at=desk.now,
        )
    )
    language = desk.rules.language
    institution = desk.institution(invite.scope.name)
    name = institution.title if institution is not None else invite.scope.name
    scope = desk.say(language, f"report-scope-{invite.scope.kind.value}", name=name)
    desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "supervisor-joined", scope=scope))


def _spend(event: MessageReceived, desk: Desk, typed: str, role: InviteRole) -> Invite | None:
    """Use up the code, or tell why it does not serve; wrong codes are counted and soon no more are heard."""
    language = desk.rules.language

    def tell(key: str, **arguments: int) -> None:
        desk.send(event.place, OutboxKind.NOTICE, desk.say(language, key, **arguments), reply_to=event.message_id)

    guesses = desk.guesses(event.sender)
    if guesses.failures >= FREE_GUESSES and guesses.blocked_until > desk.now:
        tell("code-blocked", minutes=int((guesses.blocked_until - desk.now).total_seconds() // 60) + 1)
        return None
    code = normalise_code(typed)
    if not code:
        tell(f"code-missing-{role.value}")
        return None
    invite = desk.invite(code)
    if invite is None or invite.role is not role:
        desk.keep_guesses(_one_more(guesses, desk))
        tell("code-wrong")
        return None
    if invite.used_at is not None or invite.expires_at <= desk.now:
        tell("code-used" if invite.used_at is not None else "code-expired")
        return None
    desk.use_invite(code, invite)
    return invite


def _one_more(guesses: Guesses, desk: Desk) -> Guesses:
    failures = guesses.failures + 1
    over = max(failures - FREE_GUESSES, 0)
    pause = min(FIRST_BLOCK * 2 ** min(over, 16), LONGEST_BLOCK)
    return Guesses(identity=guesses.identity, failures=failures, blocked_until=desk.now + pause)
