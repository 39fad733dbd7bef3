"""${message}

Add → deploy → remove. The version before this one may still run on the new schema, and a backup of it is restored into it:
 * a new column has a server default or may be NULL;
 * a column or table goes only in a release after the one that stopped using it;
 * a change of meaning is a new column, filled here, and the old one goes later.
The file's number is its revision, one more than the last; there is one line of revisions and no branches.
There is no way back: restore a backup.
"""

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
