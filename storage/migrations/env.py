"""What Alembic runs: always on the connection that `storage.migrate` gives, inside its transaction."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot alter most things in place: Alembic then copies the table.
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
