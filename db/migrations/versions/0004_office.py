"""The office trail."""

from db.migrations.plain_sql import run

revision = "0004_office"
down_revision = "0003_documents"

TABLES = r"""
CREATE TABLE office_trail (
  seq BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  person TEXT NOT NULL,
  position TEXT NOT NULL,
  capacity TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  key TEXT NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_office_trail PRIMARY KEY (seq),
  CONSTRAINT uq_office_trail_prev_hash UNIQUE (prev_hash)
);
CREATE INDEX ix_office_trail_subject ON office_trail (subject, key, seq);
"""

RULES = r"""
REVOKE UPDATE, DELETE ON office_trail FROM alur_app;
REVOKE DELETE ON unit, position, person, incumbency, acting, mandate FROM alur_app;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON office_trail FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON office_trail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    run(TABLES)
    run(RULES)
