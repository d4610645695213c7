"""Messages that come of no case: a mandate written down, ended or cancelled."""

from alembic import op

revision = "0021_office_news"
down_revision = "0020_copies"

TABLES = ("outbox", "notice", "mail_later")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN case_id DROP NOT NULL")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DELETE FROM {table} WHERE case_id IS NULL")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN case_id SET NOT NULL")
