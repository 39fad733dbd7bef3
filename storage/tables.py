"""Every table and index. Sealed columns hold AES-GCM (`vault.py`); all others are plain."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
    text,
)

from storage.columns import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts rows by itself only in a column that is exactly INTEGER."""

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False, comment="sealed JSON"),
    Column("received_at", Moment, nullable=False),
    Column("state", Text, nullable=False, server_default="todo", comment="todo, done, dead"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("error", Text, nullable=False, server_default=""),
    Index("uq_inbox_key", "channel", "community", "key", unique=True),
    Index("ix_inbox_todo", "id", sqlite_where=text("state = 'todo'"), postgresql_where=text("state = 'todo'")),
    Index(
        "ix_inbox_held",
        "not_before",
        "lane",
        sqlite_where=text("state = 'todo' AND not_before IS NOT NULL"),
        postgresql_where=text("state = 'todo' AND not_before IS NOT NULL"),
    ),
    Index("ix_inbox_dead", "id", sqlite_where=text("state = 'dead'"), postgresql_where=text("state = 'dead'")),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("room", Text, nullable=False, server_default="", comment="whose pace counts; empty: no message"),
    Column("kind", Text, nullable=False, comment="answer, notice, card, card-edit, follow-up, reminder, press"),
    Column("priority", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False, comment="sealed JSON of OutgoingMessage"),
    Column("ticket", BigInteger),
    Column("message", BigInteger, comment="the answer that this row carries, or a part of it"),
    Column("is_last", Boolean, nullable=False, comment="its sending completes the answer"),
    Column("refers_to", BigInteger, comment="the row whose sent message this one edits or replies to"),
    Column("state", Text, nullable=False, server_default="todo", comment="todo, sending, sent, dead"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("created_at", Moment, nullable=False),
    Column("sent_id", Text, nullable=False, server_default=""),
    Column("sent_at", Moment),
    Column("error", Text, nullable=False, server_default=""),
    Index(
        "ix_outbox_unfinished",
        "lane",
        "id",
        sqlite_where=text("state IN ('todo', 'sending')"),
        postgresql_where=text("state IN ('todo', 'sending')"),
    ),
    Index(
        "ix_outbox_room",
        "room",
        sqlite_where=text("state IN ('todo', 'sending')"),
        postgresql_where=text("state IN ('todo', 'sending')"),
    ),
    Index(
        "ix_outbox_todo",
        "priority",
        "id",
        sqlite_where=text("state = 'todo'"),
        postgresql_where=text("state = 'todo'"),
    ),
    Index(
        "ix_outbox_sending", "lane", sqlite_where=text("state = 'sending'"), postgresql_where=text("state = 'sending'")
    ),
    Index(
        "ix_outbox_held",
        "not_before",
        "lane",
        sqlite_where=text("state = 'todo' AND not_before IS NOT NULL"),
        postgresql_where=text("state = 'todo' AND not_before IS NOT NULL"),
    ),
    Index("ix_outbox_dead", "id", sqlite_where=text("state = 'dead'"), postgresql_where=text("state = 'dead'")),
    Index("ix_outbox_ticket", "ticket"),
)

presses = Table(
    "presses",
    metadata,
    Column("token", Text, primary_key=True, comment="what a button carries in place of an action that is too long"),
    Column("action", LargeBinary, nullable=False, comment="sealed"),
    Column("kept_at", Moment, nullable=False),
)

institutions = Table(
    "institutions",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("aliases", Text, nullable=False, comment="separated by |"),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("vk_group_id", Text, nullable=False),
    Column("vk_name", Text, nullable=False, server_default="", comment="in its link"),
    Column("vk_token", LargeBinary, comment="sealed"),
    Column("vk_secret", LargeBinary, comment="sealed"),
    Column("telegram_channel", Text, nullable=False),
    Column("telegram_token", LargeBinary, comment="sealed"),
    Column("max_token", LargeBinary, comment="sealed"),
    Column("work_hours", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("ogrn", Text, nullable=False),
    Column("inn", Text, nullable=False),
    Column("closed_on", Date, comment="from this day on it is not offered, found or rated"),
    Column("successor", Text, nullable=False, server_default="", comment="code"),
    Column("position", Integer, nullable=False, comment="row order of the sheet"),
)

work_chats = Table(
    "work_chats",
    metadata,
    Column("institution", Text, ForeignKey("institutions.code"), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("title", LargeBinary, comment="sealed"),
    Column("bound_at", Moment, nullable=False),
    Column("is_lost", Boolean, nullable=False),
    Column("lost_at", Moment, comment="when the supervisors were last told that it is lost"),
    Column("is_forum", Boolean, nullable=False, server_default=false(), comment="each ticket has its own topic"),
    Column("may_not_make_topics", Boolean, nullable=False, server_default=false(), comment="the bot lacks the right"),
    Column("gathered", BigInteger, comment="the outbox row that says how many cards are still to come"),
    Column("reminded_at", Moment, comment="when it was last reminded of what waits"),
    Column("hinted", Text, nullable=False, server_default="", comment="tickets whose cards say how to answer"),
    Index("ix_work_chats_place", "channel", "community", "chat"),
)

supervisors = Table(
    "supervisors",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("joined_at", Moment, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

guesses = Table(
    "guesses",
    metadata,
    Column("identity", Text, primary_key=True, comment="channel:user id"),
    Column("failures", Integer, nullable=False),
    Column("blocked_until", Moment, nullable=False),
)

citizens = Table(
    "citizens",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("identity", Text, nullable=False, comment="channel:user id"),
    Column("channel", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("name", LargeBinary, comment="sealed"),
    Column("language", Text, nullable=False),
    Column("institution", Text),
    Column("stage", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("consented_at", Moment),
    Column("greeted_at", Moment, comment="when the person read the first words"),
    Column("recent", Text, nullable=False, server_default="", comment="institution codes, separated by |"),
    Column(
        "forbids", Text, nullable=False, server_default="", comment="communities that may not write, separated by |"
    ),
    Column("has_chosen_language", Boolean, nullable=False, server_default=false()),
    Column("shown", Text, nullable=False, server_default="", comment="JSON: what was shown last in each conversation"),
    Column("moving", BigInteger, comment="the ticket for which another institution is being chosen"),
    Index("uq_citizens_identity", "identity", unique=True),
)

administrators = Table(
    "administrators",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("identity", Text, nullable=False, comment="channel:user id"),
    Column("channel", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("name", LargeBinary, comment="sealed"),
    Column("institution", Text, nullable=False),
    Column("acted_at", Moment, comment="to about a day"),
    Index("uq_administrators_identity", "identity", unique=True),
    Index("ix_administrators_institution", "institution"),
)

acting = Table(
    "acting",
    metadata,
    Column("administrator", BigId, primary_key=True, autoincrement=False),
    Column("institution", Text, primary_key=True),
    Column("acted_at", Moment, nullable=False, comment="to about a day"),
    Index("ix_acting_institution", "institution"),
)

absences = Table(
    "absences",
    metadata,
    Column("administrator", BigId, primary_key=True, autoincrement=False),
    Column("institution", Text, nullable=False),
    Column("since", Text, nullable=False, comment="YYYY-MM-DD"),
    Column("until", Text, nullable=False, comment="YYYY-MM-DD"),
    Column("deputy", BigInteger),
)

tickets = Table(
    "tickets",
    metadata,
    Column("number", BigId, primary_key=True, autoincrement=False),
    Column("institution", Text, ForeignKey("institutions.code"), nullable=False),
    Column("citizen", BigInteger, ForeignKey("citizens.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("routed_by", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("first_deadline_at", Moment, nullable=False),
    Column("waiting_since", Moment),
    Column("deadline_at", Moment),
    Column("taken_by", BigInteger),
    Column("first_answered_at", Moment),
    Column("closed_at", Moment),
    Column("reopened", Integer, nullable=False),
    Column("ring_at", Moment),
    Column("ring", Text),
    Column("card", BigInteger),
    Column("work_channel", Text),
    Column("work_community", Text),
    Column("work_chat", Text),
    Column("first_words", LargeBinary, comment="sealed"),
    Column("post", LargeBinary, comment="sealed; how the post of a comment begins"),
    Column("link", Text, nullable=False),
    Column("reply_to", Text, nullable=False),
    Column("last_citizen_at", Moment, nullable=False),
    Column("last_answer_at", Moment),
    Column("language", Text, nullable=False, server_default=""),
    Column("topic", Text, nullable=False, server_default=""),
    Column("topic_confidence", Float),
    Column("transfers", Integer, nullable=False, server_default="0"),
    Column("given_at", Moment, comment="when the present holder got it from another institution"),
    Column("follows", BigInteger, comment="the ended ticket whose words it answers"),
    Column("incident", BigInteger),
    Column("work_thread", Text, nullable=False, server_default=""),
    Column("thread_shows", Text, nullable=False, server_default=""),
    Column("grade", Integer),
    Column("is_solved", Boolean),
    Column("grade_asked_at", Moment),
    Column("minute_full_at", Moment),
    Column("hour_full_at", Moment),
    Column("gathered_from", BigInteger, comment="the first message of a flood, shown later in one piece"),
    Column("taken_at", Moment),
    Column("came_to", Text, nullable=False, server_default="", comment="institution before any transfer"),
    Column("cleared", Integer, nullable=False, server_default="0", comment="1 files, 2 words and files"),
    Column("hard_limit_at", Moment, comment="the policy's limit in wall time for the first answer"),
    Column("resolve_by_at", Moment, comment="until when the policy wants a final answer or an end"),
    Column("interim_at", Moment, comment="when the latest answer was marked as not the final one"),
    Column("warned", Integer, nullable=False, server_default="0", comment="how far the present wait was told of"),
    Column("solve_warned", Integer, nullable=False, server_default="0", comment="the same for the final answer"),
    Column("is_urgent", Boolean, nullable=False, server_default=false(), comment="its words speak of an emergency"),
    Column("duplicate_of", BigInteger, comment="the ticket that asks the same"),
    Column("repeats", Integer, nullable=False, server_default="0", comment="other citizens' tickets that ask the same"),
    Column(
        "is_asking", Boolean, nullable=False, server_default=false(), comment="an answer asked the citizen something"
    ),
    Column("put_off_until", Moment, comment="when it was opened, if not at once: its writer had opened many"),
    Column("told_of_notes", Text, nullable=False, server_default="", comment="administrators who were told, ids"),
    Column("left_since", Moment, comment="since when somebody had waited when the wait ended without an answer"),
    Column("left_at", Moment, comment="when it ended so"),
    Column("withdrawn_at", Moment, comment="when the citizen took it back"),
    Column("accepted_at", Moment, comment="when the citizen was told its number"),
    Column("is_touched", Boolean, nullable=False, server_default=false(), comment="a button of its card was pressed"),
    Column("menu_until", Moment, comment="when the card's own buttons return"),
    Column("is_measured", Boolean, server_default=false(), comment="ticket_times is up to date; NULL: under way"),
    Index(
        "ix_tickets_unmeasured",
        "number",
        sqlite_where=text("is_measured IS NOT 1"),
        postgresql_where=text("is_measured IS NOT true"),
    ),
    Index("ix_tickets_citizen", "citizen"),
    Index(
        "ix_tickets_duplicate_of",
        "duplicate_of",
        sqlite_where=text("duplicate_of IS NOT NULL"),
        postgresql_where=text("duplicate_of IS NOT NULL"),
    ),
    Index(
        "ix_tickets_closed_at",
        "closed_at",
        sqlite_where=text("closed_at IS NOT NULL AND cleared < 2"),
        postgresql_where=text("closed_at IS NOT NULL AND cleared < 2"),
    ),
    Index(
        "ix_tickets_incident",
        "incident",
        "number",
        sqlite_where=text("incident IS NOT NULL"),
        postgresql_where=text("incident IS NOT NULL"),
    ),
    Index("ix_tickets_institution", "institution", "opened_at"),
    Index("ix_tickets_opened_at", "opened_at"),
    Index(
        "ix_tickets_coming",
        "institution",
        "number",
        sqlite_where=text("card IS NULL AND work_chat IS NOT NULL"),
        postgresql_where=text("card IS NULL AND work_chat IS NOT NULL"),
    ),
    Index(
        "ix_tickets_transferred",
        "opened_at",
        "number",
        sqlite_where=text("transfers > 0"),
        postgresql_where=text("transfers > 0"),
    ),
    Index(
        "ix_tickets_came_to",
        "came_to",
        "number",
        sqlite_where=text("came_to <> ''"),
        postgresql_where=text("came_to <> ''"),
    ),
    Index(
        "ix_tickets_ring_at",
        "ring_at",
        sqlite_where=text("ring_at IS NOT NULL"),
        postgresql_where=text("ring_at IS NOT NULL"),
    ),
)

messages = Table(
    "messages",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("ticket", BigInteger, ForeignKey("tickets.number")),
    Column("citizen", BigInteger, ForeignKey("citizens.id")),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("administrator", BigInteger),
    Column("body", LargeBinary, comment="sealed JSON of text and attachments"),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("delivery", Text),
    Column("delivered_at", Moment),
    Column("refused_reason", Text, nullable=False),
    Column("edit_of", BigInteger),
    Column("moved_at", Moment, comment="when the citizen moved the words here from another ticket"),
    Column(
        "is_interim", Boolean, nullable=False, server_default=false(), comment="an answer that is not the final one"
    ),
    Index("ix_messages_ticket", "ticket"),
    Index(
        "ix_messages_held",
        "ticket",
        sqlite_where=text("delivery = 'held'"),
        postgresql_where=text("delivery = 'held'"),
    ),
    Index(
        "ix_messages_pending",
        "citizen",
        sqlite_where=text("ticket IS NULL"),
        postgresql_where=text("ticket IS NULL"),
    ),
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("message", BigId, primary_key=True, autoincrement=False),
    Column("citizen", BigInteger, nullable=False),
    Column("institution", Text, ForeignKey("institutions.code"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("why", Text, nullable=False, comment="later, silenced"),
    Column("routed_by", Text, nullable=False),
    Column("day", Text, nullable=False, comment="YYYY-MM-DD, in the zone of the settings"),
    Column("due_at", Moment, comment="when it opens a ticket"),
    Index("ix_set_aside_citizen", "citizen"),
    Index("ix_set_aside_day", "day"),
)

silences = Table(
    "silences",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("citizen", BigInteger, nullable=False),
    Column("institution", Text, ForeignKey("institutions.code"), nullable=False),
    Column("ticket", BigInteger, nullable=False, comment="spam for the second time"),
    Column("name", LargeBinary, comment="sealed: what the citizen was called"),
    Column("by", LargeBinary, comment="sealed: who asked for it"),
    Column("began_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("lifted_at", Moment),
    Index("ix_silences_citizen", "citizen"),
)

ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("ticket", BigInteger, ForeignKey("tickets.number"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("administrator", BigInteger),
    Column("detail", Text, nullable=False, server_default="", comment="what the kind needs"),
    Index("ix_ticket_events_ticket", "ticket"),
)

links = Table(
    "links",
    metadata,
    Column("key", Text, primary_key=True, comment="lane/message id"),
    Column("ticket", BigInteger, nullable=False),
    Column("message", BigInteger, comment="what a person said, our id"),
    Column("kind", Text, comment="what the bot's message is (outbox.kind); NULL for a person's"),
    Index("ix_links_ticket", "ticket"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("number", BigId, primary_key=True, autoincrement=False),
    Column("institution", Text, ForeignKey("institutions.code"), nullable=False),
    Column("matter", LargeBinary, comment="sealed"),
    Column("answer", LargeBinary, comment="sealed"),
    Column("draft", LargeBinary, comment="sealed"),
    Column("drafted_by", BigInteger),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", BigInteger),
    Column("reminded_at", Moment),
    Column("escalated_at", Moment),
    Column("closed_at", Moment),
    Column("card", BigInteger),
    Index(
        "ix_incidents_open",
        "institution",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index("ix_incidents_opened_at", "opened_at"),
)

legal_rules = Table(
    "legal_rules",
    metadata,
    Column("kind", Text, primary_key=True, comment="kind of institution"),
    Column("mode", Text, nullable=False, comment="what Telegram may be used for"),
    Column("basis", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
)

templates = Table(
    "templates",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("scope", Text, nullable=False, comment="region, branch:…, municipality:… or institution:…"),
    Column("title", Text, nullable=False),
    Column("text", LargeBinary, nullable=False, comment="sealed"),
    Column("text_tt", LargeBinary, comment="sealed"),
)

held_events = Table(
    "held_events",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, comment="what they wait for"),
    Column("payload", LargeBinary, nullable=False, comment="sealed JSON of the event"),
    Column("held_at", Moment, nullable=False),
    Index("ix_held_events_key", "key", "id"),
    sqlite_autoincrement=True,
)

posts = Table(
    "posts",
    metadata,
    Column("key", Text, primary_key=True, comment="vk:wall-77_5, telegram:wall-1001_57"),
    Column("institution", Text, ForeignKey("institutions.code"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("told_at", Moment, comment="when the work chat was last told that it turned negative"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("post", Text, ForeignKey("posts.key"), primary_key=True),
    Column("day", Text, primary_key=True, comment="2026-11-24, in the zone of the settings"),
    Column("reaction", Text, primary_key=True),
    Column("total", Integer, nullable=False, comment="put on that day and still there"),
    Index("ix_reactions_day", "day"),
)

calendar_versions = Table(
    "calendar_versions",
    metadata,
    Column("name", Text, primary_key=True, comment="ru, ru-ta, a file of the operator's"),
    Column("recorded_at", Moment, primary_key=True),
    Column("content", Text, nullable=False, comment="JSON as in the calendar's file"),
)

hours_versions = Table(
    "hours_versions",
    metadata,
    Column("institution", Text, ForeignKey("institutions.code"), primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("work_hours", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("calendar", Text, nullable=False),
)

closed_days = Table(
    "closed_days",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("scope", Text, nullable=False, comment="region, branch:…, municipality:… or institution:…"),
    Column("first", Text, nullable=False, comment="YYYY-MM-DD"),
    Column("last", Text, nullable=False, comment="YYYY-MM-DD"),
    Column("reason", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("withdrawn_at", Moment),
    sqlite_autoincrement=True,
)

policies = Table(
    "policies",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("scope", Text, nullable=False, comment="region, branch:…, municipality:… or institution:…"),
    Column("topic", Text, nullable=False, comment="the topic's key, empty for all"),
    Column("effective_at", Moment, nullable=False),
    Column("terms", Text, nullable=False, comment="JSON: only what differs from the wider rule"),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    sqlite_autoincrement=True,
)

ticket_times = Table(
    "ticket_times",
    metadata,
    Column("ticket", BigInteger, primary_key=True, autoincrement=False),
    Column("opened_at", Moment, nullable=False),
    Column("institution", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("marks", Integer, nullable=False, comment="bits: question, answered, in time … (bot/reports)"),
    Column("excused", Integer, nullable=False),
    Column("grade", Integer),
    Column("administrator", BigInteger, comment="who gave the first answer"),
    Column("deadline_at", Moment, comment="of a first answer that is not there: overdue follows from it"),
    Column("waiting_since", Moment),
    Column("resolve_by_at", Moment, comment="of an end that is not there"),
    Column("first_seconds", Float),
    Column("working_seconds", Float),
    Column("resolution_seconds", Float),
    Column("later", Text, comment="JSON of later answers: administrator, seconds"),
    Column("holders", Text, comment="JSON, only of transferred tickets: institution, seconds, given away"),
    Index("ix_ticket_times_opened_at", "opened_at"),
    Index("ix_ticket_times_institution", "institution", "opened_at"),
    Index(
        "ix_ticket_times_waiting_since",
        "waiting_since",
        sqlite_where=text("waiting_since IS NOT NULL"),
        postgresql_where=text("waiting_since IS NOT NULL"),
    ),
    Index(
        "ix_ticket_times_unanswered",
        "opened_at",
        sqlite_where=text("deadline_at IS NOT NULL AND waiting_since IS NULL"),
        postgresql_where=text("deadline_at IS NOT NULL AND waiting_since IS NULL"),
    ),
    Index(
        "ix_ticket_times_transferred",
        "opened_at",
        sqlite_where=text("holders IS NOT NULL"),
        postgresql_where=text("holders IS NOT NULL"),
    ),
)

aggregates = Table(
    "aggregates",
    metadata,
    Column("span", Text, primary_key=True, comment="2026-10-31, 2026-10 or 2026, in the zone of the settings"),
    Column("scope", Text, primary_key=True, comment="of whose tickets"),
    Column("cut", Text, primary_key=True, comment="channel, topic, administrator … empty for all"),
    Column("value", Text, primary_key=True),
    Column(
        "counted",
        LargeBinary,
        nullable=False,
        info={"is_sealed": False},
        comment="counts and log-histograms (bot/reports)",
    ),
)

outages = Table(
    "outages",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, comment="the latest moment at which it went on, while it does"),
    Index("ix_outages_began_at", "began_at"),
    sqlite_autoincrement=True,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("lane", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("every", Text, primary_key=True, comment="day, week or month"),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("subscribed_by", Text, nullable=False, comment="channel:user id"),
    Column("due_at", Moment, nullable=False),
    Index("ix_subscriptions_due_at", "due_at"),
)

made_files = Table(
    "made_files",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="sealed"),
    Column("made_at", Moment, nullable=False),
    Index("ix_made_files_made_at", "made_at"),
    sqlite_autoincrement=True,
)

page_keys = Table(
    "page_keys",
    metadata,
    Column("key_hash", Text, primary_key=True, comment="of a one-time link, or of a session's cookie"),
    Column("is_session", Boolean, nullable=False),
    Column("identity", Text, nullable=False, comment="the supervisor's channel:user id"),
    Column("language", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment, comment="since when it opens nothing more: a link was used, a session got a new cookie"),
    Index("ix_page_keys_expires_at", "expires_at"),
    Index("ix_page_keys_identity", "identity"),
)

results = Table(
    "results",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("first", Text, nullable=False, comment="YYYY-MM-DD"),
    Column("last", Text, nullable=False, comment="YYYY-MM-DD"),
    Column("content", LargeBinary, nullable=False, comment="sealed: what everybody may see, and its people, both JSON"),
    Column("hash", Text, nullable=False, comment="SHA-256 of what everybody may see"),
    Column("frozen_at", Moment, nullable=False),
    Column("frozen_by", Text, nullable=False),
    Column("published_at", Moment, comment="since when everybody may read the list of institutions"),
    sqlite_autoincrement=True,
)

cursors = Table(
    "cursors",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("community", Text, primary_key=True),
    Column("position", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default="", comment="what the messenger calls the account"),
    Column("address", Text, nullable=False, server_default="", comment="where citizens find it"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
)
