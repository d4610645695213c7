"""Files by content, documents, attachments, registers and numbers."""

from db.migrations.plain_sql import run

revision = "0003_documents"
down_revision = "0002_cases"

TABLES = r"""
CREATE TABLE stored_file (
  sha TEXT NOT NULL,
  size BIGINT NOT NULL,
  mime TEXT NOT NULL,
  stored_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_stored_file PRIMARY KEY (sha),
  CONSTRAINT ck_stored_file_sha CHECK (sha ~ '^[0-9a-f]{64}$'),
  CONSTRAINT ck_stored_file_size CHECK (size >= 0)
);
CREATE TABLE counter (
  unit TEXT NOT NULL,
  register TEXT NOT NULL,
  year SMALLINT NOT NULL,
  last INTEGER DEFAULT '0' NOT NULL,
  CONSTRAINT pk_counter PRIMARY KEY (unit, register, year)
);
CREATE TABLE number (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  key TEXT NOT NULL,
  unit TEXT NOT NULL,
  register TEXT NOT NULL,
  year SMALLINT NOT NULL,
  serial INTEGER NOT NULL,
  suffix TEXT DEFAULT '' NOT NULL,
  text TEXT NOT NULL,
  state TEXT DEFAULT 'DICADANGKAN' NOT NULL,
  reason TEXT,
  case_id TEXT,
  document TEXT,
  reserved_at TIMESTAMP WITH TIME ZONE NOT NULL,
  settled_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_number PRIMARY KEY (id),
  CONSTRAINT uq_number_unit_register_year_serial_suffix UNIQUE (unit, register, year, serial, suffix),
  CONSTRAINT ck_number_state CHECK (state IN ('DICADANGKAN', 'TERBIT', 'BATAL')),
  CONSTRAINT ck_number_void_has_reason CHECK ((state = 'BATAL') = (reason IS NOT NULL)),
  CONSTRAINT ck_number_settled CHECK ((state = 'DICADANGKAN') = (settled_at IS NULL)),
  CONSTRAINT uq_number_key UNIQUE (key)
);
CREATE INDEX ix_number_case ON number (case_id);
CREATE TABLE document (
  id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  version INTEGER DEFAULT '0' NOT NULL,
  status TEXT DEFAULT 'konsep' NOT NULL,
  secrecy TEXT DEFAULT 'biasa' NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  verify_code TEXT NOT NULL,
  verify_token_hash TEXT DEFAULT '' NOT NULL,
  base_sha TEXT,
  signed_sha TEXT,
  signers JSONB DEFAULT '[]' NOT NULL,
  verdict JSONB,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  signed_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_document PRIMARY KEY (id),
  CONSTRAINT uq_document_case_id_code UNIQUE (case_id, code),
  CONSTRAINT uq_document_verify_code UNIQUE (verify_code),
  CONSTRAINT ck_document_status CHECK (status IN ('konsep', 'dicadangkan', 'ditandatangani', 'disegel', 'batal', 'dicabut')),
  CONSTRAINT ck_document_signed_is_verified CHECK (status NOT IN ('ditandatangani', 'disegel') OR (signed_sha IS NOT NULL AND verdict IS NOT NULL)),
  CONSTRAINT fk_document_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id),
  CONSTRAINT fk_document_base_sha_stored_file FOREIGN KEY(base_sha) REFERENCES stored_file (sha),
  CONSTRAINT fk_document_signed_sha_stored_file FOREIGN KEY(signed_sha) REFERENCES stored_file (sha)
);
CREATE INDEX ix_document_signed_sha ON document (signed_sha);
CREATE TABLE document_version (
  document TEXT NOT NULL,
  version INTEGER NOT NULL,
  round INTEGER NOT NULL,
  sha TEXT NOT NULL,
  letter_sha TEXT DEFAULT '' NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_document_version PRIMARY KEY (document, version),
  CONSTRAINT fk_document_version_document_document FOREIGN KEY(document) REFERENCES document (id),
  CONSTRAINT fk_document_version_sha_stored_file FOREIGN KEY(sha) REFERENCES stored_file (sha)
);
CREATE TABLE attachment (
  id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  sha TEXT NOT NULL,
  seq INTEGER NOT NULL,
  added_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_attachment PRIMARY KEY (id),
  CONSTRAINT fk_attachment_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id),
  CONSTRAINT fk_attachment_sha_stored_file FOREIGN KEY(sha) REFERENCES stored_file (sha)
);
CREATE INDEX ix_attachment_case ON attachment (case_id);
"""

RULES = r"""
REVOKE UPDATE, DELETE ON stored_file, document_version FROM alur_app;
REVOKE DELETE ON counter, number, document FROM alur_app;

CREATE TRIGGER no_delete BEFORE DELETE ON number FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON number FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON counter FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON counter FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON document_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A number is given once: only its state moves, from DICADANGKAN to TERBIT or BATAL, and never back.
CREATE FUNCTION keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.key, NEW.unit, NEW.register, NEW.year, NEW.serial, NEW.suffix, NEW.text)
     IS DISTINCT FROM (OLD.key, OLD.unit, OLD.register, OLD.year, OLD.serial, OLD.suffix, OLD.text)
     OR (OLD.state = 'BATAL' AND NEW.state <> 'BATAL') OR (OLD.state = 'TERBIT' AND NEW.state = 'DICADANGKAN') THEN
    RAISE EXCEPTION 'a number once given stays: %', OLD.text USING ERRCODE = 'insufficient_privilege', TABLE = 'number';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep BEFORE UPDATE ON number FOR EACH ROW EXECUTE FUNCTION keep_number();

CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last < OLD.last THEN RAISE EXCEPTION 'a counter never goes back' USING ERRCODE = 'insufficient_privilege', TABLE = 'counter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER count_up BEFORE UPDATE ON counter FOR EACH ROW EXECUTE FUNCTION count_up();
"""


def upgrade() -> None:
    run(TABLES)
    run(RULES)
