"""Inbox, outbox, directory, people, tickets with their facts, and what the processes share."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table of the first release."""
    op.create_table(
        "administrators",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("identity", sa.Text(), nullable=False, comment="channel:user id"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_administrators"),
    )
    op.create_index("uq_administrators_identity", "administrators", ["identity"], unique=True)
    op.create_table(
        "audit",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "citizens",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("identity", sa.Text(), nullable=False, comment="channel:user id"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_citizens"),
    )
    op.create_index("uq_citizens_identity", "citizens", ["identity"], unique=True)
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "cursors",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "title", sa.Text(), server_default="", nullable=False, comment="what the messenger calls the account"
        ),
        sa.Column("address", sa.Text(), server_default="", nullable=False, comment="where citizens find it"),
        sa.PrimaryKeyConstraint("channel", "community", name="pk_cursors"),
    )
    op.create_table(
        "guesses",
        sa.Column("identity", sa.Text(), nullable=False, comment="channel:user id"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("identity", name="pk_guesses"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="sealed JSON"),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), server_default="todo", nullable=False, comment="todo, done, dead"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_dead",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_inbox_held",
        "inbox",
        ["not_before", "lane"],
        unique=False,
        sqlite_where=sa.text("state = 'todo' AND not_before IS NOT NULL"),
        postgresql_where=sa.text("state = 'todo' AND not_before IS NOT NULL"),
    )
    op.create_index(
        "ix_inbox_todo",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'todo'"),
        postgresql_where=sa.text("state = 'todo'"),
    )
    op.create_index("uq_inbox_key", "inbox", ["channel", "community", "key"], unique=True)
    op.create_table(
        "institutions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False, comment="separated by |"),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("vk_group_id", sa.Text(), nullable=False),
        sa.Column("vk_token", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("vk_secret", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("telegram_channel", sa.Text(), nullable=False),
        sa.Column("telegram_token", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("max_token", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("work_hours", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("ogrn", sa.Text(), nullable=False),
        sa.Column("inn", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="row order of the sheet"),
        sa.PrimaryKeyConstraint("code", name="pk_institutions"),
    )
    op.create_table(
        "invites",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invites"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "links",
        sa.Column("key", sa.Text(), nullable=False, comment="lane/message id"),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_links"),
    )
    op.create_index("ix_links_ticket", "links", ["ticket"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="answer, notice, card, card-edit, follow-up, reminder, press"
        ),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="sealed JSON of OutgoingMessage"),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column(
            "message", sa.BigInteger(), nullable=True, comment="the answer that this row carries, or a part of it"
        ),
        sa.Column("is_last", sa.Boolean(), nullable=False, comment="its sending completes the answer"),
        sa.Column(
            "refers_to",
            sa.BigInteger(),
            nullable=True,
            comment="the row whose sent message this one edits or replies to",
        ),
        sa.Column("state", sa.Text(), server_default="todo", nullable=False, comment="todo, sending, sent, dead"),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_id", sa.Text(), server_default="", nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index("ix_outbox_ticket", "outbox", ["ticket"], unique=False)
    op.create_index(
        "ix_outbox_held",
        "outbox",
        ["not_before", "lane"],
        unique=False,
        sqlite_where=sa.text("state = 'todo' AND not_before IS NOT NULL"),
        postgresql_where=sa.text("state = 'todo' AND not_before IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["lane"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_outbox_todo",
        "outbox",
        ["priority", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'todo'"),
        postgresql_where=sa.text("state = 'todo'"),
    )
    op.create_index(
        "ix_outbox_unfinished",
        "outbox",
        ["lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('todo', 'sending')"),
        postgresql_where=sa.text("state IN ('todo', 'sending')"),
    )
    op.create_table(
        "supervisors",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "user_id", "scope", name="pk_supervisors"),
    )
    op.create_table(
        "tickets",
        sa.Column("number", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("citizen", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("routed_by", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("first_deadline_at", MOMENT, nullable=False),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("deadline_at", MOMENT, nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("first_answered_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("ring_at", MOMENT, nullable=True),
        sa.Column("ring", sa.Text(), nullable=True),
        sa.Column("card", sa.BigInteger(), nullable=True),
        sa.Column("work_channel", sa.Text(), nullable=True),
        sa.Column("work_community", sa.Text(), nullable=True),
        sa.Column("work_chat", sa.Text(), nullable=True),
        sa.Column("first_words", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("last_citizen_at", MOMENT, nullable=False),
        sa.Column("last_answer_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["citizen"], ["citizens.id"], name="fk_tickets_citizen"),
        sa.ForeignKeyConstraint(["institution"], ["institutions.code"], name="fk_tickets_institution"),
        sa.PrimaryKeyConstraint("number", name="pk_tickets"),
    )
    op.create_index("ix_tickets_citizen", "tickets", ["citizen"], unique=False)
    op.create_index("ix_tickets_institution", "tickets", ["institution", "opened_at"], unique=False)
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at"], unique=False)
    op.create_index(
        "ix_tickets_ring_at",
        "tickets",
        ["ring_at"],
        unique=False,
        sqlite_where=sa.text("ring_at IS NOT NULL"),
        postgresql_where=sa.text("ring_at IS NOT NULL"),
    )
    op.create_table(
        "work_chats",
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("is_lost", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["institution"], ["institutions.code"], name="fk_work_chats_institution"),
        sa.PrimaryKeyConstraint("institution", name="pk_work_chats"),
    )
    op.create_index("ix_work_chats_place", "work_chats", ["channel", "community", "chat"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column("citizen", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("administrator", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="sealed JSON of text and attachments"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["citizen"], ["citizens.id"], name="fk_messages_citizen"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.number"], name="fk_messages_ticket"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index(
        "ix_messages_pending",
        "messages",
        ["citizen"],
        unique=False,
        sqlite_where=sa.text("ticket IS NULL"),
        postgresql_where=sa.text("ticket IS NULL"),
    )
    op.create_index("ix_messages_ticket", "messages", ["ticket"], unique=False)
    op.create_table(
        "ticket_events",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("administrator", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.number"], name="fk_ticket_events_ticket"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_events"),
    )
    op.create_index("ix_ticket_events_ticket", "ticket_events", ["ticket"], unique=False)
