"""Somebody likes or dislikes a post: it is counted, and the institution hears when a post turns negative.

Only reactions to what an institution has published count. Those to comments and to messages say something of other
people's words, and are nobody's figure.
"""

from dataclasses import replace

from bot.domain.event import ReactionChanged, ReactionsCounted
from bot.domain.institution import Institution
from bot.domain.reaction import Post, Sentiment, negative_of
from handlers.desk import Desk
from storage.outbox import OutboxKind
from storage.registry import Registry

_SHOWN = 5


def reaction_changed(event: ReactionChanged, desk: Desk) -> None:
    """Count what one person put or took away."""
    before = _post(event, desk)
    if before is not None:
        day = event.changed_at.astimezone(desk.rules.zone).date()
        _keep(desk, before, before.changed(before=event.before, after=event.after, day=day))


def reactions_counted(event: ReactionsCounted, desk: Desk) -> None:
    """Count what a messenger tells without names."""
    before = _post(event, desk)
    if before is not None:
        _keep(desk, before, before.counted(event.totals, event.counted_at.astimezone(desk.rules.zone).date()))


def post_key(event: ReactionChanged | ReactionsCounted, registry: Registry) -> str | None:
    """Return the name of the post that was reacted to; None for everything that does not count."""
    if _institution(event, registry) is None:
        return None
    place = event.place
    if place.is_comments:
        return f"{place.channel}:{place.chat}" if not event.message_id else None
    # The same post also stands in the channel's discussion group; it is counted where it was published.
    is_published_here = place.chat in event.sources
    return f"{place.channel}:{place.chat}/{event.message_id}" if is_published_here and event.message_id else None


def _institution(event: ReactionChanged | ReactionsCounted, registry: Registry) -> Institution | None:
    if event.place.is_comments:
        return registry.institution_of(event.place)
    return registry.institution_of_sources(event.sources)


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
