"""The desk: passwords, sign-ins, tries, a person's settings, uploads, drafts, sealed envelopes."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0005_desk"
down_revision = "0004_office"

TABLES = r"""
CREATE TABLE credential (
  person TEXT NOT NULL,
  hash TEXT NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_credential PRIMARY KEY (person),
  CONSTRAINT ck_credential_argon2id CHECK (hash LIKE '$argon2id$%')
);
CREATE TABLE sign_in (
  token_sha TEXT NOT NULL,
  ref TEXT NOT NULL,
  person TEXT NOT NULL,
  factor SMALLINT DEFAULT '1' NOT NULL,
  factor_at TIMESTAMP WITH TIME ZONE NOT NULL,
  position TEXT DEFAULT '' NOT NULL,
  ip TEXT DEFAULT '' NOT NULL,
  agent TEXT DEFAULT '' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_sign_in PRIMARY KEY (token_sha),
  CONSTRAINT ck_sign_in_token_sha CHECK (token_sha ~ '^[0-9a-f]{64}$'),
  CONSTRAINT uq_sign_in_ref UNIQUE (ref)
);
CREATE INDEX ix_sign_in_person ON sign_in (person, seen_at) WHERE revoked_at IS NULL;
CREATE TABLE sign_in_try (
  key TEXT NOT NULL,
  failures INTEGER DEFAULT '0' NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  until TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_sign_in_try PRIMARY KEY (key),
  CONSTRAINT ck_sign_in_try_failures CHECK (failures >= 0)
);
CREATE TABLE preference (
  person TEXT NOT NULL,
  theme TEXT DEFAULT '' NOT NULL,
  language TEXT DEFAULT 'id' NOT NULL,
  shortcuts BOOLEAN DEFAULT 'true' NOT NULL,
  CONSTRAINT pk_preference PRIMARY KEY (person),
  CONSTRAINT ck_preference_theme CHECK (theme IN ('', 'terang', 'gelap')),
  CONSTRAINT ck_preference_language CHECK (language IN ('id', 'en'))
);
CREATE TABLE upload (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  sha TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  pages INTEGER DEFAULT '0' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_upload PRIMARY KEY (id),
  CONSTRAINT ck_upload_kind CHECK (kind IN ('pdf', 'jpg', 'png', 'docx', 'xlsx')),
  CONSTRAINT ck_upload_size CHECK (size > 0)
);
CREATE INDEX ix_upload_person ON upload (person, created_at);
CREATE TABLE draft (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  subject TEXT NOT NULL,
  answers JSONB DEFAULT '{}' NOT NULL,
  version INTEGER DEFAULT '1' NOT NULL,
  tab TEXT DEFAULT '' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_draft PRIMARY KEY (id),
  CONSTRAINT ck_draft_version CHECK (version >= 1)
);
CREATE INDEX ix_draft_person ON draft (person, saved_at) WHERE sent_at IS NULL;
CREATE UNIQUE INDEX uq_draft_open ON draft (person, subject) WHERE sent_at IS NULL AND subject NOT LIKE 'proses:%';
CREATE TABLE signing_worker (
  id TEXT NOT NULL,
  queue TEXT NOT NULL,
  public_key BYTEA NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_signing_worker PRIMARY KEY (id),
  CONSTRAINT ck_signing_worker_x25519 CHECK (octet_length(public_key) = 32)
);
CREATE TABLE tte_envelope (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  worker TEXT NOT NULL,
  ciphertext BYTEA,
  documents JSONB NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_tte_envelope PRIMARY KEY (id),
  CONSTRAINT ck_tte_envelope_emptied_when_used CHECK ((used_at IS NULL) = (ciphertext IS NOT NULL)),
  CONSTRAINT ck_tte_envelope_short_lived CHECK (expires_at <= created_at + interval '10 minutes')
);
"""

GRANTS = r"""
GRANT SELECT, INSERT, UPDATE, DELETE ON credential, sign_in, sign_in_try, preference, upload, draft, signing_worker, tte_envelope TO alur_app;
"""


def upgrade() -> None:
    for part in (TABLES, GRANTS):
        run(part)


def downgrade() -> None:
    op.execute("DROP TABLE tte_envelope, signing_worker, draft, upload, preference, sign_in_try, sign_in, credential")
