"""Acting mandates with cause, order letter and prolongation; a person acts for one post; rows passed between cases; calls of other systems."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0010_mandates"
down_revision = "0009_books"

COLUMNS = r"""
ALTER TABLE acting ADD COLUMN cause TEXT DEFAULT '' NOT NULL;
ALTER TABLE acting ADD COLUMN case_id TEXT DEFAULT '' NOT NULL;
ALTER TABLE acting ADD COLUMN document TEXT DEFAULT '' NOT NULL;
ALTER TABLE acting ADD COLUMN extends TEXT;
ALTER TABLE acting ADD COLUMN cancelled_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE acting ADD CONSTRAINT fk_acting_extends_acting FOREIGN KEY(extends) REFERENCES acting (id);
CREATE UNIQUE INDEX uq_acting_extends ON acting (extends) WHERE cancelled_at IS NULL;
CREATE INDEX ix_acting_case ON acting (case_id) WHERE case_id <> '';
ALTER TABLE acting DROP CONSTRAINT one_acting_at_a_time;
ALTER TABLE acting ADD CONSTRAINT one_acting_at_a_time
  EXCLUDE USING gist (seat(position) WITH &&, tstzrange(starts, ends) WITH &&) WHERE (cancelled_at IS NULL);
ALTER TABLE acting ADD CONSTRAINT one_post_to_act_for
  EXCLUDE USING gist (seat(person) WITH &&, tstzrange(starts, ends) WITH &&) WHERE (cancelled_at IS NULL AND kind IN ('plt', 'plh'));
"""

RESERVED = " || CASE WHEN a.kind IN ('plt', 'plh') THEN ARRAY['definitif'] ELSE ARRAY[]::text[] END"
"""Steps a process keeps for the holder himself (``Sign.definitive``) are closed to whoever only acts for him, whatever his order letter says."""
HELD = r"""
CREATE OR REPLACE FUNCTION held_at(at timestamptz)
RETURNS TABLE (seat text, person text, capacity text, mandate text, forbids text[], until timestamptz) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT a.position, a.person, a.kind, a.id, a.forbids{reserved}, a.ends FROM acting a
  WHERE a.starts <= at AND (a.ends IS NULL OR a.ends > at){standing}
  UNION ALL
  SELECT i.position, i.person, 'definitif', '', '{{}}'::text[], i.ends FROM incumbency i
  WHERE i.starts <= at AND (i.ends IS NULL OR i.ends > at)
    AND NOT EXISTS (SELECT 1 FROM acting a WHERE a.position = i.position AND a.starts <= at AND (a.ends IS NULL OR a.ends > at){standing})
$$;
"""

TABLES = r"""
CREATE TABLE passed_row (
  from_case TEXT NOT NULL,
  field TEXT NOT NULL,
  row_id TEXT NOT NULL,
  to_case TEXT NOT NULL,
  to_step TEXT DEFAULT '' NOT NULL,
  "row" JSONB NOT NULL,
  passed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  key TEXT NOT NULL,
  CONSTRAINT pk_passed_row PRIMARY KEY (from_case, field, row_id),
  CONSTRAINT fk_passed_row_from_case_case FOREIGN KEY(from_case) REFERENCES "case" (id),
  CONSTRAINT fk_passed_row_to_case_case FOREIGN KEY(to_case) REFERENCES "case" (id)
);
CREATE INDEX ix_passed_row_to_case ON passed_row (to_case, field);
CREATE TABLE system_call (
  key TEXT NOT NULL,
  system TEXT NOT NULL,
  case_id TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  state TEXT DEFAULT 'sent' NOT NULL,
  answer JSONB,
  attempts INTEGER DEFAULT 0 NOT NULL,
  error TEXT DEFAULT '' NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
  answered_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_system_call PRIMARY KEY (key),
  CONSTRAINT ck_system_call_state CHECK (state IN ('sent', 'answered', 'unknown')),
  CONSTRAINT ck_system_call_answered_has_answer CHECK ((state = 'answered') = (answer IS NOT NULL))
);
"""

RULES = r"""
REVOKE DELETE ON passed_row, system_call FROM alur_app;
"""


def upgrade() -> None:
    run(COLUMNS)
    run(HELD.format(standing=" AND a.cancelled_at IS NULL", reserved=RESERVED))
    run(TABLES)
    run(RULES)


def downgrade() -> None:
    run(HELD.format(standing="", reserved=""))
    op.execute("DROP TABLE passed_row, system_call")
    run(
        """
        ALTER TABLE acting DROP CONSTRAINT one_post_to_act_for, DROP CONSTRAINT one_acting_at_a_time;
        DELETE FROM acting WHERE cancelled_at IS NOT NULL;
        ALTER TABLE acting ADD CONSTRAINT one_acting_at_a_time EXCLUDE USING gist (seat(position) WITH &&, tstzrange(starts, ends) WITH &&);
        ALTER TABLE acting DROP COLUMN cause, DROP COLUMN case_id, DROP COLUMN document, DROP COLUMN extends, DROP COLUMN cancelled_at;
        """
    )
