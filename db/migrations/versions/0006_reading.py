"""Who read the trail or a file of a secret case, and when: written by the pages, changed by nobody."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0006_reading"
down_revision = "0005_desk"

TABLES = r"""
CREATE TABLE reading (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  case_id TEXT NOT NULL,
  what TEXT NOT NULL,
  person TEXT NOT NULL,
  position TEXT NOT NULL,
  title TEXT NOT NULL,
  name TEXT NOT NULL,
  ip TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_reading PRIMARY KEY (id),
  CONSTRAINT ck_reading_what CHECK (what IN ('riwayat', 'ekspor', 'berkas', 'naskah'))
);
CREATE INDEX ix_reading_case ON reading (case_id, at);
"""

RULES = r"""
REVOKE UPDATE, DELETE ON reading FROM alur_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reading FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON reading FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    run(TABLES)
    run(RULES)


def downgrade() -> None:
    op.execute("DROP TABLE reading")
