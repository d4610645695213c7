"""Where and when a photograph was taken, kept beside an upload that is evidence."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0017_photo_evidence"
down_revision = "0016_timetable"


def upgrade() -> None:
    run("ALTER TABLE upload ADD COLUMN taken JSONB;")


def downgrade() -> None:
    op.execute("ALTER TABLE upload DROP COLUMN taken")
