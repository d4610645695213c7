"""Search finds the words of a form, not only its subject (of a secret case still nothing but the process); how long a process took is a range of an index."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0015_full_text"
down_revision = "0014_digest"

WORDS = r"""
ALTER TABLE "case" DROP COLUMN words;
ALTER TABLE "case" ADD COLUMN words TSVECTOR GENERATED ALWAYS AS ({expression}) STORED;
CREATE INDEX ix_case_words ON "case" USING gin (words);
"""
FULL = """CASE WHEN secrecy IN ('rahasia', 'sangat-rahasia') THEN to_tsvector('simple'::regconfig, title)
  ELSE to_tsvector('simple'::regconfig, title || ' ' || subject) || jsonb_to_tsvector('simple'::regconfig, form, '["string"]') END"""
BEFORE = "to_tsvector('simple'::regconfig, CASE WHEN secrecy IN ('rahasia', 'sangat-rahasia') THEN title ELSE title || ' ' || subject END)"


ENDED = """CREATE INDEX ix_case_ended ON "case" (process, ended_at DESC) WHERE status = 'ended'"""


def upgrade() -> None:
    run(WORDS.format(expression=FULL))
    op.execute(ENDED)


def downgrade() -> None:
    op.execute("DROP INDEX ix_case_ended")
    op.execute(WORDS.format(expression=BEFORE))
