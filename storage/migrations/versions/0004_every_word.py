"""What it takes that every word reaches the right reader."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_UNFINISHED = "state IN ('todo', 'sending')"


def upgrade() -> None:
    """Add columns and tables, each with what older rows mean by it."""
    _extend_for_routing()
    _know_rooms()
    _extend_for_courtesies()
    _links()
    _notes()
    _know_closed_institutions()
    _extend_waits()
    _measure_anew()
    _extend_for_cards()
    _know_who_acts_where()


def _extend_for_routing() -> None:
    """Remember what citizens were shown last, who got a ticket when, and which words were moved."""
    shown = "JSON: what was shown last in each conversation"
    op.add_column("citizens", sa.Column("shown", sa.Text(), nullable=False, server_default="", comment=shown))
    given = "when the present holder got it from another institution"
    op.add_column("tickets", sa.Column("given_at", MOMENT, comment=given))
    op.execute(
        "UPDATE tickets SET given_at = (SELECT max(at) FROM ticket_events"
        " WHERE ticket_events.ticket = tickets.number AND ticket_events.kind = 'transferred') WHERE transfers > 0"
    )
    op.add_column("tickets", sa.Column("follows", sa.BigInteger(), comment="the ended ticket whose words it answers"))
    moved = "when the citizen moved the words here from another ticket"
    op.add_column("messages", sa.Column("moved_at", MOMENT, comment=moved))


def _know_rooms() -> None:
    told = "when the supervisors were last told that it is lost"
    op.add_column("work_chats", sa.Column("lost_at", MOMENT, comment=told))
    op.create_table(
        "presses",
        sa.Column(
            "token", sa.Text(), nullable=False, comment="what a button carries in place of an action that is too long"
        ),
        sa.Column("action", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_presses"),
    )
    is_held = sa.text("delivery = 'held'")
    op.create_index("ix_messages_held", "messages", ["ticket"], sqlite_where=is_held, postgresql_where=is_held)
    comment = "whose pace counts; empty: no message"
    op.add_column("outbox", sa.Column("room", sa.Text(), nullable=False, server_default="", comment=comment))
    is_unfinished = sa.text(IS_UNFINISHED)
    op.create_index("ix_outbox_room", "outbox", ["room"], sqlite_where=is_unfinished, postgresql_where=is_unfinished)
    # What waits keeps its lane. Comments under Telegram's posts stay without a room: they drain by their lanes alone.
    op.execute(
        "UPDATE outbox SET room = channel || ':' || community || ':' || chat"
        " WHERE state IN ('todo', 'sending') AND kind <> 'press'"
        " AND NOT (channel = 'telegram' AND chat LIKE 'wall%')"
    )


def _extend_for_courtesies() -> None:
    asking = "an answer asked the citizen something"
    op.add_column(
        "tickets", sa.Column("is_asking", sa.Boolean(), nullable=False, server_default=sa.false(), comment=asking)
    )
    put_off = "when it was opened, if not at once: its writer had opened many"
    op.add_column("tickets", sa.Column("put_off_until", MOMENT, comment=put_off))
    op.create_table(
        "set_aside",
        sa.Column("message", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("citizen", sa.BigInteger(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False, comment="later, silenced"),
        sa.Column("routed_by", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False, comment="YYYY-MM-DD, in the zone of the settings"),
        sa.Column("due_at", MOMENT, comment="when it opens a ticket"),
        sa.ForeignKeyConstraint(["institution"], ["institutions.code"], name="fk_set_aside_institution_institutions"),
        sa.PrimaryKeyConstraint("message", name="pk_set_aside"),
    )
    op.create_index("ix_set_aside_citizen", "set_aside", ["citizen"])
    op.create_index("ix_set_aside_day", "set_aside", ["day"])
    op.create_table(
        "silences",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("citizen", sa.BigInteger(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False, comment="spam for the second time"),
        sa.Column("name", sa.LargeBinary(), comment="sealed: what the citizen was called"),
        sa.Column("by", sa.LargeBinary(), comment="sealed: who asked for it"),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("lifted_at", MOMENT),
        sa.ForeignKeyConstraint(["institution"], ["institutions.code"], name="fk_silences_institution_institutions"),
        sa.PrimaryKeyConstraint("id", name="pk_silences"),
    )
    op.create_index("ix_silences_citizen", "silences", ["citizen"])


def _links() -> None:
    """Tell what the messages of the bot are that lie in the chats: only to some of them a reply is an answer."""
    kind = "what the bot's message is (outbox.kind); NULL for a person's"
    op.add_column("links", sa.Column("kind", sa.Text(), comment=kind))
    op.execute(
        """
        UPDATE links SET kind = (
            SELECT outbox.kind FROM outbox
            WHERE outbox.ticket = links.ticket
              AND links.key = outbox.channel || ':' || outbox.community || ':' || outbox.chat || '/' || outbox.sent_id
            ORDER BY outbox.id LIMIT 1
        )
        WHERE message IS NULL
        """
    )


def _notes() -> None:
    told = "administrators who were told, ids"
    op.add_column("tickets", sa.Column("told_of_notes", sa.Text(), nullable=False, server_default="", comment=told))


def _know_closed_institutions() -> None:
    closed = "from this day on it is not offered, found or rated"
    op.add_column(
        "institutions", sa.Column("vk_name", sa.Text(), nullable=False, server_default="", comment="in its link")
    )
    op.add_column("institutions", sa.Column("closed_on", sa.Date(), comment=closed))
    op.add_column("institutions", sa.Column("successor", sa.Text(), nullable=False, server_default="", comment="code"))


def _extend_waits() -> None:
    left = "since when somebody had waited when the wait ended without an answer"
    op.add_column("tickets", sa.Column("left_since", MOMENT, comment=left))
    op.add_column("tickets", sa.Column("left_at", MOMENT, comment="when it ended so"))
    op.add_column("tickets", sa.Column("withdrawn_at", MOMENT, comment="when the citizen took it back"))
    op.add_column("tickets", sa.Column("accepted_at", MOMENT, comment="when the citizen was told its number"))
    moving = "the ticket for which another institution is being chosen"
    op.add_column("citizens", sa.Column("moving", sa.BigInteger(), comment=moving))
    op.add_column("citizens", sa.Column("greeted_at", MOMENT, comment="when the person read the first words"))
    # Until now the words stood in every acceptance.
    op.execute("UPDATE citizens SET greeted_at = created_at")


def _measure_anew() -> None:
    """The definitions are version 2 from here on: whatever was measured or counted by version 1 is worked out anew."""
    is_closed_so = sa.text("deadline_at IS NOT NULL AND waiting_since IS NULL")
    op.create_index(
        "ix_ticket_times_unanswered",
        "ticket_times",
        ["opened_at"],
        sqlite_where=is_closed_so,
        postgresql_where=is_closed_so,
    )
    op.execute("UPDATE tickets SET is_measured = false")
    op.execute("DELETE FROM aggregates")


def _extend_for_cards() -> None:
    """Remember what was done with a card, and which cards say how to answer."""
    pressed = "a button of its card was pressed"
    op.add_column(
        "tickets",
        sa.Column("is_touched", sa.Boolean(), nullable=False, server_default=sa.false(), comment=pressed),
    )
    post = "sealed; how the post of a comment begins"
    op.add_column("tickets", sa.Column("post", sa.LargeBinary(), comment=post))
    op.add_column("tickets", sa.Column("menu_until", MOMENT, comment="when the card's own buttons return"))
    hinted = "tickets whose cards say how to answer"
    op.add_column("work_chats", sa.Column("hinted", sa.Text(), nullable=False, server_default="", comment=hinted))


def _know_who_acts_where() -> None:
    """People act for more than one institution: for whichever they answered, and for which they acted last."""
    op.create_table(
        "acting",
        sa.Column("administrator", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("acted_at", MOMENT, nullable=False, comment="to about a day"),
        sa.PrimaryKeyConstraint("administrator", "institution", name="pk_acting"),
    )
    op.create_index("ix_acting_institution", "acting", ["institution"])
    op.execute(
        "INSERT INTO acting (administrator, institution, acted_at)"
        " SELECT id, institution, acted_at FROM administrators WHERE acted_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO acting (administrator, institution, acted_at)"
        " SELECT messages.administrator, tickets.institution, max(messages.said_at)"
        " FROM messages JOIN tickets ON tickets.number = messages.ticket"
        " JOIN administrators ON administrators.id = messages.administrator"
        " WHERE messages.kind = 'answer' AND NOT EXISTS (SELECT 1 FROM acting WHERE"
        " acting.administrator = messages.administrator AND acting.institution = tickets.institution)"
        " GROUP BY messages.administrator, tickets.institution"
    )
