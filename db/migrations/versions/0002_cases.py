"""Cases, their trail, tasks, disposition branches, outbox, effects."""

from db.migrations.plain_sql import run

revision = "0002_cases"
down_revision = "0001_organisation"

TABLES = r"""
CREATE TABLE process_version (
  sha TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  kept_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_process_version PRIMARY KEY (sha)
);
CREATE TABLE "case" (
  id TEXT NOT NULL,
  no BIGINT GENERATED ALWAYS AS IDENTITY,
  process TEXT NOT NULL,
  sha TEXT NOT NULL,
  title TEXT NOT NULL,
  subject TEXT DEFAULT '' NOT NULL,
  secrecy TEXT DEFAULT 'biasa' NOT NULL,
  unit TEXT DEFAULT '' NOT NULL,
  starter TEXT DEFAULT '' NOT NULL,
  starter_position TEXT DEFAULT '' NOT NULL,
  status TEXT DEFAULT 'open' NOT NULL,
  result TEXT,
  form JSONB DEFAULT '{}' NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  due_at TIMESTAMP WITH TIME ZONE,
  last_seq INTEGER DEFAULT '0' NOT NULL,
  head TEXT DEFAULT '' NOT NULL,
  form_seq INTEGER DEFAULT '0' NOT NULL,
  parent_case TEXT,
  parent_step TEXT,
  words TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, CASE WHEN secrecy IN ('rahasia', 'sangat-rahasia') THEN title ELSE title || ' ' || subject END)) STORED,
  CONSTRAINT pk_case PRIMARY KEY (id),
  CONSTRAINT ck_case_status CHECK (status IN ('open', 'ended')),
  CONSTRAINT ck_case_ended_has_result CHECK ((status = 'ended') = (result IS NOT NULL)),
  CONSTRAINT ck_case_secrecy CHECK (secrecy IN ('biasa', 'terbatas', 'rahasia', 'sangat-rahasia')),
  CONSTRAINT uq_case_no UNIQUE (no)
)
 WITH (fillfactor = 70);
CREATE INDEX ix_case_parent ON "case" (parent_case) WHERE parent_case IS NOT NULL;
CREATE INDEX ix_case_starter ON "case" (starter, opened_at DESC, no DESC);
CREATE INDEX ix_case_unit ON "case" (unit, opened_at DESC, no DESC);
CREATE INDEX ix_case_words ON "case" USING gin (words);
CREATE TABLE case_reader (
  case_id TEXT NOT NULL,
  position TEXT NOT NULL,
  CONSTRAINT pk_case_reader PRIMARY KEY (case_id, position),
  CONSTRAINT fk_case_reader_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_case_reader_position ON case_reader (position, case_id);
CREATE TABLE submission (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  values JSONB NOT NULL,
  sha TEXT NOT NULL,
  created TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  CONSTRAINT pk_submission PRIMARY KEY (id)
);
CREATE TABLE trail (
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  kind TEXT NOT NULL,
  step TEXT NOT NULL,
  round INTEGER NOT NULL,
  person TEXT NOT NULL,
  position TEXT NOT NULL,
  capacity TEXT NOT NULL,
  mandate TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  request_id TEXT NOT NULL,
  body TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_trail PRIMARY KEY (case_id, seq),
  CONSTRAINT uq_trail_case_id_prev_hash UNIQUE (case_id, prev_hash),
  CONSTRAINT ck_trail_seq CHECK (seq > 0),
  CONSTRAINT fk_trail_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE UNIQUE INDEX uq_trail_request ON trail (case_id, request_id) WHERE request_id <> '' AND kind = 'decided';
CREATE TABLE task (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  case_id TEXT NOT NULL,
  instance TEXT NOT NULL,
  step TEXT NOT NULL,
  round INTEGER NOT NULL,
  kind TEXT NOT NULL,
  ask TEXT DEFAULT '' NOT NULL,
  title TEXT DEFAULT '' NOT NULL,
  roles TEXT[] DEFAULT '{}' NOT NULL,
  positions TEXT[] DEFAULT '{}' NOT NULL,
  needs TEXT[] DEFAULT '{}' NOT NULL,
  excludes TEXT[] DEFAULT '{}' NOT NULL,
  barred_persons TEXT[] DEFAULT '{}' NOT NULL,
  barred_positions TEXT[] DEFAULT '{}' NOT NULL,
  status TEXT DEFAULT 'offered' NOT NULL,
  claimed_by TEXT,
  due TIMESTAMP WITH TIME ZONE,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  opened_seq INTEGER NOT NULL,
  closed_at TIMESTAMP WITH TIME ZONE,
  closed_seq INTEGER,
  outcome TEXT,
  person TEXT,
  position TEXT,
  capacity TEXT,
  CONSTRAINT pk_task PRIMARY KEY (id),
  CONSTRAINT uq_task_case_id_instance_round UNIQUE (case_id, instance, round),
  CONSTRAINT ck_task_kind CHECK (kind IN ('task', 'sign', 'dispose', 'wait', 'branch', 'repair')),
  CONSTRAINT ck_task_status CHECK (status IN ('offered', 'claimed', 'done', 'gone')),
  CONSTRAINT ck_task_closed_when_closed CHECK ((status IN ('done', 'gone')) = (closed_at IS NOT NULL)),
  CONSTRAINT ck_task_done_by_somebody CHECK (status <> 'done' OR (person IS NOT NULL AND outcome IS NOT NULL)),
  CONSTRAINT fk_task_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 WITH (fillfactor = 80);
CREATE INDEX ix_task_person ON task (person, closed_at DESC, id DESC) WHERE person IS NOT NULL;
CREATE TABLE task_position (
  position TEXT NOT NULL,
  task_id BIGINT NOT NULL,
  due TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_task_position PRIMARY KEY (task_id, position),
  CONSTRAINT fk_task_position_task_id_task FOREIGN KEY(task_id) REFERENCES task (id)
);
CREATE INDEX ix_task_position_inbox ON task_position (position, due, task_id);
CREATE TABLE disposition_branch (
  case_id TEXT NOT NULL,
  instance TEXT NOT NULL,
  round INTEGER NOT NULL,
  branch INTEGER NOT NULL,
  parent INTEGER NOT NULL,
  position TEXT NOT NULL,
  role TEXT NOT NULL,
  instructions JSONB NOT NULL,
  note TEXT DEFAULT '' NOT NULL,
  due TIMESTAMP WITH TIME ZONE,
  status TEXT DEFAULT 'sent' NOT NULL,
  given_at TIMESTAMP WITH TIME ZONE NOT NULL,
  given_by TEXT DEFAULT '' NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE,
  read_by TEXT,
  closed_at TIMESTAMP WITH TIME ZONE,
  report TEXT,
  attachments JSONB DEFAULT '[]' NOT NULL,
  question TEXT,
  answer TEXT,
  CONSTRAINT pk_disposition_branch PRIMARY KEY (case_id, instance, round, branch),
  CONSTRAINT ck_disposition_branch_role CHECK (role IN ('utama', 'pendukung', 'tembusan')),
  CONSTRAINT ck_disposition_branch_status CHECK (status IN ('sent', 'read', 'asked', 'passed', 'reported', 'refused', 'withdrawn', 'gone')),
  CONSTRAINT ck_disposition_branch_parent_first CHECK (parent < branch),
  CONSTRAINT fk_disposition_branch_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE TABLE outbox (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  event TEXT NOT NULL,
  recipient TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT NOT NULL,
  instance TEXT DEFAULT '' NOT NULL,
  text TEXT DEFAULT '' NOT NULL,
  queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
  sent_at TIMESTAMP WITH TIME ZONE,
  attempts INTEGER DEFAULT '0' NOT NULL,
  error TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_outbox PRIMARY KEY (id),
  CONSTRAINT uq_outbox_event_recipient_channel UNIQUE (event, recipient, channel),
  CONSTRAINT ck_outbox_channel CHECK (channel IN ('aplikasi', 'surel')),
  CONSTRAINT fk_outbox_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_outbox_waiting ON outbox (id) WHERE sent_at IS NULL;
CREATE TABLE notice (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  person TEXT NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT NOT NULL,
  instance TEXT DEFAULT '' NOT NULL,
  text TEXT DEFAULT '' NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_notice PRIMARY KEY (id),
  CONSTRAINT uq_notice_event_person UNIQUE (event, person),
  CONSTRAINT fk_notice_case_id_case FOREIGN KEY(case_id) REFERENCES "case" (id)
);
CREATE INDEX ix_notice_person ON notice (person, id DESC);
CREATE TABLE effect (
  key TEXT NOT NULL,
  case_id TEXT NOT NULL,
  act TEXT NOT NULL,
  state TEXT DEFAULT 'claimed' NOT NULL,
  attempts INTEGER DEFAULT '1' NOT NULL,
  result JSONB,
  claimed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  done_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_effect PRIMARY KEY (key),
  CONSTRAINT ck_effect_state CHECK (state IN ('claimed', 'done')),
  CONSTRAINT ck_effect_done_has_result CHECK ((state = 'done') = (result IS NOT NULL))
);
"""

RULES = r"""
REVOKE UPDATE, DELETE ON trail FROM alur_app;
REVOKE UPDATE, DELETE ON process_version FROM alur_app;
REVOKE UPDATE, DELETE ON submission FROM alur_app;
REVOKE DELETE ON "case", case_reader, task, disposition_branch, outbox, effect FROM alur_app;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON process_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON process_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON "case" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete_whole BEFORE TRUNCATE ON "case" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Separation of duties, whatever program writes: who is barred, or did an excluded step of the case, cannot be the one who closes this task.
-- The case's row is locked first, so two closings of one case cannot pass each other.
CREATE FUNCTION separate_duties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.person IS NULL OR NEW.person = 'sistem' OR NEW.status NOT IN ('done', 'claimed') THEN RETURN NEW; END IF;
  IF cardinality(NEW.excludes) > 0 THEN PERFORM 1 FROM "case" c WHERE c.id = NEW.case_id FOR UPDATE; END IF;
  IF NEW.person = ANY (NEW.barred_persons) OR NEW.position = ANY (NEW.barred_positions) OR EXISTS (
    SELECT 1 FROM task t
    WHERE t.case_id = NEW.case_id AND t.id <> NEW.id AND t.person = NEW.person AND t.status IN ('done', 'claimed') AND t.step = ANY (NEW.excludes)
  ) THEN
    RAISE EXCEPTION 'separation of duties: % may not close % of case %', NEW.person, NEW.instance, NEW.case_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_task_separation_of_duties', TABLE = 'task';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER separation_of_duties BEFORE INSERT OR UPDATE OF status, person, position, excludes, barred_persons, barred_positions ON task
  FOR EACH ROW EXECUTE FUNCTION separate_duties();
"""


def upgrade() -> None:
    run(TABLES)
    run(RULES)
