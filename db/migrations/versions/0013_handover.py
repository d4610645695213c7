"""Order letters handed in, proposals of mandates, sealed papers of the office, and the trail by mandate."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0013_handover"
down_revision = "0012_rescheduling"

TABLES = r"""
CREATE TABLE acting_letter (
  acting TEXT NOT NULL,
  sha TEXT NOT NULL,
  name TEXT NOT NULL,
  added_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_acting_letter PRIMARY KEY (acting),
  CONSTRAINT fk_acting_letter_acting_acting FOREIGN KEY(acting) REFERENCES acting (id),
  CONSTRAINT fk_acting_letter_sha_stored_file FOREIGN KEY(sha) REFERENCES stored_file (sha)
);
CREATE TABLE mandate_draft (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  position TEXT NOT NULL,
  person TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE NOT NULL,
  cause TEXT DEFAULT '' NOT NULL,
  order_number TEXT DEFAULT '' NOT NULL,
  limits TEXT[] DEFAULT '{}' NOT NULL,
  letter_sha TEXT,
  letter_name TEXT DEFAULT '' NOT NULL,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_position TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  status TEXT DEFAULT 'diajukan' NOT NULL,
  settled_by TEXT,
  settled_at TIMESTAMP WITH TIME ZONE,
  settled_reason TEXT DEFAULT '' NOT NULL,
  acting TEXT,
  CONSTRAINT pk_mandate_draft PRIMARY KEY (id),
  CONSTRAINT fk_mandate_draft_position_position FOREIGN KEY(position) REFERENCES position (code),
  CONSTRAINT fk_mandate_draft_person_person FOREIGN KEY(person) REFERENCES person (id),
  CONSTRAINT fk_mandate_draft_letter_sha_stored_file FOREIGN KEY(letter_sha) REFERENCES stored_file (sha),
  CONSTRAINT fk_mandate_draft_made_by_person FOREIGN KEY(made_by) REFERENCES person (id),
  CONSTRAINT fk_mandate_draft_made_position_position FOREIGN KEY(made_position) REFERENCES position (code),
  CONSTRAINT fk_mandate_draft_acting_acting FOREIGN KEY(acting) REFERENCES acting (id),
  CONSTRAINT ck_mandate_draft_kind CHECK (kind IN ('plt', 'plh', 'pj', 'pjs')),
  CONSTRAINT ck_mandate_draft_ends_after_start CHECK (ends > starts),
  CONSTRAINT ck_mandate_draft_status CHECK (status IN ('diajukan', 'dicatat', 'ditolak', 'ditarik')),
  CONSTRAINT ck_mandate_draft_settled CHECK ((status = 'diajukan') = (settled_at IS NULL)),
  CONSTRAINT ck_mandate_draft_recorded_has_mandate CHECK ((status = 'dicatat') = (acting IS NOT NULL))
);
CREATE INDEX ix_mandate_draft_open ON mandate_draft (made_at) WHERE status = 'diajukan';
CREATE TABLE office_document (
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  position TEXT NOT NULL,
  mandate TEXT DEFAULT '' NOT NULL,
  content JSONB NOT NULL,
  verify_code TEXT NOT NULL,
  verify_token_hash TEXT NOT NULL,
  base_sha TEXT,
  signed_sha TEXT,
  verdict JSONB,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  signed_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_office_document PRIMARY KEY (id),
  CONSTRAINT uq_office_document_key UNIQUE (key),
  CONSTRAINT uq_office_document_verify_code UNIQUE (verify_code),
  CONSTRAINT fk_office_document_position_position FOREIGN KEY(position) REFERENCES position (code),
  CONSTRAINT fk_office_document_base_sha_stored_file FOREIGN KEY(base_sha) REFERENCES stored_file (sha),
  CONSTRAINT fk_office_document_signed_sha_stored_file FOREIGN KEY(signed_sha) REFERENCES stored_file (sha),
  CONSTRAINT ck_office_document_signed_when_signed CHECK ((signed_sha IS NULL) = (signed_at IS NULL)),
  CONSTRAINT ck_office_document_signed_is_verified CHECK (signed_sha IS NULL OR verdict IS NOT NULL)
);
CREATE INDEX ix_office_document_position ON office_document (position, made_at);
CREATE INDEX ix_office_document_signed_sha ON office_document (signed_sha);
CREATE INDEX ix_trail_mandate ON trail (mandate, at) WHERE mandate <> '';
"""

GRANTS = r"""
REVOKE ALL ON acting_letter, mandate_draft, office_document FROM alur_app;
GRANT SELECT, INSERT ON acting_letter, mandate_draft, office_document TO alur_app;
GRANT UPDATE (status, settled_by, settled_at, settled_reason, acting) ON mandate_draft TO alur_app;
GRANT UPDATE (base_sha, signed_sha, verdict, signed_at) ON office_document TO alur_app;
"""


def upgrade() -> None:
    for part in (TABLES, GRANTS):
        run(part)


def downgrade() -> None:
    op.execute("DROP INDEX ix_trail_mandate")
    op.execute("DROP TABLE acting_letter, mandate_draft, office_document")
