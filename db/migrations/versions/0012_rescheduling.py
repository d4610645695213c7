"""Recounts of running deadlines after the city's days off changed: one row each, and one for every case it looks at."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0012_rescheduling"
down_revision = "0011_parties"

TABLES = r"""
CREATE TABLE rescheduling (
  id TEXT NOT NULL,
  cause TEXT NOT NULL,
  change BIGINT NOT NULL,
  ordered_at TIMESTAMP WITH TIME ZONE NOT NULL,
  listed_at TIMESTAMP WITH TIME ZONE,
  done_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_rescheduling PRIMARY KEY (id),
  CONSTRAINT ck_rescheduling_cause CHECK (cause <> ''),
  CONSTRAINT ck_rescheduling_listed_before_done CHECK (done_at IS NULL OR listed_at IS NOT NULL)
);
CREATE INDEX ix_rescheduling_open ON rescheduling (ordered_at) WHERE done_at IS NULL;
CREATE TABLE rescheduling_case (
  rescheduling TEXT NOT NULL,
  case_id TEXT NOT NULL,
  state TEXT DEFAULT 'waiting' NOT NULL,
  moved INTEGER DEFAULT '0' NOT NULL,
  tries INTEGER DEFAULT '0' NOT NULL,
  message TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_rescheduling_case PRIMARY KEY (rescheduling, case_id),
  CONSTRAINT ck_rescheduling_case_state CHECK (state IN ('waiting', 'done', 'failed')),
  CONSTRAINT fk_rescheduling_case_rescheduling_rescheduling FOREIGN KEY(rescheduling) REFERENCES rescheduling (id),
  CONSTRAINT fk_rescheduling_case_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_rescheduling_case_waiting ON rescheduling_case (rescheduling, case_id) WHERE state = 'waiting';
"""

GRANTS = r"""
REVOKE ALL ON rescheduling, rescheduling_case FROM alur_app;
GRANT SELECT, INSERT ON rescheduling, rescheduling_case TO alur_app;
GRANT UPDATE (listed_at, done_at) ON rescheduling TO alur_app;
GRANT UPDATE (state, moved, tries, message, at) ON rescheduling_case TO alur_app;
"""


def upgrade() -> None:
    for part in (TABLES, GRANTS):
        run(part)


def downgrade() -> None:
    op.execute("DROP TABLE rescheduling_case, rescheduling")
