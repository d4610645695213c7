"""What a person has not read yet is counted on every page: an index that holds only that."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0008_unread"
down_revision = "0007_keys"


def upgrade() -> None:
    run("CREATE INDEX ix_notice_unread ON notice (person) WHERE read_at IS NULL;")


def downgrade() -> None:
    op.execute("DROP INDEX ix_notice_unread")
