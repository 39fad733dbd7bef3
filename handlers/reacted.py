"""Somebody likes or dislikes a post: it is counted, and the institution hears when a post turns negative.

Only reactions to what an institution has published count. Those to comments say something of other people's words, and
are nobody's figure; those to an answer are shown in the work chat.
"""

from dataclasses import replace

from bot.domain.event import ReactionChanged, ReactionsCounted
from bot.domain.institution import Institution
from bot.domain.reaction import Post, Sentiment, negative_of
from bot.domain.ticket import MessageKind
from handlers.card import tell_work_chat
from handlers.desk import Desk
from storage.outbox_row import OutboxKind
from storage.registry import Registry

_SHOWN = 5


def reaction_changed(event: ReactionChanged, desk: Desk) -> None:
    """Count what one person put or took away."""
    if is_of_words(event):
        _tell_of_answer(event, desk)
        return
    before = _post(event, desk)
    if before is not None:
        day = event.changed_at.astimezone(desk.rules.zone).date()
        _keep(desk, before, before.changed(before=event.before, after=event.after, day=day))


def reactions_counted(event: ReactionsCounted, desk: Desk) -> None:
    """Count what a messenger tells without names."""
    before = _post(event, desk)
    if before is not None:
        _keep(desk, before, before.counted(event.totals, event.counted_at.astimezone(desk.rules.zone).date()))


def is_of_words(event: ReactionChanged) -> bool:
    """Tell whether somebody reacted to a message in their own dialogue."""
    return bool(event.message_id) and not event.place.is_comments and not event.place.is_group


def post_key(event: ReactionChanged | ReactionsCounted, registry: Registry) -> str | None:
    """Return the name of the post that was reacted to; None for everything that does not count."""
    if _institution(event, registry) is None:
        return None
    # Without the community: two bots in one channel tell of the same post.
    is_post = event.place.is_comments and not event.message_id
    return f"{event.place.channel}:{event.place.chat}" if is_post else None


def _tell_of_answer(event: ReactionChanged, desk: Desk) -> None:
    """Let the work chat see what the citizen thinks of an answer; it changes neither times nor states."""
    answer = desk.said(event.place, event.message_id)
    ticket = desk.linked_ticket(event.place, event.message_id)
    new = [reaction for reaction in event.after if reaction not in event.before]
    if answer is None or ticket is None or answer.kind is not MessageKind.ANSWER or not new:
        return
    text = desk.say(desk.rules.language, "answer-reacted", number=ticket.number, reactions=" ".join(new))
    tell_work_chat(desk, ticket, text)


def _institution(event: ReactionChanged | ReactionsCounted, registry: Registry) -> Institution | None:
    if event.sources:
        return registry.institution_of_sources(event.sources)
    return registry.institution_of(event.place)


def _post(event: ReactionChanged | ReactionsCounted, desk: Desk) -> Post | None:
    key, institution = post_key(event, desk.registry), _institution(event, desk.registry)
    if key is None or institution is None:
        return None
    known = desk.post(key) or Post(key=key, institution=institution.code, channel=event.place.channel)
    return replace(known, institution=institution.code, link=event.link or known.link)


def _keep(desk: Desk, before: Post, after: Post) -> None:
    if not after.touched:
        return
    if desk.rules.negative.is_met(before, after, desk.rules.sentiments, now=desk.now) and _tell(desk, after):
        after = replace(after, told_at=desk.now)
    desk.keep_post(after)


def _tell(desk: Desk, post: Post) -> bool:
    chat = desk.work_chat(post.institution)
    institution = desk.institution(post.institution)
    if chat is None or institution is None:
        return False
    negative, total = negative_of(post, desk.rules.sentiments)
    language = desk.rules.language
    text = desk.say(
        language,
        "post-turned-negative",
        institution=institution.title,
        negative=negative,
        total=total,
        reactions=_in_words(desk, post),
        hours=max(round(desk.rules.negative.quiet.total_seconds() / 3600), 1),
    )
    desk.send(chat.place, OutboxKind.NOTICE, "\n".join(part for part in (text, post.link) if part))
    return True


def _in_words(desk: Desk, post: Post) -> str:
    bad = [
        (count, name) for name, count in post.totals().items() if desk.rules.sentiments.of(name) is Sentiment.NEGATIVE
    ]
    return ", ".join(f"{name} {count}" for count, name in sorted(bad, key=lambda each: (-each[0], each[1]))[:_SHOWN])
