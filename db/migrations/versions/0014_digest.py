"""When a person wants his mails: at once, gathered twice a day, or not at all."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0014_digest"
down_revision = "0013_handover"

TABLES = r"""
ALTER TABLE preference ADD COLUMN mail TEXT DEFAULT 'ringkas' NOT NULL;
ALTER TABLE preference ADD CONSTRAINT ck_preference_mail CHECK (mail IN ('ringkas', 'pagi', 'siang', 'segera', 'tidak'));
CREATE TABLE mail_later (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  person TEXT NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT NOT NULL,
  text TEXT DEFAULT '' NOT NULL,
  queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_mail_later PRIMARY KEY (id),
  CONSTRAINT uq_mail_later_event_person UNIQUE (event, person),
  CONSTRAINT fk_mail_later_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_mail_later_due ON mail_later (due_at) WHERE sent_at IS NULL;
"""

GRANTS = r"""
REVOKE ALL ON mail_later FROM alur_app;
GRANT SELECT, INSERT ON mail_later TO alur_app;
GRANT UPDATE (sent_at) ON mail_later TO alur_app;
"""


def upgrade() -> None:
    for part in (TABLES, GRANTS):
        run(part)


def downgrade() -> None:
    op.execute("DROP TABLE mail_later")
    op.execute("ALTER TABLE preference DROP COLUMN mail")
