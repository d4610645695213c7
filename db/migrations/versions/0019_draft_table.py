"""Long tables of unfinished forms, beside their drafts: saving a form never writes, and never loses, thousands of rows."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0019_draft_table"
down_revision = "0018_identity_reading"

TABLES = """
CREATE TABLE draft_table (
  draft TEXT NOT NULL,
  field TEXT NOT NULL,
  rows JSON NOT NULL,
  "values" JSON NOT NULL,
  faults JSON NOT NULL,
  totals JSON NOT NULL,
  total INTEGER NOT NULL,
  sha TEXT NOT NULL,
  CONSTRAINT pk_draft_table PRIMARY KEY (draft, field),
  CONSTRAINT fk_draft_table_draft_draft FOREIGN KEY(draft) REFERENCES draft (id) ON DELETE CASCADE,
  CONSTRAINT ck_draft_table_sha CHECK (sha ~ '^[0-9a-f]{64}$'),
  CONSTRAINT ck_draft_table_total CHECK (total > 0)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON draft_table TO alur_app;
"""


def upgrade() -> None:
    run(TABLES)


def downgrade() -> None:
    op.execute("DROP TABLE draft_table")
