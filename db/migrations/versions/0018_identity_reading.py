"""Whoever reads an identity whole (NIK, KK, NPWP, an account) leaves a line, in a plain case too."""

from alembic import op

revision = "0018_identity_reading"
down_revision = "0017_photo_evidence"


def upgrade() -> None:
    op.execute("ALTER TABLE reading DROP CONSTRAINT ck_reading_what")
    op.execute("ALTER TABLE reading ADD CONSTRAINT ck_reading_what CHECK (what IN ('riwayat', 'ekspor', 'berkas', 'naskah', 'identitas'))")


def downgrade() -> None:
    """The lines of the newer kind stay, as everything in this log does; only new ones are refused again."""
    op.execute("ALTER TABLE reading DROP CONSTRAINT ck_reading_what")
    op.execute("ALTER TABLE reading ADD CONSTRAINT ck_reading_what CHECK (what IN ('riwayat', 'ekspor', 'berkas', 'naskah')) NOT VALID")
