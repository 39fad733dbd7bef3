"""What honest times and reports need: calendars, policies, measured times, subscriptions, pages, results."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns, each with what older rows mean by it, and new tables."""
    _extend_tickets()
    op.create_table(
        "calendar_versions",
        sa.Column("name", sa.Text(), comment="ru, ru-ta, a file of the operator's", nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON as in the calendar's file"),
        sa.PrimaryKeyConstraint("name", "recorded_at", name="pk_calendar_versions"),
    )
    op.create_table(
        "hours_versions",
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("work_hours", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution"], ["institutions.code"], name="fk_hours_versions_institution_institutions"
        ),
        sa.PrimaryKeyConstraint("institution", "recorded_at", name="pk_hours_versions"),
    )
    op.create_table(
        "closed_days",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False, comment="region, branch:…, municipality:… or institution:…"),
        sa.Column("first", sa.Text(), nullable=False, comment="YYYY-MM-DD"),
        sa.Column("last", sa.Text(), nullable=False, comment="YYYY-MM-DD"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_closed_days"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "policies",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False, comment="region, branch:…, municipality:… or institution:…"),
        sa.Column("topic", sa.Text(), nullable=False, comment="the topic's key, empty for all"),
        sa.Column("effective_at", MOMENT, nullable=False),
        sa.Column("terms", sa.Text(), nullable=False, comment="JSON: only what differs from the wider rule"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_policies"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ticket_times",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False, comment="bits: question, answered, in time … (bot/reports)"),
        sa.Column("excused", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer()),
        sa.Column("administrator", sa.BigInteger(), comment="who gave the first answer"),
        sa.Column("deadline_at", MOMENT, comment="of a first answer that is not there: overdue follows from it"),
        sa.Column("waiting_since", MOMENT),
        sa.Column("resolve_by_at", MOMENT, comment="of an end that is not there"),
        sa.Column("first_seconds", sa.Float()),
        sa.Column("working_seconds", sa.Float()),
        sa.Column("resolution_seconds", sa.Float()),
        sa.Column("later", sa.Text(), comment="JSON of later answers: administrator, seconds"),
        sa.Column("holders", sa.Text(), comment="JSON, only of transferred tickets: institution, seconds, given away"),
        sa.PrimaryKeyConstraint("ticket", name="pk_ticket_times"),
    )
    op.create_index("ix_ticket_times_opened_at", "ticket_times", ["opened_at"])
    op.create_index("ix_ticket_times_institution", "ticket_times", ["institution", "opened_at"])
    waits = sa.text("waiting_since IS NOT NULL")
    op.create_index(
        "ix_ticket_times_waiting_since", "ticket_times", ["waiting_since"], sqlite_where=waits, postgresql_where=waits
    )
    is_given = sa.text("holders IS NOT NULL")
    op.create_index(
        "ix_ticket_times_transferred", "ticket_times", ["opened_at"], sqlite_where=is_given, postgresql_where=is_given
    )
    op.create_table(
        "aggregates",
        sa.Column(
            "span", sa.Text(), comment="2026-10-31, 2026-10 or 2026, in the zone of the settings", nullable=False
        ),
        sa.Column("scope", sa.Text(), comment="of whose tickets", nullable=False),
        sa.Column("cut", sa.Text(), comment="channel, topic, administrator … empty for all", nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=False, comment="counts and log-histograms (bot/reports)"),
        sa.PrimaryKeyConstraint("span", "scope", "cut", "value", name="pk_aggregates"),
    )
    op.create_table(
        "outages",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, comment="the latest moment at which it went on, while it does"),
        sa.PrimaryKeyConstraint("id", name="pk_outages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outages_began_at", "outages", ["began_at"])
    op.create_table(
        "subscriptions",
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("every", sa.Text(), comment="day, week or month", nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subscribed_by", sa.Text(), nullable=False, comment="channel:user id"),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("lane", "scope", "every", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_due_at", "subscriptions", ["due_at"])
    op.create_table(
        "made_files",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_made_files"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_made_files_made_at", "made_files", ["made_at"])
    op.create_table(
        "page_keys",
        sa.Column("key_hash", sa.Text(), comment="of a one-time link, or of a session's cookie", nullable=False),
        sa.Column("is_session", sa.Boolean(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False, comment="the supervisor's channel:user id"),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column(
            "used_at", MOMENT, comment="since when it opens nothing more: a link was used, a session got a new cookie"
        ),
        sa.PrimaryKeyConstraint("key_hash", name="pk_page_keys"),
    )
    op.create_index("ix_page_keys_expires_at", "page_keys", ["expires_at"])
    op.create_index("ix_page_keys_identity", "page_keys", ["identity"])
    op.create_table(
        "results",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False, comment="YYYY-MM-DD"),
        sa.Column("last", sa.Text(), nullable=False, comment="YYYY-MM-DD"),
        sa.Column(
            "content",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed: what everybody may see, and its people, both JSON",
        ),
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 of what everybody may see"),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("frozen_by", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, comment="since when everybody may read the list of institutions"),
        sa.PrimaryKeyConstraint("id", name="pk_results"),
        sqlite_autoincrement=True,
    )


def _extend_tickets() -> None:
    limit = "the policy's limit in wall time for the first answer"
    op.add_column("tickets", sa.Column("hard_limit_at", MOMENT, comment=limit))
    resolved = "until when the policy wants a final answer or an end"
    op.add_column("tickets", sa.Column("resolve_by_at", MOMENT, comment=resolved))
    op.add_column(
        "tickets", sa.Column("interim_at", MOMENT, comment="when the latest answer was marked as not the final one")
    )
    warned = "how far the present wait was told of"
    op.add_column("tickets", sa.Column("warned", sa.Integer(), nullable=False, server_default="0", comment=warned))
    warned = "the same for the final answer"
    op.add_column(
        "tickets", sa.Column("solve_warned", sa.Integer(), nullable=False, server_default="0", comment=warned)
    )
    urgent = "its words speak of an emergency"
    op.add_column(
        "tickets", sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=sa.false(), comment=urgent)
    )
    # What was told before the upgrade is not told again.
    op.execute("UPDATE tickets SET warned = 100 WHERE ring = 'escalation'")
    op.execute("UPDATE tickets SET warned = 101 WHERE ring IS NULL AND waiting_since IS NOT NULL")
    interim = "an answer that is not the final one"
    op.add_column(
        "messages", sa.Column("is_interim", sa.Boolean(), nullable=False, server_default=sa.false(), comment=interim)
    )
    op.add_column("work_chats", sa.Column("reminded_at", MOMENT, comment="when it was last reminded of what waits"))
    op.add_column("tickets", sa.Column("duplicate_of", sa.BigInteger(), comment="the ticket that asks the same"))
    is_set = sa.text("duplicate_of IS NOT NULL")
    op.create_index(
        "ix_tickets_duplicate_of", "tickets", ["duplicate_of"], sqlite_where=is_set, postgresql_where=is_set
    )
    others = "other citizens' tickets that ask the same"
    op.add_column("tickets", sa.Column("repeats", sa.Integer(), nullable=False, server_default="0", comment=others))
    measured = "ticket_times is up to date; NULL: under way"
    op.add_column("tickets", sa.Column("is_measured", sa.Boolean(), server_default=sa.false(), comment=measured))
    op.create_index(
        "ix_tickets_unmeasured",
        "tickets",
        ["number"],
        sqlite_where=sa.text("is_measured IS NOT 1"),
        postgresql_where=sa.text("is_measured IS NOT true"),
    )
