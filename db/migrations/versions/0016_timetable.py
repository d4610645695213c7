"""Cases opened by the calendar: up to which day each process was looked after, and every opening once."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0016_timetable"
down_revision = "0015_full_text"

TABLES = r"""
CREATE TABLE timetable_watch (
  process TEXT NOT NULL,
  until DATE NOT NULL,
  CONSTRAINT pk_timetable_watch PRIMARY KEY (process)
);
CREATE TABLE timetable_opening (
  process TEXT NOT NULL,
  planned DATE NOT NULL,
  unit TEXT NOT NULL,
  case_id TEXT NOT NULL,
  claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_timetable_opening PRIMARY KEY (process, planned, unit),
  CONSTRAINT uq_timetable_opening_case_id UNIQUE (case_id),
  CONSTRAINT fk_timetable_opening_unit_unit FOREIGN KEY(unit) REFERENCES unit (code)
);
CREATE INDEX ix_timetable_opening_waiting ON timetable_opening (claimed_at) WHERE opened_at IS NULL;
"""

GRANTS = r"""
REVOKE ALL ON timetable_watch, timetable_opening FROM alur_app;
GRANT SELECT, INSERT ON timetable_watch, timetable_opening TO alur_app;
GRANT UPDATE (until) ON timetable_watch TO alur_app;
GRANT UPDATE (opened_at) ON timetable_opening TO alur_app;
"""


def upgrade() -> None:
    for part in (TABLES, GRANTS):
        run(part)


def downgrade() -> None:
    op.execute("DROP TABLE timetable_opening")
    op.execute("DROP TABLE timetable_watch")
