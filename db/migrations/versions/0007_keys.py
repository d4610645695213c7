"""What makes a case the same as another (a letter recorded twice is found at once), and sealed sheets that a newer one replaced."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0007_keys"
down_revision = "0006_reading"

TABLES = r"""
CREATE TABLE case_key (
  case_id TEXT NOT NULL,
  process TEXT NOT NULL,
  unit TEXT NOT NULL,
  key TEXT NOT NULL,
  released BOOLEAN DEFAULT false NOT NULL,
  CONSTRAINT pk_case_key PRIMARY KEY (case_id),
  CONSTRAINT fk_case_key_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE UNIQUE INDEX uq_case_key_held ON case_key (process, unit, key) WHERE NOT released;
CREATE TABLE document_replaced (
  document TEXT NOT NULL,
  signed_sha TEXT NOT NULL,
  number TEXT NOT NULL,
  signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  replaced_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_document_replaced PRIMARY KEY (document, signed_sha),
  CONSTRAINT fk_document_replaced_document_document FOREIGN KEY(document) REFERENCES document (id),
  CONSTRAINT fk_document_replaced_signed_sha_stored_file FOREIGN KEY(signed_sha) REFERENCES stored_file (sha)
);
CREATE INDEX ix_document_replaced_signed_sha ON document_replaced (signed_sha);
"""

RULES = r"""
REVOKE DELETE ON case_key FROM alur_app;
REVOKE UPDATE, DELETE ON document_replaced FROM alur_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON document_replaced FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON document_replaced FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    run(TABLES)
    run(RULES)


def downgrade() -> None:
    op.execute("DROP TABLE document_replaced, case_key")
