"""What is needed so that every word reaches its reader."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns, each with what older rows mean by it, and new tables."""
    _courtesies()


def _courtesies() -> None:
    asking = "an answer asked the citizen something"
    op.add_column(
        "tickets", sa.Column("is_asking", sa.Boolean(), nullable=False, server_default=sa.false(), comment=asking)
    )
