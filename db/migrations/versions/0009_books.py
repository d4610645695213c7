"""The city's books: ledger, bookings, registry, places. What may never be overspent or taken twice is refused here, whatever program writes."""

from alembic import op

from db.migrations.plain_sql import run

revision = "0009_books"
down_revision = "0008_unread"

TABLES = r"""
CREATE TABLE ledger_book (
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  rule JSONB DEFAULT '{}' NOT NULL,
  CONSTRAINT pk_ledger_book PRIMARY KEY (code)
);
CREATE TABLE ledger_account (
  id TEXT NOT NULL,
  book TEXT NOT NULL,
  subject TEXT NOT NULL,
  period TEXT NOT NULL,
  floor NUMERIC(20, 4) DEFAULT '0' NOT NULL,
  balance NUMERIC(20, 4) DEFAULT '0' NOT NULL,
  held NUMERIC(20, 4) DEFAULT '0' NOT NULL,
  opens DATE NOT NULL,
  closes DATE,
  CONSTRAINT pk_ledger_account PRIMARY KEY (id),
  CONSTRAINT uq_ledger_account_book_subject_period UNIQUE (book, subject, period),
  CONSTRAINT ck_ledger_account_id CHECK (id = book || '/' || subject || '/' || period),
  CONSTRAINT ck_ledger_account_held CHECK (held >= 0),
  CONSTRAINT ck_ledger_account_never_below_floor CHECK (balance - held >= floor),
  CONSTRAINT ck_ledger_account_closes_after_opening CHECK (closes IS NULL OR closes > opens),
  CONSTRAINT fk_ledger_account_book_ledger_book FOREIGN KEY(book) REFERENCES ledger_book (code)
) WITH (fillfactor = 80);
CREATE TABLE ledger_hold (
  key TEXT NOT NULL,
  account TEXT NOT NULL,
  amount NUMERIC(20, 4) NOT NULL,
  remaining NUMERIC(20, 4) NOT NULL,
  case_id TEXT NOT NULL,
  step TEXT NOT NULL,
  round INTEGER NOT NULL,
  state TEXT DEFAULT 'held' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  settled_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_ledger_hold PRIMARY KEY (key),
  CONSTRAINT ck_ledger_hold_amount CHECK (amount > 0),
  CONSTRAINT ck_ledger_hold_remaining CHECK (remaining BETWEEN 0 AND amount),
  CONSTRAINT ck_ledger_hold_state CHECK (state IN ('held', 'posted', 'freed')),
  CONSTRAINT ck_ledger_hold_held_while_something_remains CHECK ((state = 'held') = (remaining > 0)),
  CONSTRAINT ck_ledger_hold_settled_when_settled CHECK ((state = 'held') = (settled_at IS NULL)),
  CONSTRAINT fk_ledger_hold_account_ledger_account FOREIGN KEY(account) REFERENCES ledger_account (id),
  CONSTRAINT fk_ledger_hold_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_ledger_hold_account ON ledger_hold (account);
CREATE INDEX ix_ledger_hold_case ON ledger_hold (case_id) WHERE state = 'held';
CREATE TABLE ledger_entry (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  key TEXT NOT NULL,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount NUMERIC(20, 4) NOT NULL,
  case_id TEXT,
  step TEXT DEFAULT '' NOT NULL,
  round INTEGER DEFAULT '0' NOT NULL,
  hold TEXT,
  undoes TEXT,
  source TEXT DEFAULT '' NOT NULL,
  note TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_ledger_entry PRIMARY KEY (id),
  CONSTRAINT ck_ledger_entry_amount CHECK (amount <> 0),
  CONSTRAINT ck_ledger_entry_kind CHECK (kind IN ('opening', 'carried', 'post', 'given-back', 'reversal', 'correction', 'lapsed')),
  CONSTRAINT ck_ledger_entry_has_a_cause CHECK (case_id IS NOT NULL OR source <> ''),
  CONSTRAINT uq_ledger_entry_key UNIQUE (key),
  CONSTRAINT fk_ledger_entry_account_ledger_account FOREIGN KEY(account) REFERENCES ledger_account (id),
  CONSTRAINT fk_ledger_entry_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id),
  CONSTRAINT fk_ledger_entry_hold_ledger_hold FOREIGN KEY(hold) REFERENCES ledger_hold (key),
  CONSTRAINT fk_ledger_entry_undoes_ledger_entry FOREIGN KEY(undoes) REFERENCES ledger_entry (key)
);
CREATE INDEX ix_ledger_entry_account ON ledger_entry (account, id);
CREATE INDEX ix_ledger_entry_case ON ledger_entry (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ix_ledger_entry_undoes ON ledger_entry (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE booking (
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  resource TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE NOT NULL,
  purpose TEXT NOT NULL,
  lasting BOOLEAN DEFAULT false NOT NULL,
  case_id TEXT,
  step TEXT DEFAULT '' NOT NULL,
  round INTEGER DEFAULT '0' NOT NULL,
  source TEXT DEFAULT '' NOT NULL,
  note TEXT DEFAULT '' NOT NULL,
  state TEXT DEFAULT 'active' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  freed_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_booking PRIMARY KEY (key),
  CONSTRAINT ck_booking_ends_after_start CHECK (ends > starts),
  CONSTRAINT ck_booking_state CHECK (state IN ('active', 'freed')),
  CONSTRAINT ck_booking_freed_when_freed CHECK ((state = 'freed') = (freed_at IS NOT NULL)),
  CONSTRAINT ck_booking_has_a_cause CHECK (case_id IS NOT NULL OR source <> ''),
  CONSTRAINT one_booking_at_a_time EXCLUDE USING gist (seat(kind || '/' || resource) WITH &&, tstzrange(starts, ends) WITH &&) WHERE (state = 'active'),
  CONSTRAINT fk_booking_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_booking_case ON booking (case_id) WHERE state = 'active';
CREATE INDEX ix_booking_resource ON booking (kind, resource, starts);
CREATE TABLE registry_kind (
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  single BOOLEAN DEFAULT false NOT NULL,
  CONSTRAINT pk_registry_kind PRIMARY KEY (kind),
  CONSTRAINT uq_registry_kind_kind_single UNIQUE (kind, single)
);
CREATE TABLE registry (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  mark TEXT NOT NULL,
  kind TEXT NOT NULL,
  single BOOLEAN NOT NULL,
  key TEXT NOT NULL,
  attributes JSONB DEFAULT '{}' NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  with_case BOOLEAN DEFAULT false NOT NULL,
  case_id TEXT,
  step TEXT DEFAULT '' NOT NULL,
  round INTEGER DEFAULT '0' NOT NULL,
  source TEXT DEFAULT '' NOT NULL,
  closed_by TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_registry PRIMARY KEY (id),
  CONSTRAINT fk_registry_kind_registry_kind FOREIGN KEY(kind, single) REFERENCES registry_kind (kind, single),
  CONSTRAINT ck_registry_ends_after_start CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CONSTRAINT ck_registry_has_a_cause CHECK (case_id IS NOT NULL OR source <> ''),
  CONSTRAINT one_valid_line_at_a_time EXCLUDE USING gist (seat(kind || '/' || key) WITH &&, daterange(valid_from, valid_to) WITH &&) WHERE (single),
  CONSTRAINT uq_registry_mark UNIQUE (mark),
  CONSTRAINT fk_registry_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_registry_case ON registry (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ix_registry_key ON registry (kind, key, valid_from);
CREATE TABLE place (
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  parent TEXT,
  geometry JSONB,
  CONSTRAINT pk_place PRIMARY KEY (code),
  CONSTRAINT ck_place_not_its_own_parent CHECK (parent IS DISTINCT FROM code),
  CONSTRAINT fk_place_parent_place FOREIGN KEY(parent) REFERENCES place (code)
);
CREATE INDEX ix_place_kind ON place (kind);
CREATE INDEX ix_place_parent ON place (parent);
"""

RULES = r"""
REVOKE UPDATE, DELETE ON ledger_entry, ledger_account, ledger_hold, booking, registry FROM alur_app;
REVOKE DELETE ON ledger_book, registry_kind, place FROM alur_app;
GRANT UPDATE (floor, closes) ON ledger_account TO alur_app;
GRANT UPDATE (remaining, state, reason, settled_at) ON ledger_hold TO alur_app;
GRANT UPDATE (state, reason, freed_at) ON booking TO alur_app;
GRANT UPDATE (valid_to, closed_by) ON registry TO alur_app;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON ledger_account FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON ledger_hold FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON ledger_hold FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON booking FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON booking FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON registry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON registry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A new account is empty: what it is worth comes only from its entries.
CREATE FUNCTION ledger_account_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.balance := 0; NEW.held := 0; RETURN NEW;
END $$;
CREATE TRIGGER account_empty BEFORE INSERT ON ledger_account FOR EACH ROW EXECUTE FUNCTION ledger_account_empty();

-- Run as the owner: the application may add entries and holds, never write a balance. The UPDATE locks the account's row, so two at once
-- follow each other, and the second meets ck_ledger_account_never_below_floor with the first one's result in sight.
CREATE FUNCTION ledger_entry_counts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.ledger_account SET balance = balance + NEW.amount WHERE id = NEW.account; RETURN NULL;
END $$;
CREATE TRIGGER counts AFTER INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_counts();

CREATE FUNCTION ledger_hold_counts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE public.ledger_account SET held = held + NEW.remaining WHERE id = NEW.account;
  ELSIF NEW.remaining <> OLD.remaining THEN
    UPDATE public.ledger_account SET held = held + NEW.remaining - OLD.remaining WHERE id = NEW.account;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER counts AFTER INSERT OR UPDATE ON ledger_hold FOR EACH ROW EXECUTE FUNCTION ledger_hold_counts();

-- A hold begins whole and only shrinks: what was freed or posted is never held again.
CREATE FUNCTION ledger_hold_shrinks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.remaining <> NEW.amount THEN RAISE EXCEPTION 'a hold begins whole' USING ERRCODE = 'insufficient_privilege', TABLE = 'ledger_hold'; END IF;
  ELSIF NEW.remaining > OLD.remaining OR (OLD.state <> 'held' AND NEW.state <> OLD.state) OR (NEW.account, NEW.amount, NEW.case_id) <> (OLD.account, OLD.amount, OLD.case_id) THEN
    RAISE EXCEPTION 'a hold only shrinks' USING ERRCODE = 'insufficient_privilege', TABLE = 'ledger_hold';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER shrinks BEFORE INSERT OR UPDATE ON ledger_hold FOR EACH ROW EXECUTE FUNCTION ledger_hold_shrinks();

-- What is free stays free: a booking is taken anew, under a new key, or not at all.
CREATE FUNCTION booking_stays_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'freed' AND NEW.state <> 'freed' THEN RAISE EXCEPTION 'a freed booking stays free' USING ERRCODE = 'insufficient_privilege', TABLE = 'booking'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_free BEFORE UPDATE ON booking FOR EACH ROW EXECUTE FUNCTION booking_stays_free();
"""


def upgrade() -> None:
    run(TABLES)
    run(RULES)


def downgrade() -> None:
    op.execute("DROP TABLE place, registry, registry_kind, booking, ledger_entry, ledger_hold, ledger_account, ledger_book")
    op.execute("DROP FUNCTION ledger_account_empty, ledger_entry_counts, ledger_hold_counts, ledger_hold_shrinks, booking_stays_free")
