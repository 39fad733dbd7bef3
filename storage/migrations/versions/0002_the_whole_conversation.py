"""What a conversation needs besides plain questions: topics, transfers, grades, edits, and what is held for later."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns, each with what older rows mean by it, and new tables."""
    _add("work_chats", _flag("is_forum", comment="each ticket has its own topic"))
    _add("work_chats", _flag("may_not_make_topics", comment="the bot lacks the right"))
    _add(
        "work_chats",
        sa.Column("gathered", sa.BigInteger(), comment="the outbox row that says how many cards are still to come"),
    )
    _add("citizens", sa.Column("consented_at", MOMENT))
    _add("citizens", _words("recent", comment="institution codes, separated by |"))
    _add("citizens", _words("forbids", comment="communities that may not write, separated by |"))
    _add("citizens", _flag("has_chosen_language"))
    _add("tickets", _words("language"))
    _add("tickets", _words("topic"))
    _add("tickets", sa.Column("topic_confidence", sa.Float()))
    _add("tickets", sa.Column("transfers", sa.Integer(), nullable=False, server_default="0"))
    _add("tickets", sa.Column("incident", sa.BigInteger()))
    _add("tickets", _words("work_thread"))
    _add("tickets", _words("thread_shows"))
    _add("tickets", sa.Column("grade", sa.Integer()))
    _add("tickets", sa.Column("is_solved", sa.Boolean()))
    _add("tickets", sa.Column("grade_asked_at", MOMENT))
    _add("tickets", sa.Column("minute_full_at", MOMENT))
    _add("tickets", sa.Column("hour_full_at", MOMENT))
    gathered = "the first message of a flood, shown later in one piece"
    _add("tickets", sa.Column("gathered_from", sa.BigInteger(), comment=gathered))
    _add("tickets", sa.Column("taken_at", MOMENT))
    _add("tickets", _words("came_to", comment="institution before any transfer"))
    op.create_index(
        "ix_tickets_transferred",
        "tickets",
        ["opened_at", "number"],
        sqlite_where=sa.text("transfers > 0"),
        postgresql_where=sa.text("transfers > 0"),
    )
    op.create_index(
        "ix_tickets_came_to",
        "tickets",
        ["came_to", "number"],
        sqlite_where=sa.text("came_to <> ''"),
        postgresql_where=sa.text("came_to <> ''"),
    )
    _add(
        "tickets",
        sa.Column("cleared", sa.Integer(), nullable=False, server_default="0", comment="1 files, 2 words and files"),
    )
    op.create_index(
        "ix_tickets_closed_at",
        "tickets",
        ["closed_at"],
        sqlite_where=sa.text("closed_at IS NOT NULL AND cleared < 2"),
        postgresql_where=sa.text("closed_at IS NOT NULL AND cleared < 2"),
    )
    _add("messages", sa.Column("edit_of", sa.BigInteger()))
    _add("ticket_events", _words("detail", comment="what the kind needs"))
    _add("links", sa.Column("message", sa.BigInteger(), comment="what a person said, our id"))
    op.create_table(
        "held_events",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="what they wait for"),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="sealed JSON of the event"),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_held_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_held_events_key", "held_events", ["key", "id"])
    op.create_index(
        "ix_tickets_incident",
        "tickets",
        ["incident", "number"],
        sqlite_where=sa.text("incident IS NOT NULL"),
        postgresql_where=sa.text("incident IS NOT NULL"),
    )
    op.create_table(
        "incidents",
        sa.Column("number", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("matter", sa.LargeBinary(), comment="sealed"),
        sa.Column("answer", sa.LargeBinary(), comment="sealed"),
        sa.Column("draft", sa.LargeBinary(), comment="sealed"),
        sa.Column("drafted_by", sa.BigInteger()),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.BigInteger()),
        sa.Column("reminded_at", MOMENT),
        sa.Column("escalated_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("card", sa.BigInteger()),
        sa.ForeignKeyConstraint(["institution"], ["institutions.code"], name="fk_incidents_institution_institutions"),
        sa.PrimaryKeyConstraint("number", name="pk_incidents"),
    )
    op.create_index(
        "ix_incidents_open",
        "incidents",
        ["institution"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_incidents_opened_at", "incidents", ["opened_at"])
    _add("administrators", sa.Column("acted_at", MOMENT, comment="to about a day"))
    op.create_index("ix_administrators_institution", "administrators", ["institution"])
    op.create_table(
        "absences",
        sa.Column("administrator", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False, comment="YYYY-MM-DD"),
        sa.Column("until", sa.Text(), nullable=False, comment="YYYY-MM-DD"),
        sa.Column("deputy", sa.BigInteger()),
        sa.PrimaryKeyConstraint("administrator", name="pk_absences"),
    )
    op.create_table(
        "templates",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False, comment="region, branch:…, municipality:… or institution:…"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("text_tt", sa.LargeBinary(), comment="sealed"),
        sa.PrimaryKeyConstraint("id", name="pk_templates"),
    )
    op.create_table(
        "legal_rules",
        sa.Column("kind", sa.Text(), nullable=False, comment="kind of institution"),
        sa.Column("mode", sa.Text(), nullable=False, comment="what Telegram may be used for"),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_legal_rules"),
    )
    is_coming = sa.text("card IS NULL AND work_chat IS NOT NULL")
    op.create_index(
        "ix_tickets_coming",
        "tickets",
        ["institution", "number"],
        sqlite_where=is_coming,
        postgresql_where=is_coming,
    )
    op.create_table(
        "posts",
        sa.Column("key", sa.Text(), nullable=False, comment="vk:wall-77_5, telegram:wall-1001_57"),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("told_at", MOMENT, comment="when the work chat was last told that it turned negative"),
        sa.ForeignKeyConstraint(["institution"], ["institutions.code"], name="fk_posts_institution"),
        sa.PrimaryKeyConstraint("key", name="pk_posts"),
    )
    op.create_table(
        "reactions",
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False, comment="2026-11-24, in the zone of the settings"),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False, comment="put on that day and still there"),
        sa.ForeignKeyConstraint(["post"], ["posts.key"], name="fk_reactions_post"),
        sa.PrimaryKeyConstraint("post", "day", "reaction", name="pk_reactions"),
    )
    op.create_index("ix_reactions_day", "reactions", ["day"])
    # Who holds a ticket first was not kept before there were transfers: it is who holds it now.
    op.execute(
        "UPDATE ticket_events SET detail = "
        "(SELECT institution FROM tickets WHERE tickets.number = ticket_events.ticket) WHERE kind = 'opened'"
    )


def _add(table: str, column: "sa.Column[Any]") -> None:
    op.add_column(table, column)


def _words(name: str, comment: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment)


def _flag(name: str, comment: str | None = None) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment)
