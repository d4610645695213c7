"""Outsiders of a case and their answer links."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0011_parties"
down_revision = "0010_mandates"

TABLES = r"""
CREATE TABLE party (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT DEFAULT '' NOT NULL,
  phone TEXT DEFAULT '' NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_party PRIMARY KEY (id),
  CONSTRAINT ck_party_outside CHECK (id LIKE 'luar:%'),
  CONSTRAINT ck_party_named CHECK (name <> '')
);
CREATE TABLE answer_link (
  token_sha TEXT NOT NULL,
  party TEXT NOT NULL,
  case_id TEXT NOT NULL,
  instance TEXT NOT NULL,
  round INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  revoked_at TIMESTAMP WITH TIME ZONE,
  seen_at TIMESTAMP WITH TIME ZONE,
  used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_answer_link PRIMARY KEY (token_sha),
  CONSTRAINT fk_answer_link_party_party FOREIGN KEY(party) REFERENCES party (id),
  CONSTRAINT fk_answer_link_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id),
  CONSTRAINT ck_answer_link_expires CHECK (expires_at > made_at AND expires_at <= made_at + interval '31 days')
);
CREATE INDEX ix_answer_link_task ON answer_link (case_id, instance, round);
"""

GRANTS = r"""
REVOKE ALL ON party, answer_link FROM alur_app;
GRANT SELECT, INSERT ON party, answer_link TO alur_app;
GRANT UPDATE (name, email, phone) ON party TO alur_app;
GRANT UPDATE (revoked_at, seen_at, used_at) ON answer_link TO alur_app;
"""


def upgrade() -> None:
    for part in (TABLES, GRANTS):
        run(part)


def downgrade() -> None:
    op.execute("DROP TABLE answer_link, party")
