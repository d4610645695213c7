"""Copies of letters: who may read one letter and no more of its case, and the links of those without an account."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0020_copies"
down_revision = "0019_draft_table"

TABLES = """
CREATE TABLE document_copy (
  document TEXT NOT NULL,
  recipient TEXT NOT NULL,
  given_at TIMESTAMP WITH TIME ZONE NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE,
  read_by TEXT,
  CONSTRAINT pk_document_copy PRIMARY KEY (document, recipient),
  CONSTRAINT fk_document_copy_document_document FOREIGN KEY(document) REFERENCES document (id),
  CONSTRAINT ck_document_copy_read_by_somebody CHECK ((read_at IS NULL) = (read_by IS NULL))
);
CREATE INDEX ix_document_copy_recipient ON document_copy (recipient, given_at DESC);
CREATE TABLE letter_link (
  token_sha TEXT NOT NULL,
  recipient TEXT NOT NULL,
  case_id TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  revoked_at TIMESTAMP WITH TIME ZONE,
  revoked_by TEXT,
  seen_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_letter_link PRIMARY KEY (token_sha),
  CONSTRAINT fk_letter_link_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id),
  CONSTRAINT ck_letter_link_expires CHECK (expires_at > made_at AND expires_at <= made_at + interval '93 days'),
  CONSTRAINT ck_letter_link_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX ix_letter_link_recipient ON letter_link (case_id, recipient);
REVOKE ALL ON document_copy, letter_link FROM alur_app;
GRANT SELECT, INSERT ON document_copy, letter_link TO alur_app;
GRANT UPDATE (given_at, read_at, read_by) ON document_copy TO alur_app;
GRANT UPDATE (revoked_at, revoked_by, seen_at) ON letter_link TO alur_app;
"""


def upgrade() -> None:
    run(TABLES)


def downgrade() -> None:
    op.execute("DROP TABLE letter_link, document_copy")
